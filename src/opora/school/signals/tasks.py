"""Work of the worker: large tables of screenings."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from opora.foundation.access.actors import actor_of
from opora.foundation.organisations.scope import within

from . import services
from .models import ScreeningImport


@task()
def work_on_table(organisation_id: int, public_id: str) -> None:
    """Read a table that was brought in, or write one that was confirmed, as the person who brought it.

    An unforeseen error is written into the table before it goes on to the log of the worker.
    """
    with within(organisation_id):
        rows = ScreeningImport.objects.select_related("run_by", "organisation", "file", "screening")
        table = rows.get(public_id=public_id)
        actor = actor_of(table.run_by, on=timezone.localdate(), organisation=table.organisation)
        try:
            if table.state == ScreeningImport.State.WRITING:
                services.table_write(actor=actor, table=table)
            else:
                services.table_read(actor=actor, table=table)
        except Exception:
            services.table_fail(table=table)
            raise


def start(table: ScreeningImport) -> None:
    """Hand a table to the worker."""
    work_on_table.enqueue(table.organisation_id, table.public_id)
