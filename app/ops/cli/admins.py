"""`flask --app wsgi admin …`: the first administrator, and one who forgot the password."""

import click
from flask.cli import AppGroup

from app.extensions import db
from app.lib.vietnamese import tidy_name
from app.ops import actions

admin_commands = AppGroup("admin", help="Người quản trị.")


@admin_commands.command("create")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--email", required=True, help="Thư điện tử để đăng nhập.")
def create(name: str, email: str) -> None:
    """Tạo người quản trị toàn hệ thống và in mật khẩu, chỉ in một lần."""
    try:
        password = actions.create_admin(tidy_name(name), _email(email))
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem
    db.session.commit()
    _tell(email, password)


@admin_commands.command("reset-password")
@click.option("--email", required=True, help="Thư điện tử đang dùng để đăng nhập.")
def reset_password(email: str) -> None:
    """Đặt mật khẩu mới cho một người và thoát họ khỏi mọi máy đang đăng nhập."""
    try:
        password = actions.reset_password(_email(email))
    except actions.AdminProblem as problem:
        raise click.ClickException(str(problem)) from problem
    db.session.commit()
    _tell(email, password)


@admin_commands.command("reset-second-factor")
@click.option("--email", required=True, help="Thư điện tử đang dùng để đăng nhập.")
def reset_second_factor(email: str) -> None:
    """Bỏ bảo vệ hai lớp của người mất điện thoại; lần đăng nhập tới họ bật lại từ đầu."""
    try:
        actions.forget_second_factor(_email(email))
    except actions.AdminProblem as problem:
        raise click.ClickException(str(problem)) from problem
    db.session.commit()
    click.echo(f"Đã bỏ. {email.strip().lower()} sẽ bật lại hai lớp khi đăng nhập.")


def _email(text: str) -> str:
    email = text.strip().lower()
    name, _, host = email.partition("@")
    if not name or "." not in host or " " in email or len(email) > 120:
        raise click.BadParameter("không phải địa chỉ thư điện tử.", param_hint="--email")
    return email


def _tell(email: str, password: str) -> None:
    click.echo("Đăng nhập tại /login/staff")
    click.echo(f"  Thư điện tử: {email.strip().lower()}")
    click.echo(f"  Mật khẩu:    {password}")
    click.echo("Mật khẩu không in lại lần nữa: hãy ghi vào nơi an toàn.")
