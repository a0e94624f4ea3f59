"""The law of a day for the rooms of people: terms of consents, requests and keeping.

The commission above knows which values its central commission has confirmed and says so at start (`use_source`);
without it the edition stands as its files have it. The organisation is the one of the moment (`organisations.scope`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from opora.foundation.organisations.scope import scope
from opora.regulations.edition import Edition, edition_for

Source = Callable[[date, int], Edition]
_sources: list[Source] = []


def use_source(source: Source) -> None:
    """Called once by the room that knows confirmed values: `source(day, organisation)`, 0 for no organisation."""
    _sources[:] = [source]


def law_on(day: date) -> Edition:
    """The edition in force on a day, as the organisation of the moment applies it. LookupError before the first."""
    return _sources[0](day, scope().organisation) if _sources else edition_for(day)
