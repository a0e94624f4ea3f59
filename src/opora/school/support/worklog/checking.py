"""What an entry must satisfy: its day, its minutes, no two pieces of work at once, a consent where one is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time

from django.db.models import Sum

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.school.pupils.clauses import CONSENT
from opora.school.pupils.models import ExaminationConsent
from opora.school.pupils.surnames import advice_on, shape_of, surname_in

from ..schoolyear.reading import is_school_day
from .kinds import moment_after
from .models import WorkEntry

MOST_MINUTES = 600
MOST_A_DAY = 12 * 60
WHOLE_DAY = 24 * 60
NAMELESS = "Тема, содержание и итог — без имён"
Kind, Audience = WorkEntry.Kind, WorkEntry.Audience


def require_day(organisation: Organisation, on: date, today: date, *, day_off_allowed: bool) -> None:
    """Raises Refusal for a day to come, and for a day off unless the person says that he did work."""
    if on > today:
        raise Refusal("future", "Этот день ещё не наступил.", field="on")
    if not day_off_allowed and not is_school_day(organisation, on):
        raise Refusal(
            "day_off", f"{on:%d.%m.%Y} — нерабочий день. Если работа была, отметьте это и сохраните снова.",
            field="day_off",
        )  # fmt: skip


def require_minutes(minutes: int, starts_at: time | None) -> None:
    """Raises Refusal for minutes out of bounds, and for work that would go on after midnight."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refusal("minutes", f"Минут бывает от 1 до {MOST_MINUTES}.", field="minutes")
    if starts_at is not None and starts_at.hour * 60 + starts_at.minute + minutes > WHOLE_DAY:
        raise Refusal("midnight", "Работа заканчивается в тот же день: проверьте начало и минуты.", field="minutes")


def require_free(position: Position, on: date, starts_at: time | None, minutes: int, *, but: int | None = None) -> None:
    """Raises Refusal where the person was busy then, or the day would hold more than twelve hours.

    The person's posts are locked first: of two entries at once the second one sees the first.
    """
    posts = Position.objects.select_for_update().filter(user=position.user_id, organisation=position.organisation_id)
    list(posts.order_by("pk").values_list("pk"))
    rows = WorkEntry.objects.filter(position__user=position.user_id, organisation=position.organisation_id, on=on)
    rows = rows.finished() if but is None else rows.finished().exclude(pk=but)
    total = rows.aggregate(total=Sum("minutes"))["total"] or 0
    if total + minutes > MOST_A_DAY:
        raise Refusal("full_day", "За день выходит больше 12 часов работы: проверьте минуты.", field="minutes")
    if starts_at is None:
        return
    end = moment_after(starts_at, minutes)
    for other in rows.filter(starts_at__isnull=False).order_by("starts_at"):
        if other.starts_at and other.ends_at and starts_at < other.ends_at and other.starts_at < end:
            span = f"{other.starts_at:%H:%M}—{other.ends_at:%H:%M}"
            raise Refusal("overlap", f"В это время уже записано: {span}, {other.topic}.", field="starts_at")


def require_children(kind: str, audience: str, ids: Sequence[str]) -> None:
    """Raises Refusal for a child named twice, a lesson with nobody, an individual one with many."""
    if len(set(ids)) < len(ids):
        raise Refusal("twice", "Один и тот же ребёнок назван дважды.", field="children")
    if kind == Kind.INDIVIDUAL and len(ids) != 1:
        words = "Назовите ребёнка." if not ids else "В индивидуальном занятии один ребёнок: это занятие с группой."
        raise Refusal("one_child", words, field="children")
    if kind == Kind.GROUP and not ids:
        raise Refusal("no_children", "Назовите, кто был на занятии.", field="children")
    if kind == Kind.CONSULTATION and audience == Audience.PUPIL and not ids:
        raise Refusal("no_children", "Назовите, кому дана консультация.", field="children")


def require_nameless(
    texts: Sequence[str], children: Iterable[Child], at: Organisation, *, typed: Sequence[str] | None = None
) -> None:
    """Topic, content and outcome outlive the card. Raises Refusal where they name a child of the entry, or a word of
    them, or of those `typed` now, may be the surname of another child of the school.
    """
    said = " ".join(texts)
    for child in children:
        if child.last_name and re.search(rf"\b{shape_of(child.last_name)}\b", said):
            raise Refusal("named", f"{NAMELESS}: о ребёнке пишут в его строке, она под замком.", field="topic")
    word = surname_in(at, texts if typed is None else typed)
    if word:
        raise Refusal(
            "surname", f"«{word}» похоже на фамилию. {NAMELESS}; если это не фамилия ребёнка, {advice_on(word)}.",
            field="topic",
        )  # fmt: skip


def require_consent(kind: str, children: Sequence[Child], on: date) -> None:
    """A child is examined with the consent of its parents alone. Raises Refusal naming those without one.

    Results of each child named in diagnostics can be written down, whoever it was held with.
    """
    if kind != Kind.DIAGNOSTICS:
        return
    without = [one.full_name for one in children if ExaminationConsent.objects.of(one.organisation).on(one, on) is None]
    if without:
        raise Refusal(
            "no_consent", f"Согласия родителей на обследование на этот день нет: {', '.join(without)}. "
            "Сначала внесите согласие.", CONSENT, field="children",
        )  # fmt: skip
