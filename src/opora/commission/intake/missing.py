"""What is still missing, in plain words for the parent (P-02)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from opora.commission.cases.models import Case
from opora.foundation.ui.typography import NBSP, typograph

from .facts import edition_of
from .models import Paper


@dataclass(frozen=True)
class MissingPaper:
    """One paper to bring: its official title, what it is in plain words, what is wrong with the one brought."""

    title: str
    plain: str
    note: str
    requirement: str


class Wanted(TypedDict):
    """Papers by urgency."""

    missing: list[MissingPaper]
    to_correct: list[MissingPaper]
    welcome: list[MissingPaper]


def wanted_papers(case: Case, papers: list[Paper] | None = None) -> Wanted:
    """Sort the list of a case: obligatory and absent; received with a fault noted; welcome if there is one."""
    law = {one.code: one.parent_text for one in edition_of(case).papers}
    every = list(case.papers.all()) if papers is None else papers
    told = [
        (paper, MissingPaper(paper.title, law.get(paper.requirement, ""), paper.note, paper.requirement))
        for paper in every
    ]
    return {
        "missing": [words for paper, words in told if paper.is_missing],
        "to_correct": [words for paper, words in told if paper.received_on and paper.note and not paper.checked_on],
        "welcome": [words for paper, words in told if not paper.received_on and not paper.is_missing],
    }


def missing_text(case: Case, papers: list[Paper] | None = None) -> str:
    """A message ready to be sent or read out to the parent; empty when nothing obligatory is missing.

    It names neither the child nor a diagnosis, so that it may go by e-mail or a messenger.
    """
    wanted = wanted_papers(case, papers)
    if not wanted["missing"] and not wanted["to_correct"]:
        return ""
    lines = ["Здравствуйте! Чтобы записать ребёнка на обследование, не хватает документов:"]
    lines += [f"{number}. {_words(one)}" for number, one in enumerate(wanted["missing"], 1)]
    if wanted["to_correct"]:
        lines += ["", "Нужно исправить:", *(f"• {_words(one)}" for one in wanted["to_correct"])]
    place = case.organisation
    where = ", ".join(filter(None, (place.short_name, place.address)))
    lines += ["", typograph(f"Принесите их в комиссию: {where}.")]
    if place.phone:
        phone = place.phone.replace(" ", NBSP)
        lines.append(f"Вопросы — по телефону {phone}.")
    return "\n".join(lines)


def _words(one: MissingPaper) -> str:
    words = one.plain or one.title
    return f"{words} ({one.note})" if one.note else words
