"""The work sheet of a conclusion: blocks in the order of the printed form 2.16, and what can be taken into them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField

from opora.regulations.edition import Edition

from .answers import ANSWERS
from .forms import AnswersForm
from .models import ConclusionSection
from .sections import ANAMNESIS, DIAGNOSES, SCHOOL_CLAUSE, SCHOOL_FEATURES, TextSection, text_sections
from .shelves import Shelf, Shelves, Traces
from .sources import Finding

PROTOCOL_CLAUSE = "письмо ВК-1074/07, прил. 2.15, п. 7, 8"


@dataclass(frozen=True)
class TextBox:
    """A text with its caption; `offers` are findings of the specialists that fit here, `shelf` what the catalogue has.

    `traces` tell what came from the catalogue.
    """

    section: ConclusionSection
    title: str
    hint: str
    offers: list[Finding]
    shelf: Shelf
    traces: Traces
    is_open: bool = True


@dataclass
class Block:
    """One section of the sheet. `number` is 0 for the parts around the numbered recommendations."""

    code: str
    number: int
    title: str
    clause: str
    hint: str = ""
    fields: list[BoundField] = field(default_factory=list)
    texts: list[TextBox] = field(default_factory=list)
    shelf: Shelf | None = None
    traces: Traces | None = None

    @property
    def folded(self) -> list[TextBox]:
        """Texts that are rarely needed: shown on demand."""
        return [text for text in self.texts if not text.is_open]

    @property
    def shown(self) -> list[TextBox]:
        return [text for text in self.texts if text.is_open]


def blocks_of(law: Edition, form: AnswersForm, findings: list[Finding], shelves: Shelves) -> list[Block]:
    """The sheet from anamnesis to the number of the blank; the special opinion has its own part of the page."""
    boxes = _boxes(law, findings, shelves)
    blocks = [
        Block("protocol", 0, "Сведения для протокола", PROTOCOL_CLAUSE, "", [], [boxes[ANAMNESIS], boxes[DIAGNOSES]])
    ]
    for section in law.conclusion_sections:
        if section.code == "dissent":
            continue
        block = Block(section.code, section.number, section.title, section.clause, section.hint)
        block.fields = [form[answer.code] for answer in ANSWERS if answer.section == section.code]
        block.texts = _texts_for(section.code, boxes)
        if block.fields:
            block.shelf, block.traces = shelves.of_block(section.code), shelves.traces_of_block(section.code)
        blocks.append(block)
    return blocks


def _texts_for(code: str, boxes: dict[str, TextBox]) -> list[TextBox]:
    if code == "directions":
        return [box for text, box in boxes.items() if text.startswith("direction_")]
    if code == "features":
        return [boxes["main_features"], boxes[SCHOOL_FEATURES]]
    return [boxes[code]] if code in boxes else []


def _boxes(law: Edition, findings: list[Finding], shelves: Shelves) -> dict[str, TextBox]:
    examined = {finding.speciality for finding in findings}
    boxes = {}
    for one in text_sections(law):
        section, shelf = shelves.texts[one.code], shelves.of_text(one.code)
        wanted = not one.is_direction or bool(section.text) or one.code.removeprefix("direction_") in examined
        boxes[one.code] = TextBox(
            section, one.title, _hint(one), offers_for(one, findings), shelf, shelves.traces(one.code), wanted
        )
    return boxes


def _hint(one: TextSection) -> str:
    return one.hint if one.clause == SCHOOL_CLAUSE or one.code in (ANAMNESIS, DIAGNOSES) else ""


def offers_for(one: TextSection, findings: list[Finding]) -> list[Finding]:
    """Findings that fit a text: the doctor's own for anamnesis and diagnoses, advice for what the school reads."""
    if one.code in (ANAMNESIS, DIAGNOSES):
        return [finding for finding in findings if finding.section.code == one.code]
    if one.is_direction:
        own = one.code.removeprefix("direction_")
        advice = [finding for finding in findings if finding.section.kind in ("advice_teachers", "conclusion")]
        return [finding for finding in advice if finding.speciality == own]
    if one.on_school_copy:
        return [finding for finding in findings if finding.section.kind == "advice_teachers"]
    return [finding for finding in findings if finding.section.kind in ("data", "observations", "conclusion")]


@dataclass(frozen=True)
class Part:
    """What one specialist found, to be read beside the sheet."""

    title: str
    name: str
    is_finished: bool
    findings: list[Finding]


def parts_of(findings: list[Finding]) -> list[Part]:
    """Sheets of all specialists with their filled sections."""
    parts: dict[int, Part] = {}
    for finding in findings:
        one = finding.examination
        part = parts.setdefault(
            one.pk, Part(one.position.caption, one.specialist.short_name, one.state == "finished", [])
        )
        part.findings.append(finding)
    return list(parts.values())


def answer_words(form: AnswersForm, code: str, value: Any) -> str:
    """An answer in words, for the panel of a conflict."""
    if value in (None, "", [], False):
        return "нет ответа"
    if value is True:
        return "да"
    labels: dict[str, str] = {}
    for key, label in getattr(form.fields[code], "choices", []):
        labels.update(dict(label) if isinstance(label, (list, tuple)) else {str(key): str(label)})
    chosen = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(str(one), str(one)) for one in chosen)
