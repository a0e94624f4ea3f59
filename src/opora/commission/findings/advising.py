"""Advice as a page shows it: what the rules say of a case, with titles of programmes beside their codes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from opora.regulations.advice.advising import advise
from opora.regulations.advice.answers import Advice, Candidate, Question
from opora.regulations.edition import Edition
from opora.regulations.facts.reading import definition
from opora.regulations.reasons import Reason

from .gathering import Gathered

STRENGTHS = {
    "decided": ("обосновано записанными данными", "done"),
    "likely": ("вероятно", "neutral"),
    "possible": ("возможно", "soon"),
}


@dataclass(frozen=True)
class QuestionShown:
    """A fact to record: `is_here` when the page has its field, else `who` records it."""

    question: Question
    is_here: bool
    who: str


@dataclass(frozen=True)
class CandidateShown:
    """A candidate with its name («5.2»), its caption and how firm it is."""

    candidate: Candidate
    name: str
    caption: str
    second: str
    strength: str
    kind: str

    missing: Sequence[QuestionShown] = ()

    @property
    def code(self) -> str:
        return self.candidate.programme


@dataclass(frozen=True)
class OutShown:
    """A programme that is ruled out, by its name, and why."""

    name: str
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class AdviceShown:
    """`first` stands open, `rest` is folded."""

    advice: Advice
    candidates: Sequence[CandidateShown]
    questions: Sequence[QuestionShown]
    ruled_out: Sequence[OutShown]

    @property
    def first(self) -> Sequence[CandidateShown]:
        return self.candidates[:1]

    @property
    def rest(self) -> Sequence[CandidateShown]:
        return self.candidates[1:]


def advice_shown(known: Gathered, here: Collection[str] = ()) -> AdviceShown:
    """What the rules say of a gathered case; `here` are the facts whose fields stand on the page."""
    advice, law = advise(known.facts), known.law
    return AdviceShown(
        advice,
        [_shown(law, one, here) for one in advice.candidates],
        _questions(law, advice.questions, here),
        [OutShown(law.programme(one.programme).short or one.programme, one.against) for one in advice.ruled_out],
    )


def _shown(law: Edition, candidate: Candidate, here: Collection[str]) -> CandidateShown:
    words, kind = STRENGTHS[candidate.strength]
    programme = law.programme(candidate.programme)
    oriented = bool(candidate.orientation)
    title = law.programme_wording(candidate.programme, candidate.orientation) if oriented else programme.title
    name = programme.short if programme.kind == "variant" else ""
    second = law.programme(candidate.second_programme).short if candidate.second_programme else ""
    missing = _questions(law, candidate.missing, here)
    return CandidateShown(candidate, name or title, title if name else "", second, words, kind, missing)


def _questions(law: Edition, questions: Sequence[Question], here: Collection[str]) -> list[QuestionShown]:
    return [QuestionShown(one, one.fact in here, _owners(law, one.fact)) for one in questions]


def _owners(law: Edition, code: str) -> str:
    owners = definition(law, code).owners
    return ", ".join(law.speciality(owner).title for owner in owners) if owners else "любой специалист"
