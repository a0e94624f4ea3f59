"""Entries of the law in words for a page: what a doubt is about, what is used meanwhile, how editions differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from opora.regulations.acts.entries import STATUSES
from opora.regulations.edition import Edition
from opora.regulations.entries import Entry, Term, Unverified

TABLES = {
    "term": "срок", "paper": "документ", "programme": "программа", "question": "вопрос", "act": "акт",
    "category": "категория", "level": "уровень образования", "speciality": "специальность", "sheet": "лист",
    "sheet_section": "раздел листа", "protocol_section": "раздел протокола", "protocol_line": "строка протокола",
    "section": "раздел заключения", "field": "поле заключения", "vocabulary": "перечень", "block": "код МКБ-10",
    "fact": "признак", "fact_group": "группа признаков", "exclusion": "несовместимые признаки",
    "check": "проверка", "tolerance": "допуск проверки", "direction": "направление работы",
    "direction_frame": "рамка направлений", "instrument": "анкета или шкала", "instrument_part": "часть методики",
    "instrument_item": "пункт методики", "instrument_threshold": "порог анкеты", "age_group": "возрастная группа",
    "development_line": "линия развития", "epicrisis_term": "эпикризный срок", "lag_meaning": "значение отставания",
    "lag_pattern": "вид отставания", "lag_name": "название отставания", "lag_limit": "граница счёта отставания",
    "method_list": "перечень методик", "method": "методика", "school_number": "число учебного года",
    "reexamination_rule": "срок обследования", "reminder": "напоминание", "audience": "кому предназначено",
    "attestation_subject": "предмет ГИА", "attestation_offer": "условие ГИА", "attestation_group": "группа условий ГИА",
    "attestation_placing": "место условия ГИА", "attestation_check": "проверка заключения ГИА",
    "attestation_question": "вопрос о ГИА", "advice_stage": "ступень образования",
    "advice_reason": "довод о программе", "advice_note": "замечание совета",
    "advice_contradiction": "противоречие", "advice_question": "вопрос о признаке",
    "presentation_kind": "документ школы", "presentation_section": "раздел документа школы",
    "presentation_choice": "формулировки на выбор",
    "condition_group": "группа условий", "special_condition": "специальное условие",
    "screening_kind": "вид скрининга", "attention_level": "уровень внимания", "concern_sign": "признак для сигнала",
    "signal_term": "срок по сигналу", "first_step": "что можно без обследования",
    "consilium_ground": "повод обсудить на консилиуме", "consilium_section": "раздел обсуждения",
    "consilium_outcome": "итог консилиума", "consilium_recommendation": "основание рекомендаций консилиума",
    "consilium_topic": "тематика заседания", "consilium_term": "срок работы консилиума",
    "referral_reason": "причина направления на ПМПК", "journal_column": "графа журнала",
    "duty_kind": "вид условия по заключению ПМПК", "programme_row": "строка программы сопровождения",
    "programme_section": "раздел программы сопровождения", "help_direction": "направление помощи",
    "programme_audience": "с кем проводится мероприятие", "support_term": "срок программы сопровождения",
    "programme_check": "проверка программы сопровождения", "service_direction": "направление работы Службы",
    "service_paper": "документ Службы", "plan_kind": "вид плана", "plan_column": "графа плана",
    "passport_section": "раздел социального паспорта", "passport_row": "строка социального паспорта",
    "passport_sum": "проверка сумм паспорта", "analysis_section": "раздел годового анализа",
    "hour_norm": "норма часов", "group_limit": "наполняемость группы",
}  # fmt: skip
UNITS = {
    "working_days": ("рабочий день", "рабочих дня", "рабочих дней"),
    "calendar_days": ("календарный день", "календарных дня", "календарных дней"),
    "months": ("месяц", "месяца", "месяцев"),
    "years": ("год", "года", "лет"),
    "visits": ("посещение", "посещения", "посещений"),
    "hours": ("час", "часа", "часов"),
    "minutes": ("минута", "минуты", "минут"),
}
FIELDS = {
    "title": "наименование", "short": "сокращение", "value": "число", "unit": "единица", "counts_from": "от чего",
    "presence": "обязательность", "form": "вид", "note": "пояснение", "status": "состояние", "sections": "отделения",
    "clause": "документ и пункт", "until": "последний день", "replaced_by": "чем заменён",
    "parent_text": "для родителя",
    "kind": "вид", "level": "уровень", "category": "категория", "variant": "номер варианта", "since": "с какого дня",
}  # fmt: skip
PRESENCE = {"obligatory": "обязателен", "if_available": "при наличии"}
FORMS = {"original": "оригинал", "copy": "копия", "original_or_certified_copy": "оригинал или заверенная копия"}


def table_title(table: str) -> str:
    """What kind of entry it is, in Russian; the word of the files when the page has none."""
    return TABLES.get(table, table)


def amount(value: int, unit: str) -> str:
    """«5 рабочих дней»."""
    one, few, many = UNITS.get(unit, (unit,) * 3)
    last, tens = value % 10, value % 100
    word = many if 11 <= tens <= 14 else one if last == 1 else few if 2 <= last <= 4 else many
    return f"{value}\u00a0{word}"


def value_of(entry: Entry | None) -> str:
    """What an entry says, in one line; empty where its title is all."""
    if isinstance(entry, Term):
        return amount(entry.value, entry.unit)
    if entry is None:
        return ""
    said = {name: getattr(entry, name, None) for name in ("presence", "form", "short")}
    return ", ".join(_shown(name, value) for name, value in said.items() if value)


def _shown(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value)
    known = {"presence": PRESENCE, "form": FORMS, "status": STATUSES}.get(name, {})
    return str(known.get(str(value), value))


@dataclass(frozen=True)
class Doubt:
    """An unverified parameter for the page: what is used meanwhile and what is only recalled."""

    table: str
    code: str
    kind: str
    title: str
    used: str
    recalled: str
    clause: str
    note: str


def doubt_of(law: Edition, one: Unverified) -> Doubt:
    """An unverified parameter in words. A recalled value stands apart from the one that is used."""
    used = law.tables.get(one.table, {}).get(one.code)
    said = value_of(used) or (used.title if used else "")
    if one.table == "act":
        said = ""
    return Doubt(
        one.table, one.code, table_title(one.table), one.title, said, recalled_words(one), one.clause, one.note
    )


def recalled_words(one: Unverified) -> str:
    """What is remembered and nobody has compared."""
    if isinstance(one.proposed, Term) and "value" in one.recalled:
        return amount(one.proposed.value, one.proposed.unit)
    skipped = {"kind", "level", "category", "variant", "unit", "order", "group", "number", "signed", "marks", "source"}
    return "; ".join(
        _shown(name, value)
        for name, value in one.recalled.items()
        if name not in skipped and not (name == "status" and value == "unverified")
    )


@dataclass(frozen=True)
class Change:
    """One entry that a later edition has otherwise; `lines` name the fields with both values."""

    table: str
    code: str
    kind: str
    title: str
    clause: str
    note: str
    since: date
    is_new: bool
    lines: tuple[tuple[str, str, str], ...]


def changes(new: Edition, old: Edition) -> tuple[Change, ...]:
    """What the new edition has otherwise than the old one, by the day since when."""
    found = []
    for table, entries in new.tables.items():
        before = old.tables.get(table, {})
        for code, entry in entries.items():
            if entry != before.get(code):
                found.append(_change(new, table, entry, before.get(code)))
    return tuple(sorted(found, key=lambda one: (one.since, one.kind, one.title)))


def _change(new: Edition, table: str, entry: Entry, before: Entry | None) -> Change:
    return Change(
        table, entry.code, table_title(table), entry.title, entry.clause,
        "" if before and entry.note == before.note else entry.note, entry.valid_from or new.valid_from,
        before is None, tuple(_lines(entry, before)) if before else (),
    )  # fmt: skip


def _lines(entry: Entry, before: Entry) -> Iterable[tuple[str, str, str]]:
    for one in fields(entry):
        now, then = getattr(entry, one.name), getattr(before, one.name, None)
        if one.name in FIELDS and now != then and one.name not in ("clause", "note"):
            yield FIELDS[one.name], _shown(one.name, then) if then else "—", _shown(one.name, now) if now else "—"


def values_in_words(values: Mapping[str, Any]) -> str:
    """Confirmed values of a row: «5 рабочих дней»."""
    rest = dict(values)
    first = []
    if isinstance(rest.get("value"), int):
        first = [amount(rest.pop("value"), str(rest.pop("unit", "")))]
    return "; ".join([*first, *(f"{FIELDS.get(name, name)}: {_shown(name, value)}" for name, value in rest.items())])
