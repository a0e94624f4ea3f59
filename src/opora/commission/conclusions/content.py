"""Contents of the printed forms of a conclusion, as plain data: what signing freezes and a draft shows.

The keys are those of the forms «conclusion», «conclusion_school» and «examined_journal»; the protocol is in
`protocol.py`. Dates are ISO strings, all other texts are ready to print.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opora.commission.examinations.models import Visit
from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child
from opora.regulations.edition import Edition

from . import wording as say
from .answers import values_of
from .models import NBSP, Conclusion
from .sections import DIAGNOSES, DIRECTION, FEATURES, SCHOOL_FEATURES
from .sources import applicant_of, edition_of, present_positions

WITHHELD = "заявлено; передаётся родителям (законным представителям) по их просьбе"
NO_FEATURES = "в выписке для образовательной организации не приводятся"


def conclusion_content(conclusion: Conclusion) -> dict[str, Any]:
    """The family's full copy of 2.16."""
    texts = texts_of(conclusion)
    return _recommendations(conclusion, texts) | {
        "footer": _footer("Заключение", conclusion),
        "diagnosis": texts.get(DIAGNOSES, ""),
        "features": texts.get(FEATURES, ""),
        "opinions": opinions_of(conclusion),
    }


def school_content(conclusion: Conclusion) -> dict[str, Any]:
    """The school's extract: recommendations alone; no diagnosis, no findings, no text of a special opinion."""
    texts = texts_of(conclusion)
    present = conclusion.case.child.enrolments.filter(ended_on=None).select_related("school").first()
    return _recommendations(conclusion, texts) | {
        "footer": _footer("Выписка из заключения", conclusion),
        "school": present.school.full_name if present and present.school else "",
        "features": texts.get(SCHOOL_FEATURES, "") or NO_FEATURES,
        "opinions": [opinion | {"text": WITHHELD} for opinion in opinions_of(conclusion)],
    }


def _recommendations(conclusion: Conclusion, texts: Mapping[str, str]) -> dict[str, Any]:
    case, child = conclusion.case, conclusion.case.child
    law, values = edition_of(case), values_of(conclusion)
    applicant = applicant_of(case)
    day = conclusion.signed_on.isoformat() if conclusion.signed_on else ""
    return _sections(law, values, texts) | {
        "letterhead": letterhead(conclusion.organisation),
        "official_use": False,
        "commission_kind": commission_kind(conclusion.organisation),
        "blank_number": conclusion.blank_number,
        "number": str(conclusion.number or ""),
        "date": day,
        "protocol_number": str(conclusion.protocol_number or ""),
        "protocol_date": day,
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "child_document": child_document(child),
        "has_ovz": conclusion.has_limitations,
        "needs_conditions": conclusion.needs_conditions,
        "signatures": signatures(conclusion),
        "guardian_name": applicant.short_name if applicant else "",
    }


