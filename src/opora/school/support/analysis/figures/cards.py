"""Support cards of children in complex support: opened, led, closed and why; what specialists noticed (S-05, S-08)."""

from __future__ import annotations

from django.db.models import Count, Q

from ...cards.models import CardNote, SupportCard
from .tables import TOTAL, Behind, Counted, Measure, Phrase, Rule, lines_of, summed
from .year import Year

CLAUSE = "Положение о Службе сопровождения, пп. 3.3, 5.1"
CARDS = (Measure("cards", "карт"),)
CARDS_AND_PUPILS = (*CARDS, Measure("pupils", "обучающихся", opens=False))
NOTES = (Measure("notes", "наблюдений"),)
State = SupportCard.State
STATES = (("led", "велись в году"), ("opened", "из них открыты в году"), ("closed", "закрыты в году"))


def _states(year: Year) -> dict[str, Q]:
    led = Q(opened_on__isnull=False) & year.lasting("opened_on", "closed_on")
    return {"led": led, "opened": year.days("opened_on"), "closed": Q(state=State.CLOSED) & year.days("closed_on")}


def _cards(year: Year) -> Counted:
    rows = SupportCard.objects.of(year.organisation)
    found = rows.aggregate(**{code: Count("pk", filter=asked) for code, asked in _states(year).items()})
    return Counted(lines_of(STATES, {code: (n,) for code, n in found.items()}))


def _of_state(year: Year, row: str, _: str) -> Behind | None:
    asked = _states(year).get(row)
    return Behind(SupportCard, asked) if asked is not None else None


def _reasons(year: Year) -> Counted:
    rows = SupportCard.objects.of(year.organisation).filter(_states(year)["closed"]).order_by()
    found = {code: (n,) for code, n in rows.values_list("close_reason").annotate(n=Count("pk"))}
    return Counted(lines_of(SupportCard.CloseReason.choices, found), summed(found.values(), 1))


def _for_reason(year: Year, row: str, _: str) -> Behind:
    closed = _states(year)["closed"]
    return Behind(SupportCard, closed if row == TOTAL else closed & Q(close_reason=row))


def _grounds(year: Year) -> Counted:
    """Cards and children: a child whose card was closed and opened anew has two; two queries."""
    rows = SupportCard.objects.of(year.organisation).filter(_states(year)["led"]).order_by()
    sums = {"cards": Count("pk"), "pupils": Count("child", distinct=True)}
    found = {ground: (cards, pupils) for ground, cards, pupils in rows.values_list("ground").annotate(**sums)}
    every = rows.aggregate(**sums)
    return Counted(lines_of(SupportCard.Ground.choices, found, 2), (every["cards"], every["pupils"]))


def _on_ground(year: Year, row: str, _: str) -> Behind:
    led = _states(year)["led"]
    return Behind(SupportCard, led if row == TOTAL else led & Q(ground=row))


def _dynamics(year: Year) -> Counted:
    rows = CardNote.objects.of(year.organisation).filter(year.days("on")).order_by()
    found = {code: (n,) for code, n in rows.values_list("dynamics").annotate(n=Count("pk"))}
    return Counted(lines_of(CardNote.Dynamics.choices, found), summed(found.values(), 1))


def _noted(year: Year, row: str, _: str) -> Behind:
    days = year.days("on")
    return Behind(CardNote, days if row == TOTAL else days & Q(dynamics=row))


CARD_COUNT = Rule("cards", "Карты сопровождения", CLAUSE, CARDS, _cards, _of_state)
CARD_GROUNDS = Rule(
    "card_grounds", "Основания комплексного сопровождения", CLAUSE, CARDS_AND_PUPILS, _grounds, _on_ground,
    Phrase(
        "В комплексном сопровождении", "обучающийся,обучающихся,обучающихся", measure=1, most="Чаще всего основание — "
    ),
)  # fmt: skip
CARD_REASONS = Rule(
    "card_reasons", "Почему закрыты карты", CLAUSE, CARDS, _reasons, _for_reason,
    Phrase("Закрыта,Закрыты,Закрыто", "карта сопровождения,карты сопровождения,карт сопровождения"),
)  # fmt: skip
DYNAMICS = Rule("dynamics", "Динамика по наблюдениям специалистов", CLAUSE, NOTES, _dynamics, _noted)
