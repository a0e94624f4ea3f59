"""What whoever fills the social passport of a class knows of a family, written into its card (S-04)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children import events
from opora.people.children.models import Child, Family

from .rows import own, revise

MOST_CHILDREN = 30


@transaction.atomic
def family_tick(
    *, actor: Actor, child: Child, add: Collection[str] = (), drop: Collection[str] = (),
    children_count: int | None = None,
) -> Family:  # fmt: skip
    """Put codes of the edition's family lists on the card and take others away; None leaves the count as it is."""
    require(actor, "family.tick")
    own(actor, child)
    if children_count is not None and not 1 <= children_count <= MOST_CHILDREN:
        raise Refusal("children_count", f"Детей в семье — от 1 до {MOST_CHILDREN}.", field="children_count")
    row = Family.objects.select_for_update().filter(child=child).first() or Family(organisation=actor.at, child=child)
    kept = [code for code in row.kinds if code not in drop]
    kinds = kept + [code for code in dict.fromkeys(add) if code not in kept]
    count = row.children_count if children_count is None else children_count
    changed = revise(row, {"kinds": kinds, "children_count": count})
    if changed:
        row.full_clean()
        row.save()
        record(
            events.FAMILY_SAVED, actor=actor, subject=row, person_id=child.public_id, fields=", ".join(changed)
        )  # fmt: skip
    return row
