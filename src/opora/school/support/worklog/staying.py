"""Why an entry stays in the log: an upper room that has said something of it answers, and its author cannot remove it.

The arrow is turned round as in `groups/holding.py`: the upper room registers its answer at start.
"""

from __future__ import annotations

from collections.abc import Callable

from .models import WorkEntry

Answer = Callable[[WorkEntry], str]
_ANSWERS: list[Answer] = []


def tells_stay(answer: Answer) -> Answer:
    """Register an answer: why an entry stays, a Russian sentence; empty where nothing keeps it."""
    _ANSWERS.append(answer)
    return answer


def why_stays(entry: WorkEntry) -> str:
    """The first reason for which an entry is not removed by its author; empty where there is none."""
    return next((words for answer in _ANSWERS if (words := answer(entry))), "")
