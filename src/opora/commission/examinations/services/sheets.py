"""A specialist's own examination: begun in one click, written by sections, finished, opened again (P-12)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.services import case_lock
from opora.commission.editions.laws import law_of
from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.worksheets.services import SaveResult, section_save
from opora.regulations.entries import Sheet

from .. import events
from ..models import Examination, ExaminationSection, SessionMember, Visit
from .sessions import SECTION_2, running_require
from .visits import visit_lock

READERS_ONLY = "В этот лист пишут его специалист и руководитель комиссии."


def sheet_of(examination: Examination) -> Sheet:
    """The sheet of the edition that the case was opened under."""
    return law_of(examination.case).sheet(examination.speciality)


def may_write(actor: Actor, examination: Examination) -> bool:
    """The specialist himself and the head of the commission write in a sheet."""
    own = actor.user is not None and examination.specialist_id == actor.user.pk
    return own or actor.has(Role.COMMISSION_HEAD)


def _require_own(actor: Actor, examination: Examination) -> None:
    if actor.user is None or examination.specialist_id != actor.user.pk:
        raise PermissionDenied("Лист завершает и открывает снова тот, кто его ведёт.")


def examination_lock(examination: Examination, actor: Actor) -> Examination:
    """Return the examination read anew and locked until the end of the transaction.

    Locks are always taken in one order: case, visit, sheet. With the case locked nobody signs it meanwhile.
    """
    case_lock(examination.case, actor)
    return (
        Examination.objects.select_for_update(of=("self",))
        .select_related("case__child", "visit", "position", "specialist")
        .get(pk=examination.pk)
    )


def _lock_with_visit(examination: Examination, actor: Actor) -> tuple[Examination, Visit]:
    case_lock(examination.case, actor)
    visit = visit_lock(examination.visit, actor)
    return examination_lock(examination, actor), visit


def _require_undecided(examination: Examination) -> None:
    if examination.case_is_decided:
        raise Refusal(
            "decided",
            f"Дело {examination.case.title} — «{examination.case.get_status_display()}»: "
            "листы обследования больше не меняются.",
            SECTION_2,
        )


@transaction.atomic
def examination_start(*, actor: Actor, visit: Visit, position: Position) -> Examination:
    """Open the actor's own sheet for a child who has come; a second call returns the same sheet.

    `position` is the actor's own post, a member of the session, with a speciality. Raises PermissionDenied, Refusal.
    """
    require(actor, "examination.write")
    case_lock(visit.case, actor)
    fresh = visit_lock(visit, actor)
    if actor.user is None or position.user_id != actor.user.pk or position.organisation_id != actor.at.pk:
        raise PermissionDenied("Лист обследования открывает сам специалист.")
    existing = Examination.objects.filter(visit=fresh, position=position).first()
    if existing is not None:
        return existing
    _require_startable(fresh, position)
    SessionMember.objects.filter(session=fresh.session, position=position).update(is_present=True)
    examination = Examination(
        organisation=actor.at, visit=fresh, case=fresh.case, specialist=actor.person, position=position,
        speciality=position.speciality, is_here=fresh.state != Visit.State.DONE,
    )  # fmt: skip
    examination.full_clean()
    examination.save()
    ExaminationSection.objects.bulk_create(
        ExaminationSection(organisation=actor.at, examination=examination, code=section.code)
        for section in sheet_of(examination).sections
    )
    _move_child(fresh)
    _record(events.EXAMINATION_STARTED, actor, examination)
    return examination


def _require_startable(visit: Visit, position: Position) -> None:
    running_require(visit.session)
    if not visit.has_come:
        raise Refusal("not_arrived", "Ребёнок ещё не пришёл: приход отмечает секретарь.")
    if visit.case.status != Status.EXAMINATION:
        raise Refusal("wrong_status", f"Дело {visit.case.title} сейчас «{visit.case.get_status_display()}».", SECTION_2)
    if not position.speciality:
        raise Refusal("no_speciality", "У вашей должности не указана специальность: лист не подобрать.")
    member = SessionMember.objects.filter(session=visit.session, position=position)
    if not member.exists() or not type(position).objects.filter(pk=position.pk).held_on(visit.session.day).exists():
        raise Refusal("not_member", "Вас нет в составе этого заседания: секретарь может вас добавить.", SECTION_2)


def _move_child(visit: Visit) -> None:
    """Keep the state of the visit in step with who has the child."""
    if visit.state not in (Visit.State.WAITING, Visit.State.WITH):
        return
    here = Examination.objects.filter(visit=visit, is_here=True).exists()
    state = Visit.State.WITH if here else Visit.State.WAITING
    if visit.state != state:
        visit.state = state
        visit.save(update_fields=["state"])


@transaction.atomic
def child_here_set(*, actor: Actor, examination: Examination, is_here: bool) -> Examination:
    """«Ребёнок сейчас у меня»: feeds the board of the day. Several may examine at once."""
    require(actor, "examination.write")
    fresh, visit = _lock_with_visit(examination, actor)
    _require_own(actor, fresh)
    _require_undecided(fresh)
    if fresh.is_here != is_here:
        fresh.is_here = is_here
        fresh.save(update_fields=["is_here"])
        if is_here and visit.state == Visit.State.DONE:
            visit.state = Visit.State.WAITING
        _move_child(visit)
        record(events.CHILD_MOVED, actor=actor, subject=fresh, person_id=fresh.person_id, here=is_here)
    return fresh


@transaction.atomic
def section_write(
    *, actor: Actor, section: ExaminationSection, text: str, base_version: int, settled: bool = False
) -> SaveResult[ExaminationSection]:
    """Save one section while it is typed. Raises PermissionDenied for a reader, Refusal for a closed sheet."""
    require(actor, "examination.write")
    examination = examination_lock(section.examination, actor)
    if not may_write(actor, examination):
        raise PermissionDenied(READERS_ONLY)
    _require_undecided(examination)
    if examination.is_finished:
        raise Refusal("finished", "Лист завершён. Чтобы писать дальше, откройте его снова.")
    return section_save(actor=actor, section=section, text=text, base_version=base_version, settled=settled)


@transaction.atomic
def examination_finish(*, actor: Actor, examination: Examination) -> Examination:
    """Finish the sheet. Raises Refusal that names the conclusion which is not written yet."""
    require(actor, "examination.write")
    fresh, visit = _lock_with_visit(examination, actor)
    _require_own(actor, fresh)
    if fresh.is_finished:
        return fresh
    _require_undecided(fresh)
    written = {section.code for section in fresh.sections.all() if section.text.strip()}
    for section in sheet_of(fresh).sections:
        if section.kind == "conclusion" and section.code not in written:
            raise Refusal(
                "no_conclusion",
                f"Не заполнен раздел «{section.title}»: без него лист не завершить.",
                section.clause,
                field=section.code,
            )
    fresh.state, fresh.finished_at, fresh.is_here = Examination.State.FINISHED, timezone.now(), False
    fresh.save(update_fields=["state", "finished_at", "is_here"])
    _move_child(visit)
    _record(events.EXAMINATION_FINISHED, actor, fresh)
    return fresh


@transaction.atomic
def examination_reopen(*, actor: Actor, examination: Examination) -> Examination:
    """Write further in an own finished sheet, until the case is decided."""
    require(actor, "examination.write")
    fresh = examination_lock(examination, actor)
    _require_own(actor, fresh)
    if not fresh.is_finished:
        return fresh
    _require_undecided(fresh)
    fresh.state, fresh.finished_at = Examination.State.DRAFT, None
    fresh.save(update_fields=["state", "finished_at"])
    _record(events.EXAMINATION_REOPENED, actor, fresh)
    return fresh


def _record(event_type: EventType, actor: Actor, examination: Examination) -> None:
    record(
        event_type, actor=actor, subject=examination, person_id=examination.person_id,
        speciality=examination.get_speciality_display(),
    )  # fmt: skip
