"""The pages docs/regulations*: the editions of the law in tables, the machine-readable door with its examples."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from opora.regulations.acts.register import acts, counts, rules, rules_of, standing
from opora.regulations.door.answering import CALLS, answer
from opora.regulations.edition import Edition, edition, edition_codes
from opora.regulations.entries import Entry
from opora.regulations.predicates import Predicate

FOLDER = Path(__file__).parent / "regulations"
EXAMPLES = FOLDER / "examples"
BASE = "2016"  # the complete edition; later ones are described by what they change
LATEST = "2025"
SHOWN = 2  # items of a list in an example
COMMON = {"code", "title", "clause", "source", "note", "valid_from", "order"}
UNSHOWN = {"words", "exceptions", "stems", "given", "parent_text", "marks"}  # patterns of text search; other pages


@dataclass(frozen=True)
class Topic:
    """One generated page: its file, heading, what it says first, and the tables of the edition that it shows."""

    name: str
    title: str
    intro: str
    tables: tuple[str, ...]


TOPICS = (
    Topic("programmes", "Programmes", "Codes and captions of what a conclusion may recommend, with their criteria.",
          ("category", "level", "programme")),
    Topic("advice", "Advice on the programme", "What speaks for and against a programme, what contradicts.",
          ("advice_stage", "advice_reason", "advice_contradiction", "advice_note", "advice_question")),
    Topic("facts", "Facts", "What specialists record and rules ask about.", ("fact_group", "fact", "exclusion")),
    Topic("conditions", "Special conditions", "The catalogue of annexes 4 and 5 and of section 2.",
          ("audience", "condition_group", "special_condition")),
    Topic("directions", "Directions of correction work", "Offers for each specialist.",
          ("direction_frame", "direction")),
    Topic("terms", "Terms", "Numbers of the law, rules of the next examination, reminders.",
          ("term", "reexamination_rule", "school_number", "reminder")),
    Topic("checks", "Checks before signing", "What stops a signature (`block`), what the head signs over with a reason "
          "(`warning`), what is worth a look (`note`).", ("check", "tolerance")),
    Topic("methods", "Methods", "Every item of annexes 6 to 9 and what sections 2 and 3 name in their text.",
          ("method_list", "method")),
    Topic("instruments", "Instruments and lag", "Questionnaire 10.1, scales 10.2 and 10.3, lag in epicrisis terms.",
          ("instrument", "instrument_part", "instrument_item", "instrument_threshold", "age_group", "development_line",
           "epicrisis_term", "lag_meaning", "lag_pattern", "lag_name", "lag_limit")),
    Topic("attestation", "State final attestation", "The protocol and the conclusion on conditions of ГИА.",
          ("attestation_subject", "attestation_group", "attestation_offer", "attestation_placing",
           "attestation_question", "attestation_check")),
    Topic("presentations", "What a school writes", "The characteristic 2.6 and the presentations 2.9: kinds, sections, "
          "choices of wording.", ("presentation_kind", "presentation_section", "presentation_choice")),
    Topic("consilium", "The consilium", "Steps of a meeting, outcomes, terms, columns of the three journals.",
          ("consilium_section", "consilium_outcome", "consilium_recommendation", "consilium_ground",
           "consilium_topic", "referral_reason", "consilium_term", "journal_column")),
    Topic("duties", "Duties of a school", "What a conclusion of ПМПК that parents bring obliges a school to do.",
          ("duty_kind",)),
    Topic("signals", "Signals and screenings", "What is planned in a school, levels of attention, signs that a teacher "
          "ticks, days of each step, what may be done at once.",
          ("screening_kind", "attention_level", "concern_sign", "signal_term", "first_step")),
    Topic("support", "The programme of support", "Rows of the form, sections, directions of help, shortest terms, "
          "checks before agreeing.", ("programme_row", "programme_section", "help_direction", "programme_audience",
          "support_term", "programme_check")),
    Topic("duties", "What a conclusion obliges a school to do", "Kinds of duties with the sections of a conclusion "
          "that bring them, offered days and people.", ("duty_kind",)),
    Topic("service", "The support service of a school", "Directions of work, papers, plans, rows and sums of the "
          "social passport, sections of the year's analysis; norms of hours and groups, recalled and not compared.",
          ("service_direction", "service_paper", "plan_kind", "plan_column", "passport_section", "passport_row",
           "passport_sum", "analysis_section", "hour_norm", "group_limit")),
    Topic("forms", "Papers, sheets, protocol, conclusion", "What a case is made of.",
          ("paper", "protocol_line", "speciality", "sheet", "sheet_section", "protocol_section", "section", "field",
           "vocabulary")),
    Topic("icd10", "ICD-10", "Codes that are offered; any other well-formed code may be typed.", ("block",)),
)  # fmt: skip


def overview() -> str:
    """docs/regulations.md: editions, counts, the door, doubtful places."""
    laws = [edition(code) for code in edition_codes()]
    heads = (
        f"| `{law.code}` | {law.title} | {_day(law.valid_from)} | {law.clause} | {len(law.unverified)} |"
        for law in laws
    )
    lines = [
        "# The law in Опора", "",
        "Made from `src/opora/regulations/editions/`. Every entry names its clause; an entry without one, an unknown",
        "key or an impossible value is refused at start with file, line and key. Practice of commissions is marked and",
        "never shown as law.", "",
        "## Editions", "",
        "| code | what it is | since | rests on | unverified |", "|---|---|---|---|---|",
        *heads,
        "",
        "A case keeps the edition it was opened under. An unverified parameter is not part of an edition: the value of",
        "the predecessor goes on, and the page «Нормативная база» shows it with «сверить с официальным текстом» until",
        "the head of the central commission confirms it. [Acts, changes, what is unverified](regulations/acts.md).",
        "",
        "## What the editions hold", "",
        f"| page | table | {' | '.join(law.code for law in laws)} |", f"|---|---|{'---|' * len(laws)}",
        *_counted(laws),
        "",
        *_door(),
        "",
        "## Где письмо допускает два чтения и как мы это решили", "",
        (FOLDER / "readings.in").read_text(encoding="utf-8").rstrip(),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _counted(laws: list[Edition]) -> Iterator[str]:
    held = [counts(rules(law)) for law in laws]
    for topic in TOPICS:
        for table in topic.tables:
            numbers = " | ".join(str(one.get(table, 0)) for one in held)
            yield f"| [{topic.title}](regulations/{topic.name}.md) | `{table}` | {numbers} |"
    numbers = " | ".join(str(len(law.tables.get("act", {}))) for law in laws)
    yield f"| [Acts](regulations/acts.md) | `act` | {numbers} |"


CALLED = {
    "advise": "programmes in order with reasons for and against, what was ruled out and why, questions, contradictions",
    "check": "the named checks before signing; `can_be_signed` is false when one of them blocks",
    "term": "the next examination: the earliest day of all demands, each with its clause; days of reminders",
    "lag": "lag in epicrisis terms by lines of development, its pattern and severity, the sentence for the protocol",
    "score": "questionnaire 10.1 or scale 10.2, 10.3, item by item; an incomplete one is not scored",
    "methods": "methods for a speciality and an age; `text` narrows by words of the title",
    "conditions": "special conditions that fit, recommended ones first",
    "directions": "directions of correction work; with `chosen` also whether they are a template",
}


def _door() -> Iterator[str]:
    yield from (FOLDER / "door.in").read_text(encoding="utf-8").rstrip().split("\n")
    for call in CALLS:
        yield from _example(call)


def _example(call: str) -> Iterator[str]:
    path = EXAMPLES / f"{call}.json"
    given = path.read_text(encoding="utf-8").rstrip()
    found = answer(call, json.loads(given), on=None, today=date(2026, 11, 22))
    yield from (
        "", f"### {call}", "", f"{CALLED[call][0].upper()}{CALLED[call][1:]}.", "",
        f"`opora regulations {call} --facts docs/regulations/examples/{call}.json` with", "",
        "```json", given, "```", "", "answers", "",
        "```json", json.dumps(_shortened(found), ensure_ascii=False, indent=2), "```",
    )  # fmt: skip


def _shortened(value: Any) -> Any:
    """The same with long lists cut: an example shows the shape."""
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in value.items()}
    if isinstance(value, list) and len(value) > SHOWN:
        return [*map(_shortened, value[:SHOWN]), f"… ещё {len(value) - SHOWN}"]
    return [*map(_shortened, value)] if isinstance(value, list) else value


def topic_page(topic: Topic) -> Callable[[], str]:
    """The function that writes one page of tables."""

    def write() -> str:
        law = edition(BASE)
        lines = [f"# {topic.title}", "", f"{topic.intro} Edition `{BASE}`; later changes: [acts](acts.md).", ""]
        for table in topic.tables:
            lines += _table(law, table)
        return "\n".join(lines)

    return write


def _table(law: Edition, table: str) -> list[str]:
    found = law.entries(table, Entry)
    lines = [f"## `{table}`: {len(found)}", ""]
    if not found:
        return [*lines, "None yet.", ""]
    lines += ["| code | text | what it says | when | clause |", "|---|---|---|---|---|"]
    return [*lines, *(_row(one) for one in found), ""]


def _row(entry: Entry) -> str:
    title = entry.title + (f"<br>_{entry.note}_" if entry.note else "")
    doubt = "практика" if entry.source == "practice" else "сверить с официальным текстом"
    clause = entry.clause if entry.is_law else f"**{doubt}**: {entry.clause}"
    cells = (f"`{entry.code}`", title, "; ".join(_said(entry)), _when(entry), clause)
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _said(entry: Entry) -> Iterator[str]:
    """The fields of an entry that are neither common nor conditions."""
    for one in fields(entry):
        value = getattr(entry, one.name)
        if one.name in COMMON | UNSHOWN or _holds_predicates(value) or value in (None, "", (), False):
            continue
        yield one.name if value is True else f"{one.name}: {_word(value)}"


def _holds_predicates(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Predicate)


def _word(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_word(one) for one in value)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Entry):
        return f"{value.code} «{value.title}»"
    if is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, one.name) for one in fields(value)]
        return " ".join(_word(one) for one in parts if one not in (None, ""))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _when(entry: Entry) -> str:
    found = []
    for one in fields(entry):
        value = getattr(entry, one.name)
        if _holds_predicates(value):
            lead = "" if one.name == "when" else f"{one.name}: "
            found.append(lead + ", ".join(f"`{predicate.text}`" for predicate in value))
    return "<br>".join(found)


def _plain(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def register() -> str:
    """docs/regulations/acts.md: the acts with their status, what later editions change, what is unverified."""
    law, base = edition(LATEST), edition(BASE)
    lines = [
        "# Acts, changes, what is unverified", "",
        f"The legal register (annex 1 and later acts) as edition `{LATEST}` knows it. What nobody has compared with",
        "the official text is marked and is not told as the state of the law.", "",
        "| act | status | rules on it |", "|---|---|---|",
    ]  # fmt: skip
    for one in acts(law):
        told = standing(law, one)
        words = told.words if told.is_known else f"**сверить с официальным текстом**{_recalled(told.recalled)}"
        note = f"<br>_{told.note}_" if told.note else ""
        lines.append(f"| {_plain(one.title)} | {_plain(words)}{note} | {len(rules_of(law, one.code))} |")
    lines += ["", f"## What `{LATEST}` has otherwise than `{BASE}`", ""]
    lines += ["| since | table | code | text | clause |", "|---|---|---|---|---|", *_changed(law, base)]
    lines += ["", "## Unverified", "", "The value of the predecessor goes on, or none where there was none.", ""]
    lines += ["| table | code | text | goes on with | recalled | clause |", "|---|---|---|---|---|---|"]
    for doubt in law.unverified:
        goes_on = "the value of the predecessor" if doubt.inherited else "—"
        recalled = "; ".join(f"{key}: {_word(value)}" for key, value in doubt.recalled.items()) or "—"
        cells = (
            f"`{doubt.table}`",
            f"`{doubt.code}`",
            f"{doubt.title}<br>_{doubt.note}_",
            goes_on,
            recalled,
            doubt.clause,
        )
        lines.append(f"| {' | '.join(_plain(cell) for cell in cells)} |")
    return "\n".join([*lines, ""])


def _recalled(words: str) -> str:
    return f" (по памяти: {words})" if words else ""


def _changed(law: Edition, base: Edition) -> Iterable[str]:
    for table, entries in law.tables.items():
        for code, entry in entries.items():
            if table != "act" and entry != base.tables.get(table, {}).get(code):
                note = f"<br>_{entry.note}_" if entry.note else ""
                since = _day(entry.valid_from or law.valid_from)
                yield f"| {since} | `{table}` | `{code}` | {_plain(entry.title)}{note} | {_plain(entry.clause)} |"


PAGES: dict[str, Callable[[], str]] = {
    "regulations.md": overview,
    "regulations/acts.md": register,
    **{f"regulations/{topic.name}.md": topic_page(topic) for topic in TOPICS},
}
