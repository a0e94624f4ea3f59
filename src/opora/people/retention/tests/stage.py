"""A grown child: whose card is due, with everything that a card may hold."""

from __future__ import annotations

from datetime import date

from opora.people.children.models import Child, Diagnosis
from opora.people.children.search import name_index
from opora.people.retention import services
from tests.cast import Cast, child_of

TODAY = date(2026, 11, 21)
BORN = date(1998, 11, 20)  # ten years after eighteen ended yesterday


def grown(cast: Cast, born: date = BORN, last: str = "Взрослов") -> Child:
    child = child_of(cast.commission, last, "Фёдор")
    Child.objects.filter(pk=child.pk).update(birth_date=born, insurance_number="112-233-445 95")
    Diagnosis.objects.create(organisation=cast.commission, child=child, text="Диагноз взрослого", consented=True)
    child.refresh_from_db()
    name_index(child)
    return child


def proposed(cast: Cast, child: Child, **fields):
    """Анна proposes."""
    given = {"reason": "term"} | fields
    return services.destruction_propose(actor=cast.actor(cast.anna), child=child, **given)


def destroyed(cast: Cast, child: Child):
    """Анна proposes, Борис destroys."""
    return services.destruction_confirm(actor=cast.actor(cast.boris), order=proposed(cast, child))
