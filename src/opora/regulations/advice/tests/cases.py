"""The examples of `examples.txt`, the rules of the edition, and how tests ask for advice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from opora.regulations.advice.advising import advise
from opora.regulations.advice.answers import Advice, Candidate
from opora.regulations.advice.compiling import compile_rules
from opora.regulations.edition import Edition, edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.facts.reading import definitions, facts_read
from opora.regulations.predicates import Value
from opora.regulations.reasons import Reason

LAW = edition("2016")
DEFINITIONS = {one.code: one for one in definitions(LAW)}
DAY = date(2026, 11, 22)

RULES = compile_rules(LAW)
PARTS = [part for one in (*RULES.subjects, RULES.ordinary) for part in (one, *one.variants)]
OF_PARTS = [row for one in PARTS for row in (*one.grounds, *one.rules)]
ROWS = [*RULES.stages, *RULES.contradictions, *RULES.notes, *OF_PARTS]


class Example(NamedTuple):
    """One child: facts as `code=value`, the first candidate, its strength, codes that must not be candidates."""

    name: str
    facts: str
    first: str
    strength: str = ""
    never: str = ""


def _read(text: str) -> tuple[Example, ...]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Example(*(cell.strip() for cell in line.split("|"))) for line in lines)


EXAMPLES = _read((Path(__file__).parent / "examples.txt").read_text(encoding="utf-8"))


def recorded(text: str, law: Edition = LAW) -> dict[str, Value]:
    """Facts written as `code=value`; a mistake in an example is an error of the test."""
    given_values: dict[str, Any] = {}
    for word in text.split():
        code, value = word.split("=")
        given_values[code] = value.split(",") if DEFINITIONS[code].kind == "choices" else value
    values, errors = facts_read(law, given_values)
    assert not errors, errors
    return values


def of(text: str, born: date | None = None, programme: str = "") -> Advice:
    return advise(CaseFacts(LAW, recorded(text), born, DAY, programme))


def shown(candidate: Candidate) -> str:
    oriented = f"→{candidate.orientation}" if candidate.orientation else ""
    second = f"+{candidate.second_programme}" if candidate.second_programme else ""
    return candidate.programme + oriented + second


def everything(advice: Advice) -> list[tuple[str, Reason]]:
    """Every reason of an answer, with the variant that it speaks of."""
    found: list[tuple[str, Reason]] = [("", one) for one in (*advice.contradictions, *advice.notes)]
    for candidate in advice.candidates:
        found += [(candidate.variant, one) for one in (*candidate.reasons, *candidate.against)]
    for out in advice.ruled_out:
        found += [(out.programme, one) for one in (*out.reasons, *out.against)]
    return [(code if code and LAW.programme(code).kind == "variant" else "", one) for code, one in found]
