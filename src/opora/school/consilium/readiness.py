"""What stands between the talk about a child and the signatures under the opinion."""

from __future__ import annotations

from opora.foundation.access.refusals import Refusal
from opora.people.law import law_on
from opora.regulations.consilium.reading import choices_of, sections_of

from .content import conclusion_of, texts_of
from .models import AgendaItem
from .terms import quorum, term


def obstacles(item: AgendaItem) -> list[Refusal]:
    """What stands between the talk and the signatures, in the order of the page. Each names its section."""
    law, found = law_on(item.meeting.day), []
    counted = quorum(item.meeting)
    if not counted.is_met:
        found.append(
            Refusal("no_quorum", f"{counted.words}.", term("quorum_percent", item.meeting.day).clause, "members")
        )
    conclusion = next(one for one in sections_of(law, "opinion") if one.required)
    if not conclusion_of(texts_of(item)):
        found.append(Refusal("no_conclusion", f"Не написаны «{conclusion.title}».", conclusion.clause, conclusion.code))
    outcome = choices_of(law, "consilium_outcome")[0]
    if not item.outcome:
        found.append(Refusal("no_outcome", "Не выбрано решение консилиума.", outcome.clause, "decision"))
    elif item.outcome != AgendaItem.Outcome.NO_DIFFICULTIES and not item.recommendation:
        clause = choices_of(law, "consilium_recommendation")[0].clause
        found.append(Refusal("no_recommendation", "Не выбрана группа рекомендаций.", clause, "decision"))
    if item.outcome == AgendaItem.Outcome.DIFFICULTIES and item.leading is None:
        clause = term("first_control_months", item.meeting.day).clause
        found.append(Refusal("no_leading", "Не назначен ведущий специалист.", clause, "decision"))
    if not item.parents_answer:
        clause = term("parents_days", item.meeting.day).clause
        found.append(
            Refusal("no_parents", "Не записано, что сказали родители, — или что их не было.", clause, "parents")
        )
    return found
