"""The order of floors and rooms, read from `.importlinter`: imports and foreign keys obey the same order."""

from __future__ import annotations

import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import models

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACTS = REPOSITORY / ".importlinter"


def _layers(section: configparser.SectionProxy) -> list[list[str]]:
    """Names of each layer, the lowest layer first."""
    lines = [line.strip() for line in section["layers"].splitlines() if line.strip()]
    return [[name.strip(" ()") for name in line.split("|")] for line in reversed(lines)]


@dataclass(frozen=True)
class Order:
    """`floors["opora.people"]` and `rooms["opora.people.children"]` are heights; a higher one may know a lower one."""

    floors: dict[str, int]
    rooms: dict[str, int]

    @classmethod
    def read(cls, path: Path = CONTRACTS) -> Order:
        parser = configparser.ConfigParser()
        parser.read(path, encoding="utf-8")
        floors: dict[str, int] = {}
        rooms: dict[str, int] = {}
        for name in parser.sections():
            section = parser[name]
            if section.get("type") != "layers":
                continue
            container = section.get("containers", "").strip()
            for height, names in enumerate(_layers(section)):
                for one in names:
                    (rooms if container else floors)[f"{container}.{one}" if container else one] = height
        return cls(floors, rooms)

    def may_know(self, upper: str, lower: str) -> bool:
        """Say whether a module of the first room may refer to a module of the second."""
        above, below = self._floor(upper), self._floor(lower)
        if above != below:
            return self.floors[above] > self.floors[below]
        for room, other in zip(self.rooms_of(upper), self.rooms_of(lower), strict=False):
            if room != other:
                return self.rooms.get(room, -1) > self.rooms.get(other, -1)
        return True

    def _floor(self, module: str) -> str:
        return next(floor for floor in self.floors if module == floor or module.startswith(floor + "."))

    def rooms_of(self, module: str) -> list[str]:
        """The room of a module, then the room inside that one where the contract has such."""
        parts = module.split(".")
        names = [".".join(parts[:length]) for length in range(3, len(parts) + 1)]
        return [name for name in names if name in self.rooms] or names[:1]


@dataclass(frozen=True)
class Upward:
    """A relation that points the wrong way."""

    source: str
    field: str
    target: str

    def __str__(self) -> str:
        return f"{self.source}.{self.field} -> {self.target}"


def upward_relations(every: Iterator[type[models.Model]] | list[type[models.Model]], order: Order) -> list[Upward]:
    """Foreign keys, one-to-one and many-to-many relations of our models that point upward or sideways."""
    return [
        Upward(model._meta.label, field.name, field.related_model._meta.label)
        for model in every
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation
        and field.related_model.__module__.startswith("opora.")
        and not order.may_know(model.__module__, field.related_model.__module__)
    ]
