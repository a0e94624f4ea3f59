"""What waits: samples and remarks for the head and the authors, notices for everybody at the service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural
from opora.people.law import law_on
from opora.regulations.acts.register import acts

from .models import ActNotice, QualityReview


def to_review(actor: Actor, today: date) -> Iterator[Duty]:
    """Samples that the head has drawn and not looked at, in one row."""
    count = QualityReview.objects.visible_to(actor).unseen().count()
    if count:
        words = f"просмотреть {plural(count, 'запись,записи,записей')}"
        yield Duty("Выборочная проверка", words, None, f"{reverse('leading:quality')}?state=unseen")


def to_mend(actor: Actor, today: date) -> Iterator[Duty]:
    """Remarks to one's own entries."""
    if actor.user is None:
        return
    rows = QualityReview.objects.visible_to(actor).to_mend().filter(entry__position__user=actor.user)
    for one in rows.select_related("entry").order_by("reviewed_on", "pk")[:ENOUGH]:
        todo = "переделать запись" if one.verdict == QualityReview.Verdict.BAD else "исправить запись по замечаниям"
        address = reverse("leading:review", args=[one.public_id])
        yield Duty(f"{one.entry.get_kind_display()}, {one.entry.on:%d.%m.%Y}", todo, None, address)


def to_read(actor: Actor, today: date) -> Iterator[Duty]:
    """Acts that the head has told of and the actor has not read."""
    if actor.user is None:
        return
    rows = ActNotice.objects.visible_to(actor).exclude(readings__user=actor.user).exclude(told_by=actor.user)
    found = list(rows.order_by("told_on", "pk")[:ENOUGH])
    if not found:
        return
    titles = {one.code: one.short for one in acts(law_on(today))}
    for one in found:
        address = reverse("leading:notice", args=[one.public_id])
        yield Duty(titles.get(one.act, one.act), "ознакомиться с актом", None, address, f"{one.told_on:%d.%m.%Y}")


duties("quality.draw", to_review)
duties("quality.mend", to_mend)
duties("notice.read", to_read)
