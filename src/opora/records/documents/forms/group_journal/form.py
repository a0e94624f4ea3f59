"""The journal of groups: who is in each on what ground, attendance by lessons, topics."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.worklog import SOURCE, LogJournal


class MemberRow(TypedDict, total=False):
    """A child of the group."""

    number: str
    child: str
    room: str
    """Class: «4 «А»»."""
    ground: str
    """«рекомендация ППк, протокол № 3»."""
    term: str
    """«с 15.09.2026», «15.09.2026 — 20.12.2026»."""
    marks: list[str]
    """A mark for each of `days`: «+» was, «б» ill, «н» absent, empty when nobody was expected or nothing is logged."""
    present: str
    """«12 из 14»."""


class LessonRow(TypedDict, total=False):
    """A lesson that was held or cancelled."""

    number: str
    date: str
    """ISO."""
    time: str
    topic: str
    content: str
    """What was done; why, where it was cancelled."""
    minutes: str
    cancelled: bool


class GroupPart(TypedDict, total=False):
    """One group or individual course."""

    title: str
    kind: str
    """«группа», «индивидуальные занятия»."""
    leader: str
    programme: str
    hours: str
    """«по плану 32 ч, проведено 12 ч»."""
    days: list[str]
    """ISO days of the lessons in the period, in their order."""
    members: list[MemberRow]
    lessons: list[LessonRow]
    outcome: str


class GroupJournalData(LogJournal, total=False):
    """The groups; none prints a blank of one."""

    groups: list[GroupPart]


FORM = Form(
    code="group_journal",
    title="Журнал групповых занятий",
    source=SOURCE,
    orientation="landscape",
    data=GroupJournalData,
)
