"""What a case knows of its child: facts of all sheets together with what the card holds already.

Typed once: the class, the language of the family, consented codes, disability and age are read where they live. What
a specialist recorded goes before the card. The caller has already been let in to the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Visit
from opora.people.children.models import Diagnosis, Disability, Enrolment, Family
from opora.regulations.edition import Edition
from opora.regulations.facts.card import Card, known_from_card
from opora.regulations.facts.case import CaseFacts, Observation, merged
from opora.regulations.facts.reading import definition, value_read
from opora.regulations.predicates import Value

from .models import Finding


@dataclass(frozen=True)
class Gathered:
    """`rows` are the findings of all sheets, `seen` those that the edition knows with what they say, `card` what the
    file knows, `facts` both together."""

    law: Edition
    on: date
    born: date
    rows: tuple[Finding, ...]
    seen: tuple[tuple[Finding, Observation], ...]
    card: Mapping[str, Value]
    facts: CaseFacts

    def of_sheet(self, examination_id: int) -> dict[str, Finding]:
        """Findings of one sheet by fact."""
        return {row.code: row for row in self.rows if row.examination_id == examination_id}


def case_facts(case: Case, on: date | None = None) -> CaseFacts:
    """What is known of the child on the day of the session (today, when there is none), or on `on`."""
    return gathered(case, on).facts


def observations_of(case: Case) -> tuple[Observation, ...]:
    """Each finding of each specialist of the case, the oldest first. One query besides that of the law."""
    return tuple(told for _, told in _seen(law_of(case), _rows(case)))


def gathered(case: Case, on: date | None = None) -> Gathered:
    """Everything at once: five queries besides that of the law, six when the day is to be found out."""
    law, day, rows = law_of(case), on or day_of(case), _rows(case)
    seen = _seen(law, rows)
    recorded = merged(law, (told for _, told in seen))
    card = known_from_card(_card(case, day), recorded)
    return Gathered(
        law=law, on=day, born=case.child.birth_date, rows=tuple(rows), seen=seen, card=card,
        facts=CaseFacts(law, {**card, **recorded}, born=case.child.birth_date, on=day),
    )  # fmt: skip


def day_of(case: Case) -> date:
    """The day of the last session that the child came to, or today."""
    came = Visit.objects.filter(case=case).exclude(state__in=(Visit.State.EXPECTED, Visit.State.MISSED))
    found = came.order_by("-session__day").values_list("session__day", flat=True).first()
    return found or timezone.localdate()


def _rows(case: Case) -> list[Finding]:
    return list(Finding.objects.of_case(case))


def _seen(law: Edition, rows: Sequence[Finding]) -> tuple[tuple[Finding, Observation], ...]:
    found = []
    for row in rows:
        value = stored_value(law, row)
        if value is not None:
            found.append((row, _observation(row, value)))
    return tuple(found)


def _observation(row: Finding, value: Value) -> Observation:
    return Observation(
        speciality=row.examination.speciality,
        fact=row.code,
        value=value,
        name=row.recorded_by.short_name,
        at=row.recorded_at,
        source=row.source_words,
    )


def stored_value(law: Edition, row: Finding) -> Value | None:
    """A stored value as rules take it; None for one that the edition no longer knows."""
    try:
        return value_read(definition(law, row.code), row.value)
    except (KeyError, ValueError):
        return None


def _card(case: Case, on: date) -> Card:
    child = case.child
    enrolment = Enrolment.objects.filter(child=child, ended_on__isnull=True).first()
    family = Family.objects.filter(child=child).first()
    codes = [one.icd10 for one in Diagnosis.objects.filter(child=child, consented=True) if one.icd10]
    disabled = [one.is_valid_on(on) for one in Disability.objects.filter(child=child)]
    return Card(
        level=enrolment.level if enrolment else "",
        group=enrolment.group if enrolment else "",
        home_language=family.home_language if family else "",
        icd10=tuple(codes),
        disabled=any(disabled),
        born=child.birth_date,
        on=on,
    )
