"""The commands that belong to no other room."""

import click

from app.ops.cli.admins import admin_commands
from app.ops.cli.backups import backup_command, restore_command
from app.ops.cli.demo import demo_commands
from app.ops.cli.ledgers import count_commands, register_commands
from app.ops.cli.quality import check_command
from app.ops.cli.trail import audit_commands

commands: tuple[click.Command, ...] = (
    admin_commands,
    audit_commands,
    backup_command,
    check_command,
    count_commands,
    demo_commands,
    register_commands,
    restore_command,
)
