"""Work of the worker: long journals."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from opora.foundation.access.actors import actor_of
from opora.foundation.organisations.scope import within

from . import services
from .models import JournalPrint


@task()
def make_print(organisation_id: int, public_id: str) -> None:
    """Make an ordered print as the person who ordered it, with the rights of today.

    An unforeseen error is written into the order before it goes on to the log of the worker.
    """
    with within(organisation_id):
        order = JournalPrint.objects.select_related("user", "organisation").get(public_id=public_id)
        actor = actor_of(order.user, on=timezone.localdate(), organisation=order.organisation)
        try:
            services.print_make(actor=actor, order=order)
        except Exception:
            services.print_fail(order=order)
            raise


def start(order: JournalPrint) -> None:
    """Hand an order to the worker."""
    make_print.enqueue(order.organisation_id, order.public_id)
