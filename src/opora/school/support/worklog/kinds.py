"""What a specialist chooses with one key: the kind of work, with whom, and the direction that follows from both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Work:
    """`key` is the digit that chooses it; `of_children` says that children are named in it."""

    code: str
    key: str
    title: str
    kind: str
    audience: str
    direction: str
    in_a_sentence: str
    of_children: bool = True


# The directions are those of 001, part 4. It does not say under which of them a consultation stands: so it is practice.
WORKS = (
    Work("individual", "1", "Занятие с ребёнком", "individual", "pupil", "correction", "индивидуальное занятие"),
    Work("group", "2", "Занятие с группой", "group", "pupil", "correction", "групповое занятие"),
    Work("consultation", "3", "Консультация ученика", "consultation", "pupil", "correction", "консультация ученика"),
    Work("parent", "4", "Консультация родителей", "consultation", "parent", "education", "консультация родителей"),
    Work("teacher", "5", "Консультация педагога", "consultation", "teacher", "education", "консультация педагога"),
    Work("diagnostics", "6", "Диагностика", "diagnostics", "pupil", "diagnostics", "диагностика"),
    Work("education", "7", "Просвещение", "education", "parent", "education", "просвещение", of_children=False),
    Work(
        "methods", "8", "Документы и методы", "methods", "staff", "methods", "организационно-методическая работа",
        of_children=False,
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in WORKS}


def work_of(kind: str, audience: str) -> Work:
    """The line of the table for a kept entry; one with an audience of its own goes by its kind alone."""
    of_kind = [one for one in WORKS if one.kind == kind]
    return next((one for one in of_kind if one.audience == audience), of_kind[0])


def title_of(kind: str, audience: str) -> str:
    """What an entry is called inside a sentence."""
    return work_of(kind, audience).in_a_sentence


def moment_after(start: time, minutes: int) -> time:
    """The time so many minutes later, within the same day."""
    end = min(start.hour * 60 + start.minute + minutes, 23 * 60 + 59)
    return time(end // 60, end % 60)
