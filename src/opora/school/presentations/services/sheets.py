"""An own paper about a child: begun, written by sections and wordings, finished and frozen, opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.registers.services import snapshot_freeze
from opora.foundation.worksheets.services import SaveResult, section_save
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.presentations import reading
from opora.regulations.presentations.checking import Draft, consent_lack

from .. import events
from ..content import presentation_content
from ..models import Presentation, PresentationSection
from ..sheet import asked_sections, draft_of, has_consent, kinds_for, known_texts, lacks_of, law_of, paper_of

OWN_ALONE = "В этот лист пишет тот, кто его составляет."
DETAILS = ("purpose", "examined_on", "time_from", "time_to", "third_person", "third_person_words")


def is_writable(actor: Actor, presentation: Presentation) -> bool:
    """The author writes while the paper is not finished."""
    return presentation.author.user_id == actor.person.pk and presentation.state == Presentation.State.DRAFT


@transaction.atomic
def presentation_start(
    *, actor: Actor, child: Child, kind: str, position: Position, on: date, purpose: str = ""
) -> Presentation:
    """Begin an own paper in one click; a second call returns the draft that is there.

    `position` is the actor's own post. Raises PermissionDenied, Refusal: a paper of another post, no consent in force.
    """
    require(actor, "presentation.write")
    require_own(actor, child)
    if position.user_id != actor.person.pk or position.organisation_id != actor.at.pk:
        raise PermissionDenied(OWN_ALONE)
    found = Presentation.objects.drafts().filter(child=child, kind=kind, author=position).first()
    if found is not None:
        return found
    _require_consent(child, kind, on)
    return sheet_make(actor=actor, child=child, kind=kind, author=position, on=on, purpose=purpose)


def sheet_make(*, actor: Actor, child: Child, kind: str, author: Position, on: date, purpose: str = "") -> Presentation:
    """The empty sheet of an author with what the card knows. The right is the caller's to check. Raises Refusal."""
    law = law_on(on)
    if not Position.objects.filter(pk=author.pk).held_on(on).exists():
        raise Refusal("left", f"{author.user.short_name} в этот день в организации не работает.", field="asked")
    if kind not in {one.code for one in kinds_for(law, author)}:
        raise Refusal("not_theirs", f"{author.caption}: такое представление составляет другой специалист.")
    study = child.present_enrolment
    made = Presentation(
        organisation=actor.at, child=child, kind=kind, edition=law.code, author=author, purpose=purpose,
        stage=reading.stage_of(study.level if study else "", child.birth_date, on), started_on=on,
    )  # fmt: skip
    made.full_clean()
    made.save()
    known = known_texts(child, on)
    rows = [
        PresentationSection(organisation=actor.at, presentation=made, code=one.code, text=known.get(one.code, ""))
        for one in asked_sections(made)
    ]
    PresentationSection.objects.bulk_create(rows)
    _tell(events.PRESENTATION_STARTED, actor, made)
    return made


def _require_consent(child: Child, kind: str, on: date) -> None:
    law = law_on(on)
    given = not reading.kind(law, kind).needs_consent or has_consent(child)
    _refuse_first(consent_lack(law, Draft(kind=kind, stage="", has_consent=given)))


def _refuse_first(found: Sequence[Any]) -> None:
    for one in found:
        raise Refusal(one.reason.code, one.text, one.clause)


def _lock(actor: Actor, presentation: Presentation) -> Presentation:
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("child", "author__user", "organisation")
    fresh = rows.get(pk=presentation.pk)
    require_own(actor, fresh)
    if fresh.author.user_id != actor.person.pk:
        raise PermissionDenied(OWN_ALONE)
    return fresh


def _writable(actor: Actor, presentation: Presentation) -> Presentation:
    fresh = _lock(actor, presentation)
    if fresh.state != Presentation.State.DRAFT:
        raise Refusal("finished", "Документ готов. Чтобы писать дальше, откройте его снова.")
    if paper_of(fresh).needs_consent:
        _refuse_first(consent_lack(law_of(fresh), draft_of(fresh)))
    return fresh


@transaction.atomic
def section_write(
    *, actor: Actor, section: PresentationSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[PresentationSection]:
    """Save one section while it is typed. Raises PermissionDenied for a reader, Refusal for a closed sheet."""
    require(actor, "presentation.write")
    _writable(actor, section.presentation)
    before = section.version
    result = section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)
    written = result.section
    if not result.conflict and written.is_carried and written.version != before:
        written.is_carried = False
        written.save(update_fields=["is_carried"])
    return result


@transaction.atomic
def choices_write(*, actor: Actor, section: PresentationSection, wanted: Sequence[str]) -> PresentationSection:
    """Keep the ticked wordings and put their sentences into the text; what was edited by hand stays.

    `wanted` are «choice.wording»; unknown ones are left out. Raises PermissionDenied, Refusal.
    """
    require(actor, "presentation.write")
    fresh = _writable(actor, section.presentation)
    current = PresentationSection.objects.select_for_update(of=("self",)).get(pk=section.pk)
    current.presentation = fresh
    offered = reading.choices(law_of(fresh), current.code, fresh.stage)
    before = [str(one) for one in current.chosen]
    after = list(reading.settled(offered, before, wanted))
    if after == before:
        return current
    text = reading.composed(current.text, offered, before, after, fresh.child.sex)
    saved = section_save(actor=actor, section=current, text=text, base_version=current.version).section
    saved.chosen, saved.is_carried = after, False
    saved.full_clean(exclude=["organisation", "presentation", "user"], validate_unique=False)
    saved.save(update_fields=["chosen", "is_carried"])
    return saved


