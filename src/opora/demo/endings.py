"""How cards end: grown people whose term is over, a ban, a destroyed card, a consent taken back three days ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from opora.people.children.models import Child
from opora.people.children.services import child_register, diagnosis_add, guardian_add
from opora.people.consents.models import Consent, Withdrawal
from opora.people.consents.services import consent_record, consent_withdraw
from opora.people.retention import services
from opora.regulations.calendar import add_years, is_working_day

from .stories import Story, at, later
from .world import Commission

KEPT = 28  # years from the birth to the end of the keeping


@dataclass(frozen=True)
class Grown:
    """`past` is how many days ago the keeping ended, below zero for days to come; `end` says what came of it."""

    name: tuple[str, str, str]
    mother: tuple[str, str, str]
    past: int
    end: str = ""


GROWN = (
    Grown(("Ратников", "Илья", "Олегович"), ("Ратникова", "Тамара", "Львовна"), 210, "destroyed"),
    Grown(("Лукин", "Степан", "Андреевич"), ("Лукина", "Вера", "Ильинична"), 120, "held"),
    Grown(("Юдин", "Марк", "Евгеньевич"), ("Юдина", "Нина", "Павловна"), 60, "proposed"),
    Grown(("Осипов", "Артём", "Глебович"), ("Осипова", "Ольга", "Юрьевна"), 45),
    Grown(("Гущин", "Лев", "Романович"), ("Гущина", "Алла", "Марковна"), 20),
    Grown(("Фокин", "Тимур", "Янович"), ("Фокина", "Инна", "Сергеевна"), -150),
)
LEAVING = Grown(("Ильин", "Матвей", "Денисович"), ("Ильина", "Дарья", "Олеговна"), -7300)
CARDS = (*GROWN, LEAVING)


def endings_of(here: Commission, today: date) -> list[Story]:
    """The stories of one commission."""
    return [*(_grown(here, one, today, place) for place, one in enumerate(GROWN)), _leaving(here, today)]


def _card(here: Commission, one: Grown, today: date) -> Child:
    last, first, middle = one.name
    born = add_years(today - timedelta(days=one.past), -KEPT)
    registrar, on = here.actor(here.registrar), timezone.localdate()
    child = child_register(
        actor=registrar, on=on, last_name=last, first_name=first, middle_name=middle, sex="male", birth_date=born,
        registered_address=f"{here.organisation.district}, ул. Старая, д. 4",
    )  # fmt: skip
    last, first, middle = one.mother
    guardian_add(
        actor=registrar, child=child, kinship="mother", on=on, last_name=last, first_name=first, middle_name=middle,
        sex="female", phone="+7 (000) 300-10-10", registered_address=child.registered_address,
    )  # fmt: skip
    diagnosis_add(actor=registrar, child=child, text="Общее недоразвитие речи", source="Детская поликлиника № 3")
    return child


def _grown(here: Commission, one: Grown, today: date, place: int) -> Story:
    yield at(_workday(today - timedelta(days=400)), 9, 3 * place)
    child = _card(here, one, today)
    registrar, head = here.actor(here.registrar), here.actor(here.head)
    if one.end == "held":
        yield at(_workday(today - timedelta(days=90)), 11)
        services.hold_place(
            actor=registrar, child=child, reason="Запрос архива и спор о дееспособности, дело № 2-77 городского суда",
            until=today + timedelta(days=200),
        )  # fmt: skip
    if one.end in ("proposed", "destroyed"):
        proposed = at(_workday(today - timedelta(days=14)), 15, place)
        yield proposed
        order = services.destruction_propose(actor=registrar, child=child, reason="term")
        if one.end == "destroyed":
            yield later(proposed, 1)
            services.destruction_confirm(actor=head, order=order)


def _leaving(here: Commission, today: date) -> Story:
    """A family that consented a month ago and wrote three working days ago that it takes the consent back."""
    signed = at(_workday(today - timedelta(days=40)), 12)
    yield signed
    child, registrar = _card(here, LEAVING, today), here.actor(here.registrar)
    mother = child.guardianships.get().guardian
    for kind in Consent.Kind:
        consent_record(actor=registrar, child=child, guardian=mother, kind=kind, signed_on=signed.date())
    came = _workday(today - timedelta(days=5))
    yield at(came, 10, 30)
    consent = Consent.objects.get(child=child, kind=Consent.Kind.CHILD_DATA)
    consent_withdraw(actor=registrar, consent=consent, on=came, way=Withdrawal.Way.POST)


def _workday(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
