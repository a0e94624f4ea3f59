"""A subject of the checks with all that other rules say of the same child: advice, term, template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opora.regulations.advice.advising import advise
from opora.regulations.advice.answers import Advice
from opora.regulations.checks.subject import Advised, Diagnosis, Latest, Observed, OwnView, Subject
from opora.regulations.checks.texts import DIRECTION
from opora.regulations.directions.choosing import template_of
from opora.regulations.facts.case import CaseFacts
from opora.regulations.reasons import Reason
from opora.regulations.reexamination.terms import next_examination


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a conclusion (see `Subject` for each)."""

    school_texts: frozenset[str] = frozenset()
    observations: tuple[Observed, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    views: tuple[OwnView, ...] = ()
    organisations: tuple[str, ...] = ()


def subject_of(
    facts: CaseFacts,
    answers: Mapping[str, Any],
    texts: Mapping[str, str],
    around: Surroundings,
    state: Mapping[str, Iterable[str]] | None = None,
) -> Subject:
    """A conclusion ready for `check`; `facts` without a programme get the chosen one."""
    chosen = facts.with_programme(programme_in_force(facts, answers), orientation_in_force(facts, answers))
    return Subject(
        facts=chosen,
        answers=answers,
        texts=texts,
        school_texts=around.school_texts,
        observations=around.observations,
        diagnoses=around.diagnoses,
        views=around.views,
        organisations=around.organisations,
        advised=advised_of(advise(chosen), answers),
        latest=latest_of(chosen),
        template=_template(chosen, texts),
        state={code: tuple(details) for code, details in (state or {}).items()},
    )


def programme_in_force(facts: CaseFacts, answers: Mapping[str, Any]) -> str:
    """The chosen programme, or nothing when the edition does not know it."""
    return _known(facts, answers.get("programme_code"))


def orientation_in_force(facts: CaseFacts, answers: Mapping[str, Any]) -> str:
    """The code that the chosen programme leans on, or nothing when the edition does not know it."""
    return _known(facts, answers.get("orientation"))


def _known(facts: CaseFacts, code: Any) -> str:
    return code if code and code in facts.law.tables["programme"] else ""


def advised_of(advice: Advice, answers: Mapping[str, Any]) -> Advised:
    """The part of the advice that concerns the choice."""
    code, orientation = answers.get("programme_code") or "", answers.get("orientation") or ""
    about = next(
        (one for one in advice.candidates if one.programme == code and one.orientation in ("", orientation)), None
    ) or next((one for one in advice.ruled_out if one.programme in (code, orientation)), None)
    return Advised(
        frozenset((one.programme, one.orientation) for one in advice.candidates),
        tuple(one for one in advice.contradictions if one.severity == "warning"),
        about.against if about else (),
    )


def latest_of(facts: CaseFacts) -> tuple[Latest, ...]:
    """What the law demands of the next examination; practice is left out."""
    return tuple(
        Latest(one.day, one.wording, one.reason, one.conditional)
        for one in next_examination(facts).demands
        if one.reason.is_law
    )


def _template(facts: CaseFacts, texts: Mapping[str, str]) -> Reason | None:
    chosen = {
        code.removeprefix(DIRECTION): text
        for code, text in texts.items()
        if code.startswith(DIRECTION) and text.strip()
    }
    return template_of(facts, chosen) if chosen else None
