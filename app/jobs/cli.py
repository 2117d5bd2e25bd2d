"""`jobs run`: the process that does long work beside the web server."""

import os
import signal

import click
from flask import current_app
from flask.cli import AppGroup

from app.jobs.worker import Worker

commands = AppGroup("jobs", help="Việc chạy lâu: nhập, xuất danh sách lớn.")
# pages come first when both want the processor
NICENESS = 5


@commands.command("run")
@click.option("--once", is_flag=True, help="Làm hết việc đang chờ rồi dừng.")
def run_command(once: bool) -> None:
    """Làm các việc đang chờ, cho đến khi được bảo dừng (Ctrl+C hoặc SIGTERM)."""
    worker = Worker(current_app.extensions["jobs_folder"])
    if once:
        click.echo(f"Đã làm {worker.run_once()} việc.")
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    os.nice(NICENESS)
    worker.run()
