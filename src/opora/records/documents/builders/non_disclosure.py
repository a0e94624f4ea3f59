"""Undertaking of non-disclosure (annex 2.19) of a member of the staff."""

from __future__ import annotations

from opora.foundation.access.models import Position, Undertaking
from opora.foundation.accounts.models import User
from opora.foundation.organisations.models import Organisation
from opora.people.naming import NameCase
from opora.records.documents.forms.non_disclosure.form import NonDisclosureData

from .persons import upper_first
from .phrases import decline_phrase


def build(user: User, organisation: Organisation, position: Position | None) -> NonDisclosureData:
    """The passport is not kept here: its lines are left to be written by hand."""
    signed = Undertaking.objects.filter(organisation=organisation, user=user).first()
    return {
        "name": user.full_name,
        "commission_name": decline_phrase(organisation.full_name, NameCase.GENITIVE),
        "position": upper_first(position.caption) if position else "",
        "signature_name": user.short_name,
        "date": signed.signed_on.isoformat() if signed else "",
    }
