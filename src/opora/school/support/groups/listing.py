"""The list «Группы и занятия»."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import WHOLE_REGISTER, Speciality
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows, holding

from .models import Group
from .standing import groups_on_days_off


def state_of(group: Group, today: date) -> tuple[str, str]:
    """Words and colour."""
    if group.closed_on:
        return f"закрыта {group.closed_on:%d.%m.%Y}", "neutral"
    if group.ends_on < today:
        return "срок прошёл, подведите итоги", "late"
    if group.starts_on > today:
        return f"начнётся {group.starts_on:%d.%m.%Y}", "neutral"
    return "занимается", "done"


def places_words(group: Group) -> str:
    """«5 из 8, свободно 3»."""
    free = group.limit - group.children
    if group.kind == Group.Kind.INDIVIDUAL:
        return "ребёнка ещё нет" if free > 0 else "1"
    return f"{group.children} из {group.limit}{f', свободно {free}' if free > 0 else ', мест нет'}"


def group_listing(actor: Actor, today: date) -> Listing:
    """Open ones first by their next lesson; the list is all groups for whoever keeps the register, else own ones."""

    def search(rows: Rows, text: str) -> Rows:
        return rows.filter(holding(text, "title", "leader__user__last_name", "material__title"))

    def on_days_off(rows: Rows) -> Rows:
        return rows.filter(pk__in=groups_on_days_off(actor.at, today))

    every = bool(actor.roles & WHOLE_REGISTER)
    known = [code for code in Speciality.values if code not in (Speciality.DOCTOR, Speciality.OTHER)]
    open_ = Q(closed_on__isnull=True)
    return Listing(
        title="Группы и занятия",
        name="groups",
        order="next",
        row_url=lambda one: reverse("groups:group", args=[one.public_id]),
        row_state=lambda one: "late" if state_of(one, today)[1] == "late" else "",
        search=search,
        search_hint="Название, специалист или программа",
        new_url=reverse("groups:new") if may(actor, "group.keep") else "",
        new_label="Группа или курс",
        empty="Здесь будут группы и индивидуальные курсы занятий: кто занимается, на каком основании, по какой "
        "программе и когда.",
        columns=(
            Column("title", "Название", lambda one: one.title, kind="main", sort=("title",)),
            Column("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind",)),
            Column("leader", "Ведёт", lambda one: one.leader.user.short_name, sort=("leader__user__last_name",)),
            Column("places", "Детей", places_words, sort=("children",)),
            Column("material", "Программа", lambda one: one.material.title if one.material else ""),
            Column("next", "Ближайшее занятие", lambda one: one.next_on, sort=("next_on",), kind="date"),
            Column("ends", "До", lambda one: one.ends_on, sort=("ends_on",), kind="date"),
            Column("state", "Состояние", lambda one: state_of(one, today)[0]),
        ),
        chips=(
            Chip(
                "state", "Состояние",
                [
                    Choice("open", "открытые", open_),
                    Choice("over", "срок прошёл", open_ & Q(ends_on__lt=today)),
                    Choice("off", "занятия в нерабочие дни", on_days_off),
                    Choice("closed", "закрытые", Q(closed_on__isnull=False)),
                ],
                default="open",
            ),
            Chip("kind", "Вид", [Choice(code, label, Q(kind=code)) for code, label in Group.Kind.choices]),
            *([Chip("who", "Специалист", [
                Choice(code, Speciality(code).label, Q(leader__speciality=code)) for code in known
            ])] if every else []),
        ),
    )  # fmt: skip
