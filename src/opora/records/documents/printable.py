"""What of a text can stand on paper.

Archival PDF forbids a character that no font draws, and invisible control characters can make a printed line
say something else than was typed (a right-to-left override). Such characters are printed as their code,
``[U+202E]``, so that nothing typed is lost and nothing is hidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

_PLAIN = re.compile(
    "[^\n \u0021-\u007e\u00a0-\u00ac\u00ae-\u00ff\u0401\u0410-\u044f\u0451\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2022\u2026\u2116\u200b\u2212]"
)
"""Finds characters outside of the Russian office set, which the fonts of every installation draw."""

_HARMLESS_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"
_MOST_ODD_CHARACTERS = 512
"""With more different rare characters than this, all are printed as codes: bounds the time of one paper."""

_LONG_RUN = re.compile(r"[^\s\-\u2010\u2011/\u200b]{25,}")
_RUN_PIECE = 8
_MARK_INSIDE = re.compile(r"[@._,;\]](?=.)")


class Printable:
    """Cleans texts for one set of fonts; remembers which rare characters it can draw."""

    def __init__(self, is_drawn: Callable[[str], bool]) -> None:
        self._is_drawn = is_drawn
        self._known: dict[str, bool] = {}

    def clean(self, value: Any) -> Any:
        """The same JSON-able value with every text inside made safe to print."""
        odd: set[str] = set()
        tidy = _map_texts(value, lambda text: _collect(_tidy(text), odd))
        if len(odd) > _MOST_ODD_CHARACTERS:
            return only_plain_characters(value)
        refused = {character for character in odd if not self._draws(character)}
        if refused:
            pattern = re.compile("[" + re.escape("".join(sorted(refused))) + "]")
            tidy = _map_texts(tidy, lambda text: pattern.sub(_code, text))
        return _map_texts(tidy, break_long_runs)

    def _draws(self, character: str) -> bool:
        if character not in self._known:
            invisible = unicodedata.category(character)[0] == "C" and character not in _HARMLESS_INVISIBLE
            self._known[character] = not invisible and self._is_drawn(character)
        return self._known[character]


def only_plain_characters(value: Any) -> Any:
    """The same value with every character outside of the Russian office set printed as its code."""
    return _map_texts(value, lambda text: break_long_runs(_PLAIN.sub(_code, _tidy(text))))


def editable(value: Any) -> Any:
    """The same value for a file that people edit: what no XML may hold, and what hides words, as its code."""
    return _map_texts(value, lambda text: "".join(_as_code(one) if _is_hidden(one) else one for one in _tidy(text)))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" and character not in f"\n{_HARMLESS_INVISIBLE}"


def _as_code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def break_long_runs(text: str) -> str:
    """Invisible places to break a line inside runs of over 24 characters, which no line might hold.

    An address breaks after its marks; a run without marks, every eight characters.
    """

    def chop(match: re.Match[str]) -> str:
        run = match.group()
        return "\u200b".join(run[start : start + _RUN_PIECE] for start in range(0, len(run), _RUN_PIECE))

    def pieces(match: re.Match[str]) -> str:
        return _LONG_RUN.sub(chop, _MARK_INSIDE.sub("\\g<0>\u200b", match.group()))

    return _LONG_RUN.sub(pieces, text)


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return re.sub("[\r\u2028\u2029\x0b\x0c\x85]", "\n", unicodedata.normalize("NFC", text)).strip("\n ")


def _collect(text: str, odd: set[str]) -> str:
    odd.update(_PLAIN.findall(text))
    return text


def _code(match: re.Match[str]) -> str:
    return _as_code(match.group())


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _map_texts(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_map_texts(item, change) for item in value]
    return value
