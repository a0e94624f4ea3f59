"""Looking through texts: expressions of a check, sentence by sentence, with what excuses them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from opora.regulations.checks.entries import Check
from opora.regulations.checks.texts import DIRECTION, FEATURES, PROTOCOL, Text, sentences

SHOWN = 90
RECOMMENDATIONS, DESCRIPTIONS, EVERYWHERE = "recommendations", "features", "all"


@dataclass(frozen=True)
class Search:
    """The expressions of one check, compiled."""

    words: re.Pattern[str] | None
    exceptions: re.Pattern[str] | None
    stems: tuple[str, ...]
    where: tuple[str, ...]

    def looks_at(self, text: Text) -> bool:
        """Whether the text is one of those that the check is about and shows a sign of it."""
        if not any(_belongs(text.code, one) for one in self.where):
            return False
        return not self.stems or any(stem in text.plain for stem in self.stems)

    def found_in(self, text: Text) -> tuple[str, ...]:
        """What of the text is met, in the words of the text."""
        found: dict[str, None] = {}
        for sentence in sentences(text.text):
            if self.exceptions is not None and self.exceptions.search(sentence):
                continue
            if self.words is None:
                found[_short(sentence)] = None
            else:
                found |= dict.fromkeys(_short(one[0].strip()) for one in self.words.finditer(sentence))
        return tuple(found)


def search_of(check: Check) -> Search:
    """The search of a check of words."""
    return Search(_either(check.words), _either(check.exceptions), check.stems, check.where)


def quoted(words: Iterable[str]) -> str:
    """«одно», «другое»."""
    return ", ".join(f"«{one}»" for one in words)


def _either(expressions: tuple[str, ...]) -> re.Pattern[str] | None:
    joined = "|".join(f"(?:{one})" for one in expressions)
    return re.compile(joined, re.IGNORECASE) if joined else None


def _belongs(code: str, where: str) -> bool:
    if where == EVERYWHERE:
        return code not in PROTOCOL
    if where == DESCRIPTIONS:
        return code in FEATURES
    if where == RECOMMENDATIONS:
        return code not in PROTOCOL and code not in FEATURES
    return code == where or (where == "directions" and code.startswith(DIRECTION))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"
