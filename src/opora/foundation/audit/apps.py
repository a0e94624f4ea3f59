"""Журнал событий."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "opora.foundation.audit"
    label = "audit"
    verbose_name = "Журнал событий"

    def ready(self) -> None:
        from opora.foundation.organisations.walls import OWN_OR_NOBODYS, Wall, declare_wall

        # A row of nobody's organisation (a sign-in that failed) must be seen by whoever has just added it.
        nobodys_too = Wall(reads=OWN_OR_NOBODYS, writes=OWN_OR_NOBODYS, frozen=True)
        declare_wall("audit_event", nobodys_too)
        declare_wall("audit_checkpoint", nobodys_too)
        autodiscover_modules("events")
        post_migrate.connect(_set_guards, sender=self, dispatch_uid="audit.guards")


def _set_guards(using: str, **_: Any) -> None:
    """After each migration anew: SQLite rebuilds a table that is altered, and its triggers are gone with the old."""
    from .guards import guards_set

    guards_set(connections[using])
