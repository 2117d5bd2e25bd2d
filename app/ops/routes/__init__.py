"""Addresses of operations: /admin for administrators, /healthz and /metrics for machines."""

from app.ops.routes import admin, trail
from app.ops.routes.door import blueprint

__all__ = ["admin", "blueprint", "trail"]
