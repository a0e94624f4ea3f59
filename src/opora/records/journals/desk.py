"""What of the journals waits for the head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import Duty, duties

from .services import sessions_to_certify


def to_certify(actor: Actor, today: date) -> Iterator[Duty]:
    """Closed sessions with lines that nobody has certified."""
    for session in sessions_to_certify(actor):
        address = reverse("journals:session", kwargs={"public_id": session.public_id})
        yield Duty(
            f"Заседание {session.day:%d.%m.%Y}", "Заверить записи журнала учёта", None, address, str(session.place)
        )


duties("journal.certify", to_certify)
