"""What is printed of a support card: the content of the form `support_card`.

Every value is a text ready for the paper; captions stand in the form itself. Days are ISO, empty where there is none.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.utils.formats import date_format

from opora.foundation.accounts.actors import Actor
from opora.school.pupils.selectors import class_of

from .models import CardSection, SupportCard
from .page import conditions_of, ground_of, notes_of, questions_of, sections_of
from .work import attended_of, delivered_of, hours, methods_of

FORM = "support_card"


class Measured(TypedDict):
    """A method with its results: «21.11.2026 — 3, низкий»; `change` is «было 2, стало 4»."""

    method: str
    results: list[str]
    change: str


class Month(TypedDict):
    """«ноябрь 2026» and the time of each specialist in the order of `Work.people`, and together."""

    month: str
    times: list[str]
    total: str


class Work(TypedDict):
    """`people` are «Павлова П. П., педагог-психолог»; `attendance` is a sentence or empty."""

    people: list[str]
    months: list[Month]
    totals: list[str]
    attendance: str


class NoteLine(TypedDict):
    sphere: str
    day: str
    dynamics: str
    text: str
    by: str


class WordLine(TypedDict):
    """A specialist's word: «за», «против», «не участвует»; `words` with a reason."""

    name: str
    post: str
    answer: str
    words: str
    day: str


class DecisionLine(TypedDict):
    """`title` is «открыть карту», `outcome` «принято»."""

    title: str
    outcome: str
    day: str
    text: str
    words: list[WordLine]


class SupportCardPaper(TypedDict):
    """`number` is «3/2026», empty before the decision; `conditions` are «Логопед, 2 ч — создано»."""

    organisation: str
    number: str
    state: str
    child_name: str
    birth_date: str
    school_class: str
    ground: str
    lead: str
    proposed_on: str
    opened_on: str
    review_on: str
    closed_on: str
    close_reason: str
    problems: str
    aims: str
    diagnostics: list[Measured]
    work: Work
    notes: list[NoteLine]
    conditions: list[str]
    decisions: list[DecisionLine]
    close_note: str
    printed_on: str


def card_content(actor: Actor, card: SupportCard, on: date) -> SupportCardPaper:
    """The card as the actor may read it on a day."""
    words = {one.code: one.text for one in sections_of(actor, card)}
    room = class_of(card.child)
    return {
        "organisation": card.organisation.full_name, "number": f"{card.number}/{card.year}" if card.number else "",
        "state": str(card.get_state_display()), "child_name": card.child.full_name,
        "birth_date": card.child.birth_date.isoformat(), "school_class": str(room) if room else "",
        "ground": ground_of(actor, card).words, "lead": f"{card.lead.user.full_name}, {card.lead.inner_caption}",
        "proposed_on": card.proposed_on.isoformat(), "opened_on": _iso(card.opened_on),
        "review_on": _iso(card.review_on), "closed_on": _iso(card.closed_on),
        "close_reason": str(card.get_close_reason_display()) if card.close_reason else "",
        "problems": words.get(CardSection.Code.PROBLEMS, ""), "aims": words.get(CardSection.Code.AIMS, ""),
        "diagnostics": _measured(actor, card), "work": _work(actor, card), "notes": _notes(actor, card),
        "conditions": [
            f"{duty.title} — {duty.get_state_display()}"
            for one in conditions_of(actor, card.child, on)
            for duty, _ in one["duties"]
        ],
        "decisions": _decisions(actor, card), "close_note": card.close_note, "printed_on": on.isoformat(),
    }  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _measured(actor: Actor, card: SupportCard) -> list[Measured]:
    return [
        {
            "method": one.title, "change": one.change,
            "results": [f"{result.on:%d.%m.%Y} — {result.words}" for result in one.results],
        }
        for one in methods_of(actor, card)
    ]  # fmt: skip


def _work(actor: Actor, card: SupportCard) -> Work:
    delivered, attended = delivered_of(actor, card), attended_of(actor, card)
    months: list[Month] = [
        {
            "month": date_format(one.month, "F Y").lower(),
            "times": [hours(cell) for cell in one.minutes], "total": hours(one.total),
        }
        for one in delivered.lines
    ]  # fmt: skip
    said = (
        f"занятий {attended.planned}, посещено {attended.present}, болезнь {attended.ill}, пропуски {attended.absent}"
    )
    return {
        "people": [f"{one.user.short_name}, {one.inner_caption}" for one in delivered.heads], "months": months,
        "totals": [hours(one) for one in delivered.totals], "attendance": said if attended.planned else "",
    }  # fmt: skip


def _notes(actor: Actor, card: SupportCard) -> list[NoteLine]:
    return [
        {
            "sphere": sphere, "day": one.on.isoformat(), "dynamics": str(one.get_dynamics_display()),
            "text": one.text, "by": one.recorded_by.short_name,
        }
        for sphere, rows in notes_of(actor, card)
        for one in rows
    ]  # fmt: skip


def _decisions(actor: Actor, card: SupportCard) -> list[DecisionLine]:
    return [
        {
            "title": str(one.decision.get_kind_display()), "outcome": str(one.decision.get_outcome_display()),
            "day": _iso(one.decision.taken_on or one.decision.asked_on), "text": one.decision.text,
            "words": [
                {
                    "name": word.vote.position.user.short_name, "post": word.vote.position.inner_caption,
                    "answer": str(word.vote.get_answer_display()), "words": word.vote.words, "day": _iso(word.vote.on),
                }
                for word in one.words
            ],
        }
        for one in reversed(questions_of(actor, card))
    ]  # fmt: skip
