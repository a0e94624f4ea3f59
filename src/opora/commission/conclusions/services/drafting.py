"""Drawing up a conclusion: the draft with what is known already, chosen answers, texts taken from examinations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_lock
from opora.commission.examinations.models import ExaminationSection
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.worksheets.services import SaveResult, section_save
from opora.people.children.models import Enrolment
from opora.regulations.edition import Edition

from .. import events
from ..answers import BY_CODE, cleaned, put, title_of, values_of
from ..merging import FillResult, changed_by_both, changed_by_him
from ..models import Conclusion, ConclusionSection, TakenText
from ..sections import ANAMNESIS, DIAGNOSES, DIRECTION, text_sections
from ..sources import edition_of, findings_of, visit_of

USUAL = {"study_form": "full_time", "regime": ["full_day"], "education_form": ["in_organisation"]}


@transaction.atomic
def conclusion_draft(*, actor: Actor, case: Case) -> Conclusion:
    """Return the conclusion of the case that is being drawn up or is signed; begin it when there is none.

    A new draft holds what is known: diagnoses, anamnesis, advice of the specialists, or all of the annulled one.
    Raises Refusal when the case is not being discussed.
    """
    require(actor, "conclusion.edit")
    fresh = case_lock(case, actor)
    found = fresh.conclusions.exclude(state=Conclusion.State.ANNULLED).select_related("case__child").first()
    if found is not None:
        return found
    _require_discussion(fresh)
    annulled = fresh.conclusions.filter(state=Conclusion.State.ANNULLED).order_by("-pk").first()
    conclusion = _copied(actor, fresh, annulled) if annulled else _begun(actor, fresh)
    record(events.CONCLUSION_DRAFTED, actor=actor, subject=conclusion, person_id=fresh.person_id)
    return conclusion


def _require_discussion(case: Case) -> None:
    if case.status != Status.DISCUSSION:
        raise Refusal(
            "not_discussed",
            f"Заключение составляют на обсуждении, а дело {case.title} в состоянии «{case.get_status_display()}».",
            "письмо ВК-1074/07, разд. 2",
        )


def _begun(actor: Actor, case: Case) -> Conclusion:
    law, visit = edition_of(case), visit_of(case)
    if visit is None:
        raise Refusal("no_visit", f"По делу {case.title} нет приёма на заседании.", "письмо ВК-1074/07, разд. 2")
    conclusion = Conclusion(organisation=case.organisation, case=case, visit=visit)
    put(conclusion, USUAL)
    before = Conclusion.objects.filter(case__child=case.child_id, state=Conclusion.State.SIGNED)
    if not before.exists():
        conclusion.route = Conclusion.Route.FIRST
    if case.child.enrolments.filter(ended_on=None, level=Enrolment.Level.PRESCHOOL).exists():
        put(conclusion, {"reexamination_wording": "before_school"})
    conclusion.full_clean()
    conclusion.save()
    _write_sections(actor, conclusion, law, _known_texts(case, law))
    return conclusion


def _known_texts(case: Case, law: Edition) -> dict[str, str]:
    """What need not be typed again: the register's diagnoses, the doctor's anamnesis, advice for teachers."""
    found: dict[str, list[str]] = {}
    for finding in findings_of(case, law):
        if finding.section.code in (ANAMNESIS, DIAGNOSES):
            found.setdefault(finding.section.code, []).append(finding.text)
        if finding.section.kind == "advice_teachers":
            found.setdefault(_direction_of(finding.speciality, law), []).append(finding.text)
    diagnoses = list(case.child.diagnoses.all())
    if diagnoses:
        found[DIAGNOSES] = [f"{str(one.get_kind_display()).capitalize()}: {one}" for one in diagnoses]
    return {code: "\n".join(texts) for code, texts in found.items()}


def _direction_of(speciality: str, law: Edition) -> str:
    known = {choice.code for choice in law.vocabulary("direction_specialist").choices}
    return f"{DIRECTION}{speciality if speciality in known else 'other'}"


def _copied(actor: Actor, case: Case, annulled: Conclusion) -> Conclusion:
    conclusion = Conclusion(organisation=case.organisation, case=case, visit=annulled.visit)
    put(conclusion, values_of(annulled) | {"blank_number": ""})
    conclusion.full_clean()
    conclusion.save()
    texts = {section.code: section.text for section in annulled.sections.all()}
    _write_sections(actor, conclusion, edition_of(case), texts)
    _copy_taken(annulled, conclusion)
    return conclusion


def _copy_taken(annulled: Conclusion, conclusion: Conclusion) -> None:
    """What came from the catalogue is still known in the new draft."""
    for row in annulled.taken.exclude(code=""):
        TakenText.objects.create(
            organisation=conclusion.organisation, conclusion=conclusion, place=row.place, code=row.code,
            text=row.text, user=row.user,
        )  # fmt: skip


def _write_sections(actor: Actor, conclusion: Conclusion, law: Edition, texts: Mapping[str, str]) -> None:
    ConclusionSection.objects.bulk_create(
        ConclusionSection(
            organisation=conclusion.organisation, conclusion=conclusion, code=one.code,
            text=texts.get(one.code, ""), version=1 if texts.get(one.code) else 0, user=actor.user,
        )
        for one in text_sections(law)
    )  # fmt: skip


def draft_lock(conclusion: Conclusion, actor: Actor) -> Conclusion:
    """The conclusion read anew and locked. Raises Refusal when it is no draft or not discussed now."""
    require_own(actor, conclusion)
    locked = Conclusion.objects.select_for_update(of=("self",)).select_related("case__child", "organisation")
    fresh = locked.get(pk=conclusion.pk)
    if fresh.state != Conclusion.State.DRAFT:
        raise Refusal(
            "signed",
            f"Заключение уже подписано, № {fresh.number}: исправить его можно только через аннулирование.",
            "письмо ВК-1074/07, прил. 2.2, 2.13",
        )
    _require_discussion(fresh.case)
    return fresh


@transaction.atomic
def conclusion_fill(
    *,
    actor: Actor,
    conclusion: Conclusion,
    values: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
    settled_version: int | None = None,
) -> FillResult[Conclusion]:
    """Save chosen answers (codes of `answers.ANSWERS`); what is not among `values` stays.

    `base` are the answers as the person saw them: only what he changed is written, and an answer that another
    person changed meanwhile to something else is a conflict. Having seen the conflict at `settled_version`, he may
    insist. Without `base` the values are written as they are. Raises ValidationError by field, Refusal when the
    conclusion is signed.
    """
    require(actor, "conclusion.edit")
    fresh = draft_lock(conclusion, actor)
    law = edition_of(fresh.case)
    wanted, kept = cleaned(law, values), values_of(fresh)
    if base is not None:
        wanted = changed_by_him(wanted, kept, base)
        if settled_version != fresh.form_version:
            conflicts = changed_by_both(wanted, kept, base, lambda code: title_of(law, BY_CODE[code]))
            if conflicts:
                return FillResult(fresh, conflicts)
    changed = {code: value for code, value in wanted.items() if value != kept[code]}
    if changed:
        put(fresh, changed)
        fresh.form_version += 1
        fresh.full_clean()
        fresh.save()
        record(events.ANSWERS_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=sorted(changed))
    return FillResult(fresh)


@transaction.atomic
def text_save(
    *, actor: Actor, section: ConclusionSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[ConclusionSection]:
    """Save a text of the sheet as it is typed (see `worksheets.services.section_save`).

    Raises Refusal when the conclusion is signed.
    """
    require(actor, "conclusion.edit")
    draft_lock(section.conclusion, actor)
    return section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)


@transaction.atomic
def text_take(*, actor: Actor, section: ConclusionSection, source: ExaminationSection) -> ConclusionSection:
    """Add a specialist's text to a section of the conclusion; what stands there stays above it."""
    require(actor, "conclusion.edit")
    conclusion = draft_lock(section.conclusion, actor)
    if source.examination.case_id != conclusion.case_id:
        raise Refusal("other_case", "Этот текст относится к другому делу.")
    taken = source.text.strip()
    if not taken:
        raise Refusal("empty", "В обследовании этот раздел пока пуст.")
    fresh = ConclusionSection.objects.select_for_update().get(pk=section.pk)
    if taken in fresh.text:
        return fresh
    text = f"{fresh.text.rstrip()}\n{taken}" if fresh.text.strip() else taken
    saved = section_save(actor=actor, section=fresh, text=text, base_version=fresh.version).section
    record(events.TEXT_TAKEN, actor=actor, subject=saved, person_id=saved.person_id, section=saved.code)
    return saved
