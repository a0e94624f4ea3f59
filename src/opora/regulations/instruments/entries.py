"""What an instrument is made of: parts by age, items with answers and points, bands with descriptors, thresholds."""

from __future__ import annotations

from dataclasses import dataclass

from opora.regulations.entries import Entry

LOWEST, HIGHEST = 1, 10
"""A scale is marked from 1 to 10 (annexes 10.2 and 10.3)."""
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """`kind`: questionnaire (a sum of points) | scale (a profile). Ages are in months, `maximum_months` 0: no limit.

    `specialities` fill it in.
    """

    authors: str
    kind: str
    order: int
    specialities: tuple[str, ...]
    minimum_months: int
    maximum_months: int

    @property
    def is_scale(self) -> bool:
        """Whether the answer is a profile."""
        return self.kind == "scale"

    def fits(self, age_months: int | None) -> bool:
        """Whether it is meant for a child of this age; an unknown age is no obstacle."""
        if age_months is None:
            return True
        return self.minimum_months <= age_months and (not self.maximum_months or age_months < self.maximum_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentPart(Entry):
    """Questions about one time of life.

    Asked of a child of `from_months` and older; a child younger than `required_from_months` may have the whole part
    left empty.
    """

    instrument: str
    order: int
    from_months: int
    required_from_months: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an item: `points` is None where it gives none that could be summed."""

    code: str
    title: str
    points: int | None


@dataclass(frozen=True, slots=True)
class Band:
    """A descriptor of the values from `low` to `high`; `age` is an age group, empty for every age."""

    low: int
    high: int
    age: str
    text: str

    @property
    def span(self) -> str:
        """«3–4»."""
        return f"{self.low}–{self.high}"

    def __contains__(self, value: int) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentItem(Entry):
    """`kind`: points | parental (a parameter of the parents) | scale (1 to 10) | degree (describes, gives no points).

    `part` is empty in a scale.
    """

    instrument: str
    part: str
    order: int
    kind: str
    answers: tuple[Answer, ...]
    bands: tuple[Band, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(code, title) of the answers, as a radio field takes them."""
        if self.kind == "scale":
            return [(str(value), str(value)) for value in range(LOWEST, HIGHEST + 1)]
        return [(answer.code, answer.title) for answer in self.answers]

    def answer(self, code: str) -> Answer:
        """One answer; KeyError when there is none."""
        for one in self.answers:
            if one.code == code:
                return one
        raise KeyError(f"{self.code} has no answer {code!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentThreshold(Entry):
    """A threshold of a sum of items of the kind `sums`; `title` says that it is passed, `otherwise` that it is not.

    It is passed when the sum is over `more_than`, or below `less_than`. Where it only `strengthens` another one,
    `alone` says that it is passed without it; `unknown` that the sum cannot be computed.
    """

    instrument: str
    order: int
    sums: str
    more_than: int | None
    less_than: int | None
    strengthens: str
    otherwise: str
    alone: str
    unknown: str

    def passed(self, total: int) -> bool:
        """Whether a sum passes it."""
        over = self.more_than is not None and total > self.more_than
        return over or (self.less_than is not None and total < self.less_than)

    @property
    def limit(self) -> str:
        """«более 20» or «менее 6»."""
        return f"более {self.more_than}" if self.more_than is not None else f"менее {self.less_than}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGroup(Entry):
    """A time of school life that descriptors are given for, from an age in months upwards."""

    from_months: int
