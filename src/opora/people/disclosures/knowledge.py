"""Whether the family knows of a disclosure: by its own request, by the consent it signed, or by being told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.foundation.organisations.models import Organisation
from opora.people.consents.models import Consent

from .models import Disclosure

K = Organisation.Kind
# Annex 2.17 names bodies of education, state medical organisations, military commissariats and the police.
NAMED_BY_CONSENT = frozenset({K.AUTHORITY, K.MEDICAL, K.POLICE})


@dataclass(frozen=True)
class ConsentCover:
    """The consent to process the child's data and whether it names this kind of recipient."""

    consent: Consent | None
    names_recipient: bool

    @property
    def covers(self) -> bool:
        return self.consent is not None and self.names_recipient


def consent_cover(disclosure: Disclosure, on: date) -> ConsentCover:
    """What the consent in force on a day says of this recipient."""
    rows = Consent.objects.filter(child=disclosure.child, kind=Consent.Kind.CHILD_DATA).in_force(on)
    kind = disclosure.recipient.kind if disclosure.recipient else ""
    return ConsentCover(rows.select_related("guardian").first(), kind in NAMED_BY_CONSENT)
