"""The children behind a figure, and those who make a sum disagree. Each opening is an event."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import record
from opora.foundation.ui.lists import list_response
from opora.people.children.models import Child
from opora.school.pupils.models import Placement, SchoolClass

from .. import events
from ..checks import at_fault, sum_of
from ..counting import School
from ..listing import children_listing
from ..models import FigureChild, PassportFigure, PassportRow, SocialPassport
from ..reading import read_school
from ..rows import is_seen, rows_of
from ..sums import counts_now


@route("passport.view", SocialPassport)
def behind(request: ActorRequest, found: SocialPassport, row: str) -> HttpResponse:
    """Children of whom a row is true, those whom the reader may know; the others are a number."""
    asked = PassportRow.objects.of(found.organisation).filter(code=row).first()
    if asked is None:
        raise Http404
    if not is_seen(request.actor, asked):
        return render(request, "passports/withheld.html", {"passport": found, "row": asked}, status=403)
    keys, total = _frozen(found, asked) if found.is_frozen else _counted(found, asked)
    rooms = _rooms(found, keys)
    return _list(request, found, asked.title, keys, total, rooms, event=events.FIGURE_OPENED, mark=asked.public_id)


def _frozen(found: SocialPassport, row: PassportRow) -> tuple[set[int], int]:
    figure = PassportFigure.objects.of(found.organisation).filter(passport=found, row=row).first()
    if figure is None:
        raise Http404
    keys = FigureChild.objects.of(found.organisation).filter(figure=figure).values_list("child_id", flat=True)
    return set(keys), figure.pupils


def _counted(found: SocialPassport, row: PassportRow) -> tuple[set[int], int]:
    one = next((one for one in counts_now(found) if one.row.pk == row.pk), None)
    return (set(one.behind), one.pupils) if one else (set(), 0)


def _rooms(found: SocialPassport, keys: Collection[int]) -> dict[int, str]:
    """Classes of the children on the day of the passport."""
    rows = Placement.objects.of(found.organisation).filter(child__in=keys, started_on__lte=found.on)
    pairs = rows.order_by("started_on", "pk").values_list("child_id", "school_class__title")
    return dict(pairs)


@route("passport.view", SocialPassport)
def sum_page(request: ActorRequest, found: SocialPassport, code: str) -> HttpResponse:
    """Children because of whom a sum of the passport does not agree, each with what is wrong."""
    rule = sum_of(found, code)
    if rule is None or found.is_frozen:
        raise Http404
    rows = rows_of(found.organisation)
    parts = {*rule.parts, rule.total}
    if not all(is_seen(request.actor, row) for row in rows if row.code in parts):
        context = {"passport": found, "row": next(row for row in rows if row.code in parts)}
        return render(request, "passports/withheld.html", context, status=403)
    school = read_school(found.organisation, found.on)
    why = at_fault(school, rule, rows, found.school_class_id)
    rooms = _titles(school, why)
    return _list(request, found, rule.title, why, len(why), rooms, event=events.SUM_OPENED, mark=code, why=why)


def _titles(school: School, keys: Collection[int]) -> dict[int, str]:
    of_room = dict(
        SchoolClass.objects.filter(pk__in={school.pupils[key].room for key in keys}).values_list("pk", "title")
    )
    return {key: of_room.get(school.pupils[key].room, "") for key in keys}


def _list(
    request: ActorRequest, found: SocialPassport, title: str, keys: Collection[int], total: int,
    rooms: dict[int, str], *, event: Any, mark: str, why: dict[int, str] | None = None,
) -> HttpResponse:  # fmt: skip
    rows = Child.objects.visible_to(request.actor).filter(pk__in=keys)
    known = rows.count()
    record(event, actor=request.actor, subject=found, row=mark, count=known)
    return list_response(
        request, children_listing(title, rooms, why), rows, template="passports/behind.html", passport=found,
        title=title, others=max(total - known, 0), total=total,
    )  # fmt: skip
