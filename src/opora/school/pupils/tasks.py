"""Work of the worker: long class lists."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from opora.foundation.access.actors import actor_of
from opora.foundation.organisations.scope import within

from . import services
from .models import ClassListImport


@task()
def work_on_class_list(organisation_id: int, public_id: str) -> None:
    """Compare a list with the register, or enter a confirmed one, as the person who brought it.

    An unforeseen error is written into the list before it goes on to the log of the worker.
    """
    with within(organisation_id):
        rows = ClassListImport.objects.select_related("run_by", "organisation", "school_class")
        table = rows.get(public_id=public_id)
        actor = actor_of(table.run_by, on=timezone.localdate(), organisation=table.organisation)
        try:
            if table.state == ClassListImport.State.WRITING:
                services.class_list_write(actor=actor, table=table)
            else:
                services.class_list_check(actor=actor, table=table)
        except Exception:
            services.class_list_fail(table=table)
            raise


def start(table: ClassListImport) -> None:
    """Hand a list to the worker."""
    work_on_class_list.enqueue(table.organisation_id, table.public_id)
