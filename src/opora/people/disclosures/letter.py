"""The content of an answer as it is frozen at the signature, and its line in the register."""

from __future__ import annotations

from typing import Any

from opora.foundation.accounts.models import User
from opora.foundation.organisations.models import Organisation
from opora.people import naming
from opora.people.children.models import Child

from . import clauses
from .models import Disclosure

FORM = "disclosure_answer"


def letter_content(disclosure: Disclosure, signer: User, post: str, papers: list[str]) -> dict[str, Any]:
    """The letter. Only an answer that gives something tells that the child is known here (annex 2.19)."""
    content: dict[str, Any] = {
        "letterhead": letterhead(disclosure.organisation),
        "official_use": True,
        "number": disclosure.number_title,
        "date": disclosure.decided_on.isoformat() if disclosure.decided_on else "",
        "addressee": disclosure.recipient_name,
        "addressee_person": ", ".join(filter(None, (disclosure.asked_by_post, disclosure.asked_by_name))),
        "addressee_address": disclosure.recipient.address if disclosure.recipient else "",
        "request": disclosure.request_title,
        "decision": str(disclosure.decision),
        "to_family": disclosure.guardian is not None,
        "child_name": genitive(disclosure.child),
        "birth_date": disclosure.child.birth_date.isoformat(),
        "signer_position": post[:1].upper() + post[1:],
        "signer_name": signer.short_name,
        "contact_phone": disclosure.organisation.phone,
    }
    if disclosure.decision == Disclosure.Decision.GIVE:
        return content | {
            "text": disclosure.given_text,
            "categories": disclosure.category_titles,
            "papers": papers,
            "clause": ground_clause_of(disclosure),
        }
    return content | {"reason": disclosure.reason, "clause": f"{clauses.SECRECY}; {clauses.WRITTEN_ONLY}"}


def ground_clause_of(disclosure: Disclosure) -> str:
    """The clause that an answer of this kind rests on."""
    if disclosure.recipient is not None and disclosure.recipient.kind == Organisation.Kind.DISABILITY_BUREAU:
        return clauses.DISABILITY
    if disclosure.ground == Disclosure.Ground.FAMILY:
        return clauses.SUBJECT_RIGHT
    return "; ".join(filter(None, (disclosure.ground_clause, clauses.WRITTEN_ONLY)))


def register_content(disclosure: Disclosure, papers: list[str]) -> dict[str, Any]:
    """The columns of the register; the hash of the letter binds the line to the paper."""
    return {
        "child": disclosure.person_id,
        "child_name": disclosure.child.full_name,
        "birth_date": disclosure.child.birth_date.isoformat(),
        "recipient": disclosure.recipient_name,
        "request": disclosure.request_title,
        "received_on": disclosure.received_on.isoformat(),
        "decision": str(disclosure.get_decision_display()),
        "given": given_words(disclosure, papers),
        "signer": disclosure.signed_by.short_name if disclosure.signed_by else "",
        "snapshot": disclosure.letter.sha256 if disclosure.letter else "",
    }


def given_words(disclosure: Disclosure, papers: list[str]) -> str:
    """What was given, in one line: papers, then kinds of data. Nothing for a refusal."""
    if disclosure.decision != Disclosure.Decision.GIVE:
        return ""
    words = [*papers, *disclosure.category_titles]
    if disclosure.given_text and not words:
        words.append("сведения в тексте ответа")
    return "; ".join(words)


def genitive(child: Child) -> str:
    """The child's name in the genitive; the form written by hand in the card wins."""
    case = naming.NameCase.GENITIVE
    return naming.decline(
        child.last_name, child.first_name, child.middle_name,
        sex=child.sex, case=case, override=(child.declined or {}).get(str(case)),
    )  # fmt: skip


def letterhead(organisation: Organisation) -> dict[str, str]:
    return {
        "founder": organisation.letterhead,
        "full_name": organisation.full_name,
        "address": organisation.address,
        "phone": organisation.phone,
        "email": organisation.email,
    }
