"""Consent of the parent to the processing of the child's data (annex 2.17)."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.people.consents.models import Consent
from opora.people.naming import NameCase
from opora.records.documents.forms.consent_child.form import ConsentChildData

from .consent_guardian import consenting
from .persons import applicant_of, guardianship_of
from .phrases import decline_phrase


def build(case: Case, actor: Actor, on: date) -> ConsentChildData:
    """Both names in the nominative; the ground of representation in the genitive after «На основании»."""
    data = ConsentChildData(child_name=case.child.full_name)
    data |= consenting(case, Consent.Kind.CHILD_DATA)  # type: ignore[typeddict-item]  # a part of the same keys
    link = guardianship_of(case.child, applicant_of(case))
    if link is not None:
        data["basis_document"] = decline_phrase(link.authority_document, NameCase.GENITIVE)
        data["basis_number"] = link.authority_number
        data["basis_date"] = link.authority_issued_on.isoformat() if link.authority_issued_on else ""
    return data
