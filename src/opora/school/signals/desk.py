"""On the desk: concerns that wait for the administration, for the psychologist; results that ask for a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural

from .attention import attention_list
from .meetings import results_meeting_address
from .models import Concern, ScreeningImport
from .terms import decide_by, terms_of


def to_decide(actor: Actor, today: date) -> Iterator[Duty]:
    """Two queries. What cannot wait stands on top."""
    rows = Concern.objects.visible_to(actor).unheard().select_related("child", "author").order_by("raised_at")
    waiting = list(rows[:ENOUGH])
    terms = terms_of(actor, today) if waiting else {}
    for one in waiting:
        yield Duty(
            who=one.child.full_name,
            todo="Решить по сигналу",
            on=decide_by(terms, one),
            address=reverse("signals:concern", args=[one.public_id]),
            note=f"{one.author.short_name}, {timezone.localtime(one.raised_at):%d.%m.%Y}",
            is_urgent=one.urgency == Concern.Urgency.TODAY,
        )


def to_examine(actor: Actor, today: date) -> Iterator[Duty]:
    """Concerns sent to this psychologist."""
    rows = Concern.objects.visible_to(actor).filter(
        state=Concern.State.EXAMINATION, psychologist__user=actor.user
    )  # fmt: skip
    for one in rows.select_related("child").order_by("due_on")[:ENOUGH]:
        yield Duty(
            who=one.child.full_name,
            todo="Провести дополнительное обследование",
            on=one.due_on,
            address=reverse("signals:examination", args=[one.public_id]),
            note="по сигналу",
            is_urgent=one.urgency == Concern.Urgency.TODAY,
        )


def answered(actor: Actor, today: date) -> Iterator[Duty]:
    """An author learns within a week how it ended."""
    if actor.user is None:
        return
    week = timezone.now() - timedelta(days=7)
    rows = Concern.objects.visible_to(actor).filter(author=actor.user, decided_at__gte=week)
    for one in rows.exclude(answer="").select_related("child").order_by("-decided_at")[:ENOUGH]:
        yield Duty(
            who=one.child.full_name,
            todo="Прочесть ответ на ваш сигнал",
            on=today,
            address=reverse("signals:concern", args=[one.public_id]),
        )


def to_settle(actor: Actor, today: date) -> Iterator[Duty]:
    """One row for all results that ask for attention."""
    rows = attention_list(actor).order_by()
    count = rows.count()
    if count:
        yield Duty(
            who=plural(count, "обучающийся,обучающихся,обучающихся"),
            todo="Решить по результатам скрининга",
            on=today,
            address=reverse("signals:attention"),
            note="вынести на плановое заседание" if results_meeting_address() else "",
            is_urgent=rows.filter(suicide_risk=True).exists(),
        )


def tables(actor: Actor, today: date) -> Iterator[Duty]:
    """Tables that were read and wait to be looked at."""
    rows = ScreeningImport.objects.visible_to(actor).filter(state=ScreeningImport.State.READ)
    for one in rows.defer("lines")[:ENOUGH]:
        yield Duty(
            who=one.title,
            todo="Проверить таблицу и внести результаты",
            on=today,
            address=reverse("signals:table", args=[one.public_id]),
            note=plural(one.total, "строка,строки,строк"),
        )


duties("concern.decide", to_decide, unless_none=lambda actor, today: Concern.objects.unheard())
duties(
    "concern.examine",
    to_examine,
    unless_none=lambda actor, today: Concern.objects.filter(
        state=Concern.State.EXAMINATION, psychologist__user=actor.user
    ),
)
duties(
    "concern.raise",
    answered,
    unless_none=lambda actor, today: Concern.objects.filter(author=actor.user).exclude(answer=""),
)
duties("screening.settle", to_settle)
duties("screening.keep", tables)
