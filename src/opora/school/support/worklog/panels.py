"""«Работа Службы» on the child's card: the author's own work, all of it for the head, dates alone for the curator."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Programme

from .models import EntryChild

SHOWN = 10


def child_work(actor: Actor, child: Child) -> dict[str, Any] | None:
    """Context of the panel; three queries. None for whoever has nothing to see here."""
    seen = EntryChild.objects.visible_to(actor).finished().filter(child=child)
    is_trace = False
    if not seen.exists() and follows(actor, child):
        seen, is_trace = EntryChild.objects.of(actor.at).finished().filter(child=child).defer("note"), True
    found = seen.select_related("entry__position__user").order_by("-entry__on", "-pk")
    rows = list(found[:SHOWN])
    if not rows and actor.roles <= {Role.CURATOR}:
        return None
    sums = seen.order_by().values_list("entry__position__speciality").annotate(n=Count("pk"), m=Sum("entry__minutes"))
    return {"child": child, "rows": rows, "is_trace": is_trace, "count": sum(n for _, n, _ in sums), "sums": sums}


def follows(actor: Actor, child: Child) -> bool:
    """The curator of a running programme: he sees that work goes on, and nothing that was said in it."""
    if Role.CURATOR not in actor.roles or actor.user is None:
        return False
    running = Programme.objects.visible_to(actor).filter(child=child, status=Status.RUNNING)
    return bool(running.filter(curator__user=actor.user).exists())


panel("child", 52, "Работа Службы", "worklog/child_work.html", "work.trace", child_work)
