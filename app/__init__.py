"""Bình dân học vụ số: a light LMS for a province's digital-literacy movement.

This file is the only one that knows every room.
"""

from datetime import timedelta

from flask import Flask

from app import (
    accounts,
    authoring,
    board,
    catalogue,
    certificates,
    db,
    field,
    home,
    jobs,
    learning,
    lessons,
    ops,
    persons,
    quizzes,
    staff,
    sync,
    ui,
    units,
)
from app.accounts import access_log, guard
from app.config import ROOT, Settings
from app.content.shelf import shelf
from app.extensions import db as database
from app.extensions import login_manager, migrate
from app.ops.sensitive_views import SENSITIVE_VIEWS
from app.permissions import PERMISSIONS
from app.ui import form_tokens
from app.ui.transaction import Application

# from the ground up
ROOMS = (
    accounts,
    jobs,
    units,
    certificates,
    learning,
    catalogue,
    lessons,
    quizzes,
    field,
    sync,
    staff,
    board,
    authoring,
    persons,
    home,
    ops,
)
LARGEST_UPLOAD = 6 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """An app for these settings (default: from the environment), its courses loaded."""
    settings = settings or Settings()
    app = Application("app", instance_path=str(settings.instance.resolve()), static_folder=None)
    _configure(app, settings)
    db.init_app(app, settings)
    migrate.init_app(app, database, directory=str(ROOT / "migrations"), render_as_batch=True)
    ui.init_app(app, settings)
    login_manager.init_app(app)
    # the guard before the token, which says nothing to those who must sign in first
    guard.init_app(app, PERMISSIONS)
    access_log.init_app(app, SENSITIVE_VIEWS)
    form_tokens.init_app(app)
    shelf.open(settings.courses, settings.cache, settings.watch_seconds)
    for room in ROOMS:
        room.init_app(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.environment == "production",
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.session_minutes),
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        # the cookie is written when something changes, not with every page
        SESSION_REFRESH_EACH_REQUEST=False,
        # the session itself ends; a form need not end sooner
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
