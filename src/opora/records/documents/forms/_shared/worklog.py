"""What the journals of the service's daily log have in common (001, 5.2; columns are the practice of schools)."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Sheet

SOURCE = "Положение о Службе сопровождения, п. 5.2; графы — по практике школ"


class LogJournal(Sheet, total=False):
    """A journal of one specialist, or of all whom the reader reads, for a period."""

    period_from: str
    """ISO."""
    period_to: str
    """ISO."""
    keeper: str
    """Who keeps it: «Павлова Полина Павловна, педагог-психолог»; empty for the journal of the whole service."""
    summary: str
    """«Записей: 14, времени: 10 ч 30 мин»."""
    head_name: str
    """Head of the service, who reviews it: «Ильина И. И.»."""


class LogRow(TypedDict, total=False):
    """What each line of such a journal says."""

    number: str
    date: str
    """ISO."""
    time: str
    """«9:40», empty when it was not written down."""
    topic: str
    """Of a lesson, the request of a consultation, the aim of an examination."""
    minutes: str
    specialist: str
