"""Commands of the catalogue."""

import click

from app.catalogue.indexer import index_shelf


@click.command("index")
def index() -> None:
    """Đưa khóa học mới sửa vào mục tìm kiếm; máy chủ đang chạy tự làm việc này."""
    click.echo(f"Đã cập nhật mục tìm kiếm: {index_shelf()} khóa học thay đổi.")
