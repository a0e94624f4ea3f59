"""What a paper lacks before it is finished. Warnings, each with its clause; only a missing consent is an obstacle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from opora.regulations.edition import Edition
from opora.regulations.presentations.entries import PresentationSection
from opora.regulations.presentations.reading import BLANK, choices, key, kind, sections
from opora.regulations.reasons import Reason

LETTER = "письмо ВК-1074/07"
STATED_PRIMACY = ("первичн", "вторичн", "коморбидн")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper as it stands: `texts` and `chosen` by section; `carried` are sections taken from an earlier paper."""

    kind: str
    stage: str
    purpose: str = ""
    examined_on: date | None = None
    time_from: time | None = None
    time_to: time | None = None
    third_person: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()
    has_consent: bool = True


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: a sentence with its clause; `place` is a section, or `details` for what stands above them."""

    reason: Reason
    place: str
    blocks: bool = False

    @property
    def text(self) -> str:
        return self.reason.text

    @property
    def clause(self) -> str:
        return self.reason.clause


def lacks(law: Edition, draft: Draft) -> tuple[Lack, ...]:
    """Everything that the paper lacks, obstacles first, then in the order of the sheet."""
    return (*consent_lack(law, draft), *_details(law, draft), *_texts(law, draft))


def consent_lack(law: Edition, draft: Draft) -> tuple[Lack, ...]:
    """The obstacle: an examination without the consent of the parents."""
    paper = kind(law, draft.kind)
    if not paper.needs_consent or draft.has_consent:
        return ()
    said = "Нет действующего согласия родителей на обследование: без него специалист школы не обследует ребёнка."
    return (Lack(Reason("no_consent", said, paper.consent_clause), "details", blocks=True),)


def _details(law: Edition, draft: Draft) -> list[Lack]:
    paper, found = kind(law, draft.kind), []
    if not draft.purpose:
        found.append(("no_purpose", "Не указана цель составления документа.", f"{LETTER}, прил. 2.6"))
    if paper.timed:
        clause = f"{LETTER}, прил. 2.9: дата и время проведения обследования (с...до...), присутствие третьего лица"
        if draft.examined_on is None:
            found.append(("no_date", "Не указана дата обследования.", clause))
        if draft.time_from is None or draft.time_to is None:
            found.append(("no_time", "Не указано время обследования: с какого часа и до какого.", clause))
        if not draft.third_person:
            found.append(("no_third_person", "Не отмечено, присутствовало ли третье лицо.", clause))
    return [Lack(Reason(code, text, clause), "details") for code, text, clause in found]


def _texts(law: Edition, draft: Draft) -> list[Lack]:
    found: list[Lack] = []
    for section in sections(law, draft.kind, draft.stage):
        if not section.known:
            found += _section(law, draft, section)
    return found


def _section(law: Edition, draft: Draft, section: PresentationSection) -> list[Lack]:
    text = draft.texts.get(section.code, "").strip()
    found: list[tuple[str, str]] = []
    if section.obligatory and not text:
        found.append(("empty", f"Не заполнено: «{section.title}»."))
    for blank in BLANK.findall(text)[:1]:
        found.append(("blank", f"«{section.title}»: допишите место {blank}."))
    if section.code in draft.carried and text:
        found.append(("carried", f"«{section.title}»: текст взят из прошлого представления и не изменён."))
    if text and _primacy_is_due(law, draft, section) and not any(word in text.lower() for word in STATED_PRIMACY):
        found.append(("no_primacy", "Речевое заключение не говорит, первична или вторична речевая патология."))
    return [Lack(Reason(code, said, section.clause, is_law=section.is_law), section.code) for code, said in found]


def _primacy_is_due(law: Edition, draft: Draft, section: PresentationSection) -> bool:
    if section.kind != "speech_therapist":
        return False
    due = [one for one in choices(law, section.code, draft.stage) if one.obligatory]
    chosen = draft.chosen.get(section.code, ())
    return any(not any(key(one, code) in chosen for code in one.wordings) for one in due)