def _sections(law: Edition, values: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Items 1 to 12 of 2.16, numbered through by the description of the letter."""
    workplace = f"рабочее место: {values['workplace']}" if values["workplace"] else ""
    methods = f"специальные методы обучения: {values['special_methods']}" if values["special_methods"] else ""
    return {
        "programme": say.programme(law, values),
        "programme_term": values["variant_term"],
        "second_programme": say.second_programme(law, values),
        "individual_plan": values["individual_plan"],
        "study_form": say.study_form(law, values),
        "study_form_grounds": say.grounds(law, values),
        "regime": say.chosen(law, "regime", values["regime"], values["regime_detail"]),
        "education_form": say.chosen(law, "education_form", values["education_form"], values["education_form_detail"]),
        "accessibility": _joined(texts.get("architecture", ""), workplace) or say.NOT_NEEDED,
        "assistant": say.support(law, values, "assistant"),
        "tutor": say.support(law, values, "tutor"),
        "technical_aids": texts.get("equipment") or say.NOT_NEEDED_MANY,
        "textbooks": texts.get("textbooks") or say.NOT_NEEDED_MANY,
        "other_conditions": _joined(texts.get("other_conditions", ""), methods) or say.NOT_NEEDED_MANY,
        "final_attestation": texts.get("gia") or say.NOT_CONSIDERED,
        "directions": directions(law, texts),
        "reexamination": say.reexamination(law, values) or say.NOT_NEEDED,
        "reexamination_for_change": say.iso_long(values["change_term"]),
        "follow_up": say.iso_long(values["follow_up"]),
    }


def directions(law: Edition, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Item 11, specialist by specialist; «не требуется» in so many words when there is none."""
    found = [
        {"specialist": say.capital(choice.title), "text": texts[f"{DIRECTION}{choice.code}"]}
        for choice in law.vocabulary("direction_specialist").choices
        if texts.get(f"{DIRECTION}{choice.code}")
    ]
    return found or [{"specialist": "", "text": say.NOT_NEEDED}]


def examined_content(conclusion: Conclusion, number: int) -> dict[str, Any]:
    """A line of the journal of examined children with the eleven columns of 2.13."""
    case, child = conclusion.case, conclusion.case.child
    law, values, texts = edition_of(case), values_of(conclusion), texts_of(conclusion)
    applicant = applicant_of(case)
    opinions = [f"{one['position']} {one['name']}".strip() for one in opinions_of(conclusion)]
    return {
        "number": str(number),
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "contacts": applicant.contacts if applicant else "",
        "referred_by": referred_by(conclusion),
        "diagnosis": texts.get(DIAGNOSES, ""),
        "disability": disability_of(child),
        "conclusion": _verdict(conclusion),
        "opinions": "; ".join(opinions) or "нет",
        "recommendations": _in_short(law, values, texts),
        "guardian_signature": "",
    }


def _verdict(conclusion: Conclusion) -> str:
    status = "Является" if conclusion.has_limitations else "Не является"
    need = "нуждается" if conclusion.needs_conditions else "не нуждается"
    day = f"{conclusion.signed_on:%d.%m.%Y}" if conclusion.signed_on else ""
    return f"№{NBSP}{conclusion.number} от {day}. {status} ребенком с ОВЗ, {need} в создании специальных условий"


def _in_short(law: Edition, values: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    names = [one["specialist"] for one in directions(law, texts) if one["specialist"]]
    work = f"работа: {', '.join(name[:1].lower() + name[1:] for name in names)}" if names else ""
    again = say.reexamination(law, values)
    term = f"повторно — {again[:1].lower()}{again[1:]}" if again else ""
    return "; ".join(filter(None, [say.programme_short(law, values), work, term]))


def referred_by(conclusion: Conclusion) -> str:
    """Who sent the child to the commission, and whether there is a paper of referral."""
    application = getattr(conclusion.case, "application", None)
    if application is None:
        return ""
    if application.referred_by is None:
        return "инициатива родителей (законных представителей), направления нет"
    return (
        f"{application.referred_by.short_name}, направление {'есть' if application.has_referral else 'не представлено'}"
    )


def disability_of(child: Child) -> str:
    """The disability as the child's file has it, or that there is none."""
    found = child.disabilities.first()
    return str(found) if found else "не установлена"


def texts_of(conclusion: Conclusion) -> dict[str, str]:
    """Written texts by the codes of their sections; empty ones are left out."""
    found = {section.code: section.text.strip() for section in conclusion.sections.all()}
    return {code: text for code, text in found.items() if text}


def opinions_of(conclusion: Conclusion) -> list[dict[str, str]]:
    """Special opinions with their authors."""
    return [
        {
            "position": say.capital(post_title(opinion.position)) if opinion.position else "Независимый эксперт",
            "name": opinion.author,
            "text": opinion.text,
        }
        for opinion in conclusion.opinions.select_related("position")
    ]


def signatures(conclusion: Conclusion) -> list[dict[str, str]]:
    """The head first, then the members who were present; the head who signs stands there in any case."""
    return signature_lines(conclusion.visit, conclusion.signed_by)


def signature_lines(visit: Visit | None, signer: User | None) -> list[dict[str, str]]:
    """The same for any paper of a session."""
    posts = present_positions(visit)
    lines = [{"position": say.capital(post_title(post)), "name": post.user.short_name} for post in posts]
    if signer is not None and signer.pk not in {post.user_id for post in posts}:
        lines.insert(0, {"position": "Руководитель ПМПК", "name": signer.short_name})
    return lines


def post_title(post: Position) -> str:
    return "Руководитель ПМПК" if post.role == Role.COMMISSION_HEAD else post.caption


def letterhead(organisation: Organisation) -> dict[str, str]:
    return {
        "founder": organisation.letterhead,
        "full_name": organisation.full_name,
        "address": organisation.address,
        "phone": organisation.phone,
        "email": organisation.email,
    }


def commission_kind(organisation: Organisation) -> str:
    return "central" if organisation.kind == Organisation.Kind.CENTRAL_COMMISSION else "territorial"


def child_document(child: Child) -> str:
    """«свидетельство о рождении № I-АБ 123456, выдано …»; the kind alone is not printed without a number."""
    if not child.identity_number:
        return ""
    number = child.identity_number if "№" in child.identity_number else f"№{NBSP}{child.identity_number}"
    return ", ".join(filter(None, [f"{child.get_identity_kind_display()} {number}", child.identity_issued]))


def _footer(title: str, conclusion: Conclusion) -> str:
    if not conclusion.number or not conclusion.signed_on:
        return f"{title} (проект)"
    return f"{title} №{NBSP}{conclusion.number} от {conclusion.signed_on:%d.%m.%Y}"


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))
