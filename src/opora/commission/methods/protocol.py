"""What the protocol lists: the methods ticked in each sheet of a case."""

from __future__ import annotations

from opora.commission.cases.models import Case

from .models import MethodUse


def methods_used(case: Case) -> dict[int, list[str]]:
    """Methods as they stand in the protocol, by the row of the sheet, in the order of ticking. One query.

    The caller has already been let in to the case.
    """
    found: dict[int, list[str]] = {}
    uses = MethodUse.objects.filter(examination__case=case).select_related("examination__case__child").order_by("pk")
    for use in uses:
        if use.title:
            found.setdefault(use.examination_id, []).append(use.printed)
    return found
