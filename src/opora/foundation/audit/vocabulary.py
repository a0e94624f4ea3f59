"""The words of the log. Each app declares its events in `events.py`; an undeclared event cannot be recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# What a person did with what is known of a child; the log is narrowed by it.
KINDS = {"read": "просмотр", "search": "поиск", "print": "печать и выгрузка", "change": "изменение"}
_SEARCHED = ("searched",)
_TAKEN_OUT = ("printed", "exported", "issued", "print_read", "print_ordered", "disclosed", "files.read")
_CHANGED = ("changed", "moved", "made")
_VOCABULARY: dict[str, EventType] = {}


@dataclass(frozen=True)
class EventType:
    """`code` is «app.deed»; `sentence` is Russian, impersonal, and may use the details: «Взят номер {number}».

    `quiet` events (something was looked at, a text was typed) are recorded like all others; the history beside a
    page shows them only when asked.
    """

    code: str
    sentence: str
    quiet: bool = False

    @property
    def kind(self) -> str:
        """One of `KINDS`, told by the last word of the code."""
        if self.code.endswith(_SEARCHED):
            return "search"
        if self.code.endswith(_TAKEN_OUT):
            return "print"
        return "read" if self.quiet and not self.code.endswith(_CHANGED) else "change"


def event(code: str, sentence: str, *, quiet: bool = False) -> EventType:
    """Declare an event. Raises ValueError when the code is taken."""
    if code in _VOCABULARY:
        raise ValueError(f"the event {code} is declared twice")
    _VOCABULARY[code] = EventType(code, sentence, quiet)
    return _VOCABULARY[code]


def vocabulary() -> dict[str, EventType]:
    """All declared events by code."""
    return dict(_VOCABULARY)


def quiet_codes() -> list[str]:
    """Codes of the events that a history leaves out at first."""
    return [one.code for one in _VOCABULARY.values() if one.quiet]


def codes_of(kind: str) -> list[str]:
    """Codes of all events of one kind."""
    return [one.code for one in _VOCABULARY.values() if one.kind == kind]


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def sentence_of(code: str, details: dict[str, Any]) -> str:
    """Return the sentence with its details filled in; an unknown code reads as itself."""
    known = _VOCABULARY.get(code)
    sentence = known.sentence.format_map(_Gaps(details)) if known else code
    return f"{sentence} — по экстренному доступу" if "emergency" in details else sentence
