"""The one door for findings: what a specialist chose, checked by the edition, recorded in his own sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import READERS_ONLY, may_write
from opora.commission.examinations.services.sheets import examination_lock
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Speciality
from opora.foundation.audit.services import record
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import (
    FactError,
    definition,
    definitions,
    exclusions_met,
    facts_read,
    not_lived_yet,
)
from opora.regulations.predicates import Value, verdict

from .events import FINDINGS_RECORDED
from .gathering import Gathered, gathered, stored_value
from .models import SOURCE_LIMIT, Basis, Finding

LINKS = ("organisation", "examination", "recorded_by")


class FindingsRefused(Refusal):
    """Nothing was changed; `errors` are messages by the code of the fact they belong to."""

    def __init__(self, code: str, errors: Mapping[str, str], clause: str = "") -> None:
        super().__init__(code, " ".join(dict.fromkeys(errors.values())), clause, next(iter(errors), None))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Recorded:
    """Codes of the facts that were written, taken back by an empty value, and fell away with what they hung on."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    fallen: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.written or self.removed or self.fallen)


@transaction.atomic
def findings_record(
    *, actor: Actor, examination: Examination, values: Mapping[str, Any], sources: Mapping[str, str] | None = None
) -> Recorded:
    """Record facts in a sheet; an empty value takes one back, a fact that is not named stays as it is.

    `sources` say what a fact rests on: a code of `Basis`, after a colon free words. Facts that are asked only because
    of another one fall away with it. Raises PermissionDenied; Refusal for a closed sheet; FindingsRefused with a
    message for each field, when a value cannot be taken, belongs to another speciality or contradicts another one.
    """
    require(actor, "examination.write")
    require_own(actor, examination)
    sheet = examination_lock(examination, actor)
    if not may_write(actor, sheet):
        raise PermissionDenied(READERS_ONLY)
    _require_open(sheet)
    known = gathered(sheet.case)
    own = known.of_sheet(sheet.pk)
    given = _read(known, sheet, values, sources or {})
    before = _values(known, own)
    after = {**before, **given}
    after = {code: value for code, value in after.items() if code not in values or code in given}
    changed = {code for code in {*before, *after} if before.get(code) != after.get(code)}
    fallen = _fallen(known, after, changed, kept=changed & set(given))
    after = {code: value for code, value in after.items() if code not in fallen}
    _require_sense(known, after, changed - fallen)
    done = _write(actor, known, sheet, own, after, before, sources or {})
    result = Recorded(
        tuple(done), tuple(sorted(set(before) - set(after) - fallen)), tuple(sorted(fallen & set(before)))
    )
    if not result.is_empty:
        record(
            FINDINGS_RECORDED, actor=actor, subject=sheet, person_id=sheet.person_id,
            speciality=sheet.get_speciality_display(), facts=list(result.written),
            removed=[*result.removed, *result.fallen],
        )  # fmt: skip
    return result


def _require_open(sheet: Examination) -> None:
    if sheet.case_is_decided:
        words = f"Дело {sheet.case.title} — «{sheet.case.get_status_display()}»: данные больше не меняются."
        raise Refusal("decided", words)
    if sheet.is_finished:
        raise Refusal("finished", "Лист завершён. Чтобы изменить данные, откройте его снова.")


def _read(
    known: Gathered, sheet: Examination, values: Mapping[str, Any], sources: Mapping[str, str]
) -> dict[str, Value]:
    """Values as rules take them. Raises FindingsRefused with a message beside each field."""
    given, errors = facts_read(known.law, values)
    owners = {one.code: one.owners for one in definitions(known.law)}
    foreign = [
        FactError(code, f"Это записывает {_names(known, owners[code])}.")
        for code in given
        if owners[code] and sheet.speciality not in owners[code]
    ]
    unsourced = [FactError(code, said) for code, text in sources.items() if (said := _source_error(text))]
    if errors or foreign or unsourced:
        raise FindingsRefused("bad_value", {one.fact: one.message for one in [*errors, *foreign, *unsourced]})
    return given


def _names(known: Gathered, codes: Iterable[str]) -> str:
    return " или ".join(known.law.speciality(code).title for code in codes)


def _source_error(text: str) -> str:
    if text and text.partition(":")[0] not in Basis.values:
        return "Выберите, на чём основаны данные."
    return f"Не длиннее {SOURCE_LIMIT} знаков." if len(text) > SOURCE_LIMIT else ""


def _values(known: Gathered, own: Mapping[str, Finding]) -> dict[str, Value]:
    read = {code: stored_value(known.law, row) for code, row in own.items()}
    return {code: value for code, value in read.items() if value is not None}


def _facts(known: Gathered, own: Mapping[str, Value], without: Iterable[str] = ()) -> CaseFacts:
    """The case as this sheet sees it: its own facts before those of the colleagues."""
    others = {code: value for code, value in known.facts.values.items() if code not in set(without)}
    return CaseFacts(known.law, {**others, **own}, born=known.born, on=known.on)


def _fallen(known: Gathered, after: Mapping[str, Value], changed: Iterable[str], kept: Iterable[str]) -> set[str]:
    """Own facts that are not asked for any more because of what has just changed; `kept` were chosen this time."""
    moved, fallen = set(changed), set[str]()
    while True:
        left = {code: value for code, value in after.items() if code not in fallen}
        facts = _facts(known, left, without=moved | fallen)
        again = {
            one.code
            for one in definitions(known.law)
            if one.code in left
            and one.code not in kept
            and moved & {asked.fact for asked in one.when}
            and verdict(one.when, facts).holds is False
        }
        if not again:
            return fallen
        fallen |= again
        moved |= again


def _require_sense(known: Gathered, after: Mapping[str, Value], changed: Iterable[str]) -> None:
    """Facts of one sheet and of the card must not exclude each other; those of two specialists may differ."""
    mine = CaseFacts(known.law, {**known.card, **after}, born=known.born, on=known.on)
    errors = {one.fact: one.message for one in not_lived_yet(mine) if one.fact in set(changed)}
    clause = ""
    for one in exclusions_met(mine):
        if set(changed) & set(one.facts):
            errors |= {code: one.title for code in one.facts if code in after} or {one.facts[0]: one.title}
            clause = clause or one.clause
    if errors:
        raise FindingsRefused("excluded", errors, clause)


def basis_by_default(known: Gathered, code: str, speciality: str) -> str:
    """What a finding rests on until its author says otherwise: papers for a doctor, the family's words about it."""
    group = definition(known.law, code).group
    if speciality == Speciality.DOCTOR or group == "health":
        return str(Basis.MEDICAL)
    return str(Basis.PARENTS if group == "family" else Basis.EXAMINATION)


def _write(
    actor: Actor,
    known: Gathered,
    sheet: Examination,
    own: Mapping[str, Finding],
    after: Mapping[str, Value],
    before: Mapping[str, Value],
    sources: Mapping[str, str],
) -> list[str]:
    """Save what differs; the codes that were written."""
    done = []
    for code, value in after.items():
        row = own.get(code)
        source = sources.get(code) or (row.source if row else basis_by_default(known, code, sheet.speciality))
        if row is not None and before.get(code) == value and row.source == source:
            continue
        fresh = row or Finding(organisation=sheet.organisation, examination=sheet, code=code)
        fresh.value, fresh.source, fresh.recorded_by = value, source, actor.person
        # The sheet is locked and its codes are known: neither links nor the unique code need be asked of the database.
        fresh.full_clean(exclude=LINKS, validate_unique=False, validate_constraints=False)
        fresh.save()
        done.append(code)
    for code in set(own) - set(after):
        own[code].delete()
    return sorted(done)
