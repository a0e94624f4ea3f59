"""An entry of the log is recorded, changed, taken away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from opora.foundation.access.actions import Frozen, may, require
from opora.foundation.access.knowledge import is_frozen
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..checking import (
    require_children,
    require_consent,
    require_day,
    require_free,
    require_minutes,
    require_nameless,
)
from ..models import WorkEntry
from ..posts import post_for
from ..staying import why_stays
from ..terms import open_until
from .writing import (
    Work,
    as_kept,
    children_for,
    children_set,
    fill,
    locked,
    marks_set,
    require_all_own,
    require_topic,
    rows_kept,
    topic_of,
)

CLAUSE = "Положение о Службе сопровождения, п. 3.3"
JUST_NOW = timedelta(seconds=15)
WORDS = ("topic", "content", "outcome")  # they outlive the card: nobody is named in them


class Why(models.TextChoices):
    """Why the head changes an entry. A code: the log of events keeps no words that an erasure could not reach."""

    TIME = "time", "ошибка в дне или времени"
    PERSON = "person", "не тот ребёнок"
    KIND = "kind", "не тот вид работы"
    TWICE = "twice", "внесено дважды"
    WORDS = "words", "уточнены тема или содержание"
    LATE = "late", "занятие не внесено вовремя"
    OTHER = "other", "другое, автору сказано"


@transaction.atomic
def entry_record(
    *, actor: Actor, on: date, work: Work, position: Position | None = None, draft: WorkEntry | None = None,
    day_off_allowed: bool = False, today: date | None = None,
) -> WorkEntry:  # fmt: skip
    """Record one piece of work; `draft` becomes the entry, so that nothing stands twice.

    Raises Refusal for a day to come, a closed month, a day off that was not confirmed, minutes out of 1..600, work
    after midnight or at the same time as other work, a missing or doubled child, a missing consent to an examination,
    an empty topic.
    """
    require(actor, "work.log")
    require_all_own(actor, position, draft)
    entry = _draft_of(actor, draft) or WorkEntry(organisation=actor.at)
    if entry.pk:
        entry.children.all().delete()  # a draft has made nobody known: each child is looked for as of a new entry
    entry.position, entry.on, entry.is_draft = post_for(actor, on, position), on, False
    require_open(actor, on, today or timezone.localdate())
    _write(actor, entry, work, day_off_allowed=day_off_allowed, is_new=True)
    if draft is None:
        _echoes_forget(actor, entry)
    record(events.WORK_RECORDED, actor=actor, subject=entry, kind=entry.work_title)
    return entry


@transaction.atomic
def entry_change(
    *, actor: Actor, entry: WorkEntry, work: Work, on: date | None = None, reason: str = "",
    day_off_allowed: bool = True, today: date | None = None,
) -> WorkEntry:  # fmt: skip
    """Change a finished entry: its author while its month is open, then the head of the service with a `Why`.

    The day of a lesson stays that of the lesson; another day has to be open too, and one of the author's post. Raises
    PermissionDenied, Refusal as `entry_record`.
    """
    require(actor, "work.log")
    fresh, day = locked(actor, entry), today or timezone.localdate()
    day_before, mends = fresh.on, require_changeable(actor, fresh, reason, day)
    if fresh.lesson_id is None and on is not None and on != fresh.on:
        mends = _moved(actor, fresh, on, reason, day) or mends
    changed = _write(actor, fresh, work, day_off_allowed=day_off_allowed)
    if fresh.on != day_before:
        changed.append("on")
    if changed:
        told = events.WORK_MENDED if mends else events.WORK_CHANGED
        record(told, actor=actor, subject=fresh, fields=", ".join(changed), **why_told(mends, reason))
    return fresh


@transaction.atomic
def entry_remove(*, actor: Actor, entry: WorkEntry, reason: str = "", today: date | None = None) -> None:
    """Take away an entry made by mistake, by the same people; its lesson waits for an entry again.

    Raises PermissionDenied, `Frozen` where the processing of one of its children is stopped, Refusal; what an upper
    room has said of an entry (`why_stays`) goes by the hand of the head alone.
    """
    require(actor, "work.log")
    fresh = locked(actor, entry)
    mends = require_changeable(actor, fresh, reason, today or timezone.localdate())
    stays = "" if may(actor, "work.mend") else why_stays(fresh)
    if stays:
        raise Refusal("stays", f"{stays} Убрать её может руководитель Службы.", CLAUSE)
    for row in fresh.children.select_related("child"):
        if is_frozen(row.person_id):
            raise Frozen(row.person_id)
        record(events.WORK_REMOVED, actor=actor, subject=fresh, person_id=row.person_id, kind=fresh.work_title)
    record(events.WORK_REMOVED, actor=actor, subject=fresh, kind=fresh.work_title, **why_told(mends, reason))
    fresh.delete()


def may_change_entry(actor: Actor, entry: WorkEntry, today: date) -> bool:
    """Whether a form is offered: to the author while the month is open, to the head always."""
    if may(actor, "work.mend"):
        return True
    own = actor.user is None or entry.position.user_id == actor.user.pk
    return own and may(actor, "work.log") and today <= open_until(entry.organisation, entry.on)


def freely_changeable(actor: Actor, entries: Iterable[WorkEntry], today: date) -> frozenset[int]:
    """Keys of those of the actor's organisation that he may change without a reason; one query for each month."""
    until: dict[tuple[int, int], date] = {}
    found = set()
    for entry in entries:
        month = (entry.on.year, entry.on.month)
        if month not in until:
            until[month] = open_until(actor.at, entry.on)
        own = actor.user is None or entry.position.user_id == actor.user.pk
        if own and may(actor, "work.log") and today <= until[month]:
            found.add(entry.pk)
    return frozenset(found)


