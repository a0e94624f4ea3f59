"""The list of analyses, and the lists of what stands behind a figure: by the kind of row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from opora.foundation.ui.lists import Column, Listing
from opora.people.children.models import Child
from opora.school.consilium.models import ConsiliumMeeting, ConsiliumOpinion, ReferralToCommission
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.programmes.models import Programme
from opora.school.pupils.titles import year_title
from opora.school.signals.models import Concern, ScreeningResult

from ..approval import Status
from ..cards.models import CardNote, SupportCard
from ..contacts.models import OutsideContact
from ..groups.models import Group, Lesson
from ..leading.models import QualityReview
from ..materials.models import Material
from ..plans.models import PlanItem
from ..worklog.models import EntryChild, WorkEntry

COLOURS = {Status.APPROVED: "done", Status.RETURNED: "late", Status.EXAMINED: "soon", Status.SUBMITTED: "soon"}


def analysis_listing() -> Listing:
    """All years, the newest first."""
    return Listing(
        title="Анализ за год",
        name="analyses",
        order="-year",
        row_url=lambda one: reverse("analysis:analysis", args=[one.public_id]),
        row_state=lambda one: COLOURS.get(one.status, ""),
        empty="Здесь будут анализы работы Службы по учебным годам. Цифры посчитаются сами, слова пишут люди.",
        columns=(
            Column("year", "Учебный год", lambda one: year_title(one.year), sort=("year",), kind="main"),
            Column("status", "Состояние", lambda one: one.get_status_display(), sort=("status",)),
            Column("author", "Кто составил", lambda one: one.author.user.short_name,
                   sort=("author__user__last_name",)),
            Column("approved", "Утверждён", lambda one: one.approved_on, sort=("approved_on",), kind="date"),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """How rows of one model are listed: with what they are loaded, in which order, in which columns."""

    loaded: tuple[str, ...]
    columns: tuple[Column, ...]
    order: str
    url: Callable[[Any], str] | None = None


def _to(name: str, path: str = "") -> Callable[[Any], str]:
    """The address of a row, or of what `path` leads to."""

    def address(row: Any) -> str:
        for step in filter(None, path.split("__")):
            row = getattr(row, step)
        return reverse(name, args=[row.public_id])

    return address


def _day(title: str, name: str) -> Column:
    return Column("day", title, _get(name), sort=(name,), kind="date")


def _child(path: str) -> Column:
    return Column("child", "Ребёнок", lambda one: _get(path)(one).full_name, sort=(f"{path}__last_name",), kind="main")


def _get(path: str) -> Callable[[Any], Any]:
    def value(row: Any) -> Any:
        for step in path.split("__"):
            row = getattr(row, step) if row is not None else None
        return row

    return value


def _shown(key: str, title: str, path: str, sort: str = "", kind: str = "text") -> Column:
    """A column of what a method or attribute of the row says."""

    def value(row: Any) -> Any:
        found = _get(path)(row)
        return found() if callable(found) else found

    return Column(key, title, value, sort=(sort,) if sort else (), kind=kind)


def _who(path: str) -> Column:
    return Column("who", "Кто", lambda one: _get(path)(one).short_name, sort=(f"{path}__last_name",))


KINDS: dict[type[models.Model], Kind] = {
    WorkEntry: Kind(
        ("position__user",),
        (_day("День", "on"), _shown("title", "Работа", "work_title", "kind", "main"), _who("position__user"),
         _shown("topic", "Тема, запрос", "topic"), _shown("minutes", "Минут", "minutes", "minutes", "number")),
        "-day", _to("worklog:entry"),
    ),
    EntryChild: Kind(
        ("child", "entry__position__user"),
        (_child("child"), _day("День", "entry__on"), _shown("kind", "Работа", "entry__work_title"),
         _who("entry__position__user"), _shown("came", "Посещение", "get_attendance_display", "attendance")),
        "-day", _to("children:child", "child"),
    ),
    Child: Kind(
        (),
        (Column("child", "Ребёнок", lambda one: one.full_name, sort=("last_name", "first_name"), kind="main"),
         _day("Дата рождения", "birth_date")),
        "child", _to("children:child"),
    ),
    Group: Kind(
        ("leader__user",),
        (_shown("title", "Группа", "title", "title", "main"), _shown("kind", "Вид", "get_kind_display", "kind"),
         _who("leader__user"), _day("С", "starts_on")),
        "title", _to("groups:group"),
    ),
    Lesson: Kind(
        ("group__leader__user",),
        (_day("День", "on"), _shown("title", "Группа", "group__title", "group__title", "main"),
         _who("group__leader__user"), _shown("why", "Отменено: почему", "cancel_reason")),
        "-day", _to("groups:lesson"),
    ),
    Programme: Kind(
        ("child", "curator__user"),
        (_child("child"), _shown("state", "Состояние", "get_status_display", "status"), _who("curator__user"),
         _day("С", "starts_on")),
        "child", _to("programmes:programme"),
    ),
    SupportCard: Kind(
        ("child", "lead__user"),
        (_child("child"), _shown("state", "Состояние", "get_state_display", "state"), _who("lead__user"),
         _day("Открыта", "opened_on")),
        "child", _to("cards:card"),
    ),
    CardNote: Kind(
        ("card__child", "recorded_by"),
        (_child("card__child"), _day("День", "on"), _shown("sphere", "Сфера", "get_sphere_display", "sphere"),
         _shown("dynamics", "Динамика", "get_dynamics_display", "dynamics"), _who("recorded_by")),
        "-day", _to("cards:card", "card"),
    ),
    OutsideContact: Kind(
        ("body", "position__user"),
        (_day("Когда", "asked_on"), _shown("where", "Куда", "addressee", "", "main"),
         _shown("kind", "О чём", "get_kind_display", "kind"), _shown("out", "Итог", "get_outcome_display", "outcome"),
         _who("position__user")),
        "-day", _to("contacts:contact"),
    ),
    Material: Kind(
        (),
        (_shown("title", "Название", "title", "title", "main"), _shown("kind", "Что это", "get_kind_display", "kind"),
         _day("Пересмотреть", "review_on")),
        "title", _to("materials:material"),
    ),
    PlanItem: Kind(
        ("plan__owner__user", "responsible__user"),
        (_shown("title", "Мероприятие", "title", "title", "main"), _day("Срок", "ends_on"),
         _shown("who", "Ответственный", "responsible__user__short_name"),
         _shown("why", "Снято: почему", "drop_reason")),
        "day", _to("plans:plan", "plan"),
    ),
    QualityReview: Kind(
        ("entry__position__user",),
        (_day("Просмотрена", "reviewed_on"), _shown("title", "Запись", "entry__work_title", "", "main"),
         _who("entry__position__user"), _shown("verdict", "Оценка", "get_verdict_display", "verdict")),
        "-day", _to("worklog:entry", "entry"),
    ),
    ConsiliumMeeting: Kind(
        (),
        (_day("День", "day"), _shown("kind", "Заседание", "get_kind_display", "kind", "main"),
         _shown("number", "№ протокола", "number_title")),
        "-day", _to("consilium:meeting"),
    ),
    ConsiliumOpinion: Kind(
        ("item__child",),
        (_child("item__child"), _day("Подписано", "signed_on"),
         _shown("outcome", "Решение", "item__get_outcome_display", "item__outcome")),
        "-day", _to("consilium:item", "item"),
    ),
    ReferralToCommission: Kind(
        ("item__child",),
        (_child("item__child"), _day("От", "day"), _shown("answer", "Ответ родителя", "get_answer_display", "answer")),
        "-day", _to("consilium:item", "item"),
    ),
    BroughtConclusion: Kind(
        ("child",),
        (_child("child"), _day("Принесено", "brought_on"), _day("До", "valid_until")),
        "-day", _to("duties:brought"),
    ),
    SchoolDuty: Kind(
        ("brought__child",),
        (_child("brought__child"), _shown("kind", "Условие", "get_kind_display", "kind"), _day("Срок", "due_on"),
         _shown("state", "Состояние", "get_state_display", "state")),
        "day", _to("duties:brought", "brought"),
    ),
    Concern: Kind(
        ("child",),
        (_child("child"), _day("Замечено", "noticed_on"), _shown("state", "Состояние", "get_state_display", "state")),
        "-day", _to("signals:concern"),
    ),
    ScreeningResult: Kind(
        ("child", "screening"),
        (_child("child"), _shown("title", "Скрининг", "screening__title"), _day("Проведён", "screening__held_on"),
         _shown("level", "Уровень внимания", "get_level_display", "level")),
        "child",
    ),
}  # fmt: skip


def behind_listing(model: type[models.Model], title: str, empty: str) -> Listing:
    """The list of rows behind a figure."""
    kind = KINDS[model]
    return Listing(
        title=title, name="figure", columns=kind.columns, order=kind.order, row_url=kind.url, empty=empty
    )  # fmt: skip
