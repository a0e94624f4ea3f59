"""Work of the worker: a check of the log."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from opora.foundation.access.actors import actor_of
from opora.foundation.organisations.scope import within

from . import services
from .models import Inspection


@task()
def inspect(public_id: str, organisation_id: int) -> None:
    """Carry out an ordered check as the person who ordered it, with the rights of today."""
    with within(organisation_id):
        order = Inspection.objects.select_related("user", "organisation").get(public_id=public_id)
        try:
            if order.user is None:
                raise RuntimeError("a check has somebody who asked for it")
            actor = actor_of(order.user, on=timezone.localdate(), organisation=order.organisation)
            services.inspection_run(actor=actor, inspection=order)
        except Exception:
            services.inspection_fail(inspection=order)
            raise


def start(order: Inspection) -> None:
    """Hand a check to the worker."""
    inspect.enqueue(order.public_id, order.organisation_id)
