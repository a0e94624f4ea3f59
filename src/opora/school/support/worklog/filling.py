"""What lower rooms ask the log: used materials, done lines of plans, held lessons, given hours."""

from __future__ import annotations

from collections.abc import Iterable

from ..groups.holding import tells_held
from ..groups.hours import counts_delivered
from ..materials.using import counts_use
from ..plans.doing import Done, counts_done
from .counting import delivered_minutes, lessons_held, material_uses, plan_done

counts_delivered(delivered_minutes)
counts_use(material_uses)
tells_held(lessons_held)


@counts_done
def done_in_the_log(keys: Iterable[int]) -> dict[int, Done]:
    """Finished entries of lines of plans."""
    return {key: Done(*counted) for key, counted in plan_done(list(keys)).items()}
