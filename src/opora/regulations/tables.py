"""All tables of an edition: those of `readers.py` and those that each topic brings in its own `readers.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

from opora.regulations import entries as e
from opora.regulations import readers
from opora.regulations.acts import readers as acts
from opora.regulations.advice import readers as advice
from opora.regulations.attestation import readers as attestation
from opora.regulations.checks import readers as checks
from opora.regulations.consilium import readers as consilium
from opora.regulations.directions import readers as directions
from opora.regulations.duties import readers as duties
from opora.regulations.facts import readers as facts
from opora.regulations.instruments import readers as instruments
from opora.regulations.lag import readers as lag
from opora.regulations.loading import RawEntry
from opora.regulations.methods import readers as methods
from opora.regulations.presentations import readers as presentations
from opora.regulations.reexamination import readers as reexamination
from opora.regulations.service import readers as service
from opora.regulations.signals import readers as signals
from opora.regulations.special import readers as special
from opora.regulations.support import readers as support

TOPICS: tuple[ModuleType, ...] = (
    readers,
    checks,
    attestation,
    acts,
    facts,
    methods,
    instruments,
    lag,
    special,
    directions,
    reexamination,
    advice,
    consilium,
    duties,
    support,
    signals,
    presentations,
    service,
)

FILES: Mapping[str, tuple[str, ...]] = {name: tables for topic in TOPICS for name, tables in topic.FILES.items()}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    table: read for topic in TOPICS for table, read in topic.SINGLE.items()
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {
    table: read for topic in TOPICS for table, read in topic.MANY.items()
}
LINKS: tuple[tuple[str, str, str], ...] = tuple(link for topic in TOPICS for link in topic.LINKS)
