"""For the parent: to whom the child's data was given, and which consents stand."""

from __future__ import annotations

from datetime import date

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.consents.models import Consent
from opora.people.consents.services import SHORT_TITLES
from opora.people.disclosures.sources import Transfer, transfers_of
from opora.people.naming import NameCase
from opora.records.documents.forms.data_transfers.form import ConsentRow, DataTransfersData, TransferRow

from .persons import letterhead, name_in, upper_first


def build_for_child(child: Child, actor: Actor, on: date) -> DataTransfersData:
    """Everything that has left the house, in time, and the consents; two lists that may be empty."""
    consents = Consent.objects.kept_for(actor).filter(child=child).select_related("guardian")
    held = Position.objects.filter(organisation=actor.at, user=actor.user).held_on(on).order_by("pk").first()
    return {
        "letterhead": letterhead(actor.at),
        "child_name": name_in(child, NameCase.GENITIVE),
        "birth_date": child.birth_date.isoformat(),
        "date": on.isoformat(),
        "transfers": [_transfer(one) for one in transfers_of(actor, child)],
        "consents": [_consent(one) for one in consents.order_by("signed_on", "pk")],
        "signer_position": upper_first(held.caption) if held else "",
        "signer_name": actor.user.short_name if actor.user else "",
    }


def _transfer(one: Transfer) -> TransferRow:
    return {
        "on": one.on.isoformat(),
        "recipient": one.recipient,
        "ground": one.ground,
        "given": one.given,
        "way": one.way,
        "by": one.by,
    }


def _consent(one: Consent) -> ConsentRow:
    return {
        "title": SHORT_TITLES[Consent.Kind(one.kind)],
        "guardian": one.guardian.full_name,
        "signed_on": one.signed_on.isoformat(),
        "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else "",
    }
