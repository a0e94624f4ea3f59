"""What the words of all specialists make together (001, 3.3). Pure: no database, no order of words."""

from __future__ import annotations

from collections.abc import Iterable

from .models import CardDecision, DecisionVote

CLAUSE = (
    "Положение о Службе сопровождения, п. 3.3: решение о сопровождении ребёнка и его семьи принимается совместно "
    "всеми специалистами"
)
Answer, Outcome = DecisionVote.Answer, CardDecision.Outcome


def outcome_of(answers: Iterable[str]) -> str:
    """Taken when everybody asked has answered and nobody is against; it waits while anybody has not answered.

    Where all were excused nobody has decided anything, so it is not taken.
    """
    said = set(answers)
    if Answer.WAITING in said:
        return Outcome.WAITING
    if Answer.AGAINST in said or Answer.AGREE not in said:
        return Outcome.REJECTED
    return Outcome.TAKEN
