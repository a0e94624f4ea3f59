"""The lists «Сигналы», «Скрининги» and «Требуют внимания»."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child
from opora.people.children.search import children_matching

from .models import Concern, Screening


def concern_listing(actor: Actor, today: date) -> Listing:
    """All that the actor may see: for a teacher his own and those about his class."""
    S = Concern.State
    return Listing(
        title="Сигналы",
        name="concerns",
        order="-raised",
        search=lambda rows, text: _search(actor, rows, text, today),
        search_hint="Фамилия, имя ребёнка",
        row_url=lambda one: reverse("signals:concern", args=[one.public_id]),
        row_state=lambda one: _state(one),
        empty="Сигналов нет. Заметили, что с ребёнком что-то не так, — сообщите: это две минуты.",
        new_url=reverse("signals:new") if may(actor, "concern.raise") else "",
        new_label="Сообщить о ребёнке",
        columns=(
            Column("raised", "Подан", lambda one: timezone.localdate(one.raised_at), sort=("raised_at",), kind="date"),
            Column("child", "Обучающийся", lambda one: one.child.full_name, sort=("child__last_name",), kind="main"),
            Column("urgency", "Когда нужна помощь", lambda one: one.get_urgency_display(), sort=("urgency",)),
            Column("state", "Состояние", lambda one: one.get_state_display(), sort=("state",),
                   template="signals/cell_state.html"),
            Column("author", "Кто сообщил", lambda one: one.author.short_name, sort=("author__last_name",)),
            Column("psychologist", "Психолог", _psychologist),
            Column("due", "Обследовать до", lambda one: one.due_on, sort=("due_on",), kind="date"),
        ),
        chips=(
            Chip("state", "Состояние", [
                Choice("raised", "ждут решения", Q(state=S.RAISED)),
                Choice("today", "срочные", Q(state__in=(S.RAISED, S.EXAMINATION), urgency=Concern.Urgency.TODAY)),
                Choice("examination", "на обследовании", Q(state=S.EXAMINATION)),
                Choice("confirmed", "подтвердились", Q(state=S.CONFIRMED)),
                Choice("closed", "закрыты", Q(state__in=(S.NOT_CONFIRMED, S.DECLINED, S.LEFT))),
            ]),
            Chip("mine", "Кто", [Choice("1", "мои", Q(author=actor.user))]),
        ),
    )  # fmt: skip


def _psychologist(one: Concern) -> str:
    return one.psychologist.user.short_name if one.psychologist else ""


def _state(one: Concern) -> str:
    if one.is_open and one.urgency == Concern.Urgency.TODAY:
        return "late"
    return "soon" if one.state == Concern.State.RAISED else ""


def _search(actor: Actor, rows: Rows, text: str, today: date) -> Rows:
    """By the children whom the actor may know, and by those of his own concerns."""
    named = Child.objects.filter(pk__in=rows.order_by().values("child"))
    found = children_matching(named, text, organisation=actor.at, today=today)
    return rows.filter(child__in=found.values("pk"))


def screening_listing(actor: Actor, counts: dict[int, tuple[int, int]]) -> Listing:
    """`counts`: screening -> results that the actor sees, and those of them that wait."""
    return Listing(
        title="Скрининги",
        name="screenings",
        order="-held",
        search=lambda rows, text: rows.filter(title__icontains=text),
        search_hint="Название скрининга",
        row_url=lambda one: reverse("signals:screening", args=[one.public_id]),
        row_state=lambda one: "soon" if counts.get(one.pk, (0, 0))[1] else "",
        empty="Скринингов нет. Внесите результаты по классу или загрузите таблицу.",
        new_url=reverse("signals:screening_new") if may(actor, "screening.keep") else "",
        new_label="Внести по классу",
        columns=(
            Column("held", "Проведён", lambda one: one.held_on, sort=("held_on",), kind="date"),
            Column("title", "Название", lambda one: one.title, sort=("title",), kind="main"),
            Column("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind",)),
            Column("class", "Класс", lambda one: str(one.school_class or "несколько"), kind="narrow"),
            Column("run_by", "Кто провёл", lambda one: one.run_by.short_name, sort=("run_by__last_name",)),
            Column("count", "Результатов", lambda one: counts.get(one.pk, (0, 0))[0], kind="number"),
            Column("waiting", "Требуют внимания", lambda one: counts.get(one.pk, (0, 0))[1] or "", kind="number"),
        ),
        chips=(
            Chip("kind", "Вид", [Choice(kind.value, str(kind.label), Q(kind=kind)) for kind in Screening.Kind]),
        ),
    )  # fmt: skip
