"""Help asked of other bodies: about what, and what came of it (S-13)."""

from __future__ import annotations

from django.db.models import Count, Q

from ...contacts.models import OutsideContact
from .tables import TOTAL, Behind, Counted, Measure, Phrase, Rule, lines_of, summed
from .year import Year

CLAUSE = "Положение о Службе сопровождения, пп. 3.5—3.6"
CONTACTS = (Measure("contacts", "обращений"),)


def _by(field: str, choices: list[tuple[str, str]], year: Year) -> Counted:
    rows = OutsideContact.objects.of(year.organisation).filter(year.days("asked_on")).order_by()
    found = {code: (n,) for code, n in rows.values_list(field).annotate(n=Count("pk"))}
    return Counted(lines_of(choices, found), summed(found.values(), 1))


def _behind(field: str, year: Year, row: str) -> Behind:
    days = year.days("asked_on")
    return Behind(OutsideContact, days if row == TOTAL else days & Q(**{field: row}))


CONTACT_KINDS = Rule(
    "contacts", "Обращения в другие организации", CLAUSE, CONTACTS,
    lambda year: _by("kind", OutsideContact.Kind.choices, year), lambda year, row, _: _behind("kind", year, row),
    Phrase("Сделано", "обращение,обращения,обращений"),
)  # fmt: skip
CONTACT_OUTCOMES = Rule(
    "contact_outcomes", "Чем закончились обращения", CLAUSE, CONTACTS,
    lambda year: _by("outcome", OutsideContact.Outcome.choices, year),
    lambda year, row, _: _behind("outcome", year, row),
)  # fmt: skip
