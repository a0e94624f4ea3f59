"""Screenings entered by class, and what is decided on their results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import Frozen, require, require_own
from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.people.children.models import Child
from opora.school.pupils.models import Placement, SchoolClass

from .. import events
from ..models import Screening, ScreeningResult

SOURCE = "Методические рекомендации по ИПС, плановый консилиум"
LONGEST_NOTE = 2000
Level, Settled = ScreeningResult.Level, ScreeningResult.Settled


@dataclass(frozen=True)
class Mark:
    """What a screening says of one child; an empty level takes the result away."""

    child_id: str
    level: str
    note: str = ""
    suicide_risk: bool = False


@transaction.atomic
def screening_start(
    *, actor: Actor, kind: str, title: str, held_on: date, school_class: SchoolClass | None
) -> Screening:
    """Begin a screening, of one class or of many (None). Raises Refusal for a day to come."""
    require(actor, "screening.keep")
    if school_class is not None:
        require_own(actor, school_class)
    if held_on > timezone.localdate():
        raise Refusal("bad_day", "Скрининг уже проведён: дата не позже сегодняшней.", field="held_on")
    made = Screening(
        organisation=actor.at, kind=kind, title=" ".join(title.replace("\x00", "").split()), held_on=held_on,
        school_class=school_class, run_by=actor.person,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(events.SCREENING_STARTED, actor=actor, subject=made, kind=made.get_kind_display())
    return made


def may_fill(actor: Actor, screening: Screening) -> bool:
    """The chair, or whoever runs it: to all others some rows may be closed, and they would not know of them."""
    return Role.CONSILIUM_CHAIR in actor.roles or (actor.user is not None and screening.run_by_id == actor.user.pk)


@transaction.atomic
def results_save(*, actor: Actor, screening: Screening, marks: Iterable[Mark]) -> int:
    """Write, change or take away results of one screening; returns how many rows have changed.

    Raises PermissionDenied for others' screenings, Refusal for a child of another class or an unknown level, `Frozen`.
    """
    require(actor, "screening.keep")
    require_own(actor, screening)
    if not may_fill(actor, screening):
        raise PermissionDenied("Результаты вносит тот, кто проводит скрининг, или председатель консилиума.")
    wanted = {one.child_id: one for one in marks}
    children = placed_children(actor, screening, wanted)
    known = {
        one.child.public_id: one
        for one in ScreeningResult.objects.select_for_update(of=("self",))
        .filter(screening=screening, child__public_id__in=wanted)
        .select_related("child", "screening")
    }
    return sum(
        _save(actor, screening, children, known.get(child_id), mark) for child_id, mark in wanted.items()
    )  # fmt: skip


def placed_children(actor: Actor, screening: Screening, wanted: Iterable[str]) -> dict[str, Child]:
    """Children of the class, or of the school, by the public id of the card. Raises Refusal, `Frozen`."""
    asked = set(wanted)
    rows = Placement.objects.of(actor.at).filter(child__public_id__in=asked).select_related("child")
    if screening.school_class_id:
        rows = rows.filter(school_class_id=screening.school_class_id)
    found = {one.child.public_id: one.child for one in rows}
    if asked - set(found):
        raise Refusal("no_pupil", "Этот обучающийся не из класса скрининга. Обновите страницу.")
    stopped = Freeze.objects.in_force().filter(person_id__in=asked).values_list("person_id", flat=True).first()
    if stopped is not None:
        raise Frozen(stopped)
    return found


def _save(
    actor: Actor, screening: Screening, children: dict[str, Child], row: ScreeningResult | None, mark: Mark
) -> bool:
    note = mark.note.replace("\x00", "").strip()
    if len(note) > LONGEST_NOTE:
        raise Refusal("long_note", f"Примечание длиннее {LONGEST_NOTE} знаков.", field=f"note-{mark.child_id}")
    if not mark.level:
        if note or mark.suicide_risk:
            raise Refusal(
                "no_level", "Выберите уровень внимания: без него примечание не сохраняется.",
                field=f"level-{mark.child_id}",
            )  # fmt: skip
        return _remove(actor, row)
    if mark.level not in Level.values:
        raise Refusal("unknown_level", "Такого уровня нет.", field=f"level-{mark.child_id}")
    made = row or ScreeningResult(organisation=actor.at, screening=screening, child=children[mark.child_id])
    if row is not None and (row.level, row.note, row.suicide_risk) == (mark.level, note, mark.suicide_risk):
        return False
    made.level, made.note, made.suicide_risk = mark.level, note, mark.suicide_risk
    made.full_clean()
    made.save()
    told = events.RESULT_CHANGED if row is not None else events.RESULT_RECORDED
    record(told, actor=actor, subject=made, person_id=mark.child_id)
    return True


def _remove(actor: Actor, row: ScreeningResult | None) -> bool:
    if row is None:
        return False
    if row.settled:
        raise Refusal("settled", "По этому результату уже решено: его не убирают, а исправляют.", SOURCE)
    record(events.RESULT_REMOVED, actor=actor, subject=row, person_id=row.person_id)
    row.delete()
    return True


@transaction.atomic
def result_settle(
    *, actor: Actor, result: ScreeningResult, how: str, words: str = "", on: date | None = None
) -> ScreeningResult:
    """Say what becomes of a result that asks for attention: «meeting», or «watched» with a reason.

    The room of meetings calls it with «meeting» when the child is put on an agenda. Raises Refusal.
    """
    require(actor, "screening.settle")
    require_own(actor, result)
    rows = ScreeningResult.objects.kept_for(actor).filter(pk=result.pk).values("pk")
    fresh = ScreeningResult.objects.select_for_update(of=("self",)).select_related("child", "screening")
    found = fresh.filter(pk__in=rows).first()
    if found is None:
        raise PermissionDenied("Этот результат ведут другие сотрудники.")
    reason = words.replace("\x00", "").strip()
    if how not in (Settled.MEETING, Settled.WATCHED):
        raise Refusal("unknown_way", "Выберите: вынести на заседание или наблюдать.", field="how")
    if how == Settled.WATCHED and found.suicide_risk:
        raise Refusal("risk", "При признаках суицидального риска вопрос выносят на заседание.", SOURCE)
    if how == Settled.WATCHED and not reason:
        raise Refusal("no_reason", "Напишите, почему заседание не нужно.", SOURCE, field="words")
    found.settled, found.settled_words, found.settled_on = how, reason, on or timezone.localdate()
    found.full_clean()
    found.save(update_fields=["settled", "settled_words", "settled_on"])
    record(events.RESULT_SETTLED, actor=actor, subject=found, person_id=found.person_id)
    return found
