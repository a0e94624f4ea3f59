"""The consent to an examination by the specialists of the school, and its refusal, ready to be signed."""

from __future__ import annotations

from datetime import date

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child, Guardian, Guardianship
from opora.people.naming import NameCase
from opora.records.documents.forms._shared.examination import ExaminationAnswer
from opora.school.programmes.prefilling import class_of

from .persons import identity, name_in

_PARENTS = frozenset(
    {Guardianship.Kinship.MOTHER, Guardianship.Kinship.FATHER, Guardianship.Kinship.ADOPTER}
)  # an adopter is a parent by law


def build(child: Child, actor: Actor, on: date) -> ExaminationAnswer:
    """What is known of the main representative; documents only for whoever sees them. The day is left to the hand."""
    data: ExaminationAnswer = {
        "official_use": True,
        "organisation_name": child.organisation.full_name,
        "child_name": name_in(child, NameCase.GENITIVE),
        "grade": class_of(child)[0],
        "birth_date": child.birth_date.isoformat(),
    }
    link = child.guardianships.filter(ended_on__isnull=True).select_related("guardian").first()
    if link is not None:
        data |= {
            "name": link.guardian.full_name,
            "kinship": "parent" if link.kinship in _PARENTS else "guardian",
            "signature_name": link.guardian.short_name,
        }
        if sees(actor, "identity"):
            data["identity"] = _document(link.guardian)
    return data


def _document(guardian: Guardian) -> str:
    if not guardian.identity_number:
        return ""
    issued = f"выдан {guardian.identity_issued}" if guardian.identity_issued else ""
    return ", ".join(filter(None, (identity(guardian), issued)))
