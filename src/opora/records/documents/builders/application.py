"""Application of the parent (annex 2.3), prefilled for signature."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.people.naming import NameCase
from opora.records.documents.forms.application.form import ApplicationData

from .persons import applicant_of, head_name, identity, name_in
from .phrases import decline_phrase


def build(case: Case, actor: Actor, on: date) -> ApplicationData:
    """Names of parent and child in the genitive, of the head in the dative."""
    child, guardian = case.child, applicant_of(case)
    application = getattr(case, "application", None)
    data: ApplicationData = {
        "head_name": head_name(case.organisation, on, NameCase.DATIVE),
        "commission_name": decline_phrase(case.organisation.full_name, NameCase.GENITIVE),
        "child_name": name_in(child, NameCase.GENITIVE),
        "birth_date": child.birth_date.isoformat(),
        "child_address": child.home_address,
        "date": application.signed_on.isoformat() if application and application.signed_on else "",
    }
    if guardian is not None:
        data |= {
            "applicant_name": name_in(guardian, NameCase.GENITIVE),
            "identity_document": identity(guardian),
            "identity_issued": guardian.identity_issued,
            "address": guardian.registered_address,
            "phone": guardian.phone,
            "email": guardian.email,
            "signature_name": guardian.short_name,
        }
    return data
