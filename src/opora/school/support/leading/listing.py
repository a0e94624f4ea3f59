"""Lists behind the figures: lessons without an entry, days with drafts, registrations, samples of quality."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child, PreventionRecord
from opora.people.children.search import children_matching

from ..schoolyear.reading import school_year_of
from .load import posts_of
from .models import QualityReview

Verdict = QualityReview.Verdict
COLOURS = {"": "soon", Verdict.GOOD: "done", Verdict.REMARKS: "soon", Verdict.BAD: "late"}


def _people(posts: list[Position], path: str) -> Chip:
    choices = [
        Choice(one.public_id, f"{one.user.short_name}, {one.inner_caption}", Q(**{path: one.pk})) for one in posts
    ]
    return Chip("who", "Специалист", choices)


def _posts(actor: Actor, today: date) -> list[Position]:
    """Posts of this school year: whoever left in it may have left something undone."""
    return posts_of(actor, school_year_of(today).starts_on, today)


def lesson_listing(actor: Actor, today: date) -> Listing:
    """Past lessons that nobody logged, the oldest first."""
    return Listing(
        title="Занятия без записи",
        name="lessons-unlogged",
        order="on",
        row_url=lambda one: reverse("groups:group", args=[one.group.public_id]),
        row_state=lambda one: "late",
        empty="Все прошедшие занятия внесены.",
        columns=(
            Column("on", "День", lambda one: one.on, sort=("on", "starts_at"), kind="date"),
            Column("at", "Начало", lambda one: f"{one.starts_at:%H:%M}", kind="narrow"),
            Column("group", "Группа, курс", lambda one: one.group.title, kind="main", sort=("group__title",)),
            Column("who", "Ведёт", lambda one: one.group.leader.user.short_name,
                   sort=("group__leader__user__last_name",)),
            Column("minutes", "Минут", lambda one: one.minutes, kind="number"),
        ),
        chips=(_people(_posts(actor, today), "group__leader"),),
    )  # fmt: skip


def draft_listing(actor: Actor, today: date) -> Listing:
    """Drafts without their words: those are their author's alone."""
    return Listing(
        title="Черновики в учёте работы",
        name="drafts",
        order="on",
        empty="Черновиков нет: всё, что начали, дописано.",
        columns=(
            Column("on", "День", lambda one: one.on, sort=("on",), kind="date"),
            Column("who", "Специалист", lambda one: one.position.user.short_name, kind="main",
                   sort=("position__user__last_name",)),
            Column("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind",)),
            Column("minutes", "Минут", lambda one: one.minutes, kind="number"),
        ),
        chips=(_people(_posts(actor, today), "position"),),
    )  # fmt: skip


def prevention_listing(actor: Actor, today: date) -> Listing:
    """Registrations with prevention bodies that go on."""

    def search(rows: Rows, text: str) -> Rows:
        found = children_matching(Child.objects.visible_to(actor), text, organisation=actor.at, today=today)
        return rows.filter(child__in=found.order_by().values("pk"))

    bodies = [Choice(code, label, Q(body=code)) for code, label in PreventionRecord.Body.choices]
    return Listing(
        title="Профилактический учёт",
        name="prevention",
        order="child",
        row_url=lambda one: reverse("children:child", args=[one.child.public_id]),
        search=search,
        search_hint="Фамилия, имя или дата рождения",
        empty="На профилактическом учёте никого нет. Учёт отмечают на карте ребёнка.",
        columns=(
            Column("child", "Ребёнок", lambda one: one.child.full_name, kind="main",
                   sort=("child__last_name", "child__first_name")),
            Column("body", "Учёт", lambda one: one.get_body_display(), sort=("body",)),
            Column("since", "С", lambda one: one.started_on, sort=("started_on",), kind="date"),
        ),
        chips=(Chip("body", "Учёт", bodies),),
    )  # fmt: skip


def state_words(review: QualityReview) -> str:
    """How a sample stands."""
    if not review.verdict:
        return "ждёт просмотра"
    if review.mended_on:
        return f"{review.get_verdict_display()}, исправлено"
    return str(review.get_verdict_display())


def quality_listing(actor: Actor, today: date, *, leads: bool) -> Listing:
    """Samples of quality, the newest first."""
    mend = Q(verdict__in=(Verdict.REMARKS, Verdict.BAD), mended_on__isnull=True)
    return Listing(
        title="Выборочная проверка записей",
        name="quality",
        order="-drawn",
        row_url=lambda one: reverse("leading:review", args=[one.public_id]),
        row_state=lambda one: "done" if one.mended_on else COLOURS[one.verdict],
        empty="Здесь будут записи, выбранные жребием, с оценкой руководителя Службы."
        if leads
        else "Замечаний к вашим записям нет.",
        columns=(
            Column("topic", "Запись", lambda one: one.entry.topic, kind="main", sort=("entry__topic",)),
            Column("on", "День", lambda one: one.entry.on, sort=("entry__on",), kind="date"),
            Column("who", "Специалист", lambda one: one.entry.position.user.short_name,
                   sort=("entry__position__user__last_name",)),
            Column("drawn", "Выбрана", lambda one: one.drawn_on, sort=("drawn_on",), kind="date"),
            Column("state", "Оценка", state_words, sort=("verdict",)),
        ),
        chips=(
            Chip(
                "state", "Состояние",
                [
                    Choice("unseen", "ждут просмотра", Q(verdict="")), Choice("mend", "ждут исправления", mend),
                    Choice("mended", "исправлены", Q(mended_on__isnull=False)),
                    Choice("good", "без замечаний", Q(verdict=Verdict.GOOD)),
                ],
            ),
            *([_people(_posts(actor, today), "entry__position")] if leads else []),
        ),
    )  # fmt: skip
