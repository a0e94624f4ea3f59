"""How names are compared: normal form, words, trigrams, one typo. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u2019\u02bc'`]")
MAX_WORDS = 12


def normalise(text: str) -> str:
    """Lower case, ё as е, apostrophes dropped: the form in which names are stored for search and compared."""
    flat = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return _MARKS.sub("", flat)


def words_of(*texts: str) -> list[str]:
    """Distinct words of names in normal form, in their order; a double surname gives two words."""
    found = (word for text in texts for word in _WORD.findall(normalise(text)))
    return list(dict.fromkeys(word[:80] for word in found))


def search_form(*texts: str) -> str:
    """All words of a name on one line, as `Child.search_name` keeps them."""
    return " ".join(words_of(*texts))


def trigrams(word: str) -> set[str]:
    """Three-letter pieces of a word; two blanks before it and one after it mark its beginning and its end."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def probes(word: str) -> set[str]:
    """A few trigrams of which at least one outlives any single typo in the word.

    A typo touches at most two neighbouring letters. The beginning covers the letters 1-2 and the second probe the
    letters from the fourth on, so no typo breaks both; a short word is asked for by its first letter and its end.
    """
    padded = f"  {word} "
    if len(word) >= 6:
        return {padded[1:4], padded[5:8]}
    swapped = {f"  {word[1]}"} if len(word) == 3 else set()
    return {padded[0:3], padded[-3:]} | swapped


def beginning(word: str) -> str:
    """The trigram that every word beginning with the given letters has."""
    return f"  {word}"[-3:] if len(word) < 3 else f" {word[:2]}"


def one_typo_apart(one: str, other: str) -> bool:
    """Whether two words are equal or differ by one letter put in, left out, changed, or two neighbours swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter


def closest(word: str, known: Iterable[str], limit: int) -> list[str]:
    """Up to `limit` known words within one typo, the word itself first; two letters may only have lost a third."""
    if len(word) < 3:
        known = [one for one in known if one == word or (len(word) == 2 and len(one) == 3)]
    size = len(word)
    near = [one for one in known if -2 < len(one) - size < 2 and one_typo_apart(word, one)]
    return sorted(near, key=lambda one: (one != word, one[:1] != word[:1], one))[:limit]
