"""Taking what the catalogue offers: as editable text into a section, or as an answer. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.worksheets.services import section_save

from .. import events
from ..answers import values_of
from ..catalogue import Catalogue, Entry, answers_of_candidate, answers_of_demand, answers_with, catalogue_of
from ..merging import FillResult
from ..models import Conclusion, ConclusionSection, TakenText
from .drafting import conclusion_fill, draft_lock

GONE = "Этого каталог для записанных данных и выбранной программы больше не предлагает. Обновите страницу."


@transaction.atomic
def offer_take(*, actor: Actor, section: ConclusionSection, code: str) -> ConclusionSection:
    """Add an offer of the catalogue to a section on a new line; what stands there stays above it.

    What the offer answers besides is answered. Taking it twice adds nothing. Raises Refusal when the catalogue does
    not offer it here, or the conclusion is signed.
    """
    require(actor, "conclusion.edit")
    conclusion = draft_lock(section.conclusion, actor)
    entry = catalogue_of(conclusion, timezone.localdate()).entry(section.code, code)
    if entry is None:
        raise Refusal("no_offer", GONE)
    fresh = ConclusionSection.objects.select_for_update().get(pk=section.pk)
    saved = fresh
    if entry.text not in fresh.text:
        text = f"{fresh.text.rstrip()}\n{entry.text}" if fresh.text.strip() else entry.text
        saved = section_save(actor=actor, section=fresh, text=text, base_version=fresh.version).section
    _note(actor, conclusion, entry)
    if entry.answers:
        changed = answers_with(values_of(conclusion), entry)
        conclusion_fill(actor=actor, conclusion=conclusion, values=changed)
    return saved


@transaction.atomic
def answers_take(
    *,
    actor: Actor,
    conclusion: Conclusion,
    wanted: str,
    values: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
    settled_version: int | None = None,
) -> FillResult[Conclusion]:
    """Save the answers of the sheet (`values`) together with what one click on an offer answers.

    `wanted` is «offer:place:code» of the catalogue, «programme:code:orientation:second» of the advice, or
    «term:wording:day» of the next examination. Raises Refusal when that is not offered; conflicts are those of
    `conclusion_fill`.
    """
    require(actor, "conclusion.edit")
    fresh = draft_lock(conclusion, actor)
    changed, entry = _meant(catalogue_of(fresh, timezone.localdate()), wanted, values)
    result = conclusion_fill(
        actor=actor, conclusion=fresh, values={**values, **changed}, base=base, settled_version=settled_version
    )
    if entry is not None and not result.conflicts:
        _note(actor, result.conclusion, entry)
    return result


def _meant(catalogue: Catalogue, wanted: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], Entry | None]:
    """The answers that an offer sets, and the offer itself when it is a text of the catalogue."""
    kind, *parts = wanted.split(":")
    if kind == "offer" and len(parts) == 2 and (entry := catalogue.entry(*parts)) and entry.is_answer:
        return answers_with(values, entry), entry if entry.is_text else None
    if kind == "programme" and len(parts) == 3 and (candidate := catalogue.candidate(*parts)):
        return answers_of_candidate(candidate, catalogue.law, values), None
    if kind == "term" and len(parts) == 2 and (demand := catalogue.demand(*parts)):
        return answers_of_demand(demand), None
    raise Refusal("no_offer", GONE)


def _note(actor: Actor, conclusion: Conclusion, entry: Entry) -> None:
    """Remember what was taken, as it was; the log names the place alone."""
    row = TakenText.objects.filter(conclusion=conclusion, place=entry.place, code=entry.code).first()
    if row is None:
        row = TakenText(organisation=conclusion.organisation, conclusion=conclusion, place=entry.place, code=entry.code)
    row.text, row.user = entry.text, actor.person
    row.full_clean()
    row.save()
    record(events.CATALOGUE_TAKEN, actor=actor, subject=conclusion, person_id=conclusion.person_id, section=entry.place)