@transaction.atomic
def details_set(*, actor: Actor, presentation: Presentation, **values: Any) -> Presentation:
    """Purpose, day, from, to, third person: what stands above the sections. Raises ValidationError by field."""
    require(actor, "presentation.write")
    fresh = _lock(actor, presentation)
    if fresh.state != Presentation.State.DRAFT:
        raise Refusal("finished", "Документ готов. Чтобы писать дальше, откройте его снова.")
    changed = [name for name in DETAILS if name in values and getattr(fresh, name) != values[name]]
    for name in changed:
        setattr(fresh, name, values[name])
    if changed:
        fresh.full_clean()
        fresh.save(update_fields=changed)
        told = ", ".join(changed)
        record(events.DETAILS_CHANGED, actor=actor, subject=fresh, person_id=fresh.person_id, fields=told)
    return fresh


@transaction.atomic
def presentation_fill(
    *, actor: Actor, presentation: Presentation, texts: Mapping[str, str], chosen: Mapping[str, Sequence[str]] = {}
) -> Presentation:  # fmt: skip
    """Write several sections at once, wordings first, a text behind them. Keys are codes of sections."""
    require(actor, "presentation.write")
    _writable(actor, presentation)
    for section in presentation.sections.filter(code__in={*texts, *chosen}):
        if section.code in chosen:
            section = choices_write(actor=actor, section=section, wanted=chosen[section.code])
        if text := texts.get(section.code):
            whole = f"{section.text} {text}".strip()
            section_write(actor=actor, section=section, text=whole, base_version=section.version)
    return presentation


@transaction.atomic
def earlier_carry(*, actor: Actor, presentation: Presentation) -> int:
    """«Взять из прошлого»: empty sections take the text of the last finished paper of the kind, marked until edited.

    Returns how many did. Raises Refusal when there is no earlier paper.
    """
    require(actor, "presentation.write")
    fresh = _writable(actor, presentation)
    earlier = Presentation.objects.visible_to(actor).before(fresh).first()
    if earlier is None:
        raise Refusal("no_earlier", "Прошлого документа этого вида нет: брать пока нечего.")
    texts = {one.code: one for one in earlier.sections.all()}
    count = 0
    for section in fresh.sections.all():
        old = texts.get(section.code)
        if section.text or old is None or not old.text:
            continue
        saved = section_save(actor=actor, section=section, text=old.text, base_version=section.version).section
        offered = reading.choices(law_of(fresh), section.code, fresh.stage)
        saved.chosen, saved.is_carried = list(reading.settled(offered, old.chosen, old.chosen)), True
        saved.save(update_fields=["chosen", "is_carried"])
        count += 1
    fresh.previous = earlier
    fresh.save(update_fields=["previous"])
    record(events.TEXTS_CARRIED, actor=actor, subject=fresh, person_id=fresh.person_id, count=count)
    return count


@transaction.atomic
def presentation_finish(*, actor: Actor, presentation: Presentation, on: date) -> Presentation:
    """Finish the paper and freeze what it says. What it lacks is said by `lacks_of` and does not stand in the way.

    Raises Refusal without the consent, and for an examination of a later day.
    """
    require(actor, "presentation.write")
    fresh = _lock(actor, presentation)
    if fresh.is_finished:
        return fresh
    _refuse_first([one for one in lacks_of(fresh) if one.blocks])
    if fresh.state != Presentation.State.DRAFT:
        raise Refusal("cancelled", "Этот документ больше не нужен: просьбу сняли.")
    if on < fresh.started_on or (fresh.examined_on and fresh.examined_on > on):
        raise Refusal("too_early", "Документ оформляют не раньше обследования и дня, когда он начат.", field="details")
    fresh.state, fresh.finished_on = Presentation.State.FINISHED, on
    fresh.snapshot = snapshot_freeze(
        actor=actor, form=paper_of(fresh).form or fresh.kind, subject=fresh,
        content=dict(presentation_content(fresh)), person_id=fresh.person_id,
    )  # fmt: skip
    fresh.full_clean()
    fresh.save(update_fields=["state", "finished_on", "snapshot"])
    _tell(events.PRESENTATION_FINISHED, actor, fresh)
    return fresh


@transaction.atomic
def presentation_reopen(*, actor: Actor, presentation: Presentation) -> Presentation:
    """Write further in an own finished paper; what was frozen, given out or packed stays as it was."""
    require(actor, "presentation.write")
    fresh = _lock(actor, presentation)
    if not fresh.is_finished:
        return fresh
    others = Presentation.objects.drafts().filter(child=fresh.child, kind=fresh.kind, author=fresh.author)
    if others.exists():
        raise Refusal("draft_exists", "О ребёнке уже начат новый документ этого вида: пишите в нём.")
    fresh.state, fresh.finished_on, fresh.snapshot = Presentation.State.DRAFT, None, None
    fresh.full_clean()
    fresh.save(update_fields=["state", "finished_on", "snapshot"])
    _tell(events.PRESENTATION_REOPENED, actor, fresh)
    return fresh


def _tell(told: EventType, actor: Actor, presentation: Presentation) -> None:
    title = paper_of(presentation).title
    record(told, actor=actor, subject=presentation, person_id=presentation.person_id, title=title)
