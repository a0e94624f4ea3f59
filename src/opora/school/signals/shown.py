"""What of a concern this person sees: all of it, or that there was one and how it ended."""

from __future__ import annotations

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.people.law import law_on
from opora.regulations.signals.asking import sign_titles

from .models import Concern
from .querysets import READS_FINDINGS

COLOURS = {
    Concern.State.RAISED: "soon", Concern.State.EXAMINATION: "soon", Concern.State.CONFIRMED: "late",
    Concern.State.NOT_CONFIRMED: "done", Concern.State.DECLINED: "neutral",
    Concern.State.LEFT: "neutral",
}  # fmt: skip


def is_author(actor: Actor, concern: Concern) -> bool:
    return actor.user is not None and concern.author_id == actor.user.pk


def examines(actor: Actor, concern: Concern) -> bool:
    """The psychologist to whom it was sent."""
    sent = concern.psychologist
    return actor.user is not None and sent is not None and sent.user_id == actor.user.pk


def reads_words(actor: Actor, concern: Concern) -> bool:
    """What was seen: those who lead the support, the psychologist, the author."""
    if not sees(actor, "support_texts"):
        return False
    return bool(actor.roles & READS_FINDINGS) or examines(actor, concern) or is_author(actor, concern)


def reads_mark(actor: Actor, concern: Concern) -> bool:
    """The mark of risk: its class of fields, and the author, who made it."""
    return concern.suicide_risk and (sees(actor, "risk_marks") or is_author(actor, concern))


def signs_of(concern: Concern) -> list[str]:
    """The ticked signs in words."""
    titles = sign_titles(law_on(concern.noticed_on))
    return [titles.get(code, code) for code in concern.signs]
