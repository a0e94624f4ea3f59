"""Who sees why a programme lasts as long as it does: the kind of the case tells of a risk."""

from __future__ import annotations

from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor

from .models import Programme


def knows_kind(actor: Actor, programme: Programme) -> bool:
    """Those who see marks of risk, and the curator of this very programme: he cannot lead a child whose risk he
    does not know. The role of a curator alone opens nothing; only the chair and the specialists change the kind.
    """
    return sees(actor, "risk_marks") or (actor.user is not None and programme.curator.user_id == actor.user.pk)
