"""The one door for writes: answers item by item, and the result as editable text of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import READERS_ONLY, may_write, section_write, sheet_of
from opora.commission.examinations.services.sheets import examination_lock
from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record as note
from opora.foundation.audit.vocabulary import EventType
from opora.regulations.instruments.reading import answers_read
from opora.regulations.lag.counting import lines_read, weeks_read

from . import events
from .models import ScoredInstrument
from .results import LAG, WEEKS, Subject, clause_of, is_known, result_of, subject_of, title_of

ONE_SITTING = timedelta(minutes=10)


@dataclass(frozen=True)
class Written:
    """`record` is as it stands now; `errors` are (item, message) of what was not taken.

    After a `conflict` nothing was written.
    """

    record: ScoredInstrument
    errors: dict[str, str]
    conflict: bool = False


def answers_taken(subject: Subject, code: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Answers as they are kept, and messages by item for those that cannot be."""
    if code != LAG:
        values, wrong = answers_read(subject.law, code, given, subject.age_months)
        return dict(values), {one.item: one.message for one in wrong}
    lines, errors = lines_read(subject.law, {name: value for name, value in given.items() if name != WEEKS})
    weeks, about_weeks = weeks_read(subject.law, given.get(WEEKS))
    kept: dict[str, Any] = dict(lines) | ({} if weeks is None else {WEEKS: weeks})
    return kept, {one.line: one.message for one in (*errors, *about_weeks)}


@transaction.atomic
def answers_write(
    *, actor: Actor, examination: Examination, instrument: str, answers: Mapping[str, Any], base_version: int,
    settled: bool = False,
) -> Written:  # fmt: skip
    """Save the answers as they are given; what cannot be taken is named and left out.

    Over a newer version of another nothing is written unless `settled`. Raises PermissionDenied for a reader, Refusal
    for a closed sheet and for an instrument that is not the specialist's or not for the child's age.
    """
    require(actor, "examination.write")
    fresh = _writable(actor, examination)
    subject = subject_of(fresh)
    _require_fit(subject, instrument)
    values, errors = answers_taken(subject, instrument, answers)
    row = ScoredInstrument.objects.filter(examination=fresh, instrument=instrument).select_related("user").first()
    if row is None:
        row = ScoredInstrument(
            organisation=actor.at, examination=fresh, instrument=instrument, edition=fresh.case.edition,
            filled_on=subject.on, user=actor.person,
        )  # fmt: skip
    elif row.version != base_version and not settled and row.answers != values:
        return Written(row, errors, conflict=True)
    if row.answers == values:
        return Written(row, errors)
    _tell(actor, row, settled and row.version != base_version, title_of(subject.law, instrument))
    row.answers, row.user = values, actor.person
    row.version += 1
    row.full_clean(exclude=["organisation", "examination", "user"], validate_constraints=False)
    row.save()
    return Written(row, errors)


def _writable(actor: Actor, examination: Examination) -> Examination:
    fresh = examination_lock(examination, actor)
    if not may_write(actor, fresh):
        raise PermissionDenied(READERS_ONLY)
    if fresh.case_is_decided:
        raise Refusal("decided", "Дело завершено: листы и методики больше не меняются.", "письмо ВК-1074/07, разд. 2")
    if fresh.is_finished:
        raise Refusal("finished", "Лист завершён. Чтобы отвечать дальше, откройте его снова.")
    return fresh


def _require_fit(subject: Subject, code: str) -> None:
    if not is_known(subject, code):
        raise Refusal("unknown_instrument", "В листе этого специалиста такой методики нет.")
    result = result_of(subject, code, {})
    if result.state in ("not_for_age", "other_scale"):
        about = result.reasons if code != LAG else result.warnings  # type: ignore[union-attr]
        raise Refusal("not_for_age", about[0].text, clause_of(subject.law, code))
    if subject.age_months is None:
        raise Refusal("no_age", "День обследования раньше дня рождения ребёнка: исправьте дату в карте.")


def _tell(actor: Actor, row: ScoredInstrument, over_another: bool, title: str) -> None:
    """One event for a sitting: a save happens at each click."""
    new_sitting = row.pk is None or row.user_id != actor.person.pk or timezone.now() - row.at > ONE_SITTING
    if over_another:
        _note(events.INSTRUMENT_SETTLED, actor, row, title)
    elif new_sitting:
        _note(events.INSTRUMENT_FILLED, actor, row, title)


def _note(told: EventType, actor: Actor, row: ScoredInstrument, title: str) -> None:
    note(told, actor=actor, subject=row.examination, person_id=row.person_id, title=title)


@transaction.atomic
def result_insert(*, actor: Actor, examination: Examination, instrument: str) -> str:
    """Put the sentence of a complete instrument behind what the data section of the sheet says already.

    Returns the code of the section. Raises PermissionDenied, Refusal for a result that is not complete.
    """
    require(actor, "examination.write")
    fresh = _writable(actor, examination)
    row = ScoredInstrument.objects.filter(examination=fresh, instrument=instrument).first()
    subject = subject_of(fresh)
    result = result_of(subject, instrument, row.answers) if row is not None else None
    if row is None or result is None or not result.is_complete:
        raise Refusal("incomplete", "Методика заполнена не до конца: вставлять пока нечего.")
    asked = min((one for one in sheet_of(fresh).sections if one.kind == "data"), key=lambda one: one.order)
    section = fresh.sections.get(code=asked.code)
    if result.sentence in section.text:
        raise Refusal("inserted", f"Этот результат уже стоит в разделе «{asked.title}».", field=asked.code)
    text = "\n\n".join(filter(None, (section.text.rstrip(), result.sentence)))
    section_write(actor=actor, section=section, text=text, base_version=section.version)
    _note(events.INSTRUMENT_INSERTED, actor, row, title_of(subject.law, instrument))
    return asked.code
