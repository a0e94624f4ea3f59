"""`directions.toml`: frames and directions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.directions.entries import CorrectionDirection, DirectionFrame
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground


def frame(raw: RawEntry) -> DirectionFrame:
    """`[[direction_frame]]`."""
    return DirectionFrame(
        **ground(raw), order=raw.number("order"), suffix=raw.text("suffix", ""), when=raw.predicates("when")
    )


def direction(raw: RawEntry) -> CorrectionDirection:
    """`[[direction]]`: the text is the title when none is given; what is recalled must say so in its note."""
    common = ground(raw)
    recalled = raw.flag("recalled", False)
    if recalled and not common["note"]:
        raise raw.refuse("note", "what is recalled must say what to compare it with" + raw.near("note"))
    return CorrectionDirection(
        **common,
        specialist=raw.word("specialist"),
        order=raw.number("order"),
        text=raw.text("text", common["title"]),
        stage=raw.one_of("stage", ("early", "later"), "later"),
        audience=raw.words("audience"),
        when=raw.predicates("when"),
        unless=raw.predicates("unless"),
        follows_from=raw.predicates("follows_from"),
        always=raw.flag("always", False),
        recalled=recalled,
    )


FILES: Mapping[str, tuple[str, ...]] = {"directions.toml": ("direction_frame", "direction")}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {"direction_frame": frame, "direction": direction}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("direction", "audience", "audience"),
    ("direction", "specialist", "vocabulary:direction_specialist"),
)
