"""Contents of the two printed forms, as plain data: what signing freezes and a draft shows.

Dates are ISO texts, all other texts are ready to print. The keys are those of the forms «attestation_conclusion» and
«attestation_protocol».
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opora.commission.conclusions.content import child_document, commission_kind, letterhead, signature_lines
from opora.commission.conclusions.sources import applicant_of, edition_of
from opora.commission.examinations.models import Session
from opora.people import naming
from opora.people.children.models import Child
from opora.regulations.edition import Edition

from .answers import EXAM_FORMS, choices_of, questions_of, subjects_of, values_of
from .models import NBSP, AttestationConclusion
from .sources import referred_words, views_of

NOT_NEEDED = "не требуется"


def conclusion_content(conclusion: AttestationConclusion) -> dict[str, Any]:
    """The conclusion for the family, the school and whoever holds the examination."""
    return _shared(conclusion) | _recommendations(conclusion) | {
        "footer": _footer("Заключение ГИА", conclusion.number, conclusion),
        "official_use": False,
        "child_document": child_document(conclusion.case.child),
        "guardian_name": _guardian(conclusion),
    }  # fmt: skip


def protocol_content(conclusion: AttestationConclusion) -> dict[str, Any]:
    """The protocol of the session: what was found and what the commission decided."""
    session: Session | None = conclusion.visit.session if conclusion.visit else None
    return _shared(conclusion) | _recommendations(conclusion) | {
        "footer": _footer("Протокол ГИА", conclusion.protocol_number, conclusion),
        "official_use": True,
        "session_date": session.day.isoformat() if session else "",
        "session_place": _place(session),
        "referred_by": referred_words(conclusion.case),
        "specialists": views_of(conclusion.case),
    }  # fmt: skip


def _place(session: Session | None) -> str:
    if session is None:
        return ""
    kind = "" if session.kind == Session.Kind.ON_SITE else f"{session.get_kind_display()} заседание"
    return ", ".join(filter(None, (kind, str(session.place))))


def _shared(conclusion: AttestationConclusion) -> dict[str, Any]:
    child = conclusion.case.child
    day = conclusion.signed_on.isoformat() if conclusion.signed_on else ""
    return {
        "letterhead": letterhead(conclusion.organisation),
        "commission_kind": commission_kind(conclusion.organisation),
        "number": str(conclusion.number or ""),
        "date": day,
        "protocol_number": str(conclusion.protocol_number or ""),
        "protocol_date": day,
        "level": conclusion.level,
        "school_year": school_year(conclusion.exam_year),
        "child_name": child.full_name,
        "child_genitive": _genitive(child),
        "birth_date": child.birth_date.isoformat(),
        "signatures": signature_lines(conclusion.visit, conclusion.signed_by),
    }


def _recommendations(conclusion: AttestationConclusion) -> dict[str, Any]:
    law = edition_of(conclusion.case)
    values = values_of(law, conclusion)
    say = _Words(law, values)
    return {
        "grade": values["grade"],
        "school": values["school"],
        "school_contact": values["school_contact"],
        "ground": _ground(say, values),
        "ground_other": values["ground_other"],
        "examination": ": ".join(filter(None, (_level(conclusion), say.chosen("kinds")))),
        "subjects": subject_lines(law, values),
        "amount": say.chosen("amount"),
        "conditions": lines_of(values["conditions"]),
        "special": lines_of(values["special"]),
        "place": say.chosen("place"),
        "workplace": values["workplace"],
        "assistant": _assistant(say, values),
        "materials": "; ".join(filter(None, (say.chosen("materials"), values["materials_detail"]))) or NOT_NEEDED,
        "interview_minimum": values["interview_minimum"],
        "valid_until": values["valid_until"],
    }


def _level(conclusion: AttestationConclusion) -> str:
    return conclusion.get_level_display() if conclusion.level else ""


class _Words:
    """Chosen answers in the words of the edition."""

    def __init__(self, law: Edition, values: Mapping[str, Any]) -> None:
        self.law, self.values = law, values
        self.questions = {one.code: one for one in questions_of(law)}

    def chosen(self, code: str) -> str:
        """Captions of the chosen values, joined."""
        titles, value = dict(choices_of(self.law, self.questions[code])), self.values[code]
        return ", ".join(titles.get(one, one) for one in ([value] if isinstance(value, str) else value) if one)


def subject_lines(law: Edition, values: Mapping[str, Any]) -> list[dict[str, str]]:
    """«Русский язык — ГВЭ письменно», in the order of the subjects."""
    question = next(one for one in questions_of(law) if one.code == "subjects")
    titles = dict(choices_of(law, question)) | {"state": EXAM_FORMS.get(values["level"], "ОГЭ (ЕГЭ)")}
    forms = values["subjects"]
    return [
        {"subject": one.title, "form": titles.get(forms[one.code], forms[one.code])}
        for one in subjects_of(law)
        if forms.get(one.code)
    ]


def _ground(say: _Words, values: Mapping[str, Any]) -> str:
    """«справка об инвалидности № 12 от 01.02.2025, выдана …, действует бессрочно»."""
    if not values["ground"]:
        return ""
    number = f"№{NBSP}{values['ground_number']}" if values["ground_number"] else ""
    dated = f"от {_day(values['ground_date'])}" if values["ground_date"] else ""
    until = "бессрочно" if values["ground_unlimited"] else ""
    until = until or (f"действует до {_day(values['ground_until'])}" if values["ground_until"] else "")
    paper = " ".join(filter(None, (number, dated)))
    return ", ".join(filter(None, (say.chosen("ground"), paper, values["ground_issuer"], until)))


def _assistant(say: _Words, values: Mapping[str, Any]) -> str:
    return ": ".join(filter(None, (say.chosen("assistant"), values["assistant_for"])))


def lines_of(text: str) -> list[str]:
    """Conditions of a list, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def school_year(exam_year: int | None) -> str:
    """«2026/2027»."""
    return f"{exam_year - 1}/{exam_year}" if exam_year else ""


def _genitive(child: Child) -> str:
    case = naming.NameCase.GENITIVE
    return naming.decline(
        child.last_name, child.first_name, child.middle_name, sex=child.sex, case=case,
        override=(child.declined or {}).get(str(case)),
    )  # fmt: skip


def _guardian(conclusion: AttestationConclusion) -> str:
    applicant = applicant_of(conclusion.case)
    return applicant.short_name if applicant else ""


def _day(iso: str) -> str:
    return ".".join(reversed(iso.split("-")))


def _footer(title: str, number: int | None, conclusion: AttestationConclusion) -> str:
    if not number or not conclusion.signed_on:
        return f"{title} (проект)"
    return f"{title} №{NBSP}{number} от {conclusion.signed_on:%d.%m.%Y}"
