"""Who works at the service: posts by speciality, rates, rooms; samples of quality (S-11)."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, Q

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Role, Speciality

from ...leading.models import QualityReview
from ...schoolyear.models import Cabinet, Workload
from .tables import HUNDREDTHS, TOTAL, Behind, Counted, Measure, Rule, Values, lines_of, summed
from .work import HEAD
from .year import Year

CLAUSE = "Положение о Службе сопровождения, п. 3.1"
POSTS = (Measure("posts", "специалистов", opens=False), Measure("rates", "ставок", HUNDREDTHS, opens=False))
CABINETS = (Measure("cabinets", "кабинетов", opens=False),)
REVIEWS = (Measure("reviews", "проверок"),)
OTHER = "none"


def _posts(year: Year) -> Counted:
    """Posts of the year; one without a rate of its own is a whole one, as its norm of hours is."""
    held = year.lasting("started_on", "ended_on") & Q(role=Role.SCHOOL_SPECIALIST)
    posts = Position.objects.filter(held, organisation=year.organisation).order_by().values_list("pk", "speciality")
    of_year = Workload.objects.of(year.organisation).filter(year=year.span.year).order_by()
    rates = dict(of_year.values_list("position", "rate"))
    found: dict[str, list[Values]] = {}
    for post, speciality in posts:
        found.setdefault(speciality or OTHER, []).append((1, int(rates.get(post, Decimal(1)) * 100)))
    rows = {code: summed(some, 2) for code, some in found.items()}
    choices = (*Speciality.choices, (OTHER, "без специальности"))
    return Counted(lines_of(choices, rows, 2), summed(rows.values(), 2))


def _cabinets(year: Year) -> Counted:
    count = Cabinet.objects.of(year.organisation).filter(is_retired=False).count()
    return Counted(lines_of((("cabinets", "кабинеты специалистов"),), {"cabinets": (count,)}))


def _verdicts(year: Year) -> Counted:
    rows = QualityReview.objects.of(year.organisation).filter(year.days("reviewed_on")).order_by()
    found = {code: (n,) for code, n in rows.values_list("verdict").annotate(n=Count("pk"))}
    return Counted(lines_of(QualityReview.Verdict.choices, found), summed(found.values(), 1))


def _reviewed(year: Year, row: str, _: str) -> Behind:
    days = year.days("reviewed_on")
    return Behind(QualityReview, days if row == TOTAL else days & Q(verdict=row))


STAFF = Rule("staff", "Специалисты и ставки", CLAUSE, POSTS, _posts, lambda *_: None)
CABINET_COUNT = Rule(
    "cabinets", "Кабинеты", CLAUSE, CABINETS, _cabinets, lambda *_: None, chart="",
    note="На день подсчёта: прошлых кабинетов школа не хранит.",
)  # fmt: skip
QUALITY = Rule("quality", "Выборочные проверки записей", HEAD, REVIEWS, _verdicts, _reviewed)
