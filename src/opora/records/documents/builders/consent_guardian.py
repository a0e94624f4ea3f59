"""Consent of the parent to the processing of the parent's own data (annex 2.18)."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.foundation.accounts.actors import Actor
from opora.people.consents.models import Consent
from opora.people.naming import NameCase
from opora.records.documents.forms._shared.consent import ConsentData
from opora.records.documents.forms.consent_guardian.form import ConsentGuardianData

from .persons import applicant_of
from .phrases import decline_phrase

_IN_WORDS = {5: "пяти", 7: "семи", 10: "десяти", 15: "пятнадцати", 20: "двадцати", 30: "тридцати"}


def build(case: Case, actor: Actor, on: date) -> ConsentGuardianData:
    """The representative's name in the nominative, as the form asks."""
    return {**consenting(case, Consent.Kind.GUARDIAN_DATA)}


def consenting(case: Case, kind: Consent.Kind) -> ConsentData:
    """What both consents say: who consents, to whom, and how the consent ends."""
    guardian, operator = applicant_of(case), case.organisation.full_name
    data: ConsentData = {
        "operator_name": operator,
        "operator_name_in": decline_phrase(operator, NameCase.PREPOSITIONAL),
        "operator_name_to": decline_phrase(operator, NameCase.ACCUSATIVE),
        "withdrawal_term": withdrawal_term(case),
    }
    if guardian is None:
        return data
    signed = case.child.consents.filter(guardian=guardian, kind=kind, withdrawn_on__isnull=True).first()
    data |= {
        "name": guardian.full_name,
        "address": guardian.registered_address,
        "identity_kind": guardian.identity_kind,
        "passport_series": guardian.identity_series,
        "passport_number": guardian.identity_number,
        "passport_issued": guardian.identity_issued,
        "phone": guardian.phone,
        "email": guardian.email,
        "signature_name": guardian.short_name,
        "date": signed.signed_on.isoformat() if signed else "",
    }
    return data


def withdrawal_term(case: Case) -> str:
    """«10 (десяти) рабочих дней» by the edition of the case."""
    days = law_of(case).term("consent_withdrawal_stop").value
    words = f" ({_IN_WORDS[days]})" if days in _IN_WORDS else ""
    return f"{days}{words} рабочих дней"
