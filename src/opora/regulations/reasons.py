"""What every answer of the rules is made of: a sentence with its clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the rules say so. `text` is a sentence for the screen, `clause` where it is written.

    `code` is that of the rule, `facts` the facts that it rests on, `note` a second reading of a doubtful place,
    `is_law` False for what practice alone knows.
    """

    code: str
    text: str
    clause: str
    facts: tuple[str, ...] = ()
    note: str = ""
    is_law: bool = True

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found: dict[str, Any] = {"code": self.code, "text": self.text, "clause": self.clause, "facts": [*self.facts]}
        if self.note:
            found["note"] = self.note
        if not self.is_law:
            found["law"] = False
        return found
