"""This room's own handings, for the parent's print."""

from __future__ import annotations

from collections.abc import Iterator

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child

from .flow import GONE
from .letter import given_words
from .models import Disclosure
from .sources import Transfer, transfers


def answered(actor: Actor, child: Child) -> Iterator[Transfer]:
    """Answers that gave something and have left; what a law forbids to tell of is not told."""
    rows = Disclosure.objects.kept_for(actor).filter(
        child=child, state__in=GONE, decision=Disclosure.Decision.GIVE, sent_on__isnull=False
    )
    known = rows.exclude(knowledge=Disclosure.Knowledge.WITHHELD)
    for one in known.select_related("recipient", "guardian", "signed_by").prefetch_related("papers"):
        if one.sent_on is None:
            continue
        yield Transfer(
            on=one.sent_on,
            recipient=one.recipient_name,
            ground=one.request_title,
            given=given_words(one, [paper.title for paper in one.papers.all()]),
            way=f"{one.get_way_display()}, исх. №\u00a0{one.number_title}",
            by=one.signed_by.short_name if one.signed_by else "",
        )


transfers(answered)
