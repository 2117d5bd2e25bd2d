"""The register of certificates: one line per award, append-only, numbered without gaps.

Every line is chained to the one before by its hash. The PDF and the public check only read it.
"""

from flask import Flask

from app.certificates.cli import certificate_commands
from app.certificates.routes import blueprint


def init_app(app: Flask) -> None:
    """Open the room's door."""
    app.register_blueprint(blueprint)
    app.cli.add_command(certificate_commands)
