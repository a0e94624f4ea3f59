"""Journals of the service's daily log on paper and in files: lines of the log as the columns of each form (S-12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.records.documents.builders.persons import letterhead, upper_first
from opora.records.documents.builders.service import head_of_service
from opora.school.support.schedules.totals import hours_words
from opora.school.support.worklog.content import JournalChild, JournalContent, JournalRow, journal_content

Line = dict[str, str]


@dataclass(frozen=True)
class LogJournal:
    """`code` is that of the log's own journals; `columns` are keys of a line with their captions, for a file."""

    code: str
    title: str
    form: str
    columns: tuple[tuple[str, str], ...]
    lines: Callable[[JournalRow], Iterator[Line]]


def _individual(row: JournalRow) -> Iterator[Line]:
    for child in row["children"]:
        yield {
            "child": _named(child), "content": _sentences(row["content"], row["method"]),
            "attendance": child["attendance"], "result": _sentences(child["dynamics"], child["note"], row["outcome"]),
        }  # fmt: skip


def _consultation(row: JournalRow) -> Iterator[Line]:
    many = f", {row['people']}\u00a0чел." if row["people"] and row["people"] > 1 else ""
    notes = [_about(one) for one in row["children"] if one["note"]]
    yield {
        "audience": f"{row['audience']}{many}", "children": "\n".join(_named(one) for one in row["children"]),
        "content": row["content"], "outcome": "\n".join(filter(None, (row["outcome"], *notes))),
    }  # fmt: skip


def _diagnostics(row: JournalRow) -> Iterator[Line]:
    shared = {"method": row["method"], "value": "", "level": ""}
    if not row["children"]:
        people = f"{row['people']}\u00a0чел." if row["people"] else ""
        yield {**shared, "child": people, "result": _sentences(row["content"], row["outcome"])}
    for child in row["children"]:
        yield {
            **shared, "child": _named(child), "value": child["value"].replace(".", ","), "level": child["level"],
            "result": _sentences(child["note"], row["outcome"]),
        }  # fmt: skip


def _group(row: JournalRow) -> Iterator[Line]:
    for child in row["children"]:
        yield {
            "group": row["group"], "child": child["name"], "room": child["room"], "attendance": child["attendance"],
            "dynamics": child["dynamics"], "content": row["content"],
        }  # fmt: skip


_DAY = (("date", "Дата"), ("time", "Время"))
_END = (("minutes", "Минут"), ("specialist", "Специалист"))
JOURNALS = {
    one.code: one
    for one in (
        LogJournal(
            "individual", "Журнал индивидуальной работы", "individual_journal",
            (
                *_DAY, ("child", "Обучающийся, класс"), ("topic", "Тема занятия"), ("content", "Содержание, материалы"),
                ("attendance", "Посещение"), ("result", "Динамика, наблюдения"), *_END,
            ),
            _individual,
        ),
        LogJournal(
            "groups", "Журнал групповых занятий", "group_journal",
            (
                *_DAY, ("group", "Группа"), ("child", "Обучающийся"), ("room", "Класс"), ("topic", "Тема занятия"),
                ("content", "Содержание"), ("attendance", "Посещение"), ("dynamics", "Динамика"), *_END,
            ),
            _group,
        ),
        LogJournal(
            "consultations", "Журнал консультаций", "consultations_journal",
            (
                *_DAY, ("audience", "Кого консультировали"), ("children", "О ком"), ("topic", "Повод, запрос"),
                ("content", "Содержание"), ("outcome", "Рекомендации, итог"), *_END,
            ),
            _consultation,
        ),
        LogJournal(
            "diagnostics", "Журнал диагностики", "diagnostics_journal",
            (
                *_DAY, ("child", "Обучающийся, класс"), ("topic", "Цель обследования"), ("method", "Методика"),
                ("value", "Балл"), ("level", "Уровень"), ("result", "Результаты, выводы"), *_END,
            ),
            _diagnostics,
        ),
    )
}  # fmt: skip


def lines_of(journal: LogJournal, content: JournalContent) -> list[Line]:
    """Lines of a journal with their numbers; dates are ISO."""
    found: list[Line] = []
    for row in content["rows"]:
        for line in journal.lines(row):
            shared = {
                "number": str(len(found) + 1), "date": row["on"], "time": row["starts_at"], "topic": row["topic"],
                "minutes": str(row["minutes"]), "specialist": row["specialist"],
            }  # fmt: skip
            found.append({**shared, **line})
    return found


def log_data(
    actor: Actor, journal: LogJournal, since: date, until: date, keeper: Position | None, *, on: date
) -> dict[str, Any]:
    """What the form prints of a period, of one post or of all whom the actor reads."""
    content = journal_content(actor, journal.code, since, until, position=keeper.pk if keeper else None)
    lines = lines_of(journal, content)
    return {
        "letterhead": letterhead(actor.at), "official_use": True, "period_from": since.isoformat(),
        "period_to": until.isoformat(), "keeper": keeper_words(keeper), "rows": lines,
        "summary": f"Записей: {len(content['rows'])}, времени: {hours_words(content['minutes'])}.",
        "head_name": head_of_service(actor, on),
    }  # fmt: skip


def keeper_words(keeper: Position | None) -> str:
    """«Павлова Полина Павловна, педагог-психолог»; empty for the journal of all."""
    return f"{keeper.user.full_name}, {keeper.inner_caption}" if keeper else ""


def file_rows(
    actor: Actor, journal: LogJournal, since: date, until: date, keeper: Position | None
) -> tuple[list[str], list[list[Any]]]:
    """Captions and rows for a table file: dates and minutes as such."""
    content = journal_content(actor, journal.code, since, until, position=keeper.pk if keeper else None)
    heads = [caption for _, caption in journal.columns]
    return heads, [[_cell(key, line.get(key, "")) for key, _ in journal.columns] for line in lines_of(journal, content)]


def _cell(key: str, value: str) -> Any:
    if key == "date":
        return date.fromisoformat(value)
    return int(value) if key == "minutes" else value


def _named(child: JournalChild) -> str:
    return ", ".join(filter(None, (child["name"], child["room"])))


def _about(child: JournalChild) -> str:
    return f"{child['name']}: {child['note']}"


def _sentences(*parts: str) -> str:
    """«Лучше. Сам назвал три чувства.»"""
    said = [upper_first(one.strip()) for one in parts if one.strip()]
    return " ".join(one if one[-1] in ".!?…" else f"{one}." for one in said)
