"""Conclusions: drafts ready to be signed, signed ones with their frozen papers, journal lines and handing over.

The papers of one case of each kind are made by the product's own functions; the others of that kind repeat them with
their own names, dates and numbers, so that they have the true size and shape without twenty queries each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from opora.commission.cases.flow import Status
from opora.commission.conclusions.answers import cleaned, put
from opora.commission.conclusions.content import conclusion_content, examined_content, school_content
from opora.commission.conclusions.models import Conclusion, ConclusionSection, Handover
from opora.commission.conclusions.protocol import protocol_content
from opora.commission.conclusions.sections import text_sections
from opora.demo.profiles import Profile
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.registers.services import canonical, sha256
from opora.records.journals.models import Certification, CertifiedEntry
from opora.regulations.calendar import add_working_days
from opora.regulations.edition import edition

from .batch import Batch
from .cases import Stood, event_of
from .ids import fast_id
from .ledger import Ledger
from .staff import Staff

ORDER = (
    Snapshot, Entry, Conclusion, ConclusionSection, Handover, Certification, CertifiedEntry, Event,
)  # fmt: skip
CHUNK = 500
COPY_DAYS = 5
NEXT_YEAR = timedelta(days=400)
FORMS = {"protocol": protocol_content, "conclusion": conclusion_content, "conclusion_school": school_content}


@dataclass(frozen=True)
class Pattern:
    """Contents of the papers of one kind of child."""

    papers: dict[str, dict[str, Any]]
    line: dict[str, Any]


class Conclusions:
    def __init__(self, staff: Staff, ledger: Ledger, today: date) -> None:
        self.staff, self.ledger, self.today = staff, ledger, today
        self.own = {"organisation": staff.organisation}
        self.batch = Batch(ORDER)
        self.patterns: dict[tuple[str, str], Pattern] = {}
        self.answers: dict[tuple[str, str], dict[str, Any]] = {}
        self.certified: dict[int, Certification] = {}

    def build(self, stood: Iterable[Stood]) -> None:
        for at, one in enumerate(stood, start=1):
            if one.turn.status == Status.DISCUSSION:
                self._draft(one)
            elif one.turn.status in (Status.SIGNED, Status.HANDED):
                self._signed(one)
            if at % CHUNK == 0:
                self.batch.flush()
        self.batch.flush()

    def _begun(self, one: Stood) -> Conclusion:
        conclusion = Conclusion(**self.own, public_id=fast_id(), case=one.case, visit=one.visit)
        values = self.answers.get((one.home.profile.code, one.edition))
        if values is None:
            values = cleaned(edition(one.edition), answers_of(one.home.profile, self.today))
            self.answers[one.home.profile.code, one.edition] = values
        put(conclusion, values)
        return conclusion

    def _sections(self, one: Stood, conclusion: Conclusion, *, whole: bool) -> list[ConclusionSection]:
        """`whole` adds the empty sections, as a sheet that is being written has them."""
        texts = texts_of(one.home.profile)
        codes = [section.code for section in text_sections(edition(one.edition)) if whole or section.code in texts]
        return [
            ConclusionSection(
                **self.own, public_id=fast_id(), conclusion=conclusion, code=code, text=texts.get(code, ""),
                version=1 if code in texts else 0, user=self.staff.head,
            )
            for code in codes
        ]  # fmt: skip

    def _draft(self, one: Stood) -> None:
        conclusion = self._begun(one)
        self.batch.add(conclusion, *self._sections(one, conclusion, whole=True))

    def _pattern(self, one: Stood) -> Pattern:
        key = one.home.profile.code, one.edition
        if key not in self.patterns:
            self.patterns[key] = self._made_once(one)
        return self.patterns[key]

    def _made_once(self, one: Stood) -> Pattern:
        """Ask the product for the papers of this case, and undo what had to be written for it."""
        with transaction.atomic():
            sample = self._begun(one)
            sample.save()
            ConclusionSection.objects.bulk_create(self._sections(one, sample, whole=False))
            sample.number = sample.protocol_number = 1
            sample.signed_on, sample.signed_by = one.turn.day, self.staff.head
            pattern = Pattern({form: make(sample) for form, make in FORMS.items()}, examined_content(sample, 1))
            transaction.set_rollback(True)
        return pattern

    def _signed(self, one: Stood) -> None:
        pattern, day = self._pattern(one), one.turn.day
        assert day is not None
        conclusion = self._begun(one)
        conclusion.state, conclusion.year = Conclusion.State.SIGNED, day.year
        conclusion.signed_on, conclusion.signed_by = day, self.staff.head
        conclusion.number = self.ledger.next_number("conclusion", day)
        conclusion.protocol_number = self.ledger.next_number("protocol", day)
        frozen = {form: self._frozen(one, conclusion, form, pattern) for form in FORMS}
        conclusion.snapshot, conclusion.school_snapshot = frozen["conclusion"], frozen["conclusion_school"]
        conclusion.protocol_snapshot = frozen["protocol"]
        child = {"child": one.home.child.public_id}
        lines = [
            self.ledger.line(
                series, day, conclusion,
                child | {"number": getattr(conclusion, field), "snapshot": frozen[series].sha256}, self.staff.head,
            )
            for series, field in (("protocol", "protocol_number"), ("conclusion", "number"))
        ]  # fmt: skip
        conclusion.entry = lines[1]
        journal = self._line(one, conclusion, pattern)
        self.batch.add(*frozen.values(), *lines, journal, conclusion)
        self.batch.add(*self._sections(one, conclusion, whole=False))
        self._hand_over(one, conclusion)
        self._certify(one, journal)
        for code in ("conclusion.drafted", "conclusion.signed", "case.moved"):
            self.batch.add(event_of(self.staff, conclusion, one.home, code))

    def _frozen(self, one: Stood, conclusion: Conclusion, form: str, pattern: Pattern) -> Snapshot:
        content = pattern.papers[form]
        content = content | {key: value for key, value in own_words(one, conclusion).items() if key in content}
        return Snapshot(
            **self.own, public_id=fast_id(), form=form, subject_type=conclusion._meta.label_lower,
            subject_id=conclusion.public_id, person_id=one.home.child.public_id, content=content,
            sha256=sha256(canonical(content)), user=self.staff.head,
        )  # fmt: skip

    def _line(self, one: Stood, conclusion: Conclusion, pattern: Pattern) -> Entry:
        assert one.turn.day is not None
        child = one.home.child
        content = pattern.line | {
            "number": str(self.ledger.next_number("examined", one.turn.day)), "child_name": child.full_name,
            "birth_date": child.birth_date.isoformat(), "contacts": one.home.mother.contacts,
        }  # fmt: skip
        return self.ledger.line("examined", one.turn.day, conclusion, content, self.staff.head)

    def _hand_over(self, one: Stood, conclusion: Conclusion) -> None:
        handed = one.turn.status == Status.HANDED
        day = conclusion.signed_on
        assert day is not None
        self.batch.add(
            Handover(
                **self.own, public_id=fast_id(), conclusion=conclusion, due_on=add_working_days(day, COPY_DAYS),
                way=Handover.Way.IN_PERSON if handed else "", recipient=one.home.mother if handed else None,
                received_on=day if handed else None, recorded_by=self.staff.registrar,
            )
        )  # fmt: skip
        if handed:
            self.batch.add(event_of(self.staff, conclusion, one.home, "handover.recorded"))

    def _certify(self, one: Stood, journal: Entry) -> None:
        """The journal of all sessions but the last ones is certified."""
        if one.turn.status != Status.HANDED:
            return
        session = one.visit.session
        found = self.certified.get(session.pk)
        if found is None:
            found = Certification(
                **self.own, public_id=fast_id(), session=session, certified_on=session.day,
                certified_by=self.staff.head,
            )  # fmt: skip
            self.certified[session.pk] = found
            self.batch.add(found)
        self.batch.add(CertifiedEntry(**self.own, certification=found, entry=journal))


def own_words(one: Stood, conclusion: Conclusion) -> dict[str, Any]:
    """What of a paper belongs to this child alone, by the keys of the forms."""
    child, day = one.home.child, conclusion.signed_on
    assert day is not None
    return {
        "child_name": child.full_name, "birth_date": child.birth_date.isoformat(),
        "child_document": child.identity_number, "address_phone": child.registered_address,
        "guardian_name": one.home.mother.short_name, "number": str(conclusion.number), "date": day.isoformat(),
        "session_date": day.isoformat(), "protocol_number": str(conclusion.protocol_number),
        "protocol_date": day.isoformat(), "footer": f"№ {conclusion.number} от {day:%d.%m.%Y}",
    }  # fmt: skip


def answers_of(profile: Profile, today: date) -> dict[str, Any]:
    """Chosen answers that let the conclusion be signed."""
    values: dict[str, Any] = {
        "has_limitations": profile.limitations, "needs_conditions": profile.limitations,
        "programme_code": profile.programme, "programme_section": profile.section, "study_form": "full_time",
        "regime": ["full_day"], "education_form": ["in_organisation"],
        "assistant_need": "needed" if profile.assistant else "not_needed",
        "tutor_need": "needed" if profile.tutor else "not_needed", "reexamination_wording": profile.wording,
        "term_on": today + NEXT_YEAR if profile.limitations else "",
    }  # fmt: skip
    if profile.assistant:
        values |= {"assistant_reason": "Помощь в передвижении.", "assistant_term": "constant"}
    if profile.tutor:
        values |= {"tutor_reason": "Помощь в общении.", "tutor_term": "adaptation_half_year"}
    return values


def texts_of(profile: Profile) -> dict[str, str]:
    """Texts of the sheet by the codes of their sections."""
    texts = {"main_features": profile.features, **profile.conditions}
    if profile.limitations:
        texts["diagnoses"] = f"Основной: {profile.diagnosis}"
    return texts | {f"direction_{who}": text for who, text in profile.directions.items()}
