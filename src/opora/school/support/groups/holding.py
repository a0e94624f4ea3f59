"""Which lessons were held: the log above says so, and a held lesson is neither moved nor cancelled.

The arrow is turned round as in `foundation/ui/panels.py`: the log registers its answer at start.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Held = Callable[[Collection[int]], frozenset[int]]
_ANSWERS: list[Held] = []


def tells_held(answer: Held) -> Held:
    """Register an answer: of the given keys of lessons, those that were held. One query for all of them."""
    _ANSWERS.append(answer)
    return answer


def held_among(lessons: Collection[int]) -> frozenset[int]:
    """Keys of those of the lessons that were held."""
    return frozenset().union(*(answer(lessons) for answer in _ANSWERS)) if lessons else frozenset()
