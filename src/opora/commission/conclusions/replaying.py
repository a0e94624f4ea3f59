"""All signed conclusions of an organisation judged by today's rules (`opora regulations replay`).

Each worker process reads its own stretch of rows, opens the sealed basis, judges it and hands back sums alone: no
child's data leaves the worker, and the report names cases by their numbers.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import F

from opora.commission.editions.laws import law_on, one_reading
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from opora.foundation.vault.fields import SealBroken
from opora.regulations.door.replaying import Report, replay

from .models import Conclusion

STRETCH = 2000  # rows of one piece of work
AT_ONCE = 500


class NoOrganisation(LookupError):
    """The organisation is not named well enough; the text is for whoever typed the command."""


def replay_all(name: str, *, limit: int, workers: int, on: date) -> dict[str, Any]:
    """The report over the signed conclusions of an organisation, the latest `limit` of them (0: all), by the rules of
    the day `on`. Raises NoOrganisation."""
    place = organisation_named(name)
    with within(place):
        keys = list(_signed().order_by("-pk").values_list("pk", flat=True)[: limit or None])
        law = law_on(on, place.pk)
    pieces = [(place.pk, keys[start : start + STRETCH], on) for start in range(0, len(keys), STRETCH)]
    report = Report()
    if workers == 1 or len(pieces) < 2:
        report.merge(judge(piece) for piece in pieces)
    else:
        report.merge(_in_processes(pieces, workers))
    return {"call": "replay", "organisation": place.short_name, "on": on.isoformat(), **report.as_json(law)}


def organisation_named(name: str) -> Organisation:
    """A commission by its short name; without a name the only one."""
    places = list(Organisation.objects.workplaces().commissions())
    found = [one for one in places if not name or one.short_name == name]
    if len(found) != 1:
        known = "; ".join(one.short_name for one in places) or "комиссий в базе нет"
        raise NoOrganisation(f"Назовите комиссию: --organisation. Есть: {known}.")
    return found[0]


def judge(piece: tuple[int, list[int], date]) -> Report:
    """Judge one stretch of conclusions by their keys."""
    organisation, keys, on = piece
    report = Report()
    with within(organisation), one_reading():
        law = law_on(on, organisation)
        for row in _rows(keys):
            case = f"{row.case_number}/{row.case_year}"
            try:
                report.add(case, replay(law, row.basis))
            except (KeyError, TypeError, ValueError, SealBroken):
                report.skip(case)
    return report


def _rows(keys: list[int]) -> Iterator[Any]:
    """Rows with what is asked of them and no more; a sealed text names its own key, so the child is not read."""
    numbered = _signed().annotate(case_number=F("case__number"), case_year=F("case__year")).only("public_id", "basis")
    for start in range(0, len(keys), AT_ONCE):
        yield from numbered.filter(pk__in=keys[start : start + AT_ONCE]).order_by("-pk")


def _signed() -> Any:
    return Conclusion.objects.filter(state=Conclusion.State.SIGNED).exclude(basis={})


def _in_processes(pieces: list[tuple[int, list[int], date]], workers: int) -> Iterator[Report]:
    connections.close_all()  # a child must not share the parent's connection
    gc.collect()
    gc.freeze()  # the law lives as long as the worker: not to be looked through again and again
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"), initializer=_fresh) as pool:
        yield from pool.map(judge, pieces)


def _fresh() -> None:
    connections.close_all()
