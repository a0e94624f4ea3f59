"""Rows of the social passport of the institution: what is approved in this year and in the last (S-04)."""

from __future__ import annotations

from django.db.models import Q

from opora.people.children.models import Child

from ...approval import Status
from ...passports.models import FigureChild, PassportFigure, SocialPassport
from .tables import Behind, Counted, Line, Measure, Rule
from .year import Year

CLAUSE = "Положение о Службе сопровождения, п. 5.1"
COUNTERS = (
    Measure("families", "семей", opens=False), Measure("children", "детей в них", opens=False),
    Measure("pupils", "обучающихся"),
)  # fmt: skip


def _passport(year: Year) -> SocialPassport | None:
    rows = SocialPassport.objects.of(year.organisation).filter(
        school_class__isnull=True, year=year.span.year, status=Status.APPROVED, on__lte=year.until
    )
    return rows.order_by("-on", "-pk").first()


def _rows(year: Year) -> Counted:
    found = _passport(year)
    if found is None:
        return Counted(note="Социальный паспорт за этот год ещё не утверждён.")
    figures = PassportFigure.objects.of(year.organisation).filter(passport=found).select_related("row")
    lines = tuple(
        Line(one.row.code, one.row.title, (one.families, one.children, one.pupils))
        for one in figures.order_by("row__order", "row__pk")
    )
    return Counted(lines, note=f"По паспорту на {found.on:%d.%m.%Y}, утверждённому директором.")


def _pupils(year: Year, row: str, _: str) -> Behind | None:
    found = _passport(year)
    figure = found and found.figures.filter(row__code=row).select_related("row").first()
    if not figure:
        return None
    behind = FigureChild.objects.filter(figure=figure).values("child")
    return Behind(Child, Q(pk__in=behind), figure.row.field_class)


PASSPORT = Rule("passport", "Социальный паспорт", CLAUSE, COUNTERS, _rows, _pupils, chart="")
