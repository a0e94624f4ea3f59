"""Samples of quality: entries are drawn by lot, the head says how they are kept, the author mends (001, 3.3)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random, SystemRandom

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from ...worklog.models import WorkEntry
from .. import events
from ..models import QualityReview

MOST = 20  # of one specialist at once
CLAUSE = "Положение о Службе сопровождения, п. 3.3: руководитель контролирует качество и эффективность помощи"
Verdict = QualityReview.Verdict


@transaction.atomic
def sample_draw(
    *, actor: Actor, start: date, end: date, count: int, on: date | None = None, chance: Random | None = None
) -> list[QualityReview]:
    """Draw up to `count` finished entries of each specialist between two days, by lot; those drawn before stay out.

    `chance` is for tests and demonstrations; else the machine draws. The head's own entries are not drawn. Raises
    Refusal for a wrong number or term, and where there is nothing to draw from.
    """
    require(actor, "quality.draw")
    day = on or timezone.localdate()
    if not 1 <= count <= MOST:
        raise Refusal("count", f"Укажите от 1 до {MOST} записей у каждого.", field="count")
    if start > end or start > day:
        raise Refusal("term", "Этот месяц ещё не начался.", field="month")
    rows = WorkEntry.objects.of(actor.at).finished().within(start, min(end, day)).filter(review__isnull=True)
    if actor.user is not None:
        rows = rows.exclude(position__user=actor.user)
    by_post: dict[int, list[int]] = defaultdict(list)
    for post, entry in rows.order_by("pk").values_list("position", "pk"):
        by_post[post].append(entry)
    if not by_post:
        raise Refusal("nothing", "В этом месяце нет записей, которых вы ещё не выбирали.", field="month")
    lot = chance or SystemRandom()
    chosen = [pk for _, every in sorted(by_post.items()) for pk in lot.sample(every, min(count, len(every)))]
    drawn = [QualityReview(organisation=actor.at, entry_id=pk, drawn_on=day) for pk in chosen]
    try:
        with transaction.atomic():
            for one in drawn:
                one.full_clean(exclude=["entry", "organisation"])
                one.save()
    except IntegrityError:
        raise Refusal("drawn", "Часть этих записей только что выбрали. Повторите.", field="month") from None
    record(events.SAMPLE_DRAWN, actor=actor, count=len(drawn))
    return drawn


def _locked(review: QualityReview) -> QualityReview:
    """The row with its entry, which is locked first: so does the removal of an entry, and each waits for the other."""
    WorkEntry.objects.select_for_update().get(pk=review.entry_id)
    rows = QualityReview.objects.select_for_update(of=("self",)).select_related("entry__position__user")
    return rows.get(pk=review.pk)


@transaction.atomic
def review_save(
    *, actor: Actor, review: QualityReview, verdict: str, words: str = "", on: date | None = None
) -> QualityReview:
    """Say how an entry is kept, or say it anew after it was mended. Raises Refusal for a remark without words."""
    require(actor, "quality.draw")
    require_own(actor, review)
    fresh, day = _locked(review), on or timezone.localdate()
    if verdict not in Verdict.values:
        raise Refusal("verdict", "Выберите оценку.", field="verdict")
    if verdict != Verdict.GOOD and not words.strip():
        raise Refusal("no_words", "Напишите, что исправить: автор прочтёт это.", CLAUSE, field="words")
    if actor.user is not None and fresh.entry.position.user_id == actor.user.pk:
        raise Refusal("own", "Свои записи не проверяют.", CLAUSE)
    fresh.verdict, fresh.words = verdict, words.strip()
    fresh.reviewed_on, fresh.reviewed_by, fresh.mended_on = day, actor.user, None
    fresh.full_clean()
    fresh.save()
    record(events.REVIEWED, actor=actor, subject=fresh, verdict=str(Verdict(verdict).label))
    return fresh


@transaction.atomic
def review_mend(*, actor: Actor, review: QualityReview, on: date | None = None) -> QualityReview:
    """The author says that the entry is mended. Raises PermissionDenied for others, Refusal where nothing waits."""
    require(actor, "quality.mend")
    require_own(actor, review)
    fresh = _locked(review)
    if actor.user is not None and fresh.entry.position.user_id != actor.user.pk:
        raise PermissionDenied("Отвечает на замечания автор записи.")
    if not fresh.waits_for_mending:
        raise Refusal("nothing", "Исправлять нечего: замечаний нет, или вы уже ответили.")
    fresh.mended_on = max(on or timezone.localdate(), fresh.reviewed_on or fresh.drawn_on)
    fresh.full_clean()
    fresh.save()
    record(events.MENDED, actor=actor, subject=fresh)
    return fresh
