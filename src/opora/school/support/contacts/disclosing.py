"""What was told of a child when help was asked with the family's consent: it stands in the family's own print."""

from __future__ import annotations

from collections.abc import Iterator

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.disclosures.sources import Transfer, transfers

from .models import OutsideContact


def asked_for_help(actor: Actor, child: Child) -> Iterator[Transfer]:
    """Requests by consent; those on a written request are told by the request itself."""
    rows = OutsideContact.objects.kept_for(actor).filter(child=child, ground=OutsideContact.Ground.CONSENT)
    for one in rows.select_related("body", "position__user"):
        yield Transfer(
            on=one.asked_on, recipient=one.addressee, ground=f"согласие родителей: {one.consent_note}",
            given=str(one.get_kind_display()), way="обращение за помощью", by=one.position.user.short_name,
        )  # fmt: skip


transfers(asked_for_help)
