"""The one door for methods: those of the organisation, its marks, and what was used in a sheet."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Examination
from opora.commission.examinations.services import READERS_ONLY, may_write
from opora.commission.examinations.services.sessions import SECTION_2
from opora.commission.examinations.services.sheets import examination_lock
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.regulations.edition import Edition
from opora.regulations.methods.choosing import method, method_lists
from opora.regulations.methods.entries import Method

from . import events
from .models import MethodUse, OwnMethod, PreliminaryMark

MOST_IN_A_SHEET = 100


@transaction.atomic
def own_method_save(*, actor: Actor, own: OwnMethod) -> OwnMethod:
    """Save a new or changed own method. What sheets have already named stays named as it was."""
    require(actor, "method.keep")
    if own.organisation_id is None:
        own.organisation = actor.at
    require_own(actor, own)
    own.title = " ".join(own.title.split())
    own.full_clean()
    own.save()
    record(events.OWN_METHOD_SAVED, actor=actor, subject=own)
    return own


@transaction.atomic
def own_method_offer(*, actor: Actor, own: OwnMethod, offered: bool) -> OwnMethod:
    """Offer an own method in sheets, or put it away; where it was used it stays."""
    require(actor, "method.keep")
    require_own(actor, own)
    if own.is_active != offered:
        own.is_active = offered
        own.save(update_fields=["is_active"])
        record(events.OWN_METHOD_AVAILABLE, actor=actor, subject=own, offered="да" if offered else "нет")
    return own


@transaction.atomic
def preliminary_mark(*, actor: Actor, law: Edition, list_code: str, codes: Collection[str]) -> int:
    """Say which methods of one list the organisation takes before the commission; returns how many are marked.

    Raises Refusal for a code that is not of the list.
    """
    require(actor, "method.keep")
    of_list = {one.code for one in _items(law, list_code)}
    if not of_list or not set(codes) <= of_list:
        raise Refusal("unknown_method", "Такой методики в этом списке нет.")
    rows = PreliminaryMark.objects.of(actor.at).select_for_update().filter(code__in=of_list)
    before = {one.code for one in rows}
    rows.exclude(code__in=codes).delete()
    for code in sorted(set(codes) - before):
        mark = PreliminaryMark(organisation=actor.at, code=code)
        mark.full_clean()
        mark.save()
    if before != set(codes):
        record(events.PRELIMINARY_MARKED, actor=actor, list=list_code, marked=len(set(codes)))
    return len(set(codes))


def _items(law: Edition, list_code: str) -> tuple[Method, ...]:
    return next((items for of, items in method_lists(law) if of.code == list_code), ())


@transaction.atomic
def method_use(*, actor: Actor, examination: Examination, code: str) -> MethodUse:
    """Tick a method in a sheet: a code of the edition, or the public id of an own method. Twice is once.

    Raises PermissionDenied for a reader, Refusal for a closed sheet, an unknown method or too many of them.
    """
    sheet = _writable(actor, examination)
    uses = MethodUse.objects.of(actor.at).of_sheet(sheet.pk)
    use = _named(actor, sheet, code)
    found = uses.filter(own=use.own).first() if use.own else uses.filter(code=use.code).first()
    if found is not None:
        return found
    if uses.count() >= MOST_IN_A_SHEET:
        raise Refusal("too_many", f"В листе уже {MOST_IN_A_SHEET} методик: остальное впишите словами.")
    use.full_clean()
    use.save()
    _record(events.METHOD_USED, actor, use)
    return use


def _named(actor: Actor, sheet: Examination, code: str) -> MethodUse:
    use = MethodUse(organisation=actor.at, examination=sheet)
    try:
        known = method(law_of(sheet.case), code)
    except KeyError:
        own = OwnMethod.objects.of(actor.at).active().filter(public_id=code).first()
        if own is None:
            raise Refusal("unknown_method", "Такой методики в списках нет: обновите страницу.") from None
        use.own, use.title = own, own.title
    else:
        use.code, use.title = known.code, known.full_title
    return use


@transaction.atomic
def method_drop(*, actor: Actor, use: MethodUse) -> None:
    """Take a method out of a sheet that is still written."""
    sheet = _writable(actor, use.examination)
    kept = MethodUse.objects.of(actor.at).of_sheet(sheet.pk).filter(pk=use.pk).first()
    if kept is None:
        return
    _record(events.METHOD_DROPPED, actor, kept)
    kept.delete()


@transaction.atomic
def method_note(*, actor: Actor, use: MethodUse, note: str) -> MethodUse:
    """Say how a method was used («по показу», «первая часть»). Raises ValidationError for a text that is too long."""
    _writable(actor, use.examination)
    said = " ".join(note.replace("\x00", "").split())
    if use.note != said:
        use.note = said
        use.full_clean()
        use.save(update_fields=["note"])
        _record(events.METHOD_NOTED, actor, use)
    return use


def _writable(actor: Actor, examination: Examination) -> Examination:
    """The sheet, locked, if the actor writes in it and it is open."""
    require(actor, "examination.write")
    require_own(actor, examination)
    sheet = examination_lock(examination, actor)
    if not may_write(actor, sheet):
        raise PermissionDenied(READERS_ONLY)
    if sheet.case_is_decided:
        raise Refusal("decided", f"Дело {sheet.case.title} решено: листы обследования больше не меняются.", SECTION_2)
    if sheet.is_finished:
        raise Refusal("finished", "Лист завершён. Чтобы менять методики, откройте его снова.")
    return sheet


def _record(event: EventType, actor: Actor, use: MethodUse) -> None:
    record(
        event, actor=actor, subject=use.examination, person_id=use.person_id,
        method=use.code or (use.own.public_id if use.own else ""),
    )  # fmt: skip
