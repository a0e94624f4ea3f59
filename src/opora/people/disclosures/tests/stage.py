"""A request on its way: what the tests of this room and of the rooms above begin with."""

from __future__ import annotations

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from opora.foundation.organisations.models import Organisation
from opora.people.disclosures import services
from opora.people.disclosures.models import Disclosure
from tests.cast import Cast, organisation

ASKED, CAME, TODAY = date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 21)


def scan(name: str = "запрос.png") -> SimpleUploadedFile:
    """A photographed paper."""
    kept = io.BytesIO()
    Image.new("L", (40, 60), 220).save(kept, "PNG")
    return SimpleUploadedFile(name, kept.getvalue(), content_type="image/png")


def body(kind: str, name: str) -> Organisation:
    """Somebody who may ask: a line of the directory, not a workplace."""
    return organisation(kind, name, works_here=False)


def request_of(cast: Cast, child, recipient=None, *, scanned: bool = True, **fields) -> Disclosure:
    """Анна has written a request down, with its scan unless told otherwise."""
    anna = cast.actor(cast.anna)
    if recipient is None and "guardian" not in fields:
        recipient = body("court", "Заречный районный суд")
    given = {"ground": "request", "asked": "Сведения о развитии", "request_on": ASKED, "received_on": CAME}
    found = services.disclosure_receive(actor=anna, child=child, recipient=recipient, **(given | fields))
    return services.scan_attach(actor=anna, disclosure=found, upload=scan()) if scanned else found


def told(**fields):
    """What the head answers when he gives: two kinds of data, the mother was told."""
    usual = {
        "decision": "give", "on": TODAY, "categories": ["development"], "knowledge": "told", "told_on": TODAY,
    }  # fmt: skip
    return usual | fields


def decided(cast: Cast, found: Disclosure, **fields) -> Disclosure:
    """Борис has signed the answer."""
    return services.disclosure_decide(actor=cast.actor(cast.boris), disclosure=found, **told(**fields))


def sent(cast: Cast, found: Disclosure) -> Disclosure:
    """Анна has handed the answer over."""
    return services.disclosure_send(actor=cast.actor(cast.anna), disclosure=found, way="in_person", sent_on=TODAY)
