"""The journals as lists: a few broad columns on the screen, all columns of the letter in files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.models import Entry
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from . import lines
from .periods import month, previous_month, quarter

NUMBER = ("series__year", "line")


def booking_listing(actor: Actor, today: date, *, whole: bool) -> Listing:
    """Journal 2.12; `whole` gives the eleven columns for a file."""
    return _listing(actor, today, lines.BOOKING, _booking_columns() if whole else _booking_screen())


def examined_listing(actor: Actor, today: date, *, whole: bool) -> Listing:
    """Journal 2.13; `whole` gives the eleven columns for a file."""
    return _listing(actor, today, lines.EXAMINED, _examined_columns() if whole else _examined_screen())


def disclosure_listing(actor: Actor, today: date, *, whole: bool) -> Listing:
    """The journal of answers to requests for information; all its columns fit on the screen."""
    return _listing(actor, today, lines.DISCLOSURE, _disclosure_columns(whole=whole))


def meetings_listing(actor: Actor, today: date, *, whole: bool) -> Listing:
    """The journal of meetings of the consilium."""
    return _listing(actor, today, lines.MEETINGS, _consilium_columns(_MEETINGS, whole=whole))


def opinions_listing(actor: Actor, today: date, *, whole: bool) -> Listing:
    """The journal of collegial opinions."""
    return _listing(actor, today, lines.OPINIONS, _consilium_columns(_OPINIONS, whole=whole))


def referrals_listing(actor: Actor, today: date, *, whole: bool) -> Listing:
    """The journal of children sent to ПМПК."""
    return _listing(actor, today, lines.REFERRALS, _consilium_columns(_REFERRALS, whole=whole))


EMPTY = {
    lines.BOOKING: "Записей пока нет: строка появляется здесь сама, когда ребёнка записывают на приём.",
    lines.EXAMINED: "Записей пока нет: строка появляется здесь сама, когда руководитель подписывает заключение.",
    lines.DISCLOSURE: "Записей пока нет: строка появляется здесь сама, когда подписан ответ на запрос сведений.",
    lines.MEETINGS: "Записей пока нет: строка появляется здесь сама, когда оформлен протокол заседания.",
    lines.OPINIONS: "Записей пока нет: строка появляется здесь сама, когда подписано коллегиальное заключение.",
    lines.REFERRALS: "Записей пока нет: строка появляется здесь сама, когда ребёнка направляют на ПМПК.",
}


def _listing(actor: Actor, today: date, journal: lines.Journal, columns: list[Column]) -> Listing:
    return Listing(
        title=journal.title,
        name=f"journal-{journal.code}",
        columns=columns,
        order="-number",
        search=lines.matching(actor),
        search_hint="Фамилия, имя ребёнка или дата рождения",
        chips=[_period_chip(today), _kind_chip()],
        wide=True,
        empty=EMPTY[journal],
    )


def _period_chip(today: date) -> Chip:
    spans = [
        ("week", "Эта неделя", (today - timedelta(days=today.weekday()), today)),
        ("month", "Этот месяц", month(today)),
        ("previous_month", "Прошлый месяц", previous_month(today)),
        ("quarter", "Этот квартал", quarter(today)),
        ("year", "Этот год", (date(today.year, 1, 1), date(today.year, 12, 31))),
        ("previous_year", "Прошлый год", (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    ]
    return Chip("period", "Период", [Choice(code, label, Q(day__range=span)) for code, label, span in spans])


def _kind_chip() -> Chip:
    return Chip("kind", "Записи", [Choice("in_force", "Без исправленных", Q(corrections__isnull=True))])


def _shown(key: str, title: str, template: str, value: Callable[[Entry], Any], sort: tuple[str, ...] = ()) -> Column:
    return Column(key, title, value, sort=sort, template=f"journals/cells/{template}.html")


def _booking_screen() -> list[Column]:
    return [
        _shown("number", "№", "number_day", lines.number_of, NUMBER),
        _shown("visit", "Приём", "visit", lines.day("date", "day"), ("visit_day", "visit_time")),
        _shown("child", "Ребёнок", "child", lines.text("child_name"), ("child_name",)),
        _shown("guardian", "Представитель", "guardian", lines.text("guardian_name")),
        _shown("school", "Где учится, кем направлен", "school", lines.text("school")),
        _shown("health", "Диагноз, инвалидность", "health", lines.text("diagnosis")),
        _shown("request", "Запрос", "plain", lines.text("request")),
    ]


def _examined_screen() -> list[Column]:
    return [
        _shown("number", "№", "number", lines.number_of, NUMBER),
        Column("day", "Дата", lambda entry: entry.day, sort=("day",), kind="date"),
        _shown("child", "Ребёнок", "child", lines.text("child_name"), ("child_name",)),
        _shown("referred_by", "Кем направлен, с чем поступил", "referral", lines.text("referred_by")),
        _shown("conclusion", "Заключение и рекомендации", "conclusion", lines.text("conclusion")),
        _shown("opinions", "Особые мнения", "plain", lines.text("opinions")),
        _shown("certified", "Заверено", "certified", certified_on),
    ]


def certified_on(entry: Entry) -> date | None:
    """The day on which the head and the members certified the line."""
    certified = getattr(entry, "certified", None)
    return certified.certification.certified_on if certified else None


def _booking_columns() -> list[Column]:
    return [
        *_registration(),
        Column("date", "Дата приёма", lines.day("date", "day"), kind="date"),
        Column("time", "Время", lines.text("time")),
        Column("child_name", "Ф. И. О. ребёнка", lines.text("child_name")),
        Column("birth_date", "Дата рождения", lines.day("birth_date"), kind="date"),
        Column("guardian_name", "Ф. И. О. представителя", lines.text("guardian_name")),
        Column("contacts", "Контакты", lines.text("contacts")),
        Column("school", "Образовательная организация", lines.text("school")),
        Column("referred_by", "Кем направлен", lines.text("referred_by")),
        Column("diagnosis", "Диагноз", lines.text("diagnosis")),
        Column("disability", "Инвалидность", lines.text("disability")),
        Column("request", "Запрос", lines.text("request")),
        Column("remark", "Исправления", lines.remark_of),
    ]


def _examined_columns() -> list[Column]:
    return [
        *_registration(),
        Column("child_name", "Ф. И. О. ребёнка", lines.text("child_name")),
        Column("birth_date", "Дата рождения", lines.day("birth_date"), kind="date"),
        Column("contacts", "Контакты представителя", lines.text("contacts")),
        Column("referred_by", "Кем направлен", lines.text("referred_by")),
        Column("diagnosis", "Заключение при поступлении", lines.text("diagnosis")),
        Column("disability", "Инвалидность", lines.text("disability")),
        Column("conclusion", "Заключение ПМПК", lines.text("conclusion")),
        Column("opinions", "Особые мнения", lines.text("opinions")),
        Column("recommendations", "Рекомендации", lines.text("recommendations")),
        Column("guardian_signature", "Подпись представителя", lines.text("guardian_signature")),
        Column("certified", "Заверено", certified_on, kind="date"),
        Column("remark", "Исправления", lines.remark_of),
    ]


def _registration() -> list[Column]:
    return [
        Column("number", "№", lines.number_of, sort=NUMBER, kind="narrow"),
        Column("day", "Дата записи", lambda entry: entry.day, sort=("day",), kind="date"),
    ]


def _disclosure_columns(*, whole: bool) -> list[Column]:
    number, child = (
        (Column("number", "Исходящий №", lines.number_of, NUMBER), Column("child", "Ребёнок", lines.text("child_name")))
        if whole
        else (
            _shown("number", "Исходящий №", "number", lines.number_of, NUMBER),
            _shown("child", "Ребёнок", "child", lines.text("child_name"), ("child_name",)),
        )
    )
    return [
        number,
        Column("day", "Дата", lambda entry: entry.day, sort=("day",), kind="date"),
        child,
        Column("recipient", "Кому", lines.text("recipient")),
        Column("request", "Основание", lines.text("request")),
        Column("decision", "Решение", lines.text("decision")),
        Column("given", "Что передано", lines.text("given")),
        Column("signer", "Подписал", lines.text("signer")),
        *([Column("remark", "Исправления", lines.remark_of)] if whole else []),
    ]


# Columns of Р-93 by the keys of the line (`school/consilium/lines.py`); the number and the child are drawn apart.
_MEETINGS = (
    ("topic", "Тематика заседания"),
    ("kind", "Вид консилиума"),
    ("protocol", "Протокол"),
    ("children", "Обучающиеся"),
)
_OPINIONS = (
    ("initiator", "Инициатор обращения"), ("reason", "Повод обращения в ППк"), ("opinion", "Коллегиальное заключение"),
    ("result", "Результат обращения"),
)  # fmt: skip
_REFERRALS = (
    ("purpose", "Цель направления"), ("reason", "Причина направления"), ("papers", "Выданы документы"),
    ("guardian", "Кто получил"),
)  # fmt: skip


def _consilium_columns(columns: tuple[tuple[str, str], ...], *, whole: bool) -> list[Column]:
    """The columns of a journal of the consilium; in files the birth date and the corrections have their own."""
    of_children = columns is not _MEETINGS
    if whole:
        child = [
            Column("child_name", "ФИО обучающегося, класс", lines.text("child_name")),
            Column("birth_date", "Дата рождения", lines.day("birth_date"), kind="date"),
        ]
        plain = [Column(key, title, lines.text(key)) for key, title in columns]
        remark = Column("remark", "Исправления", lines.remark_of)
        return [*_registration(), *(child if of_children else []), *plain, remark]
    name = _shown("child", "ФИО обучающегося, класс", "child", lines.text("child_name"), ("child_name",))
    first, *rest = (_shown(key, title, "plain", lines.text(key)) for key, title in columns)
    if not of_children:  # the topic carries the corrections where no child does
        first = _shown(columns[0][0], columns[0][1], "remarked", lines.text(columns[0][0]))
    return [
        _shown("number", "№", "number", lines.number_of, NUMBER),
        Column("day", "Дата", lambda entry: entry.day, sort=("day",), kind="date"),
        *([name] if of_children else []),
        first,
        *rest,
    ]
