"""What the form of the programme is made of: its rows, sections, directions, audiences, terms and named checks."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry

BLOCK, WARNING, NOTE = SEVERITIES = ("block", "warning", "note")
ROW_KINDS = ("known", "text", "plan")
TERM_KINDS = ("ordinary", "risk", "hard")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow(Entry):
    """A row of the descriptive part; `title` is the caption of the form, letter for letter.

    `kind` says where its content comes from: known (the register, the meeting, the order of the chair), text (sections
    that are written), plan (goals, activities and criteria of the programme).
    """

    order: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection(Entry):
    """A section that people write; several of them may stand in one `row` of the form. `hint` says what belongs here.

    `required`: without it the checks speak.
    """

    order: int
    row: str
    hint: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDirection(Entry):
    """One of the five directions of help, with the examples that the source gives."""

    order: int
    examples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeAudience(Entry):
    """For whom activities are drawn up; `heading` stands over them («Для обучающегося»)."""

    order: int
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportTerm(Entry):
    """The shortest programme of one kind, in months; `all_study`: it may last all the time of study instead."""

    order: int
    months: int
    all_study: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCheck(Entry):
    """A named check before agreeing: `message` is what the person reads, with `{where}` and `{found}`.

    `severity`: block (cannot be passed), warning (passed over with a reason) or note (worth a look).
    """

    order: int
    severity: str
    message: str
