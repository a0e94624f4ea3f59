"""The content of the protocol 2.15, assembled from the parts of the specialists (P-17)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opora.commission.cases.models import Case
from opora.commission.examinations.models import Session
from opora.commission.examinations.protocol import SpecialistPart, protocol_parts
from opora.commission.methods.protocol import methods_used
from opora.people.children.models import Child
from opora.regulations.edition import Edition

from .content import commission_kind, disability_of, letterhead, opinions_of, referred_by, signatures, texts_of
from .models import NBSP, Conclusion
from .sections import ANAMNESIS, DIAGNOSES, FEATURES
from .sources import applicant_of, edition_of

PAPERS = {
    "p6_application": "application",
    "p6_child_identity": "child_identity",
    "p6_guardian": "guardian_identity",
    "p6_referral": "referral",
    "p6_consilium": "consilium_opinion",
    "p6_previous": "previous_conclusion",
    "p6_extract": "medical_history",
    "p6_doctors": "doctors_conclusions",
    "p6_characteristic": "school_reference",
    "p6_works": "works",
}
OWN_SECTION = {
    "defectologist": "defectologist",
    "hearing_teacher": "defectologist",
    "vision_teacher": "defectologist",
    "speech_therapist": "speech_therapist",
    "psychologist": "psychologist",
    "social_pedagogue": "social_pedagogue",
}
SPEECH_FINDING = "speech_finding"
ELSEWHERE = {ANAMNESIS: "анамнестические сведения — в п. 7", DIAGNOSES: "диагнозы — в п. 8"}


def protocol_content(conclusion: Conclusion) -> dict[str, Any]:
    """The protocol with all sections of 2.15, in the words of those who examined the child."""
    case, child = conclusion.case, conclusion.case.child
    law, texts = edition_of(case), texts_of(conclusion)
    session: Session | None = conclusion.visit.session if conclusion.visit else None
    day = conclusion.signed_on.isoformat() if conclusion.signed_on else ""
    return {
        "letterhead": letterhead(conclusion.organisation),
        "official_use": True,
        "footer": _footer(conclusion),
        "commission_kind": commission_kind(conclusion.organisation),
        "number": str(conclusion.protocol_number or ""),
        "date": day,
        "session_date": session.day.isoformat() if session else "",
        "session_place": _place(session),
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "address_phone": _address(case, child),
        "disability": disability_of(child),
        "referred_by": referred_by(conclusion),
        **_papers(case, law),
        "anamnesis": texts.get(ANAMNESIS, ""),
        "diagnoses": texts.get(DIAGNOSES, "") or "не представлены",
        **_specialists(case),
        "features": texts.get(FEATURES, ""),
        "opinions": opinions_of(conclusion),
        "signatures": signatures(conclusion),
    }


def _footer(conclusion: Conclusion) -> str:
    if not conclusion.protocol_number or not conclusion.signed_on:
        return "Протокол (проект)"
    return f"Протокол №{NBSP}{conclusion.protocol_number} от {conclusion.signed_on:%d.%m.%Y}"


def _place(session: Session | None) -> str:
    if session is None or session.kind == Session.Kind.ON_SITE:
        return ""
    return f"{session.get_kind_display()} заседание, {session.place}"


def _address(case: Case, child: Child) -> str:
    applicant = applicant_of(case)
    return "; ".join(filter(None, [child.registered_address, applicant.phone if applicant else ""]))


def _papers(case: Case, law: Edition) -> dict[str, list[str]]:
    """Section 6: lines of the form that are ticked, and what was brought beyond them."""
    line_of = {code: PAPERS[line.code] for line in law.protocol_lines if line.code in PAPERS for code in line.papers}
    of_commission = {paper.code for paper in law.papers if paper.of_commission}
    brought = [paper for paper in case.papers.all() if paper.received_on and paper.requirement not in of_commission]
    ticked = {line_of[paper.requirement] for paper in brought if paper.requirement in line_of}
    return {
        "papers": [code for code in PAPERS.values() if code in ticked],
        "other_papers": [paper.title for paper in brought if paper.requirement not in line_of],
    }


def _specialists(case: Case) -> dict[str, Any]:
    """Sections 9 to 12 by speciality; a second specialist of one section and all others are appended."""
    found: dict[str, Any] = dict.fromkeys(dict.fromkeys(OWN_SECTION.values()))
    others = []
    used = methods_used(case)
    for part in protocol_parts(case):
        key = OWN_SECTION.get(part.speciality, "")
        printed = _part(part, used.get(part.sheet_id, ()))
        if key and found[key] is None:
            found[key] = printed
        else:
            printed.pop("speech_conclusion", None)
            others.append({"position": part.caption, **printed})
    return found | {"other_specialists": others}


def _part(part: SpecialistPart, used: Sequence[str]) -> dict[str, str]:
    """`used` are the methods ticked in the sheet; the specialist's own words about them come after."""
    data = [one.code for one in part.sheet.sections if one.kind == "data" and one.code in part.sections]
    findings = [ELSEWHERE.get(code) or part.sections[code] for code in data if code != SPEECH_FINDING]
    methods = "; ".join(filter(None, (*used, part.text("methods"))))
    printed = {"methods": methods, "findings": "\n".join(findings), "conclusion": part.text("conclusion")}
    if part.speciality == "speech_therapist":
        printed["speech_conclusion"] = part.sections.get(SPEECH_FINDING, "")
    return printed
