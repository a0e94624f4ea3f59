"""Pieces of data that several forms take from people and organisations."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.models import Case
from opora.commission.intake.models import Application
from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation
from opora.people import naming
from opora.people.children.models import Child, Guardian, Guardianship
from opora.records.documents.forms._shared.form import Letterhead

NBSP = "\u00a0"


def letterhead(organisation: Organisation) -> Letterhead:
    """The head of the organisation's blank."""
    return {
        "founder": organisation.letterhead,
        "full_name": organisation.full_name,
        "address": organisation.address,
        "phone": organisation.phone,
        "email": organisation.email,
    }


def name_in(person: Child | Guardian, case: naming.NameCase) -> str:
    """Full name in a case; the form written by hand in the person's card wins."""
    return naming.decline(
        person.last_name, person.first_name, person.middle_name,
        sex=person.sex, case=case, override=(person.declined or {}).get(str(case)),
    )  # fmt: skip


def applicant_of(case: Case) -> Guardian | None:
    """Who applies: the applicant, or before the application the main representative of today."""
    application: Application | None = getattr(case, "application", None)
    if application is not None:
        return application.applicant
    link = case.child.guardianships.filter(ended_on__isnull=True).select_related("guardian").first()
    return link.guardian if link else None


def guardianship_of(child: Child, guardian: Guardian | None) -> Guardianship | None:
    """What this guardian is to the child."""
    return child.guardianships.filter(guardian=guardian).first() if guardian else None


def identity(guardian: Guardian) -> str:
    """«паспорт, серия 45 00 № 000001»."""
    parts = [guardian.identity_kind]
    if guardian.identity_series:
        parts.append(f"серия{NBSP}{guardian.identity_series}")
    text = ", ".join(filter(None, parts))
    return f"{text} №{NBSP}{guardian.identity_number}" if guardian.identity_number else text


def head_of(organisation: Organisation, on: date) -> User | None:
    """The head of the commission on a day, the one longest in office if there are several."""
    held = Position.objects.filter(organisation=organisation, role=Role.COMMISSION_HEAD).held_on(on)
    position = held.select_related("user").order_by("started_on", "pk").first()
    return position.user if position else None


def head_name(organisation: Organisation, on: date, case: naming.NameCase = naming.NameCase.NOMINATIVE) -> str:
    """«Борисову Б. Б.»; empty when there is no head that day."""
    head = head_of(organisation, on)
    return naming.initials(head.last_name, head.first_name, head.middle_name, case=case) if head else ""


def upper_first(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]