def needs_reason(actor: Actor, entry: WorkEntry, today: date) -> bool:
    """Whether a change must say why: another's entry, or one of a closed month."""
    own = actor.user is None or entry.position.user_id == actor.user.pk
    return not own or today > open_until(entry.organisation, entry.on)


def require_changeable(actor: Actor, entry: WorkEntry, reason: str, today: date) -> bool:
    """Raises PermissionDenied for others' entries, Refusal for a closed month. True: the head mends, with a reason."""
    if not needs_reason(actor, entry, today):
        return False
    own = actor.user is None or entry.position.user_id == actor.user.pk
    if not may(actor, "work.mend"):
        if not own:
            raise PermissionDenied("Это запись другого специалиста.")
        raise Refusal(
            "closed", f"Записи этого месяца меняли до {open_until(entry.organisation, entry.on):%d.%m.%Y}. "
            "Исправит руководитель Службы, назвав причину.", CLAUSE,
        )  # fmt: skip
    if reason not in Why.values:
        raise Refusal("reason", "Выберите, почему меняется запись: она не ваша или её месяц закрыт.", field="reason")
    return True


def closed_on(actor: Actor, on: date, today: date) -> date | None:
    """The last day on which work of a day was entered, where it has passed; never for the head, who mends."""
    if may(actor, "work.mend") or on.replace(day=1) >= today.replace(day=1):
        return None
    until = open_until(actor.at, on)
    return until if today > until else None


def require_open(actor: Actor, on: date, today: date) -> None:
    """Raises Refusal where the month of a day is closed: its figures stand in reports."""
    until = closed_on(actor, on, today)
    if until is not None:
        raise Refusal(
            "closed", f"Работу этого месяца вносили до {until:%d.%m.%Y}. Скажите руководителю Службы: срок задан в её "
            "настройках, он может его продлить.", CLAUSE, field="on",
        )  # fmt: skip


def _moved(actor: Actor, entry: WorkEntry, on: date, reason: str, today: date) -> bool:
    """Put an entry on another day, by the rules of that day too. True: the head mends, with a reason."""
    require_day(entry.organisation, on, today, day_off_allowed=True)
    post = entry.position
    if on < post.started_on or (post.ended_on is not None and on > post.ended_on):
        raise Refusal("post", f"На {on:%d.%m.%Y} у автора записи не было этой должности.", field="on")
    require_open(actor, on, today)
    entry.on = on
    return require_changeable(actor, entry, reason, today)


def why_told(mends: bool, reason: str) -> dict[str, str]:
    """The reason of the head for the log of events; nothing where none was asked."""
    return {"reason": str(Why(reason).label)} if mends else {}


def _write(
    actor: Actor, entry: WorkEntry, work: Work, *, day_off_allowed: bool, is_new: bool = False
) -> list[str]:  # fmt: skip
    """Check what was typed and save it; returns the names of what changed."""
    require_all_own(actor, work.plan_item, work.material)
    if entry.lesson_id is None:
        require_day(entry.organisation, entry.on, timezone.localdate(), day_off_allowed=day_off_allowed)
    require_minutes(work.minutes, work.starts_at)
    people = entry.people
    changed = fill(entry, work)
    require_topic(entry)
    require_children(entry.kind, entry.audience, work.ids)
    kept = rows_kept(entry)
    children = children_for(actor, entry, work.ids, kept)
    typed = [getattr(entry, name) for name in WORDS if is_new or (name in changed and not _is_planned(entry, name))]
    require_nameless([getattr(entry, name) for name in WORDS], children, actor.at, typed=typed)
    require_consent(entry.kind, children, entry.on)
    require_free(entry.position, entry.on, entry.starts_at, entry.minutes, but=entry.pk)
    entry.full_clean(exclude=["organisation", "position", "lesson", "plan_item", "material"])
    entry.save()
    if children_set(actor, entry, children, work.children, kept):
        changed.append("children")
    marks_set(actor, entry, work.children)
    return [one for one in changed if one != "people" or entry.people != people]


def _is_planned(entry: WorkEntry, name: str) -> bool:
    """The topic that was planned for its lesson is nobody's new word."""
    return name == "topic" and entry.lesson is not None and entry.topic == as_kept(topic_of(entry.lesson))


def _draft_of(actor: Actor, draft: WorkEntry | None) -> WorkEntry | None:
    """The own draft, locked; None when it is finished or gone already."""
    if draft is None:
        return None
    rows = WorkEntry.objects.select_for_update(of=("self",)).of(actor.at).filter(pk=draft.pk, is_draft=True)
    return rows.filter(position__user=actor.user).first()


def _echoes_forget(actor: Actor, entry: WorkEntry) -> None:
    """A draft of the same line that was kept in the moment before it was finished."""
    since = timezone.now() - JUST_NOW
    rows = WorkEntry.objects.of(actor.at).filter(position__user=actor.user, is_draft=True, changed_at__gte=since)
    rows.filter(on=entry.on, kind=entry.kind, topic=entry.topic).delete()
