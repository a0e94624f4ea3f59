"""Drawing up a conclusion on ГИА: the draft with what is known, answers, conditions taken from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_lock
from opora.commission.conclusions.merging import FillResult, changed_by_both, changed_by_him
from opora.commission.conclusions.sources import edition_of, visit_of
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.regulations.attestation.offering import has_attestation
from opora.regulations.edition import Edition

from .. import events
from ..answers import cleaned, fitting, put, questions_of, values_of
from ..models import AttestationConclusion
from ..sources import known_answers, offers_of

CLAUSE = "письмо ВК-1074/07, прил. 2.16, п. 10; практика комиссий"
BEGUN_IN = (Status.DISCUSSION, Status.SIGNED)  # of the same session as the ordinary conclusion, or in its stead
WRITTEN_IN = (*BEGUN_IN, Status.HANDED)


@transaction.atomic
def attestation_draft(*, actor: Actor, case: Case, on: date) -> AttestationConclusion:
    """Return the conclusion on ГИА of the case that is drawn up or signed; begin it when there is none.

    A new draft holds what is known on the day: school, level and year, the paper that is the ground. Raises Refusal
    when the edition of the case has no such conclusion, or the case is not discussed.
    """
    require(actor, "attestation.edit")
    fresh = case_lock(case, actor)
    found = fresh.attestations.exclude(state=AttestationConclusion.State.ANNULLED).select_related("case__child").first()
    if found is not None:
        return found
    law, visit = edition_of(fresh), visit_of(fresh)
    if not has_attestation(law):
        raise Refusal("no_catalogue", f"В редакции «{law.title}» условия ГИА дают в заключении, п. 10.", CLAUSE)
    refuse_stage(fresh, BEGUN_IN)
    if visit is None:
        raise Refusal("no_visit", f"По делу {fresh.title} нет приёма на заседании.", CLAUSE)
    conclusion = AttestationConclusion(organisation=fresh.organisation, case=fresh, visit=visit)
    return begun(actor, conclusion, cleaned(law, known_answers(fresh, on)))


def begun(actor: Actor, conclusion: AttestationConclusion, answers: Mapping[str, Any]) -> AttestationConclusion:
    """Save a new draft with its first answers."""
    put(conclusion, answers)
    conclusion.full_clean()
    conclusion.save()
    record(events.ATTESTATION_DRAFTED, actor=actor, subject=conclusion, person_id=conclusion.person_id)
    return conclusion


def refuse_stage(case: Case, allowed: tuple[Status, ...]) -> None:
    """Raise Refusal when the case stands where nothing is decided about ГИА."""
    if case.status not in allowed:
        raise Refusal(
            "not_discussed",
            f"Заключение ГИА составляют с обсуждения, а дело {case.title} в состоянии «{case.get_status_display()}».",
            CLAUSE,
        )


def draft_lock(conclusion: AttestationConclusion, actor: Actor) -> AttestationConclusion:
    """The conclusion read anew and locked. Raises Refusal when it is no draft or the case stands elsewhere."""
    require_own(actor, conclusion)
    rows = AttestationConclusion.objects.select_for_update(of=("self",))
    fresh = rows.select_related("case__child", "organisation", "visit__session").get(pk=conclusion.pk)
    if fresh.state != AttestationConclusion.State.DRAFT:
        raise Refusal("signed", f"{fresh} уже подписано: исправить его можно только через аннулирование.", CLAUSE)
    refuse_stage(fresh.case, WRITTEN_IN)
    return fresh


@transaction.atomic
def attestation_fill(
    *,
    actor: Actor,
    conclusion: AttestationConclusion,
    values: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
    settled_version: int | None = None,
) -> FillResult[AttestationConclusion]:
    """Save answers by the codes of the questions; what is not among `values` stays.

    `base` are the answers as the person saw them: only what he changed is written, and an answer that another person
    changed meanwhile to something else is a conflict. Having seen the conflict at `settled_version`, he may insist.
    Raises ValidationError by field, Refusal when the conclusion is signed.
    """
    require(actor, "attestation.edit")
    fresh = draft_lock(conclusion, actor)
    law = edition_of(fresh.case)
    wanted, kept = cleaned(law, values), values_of(law, fresh)
    if base is not None:
        wanted = changed_by_him(wanted, kept, base)
        if settled_version != fresh.form_version:
            titles = {one.code: one.title for one in questions_of(law)}
            conflicts = changed_by_both(wanted, kept, base, titles.__getitem__)
            if conflicts:
                return FillResult(fresh, conflicts)
    _keep(actor, fresh, law, kept, wanted)
    return FillResult(fresh)


def _keep(
    actor: Actor, fresh: AttestationConclusion, law: Edition, kept: Mapping[str, Any], wanted: Mapping[str, Any]
) -> None:
    """Write what differs; answers that the level does not ask go with it."""
    whole = fitting(law, {**kept, **wanted})
    changed = {code: value for code, value in whole.items() if value != kept[code]}
    if not changed:
        return
    put(fresh, changed)
    fresh.form_version += 1
    fresh.full_clean()
    fresh.save()
    record(events.ATTESTATION_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=sorted(changed))


@transaction.atomic
def attestation_take(
    *,
    actor: Actor,
    conclusion: AttestationConclusion,
    wanted: str,
    values: Mapping[str, Any],
    on: date,
    base: Mapping[str, Any] | None = None,
    settled_version: int | None = None,
) -> FillResult[AttestationConclusion]:
    """Save the answers of the sheet together with a condition of the catalogue, `wanted` by its code: on a new line of
    its list. Taking it twice adds nothing. Raises Refusal when it is not offered."""
    require(actor, "attestation.edit")
    offer = next((one for one in offers_of(draft_lock(conclusion, actor), on) if one.code == wanted), None)
    if offer is None:
        raise Refusal("no_offer", "Этого условия каталог больше не предлагает: обновите страницу.", CLAUSE)
    text = str(values.get(offer.place) or "").rstrip()
    if offer.text not in text:
        text = f"{text}\n{offer.text}" if text else offer.text
    result = attestation_fill(
        actor=actor, conclusion=conclusion, values={**values, offer.place: text}, base=base,
        settled_version=settled_version,
    )  # fmt: skip
    if not result.conflicts:
        fresh = result.conclusion
        fresh.taken = {**fresh.taken, offer.code: {"place": offer.place, "text": offer.text, "clause": offer.clause}}
        fresh.save(update_fields=["taken"])
        record(
            events.CONDITION_TAKEN, actor=actor, subject=fresh, person_id=fresh.person_id, list=offer.place
        )  # fmt: skip
    return result
