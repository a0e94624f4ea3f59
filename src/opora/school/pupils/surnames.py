"""Surnames in texts that name nobody: a surname in any case of Russian, and a search for those of the register.

A common word is not taken for a surname: what begins a sentence or stands in quotes must look like a surname by itself.
The answer is the word that was typed and never says that there is such a child.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child

UNCHANGED = re.compile("(?:[аяыио]й|[ая]я|[аяьй])$")  # what a surname loses when it is declined
ENDINGS = "(?:[аяуюыиеьй]|[ыиое]й|[аую][яю]|[оеыи]м|[оеё]го|[оеё]му|[ыи]х)?"
CAPITAL = re.compile(r"(?<![\w-])[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*(?!\w)")
USUAL = re.compile(
    "(?:(?:[оеё]в|[иы]н)(?:а|у|ы|е|ым|ой|ых|ыми)?|[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ие|их|ими))$"
)  # how most surnames end: enough where the capital letter tells nothing
QUOTED = re.compile(r'«[^«»\n]*»|"[^"\n]*"|[„“][^„“”\n]*[“”]')
MOST = 60  # beginnings asked for in one query
LETTERS = 3  # by so many a word is looked up; shorter ones are common words too often


def shape_of(surname: str) -> str:
    """A pattern of all cases of a surname."""
    stem = UNCHANGED.sub("", surname)
    return re.escape(stem) + ENDINGS if len(stem) > 2 else re.escape(surname)


def surname_in(organisation: Organisation, texts: Iterable[str]) -> str:
    """The first word that may be a surname of a child of the register, as it was typed; empty for none.

    One query, and none where no word could be a surname.
    """
    words = [word for text in texts for word in _suspects(text)]
    if not words:
        return ""
    shapes: dict[str, list[str]] = {}
    for surname in _surnames_near(organisation, {form[:LETTERS] for word in words for form in _forms(word)}):
        for part in _plain(surname).split("-"):
            shapes.setdefault(part[:LETTERS], []).append(shape_of(part))
    return next((word for word in words if _is_one_of(_plain(word), shapes)), "")


def advice_on(word: str) -> str:
    """What to do with a suspect that is no child's surname; quotes do not help what ends as surnames do."""
    return "напишите иначе, без этого слова" if USUAL.search(word) else "возьмите слово в кавычки"


def _surnames_near(organisation: Organisation, beginnings: Collection[str]) -> QuerySet[Child, str]:
    """Surnames of which a part begins so; all of them for a text of very many capital letters."""
    near = Q()
    for letters in beginnings if len(beginnings) <= MOST else ():
        near |= Q(last_name__startswith=letters) | Q(last_name__contains=f"-{letters}")
    return Child.objects.of(organisation).filter(near).order_by().values_list("last_name", flat=True).distinct()


def _is_one_of(word: str, shapes: Mapping[str, Iterable[str]]) -> bool:
    return any(re.fullmatch(shape, word) for shape in shapes.get(word[:LETTERS], ()))


def _suspects(text: str) -> Iterable[str]:
    quoted = [one.span() for one in QUOTED.finditer(text)]
    for found in CAPITAL.finditer(text):
        before = text[: found.start()].rstrip(" \t\xa0")
        begins = not before or before[-1] in ".!?…\r\n" or any(a < found.start() < b for a, b in quoted)
        for word in found.group().split("-"):
            if len(word) >= LETTERS and (not begins or USUAL.search(word)):
                yield word


def _forms(word: str) -> tuple[str, str, str]:
    """«Ёлкин» may be written «Елкин»."""
    return word, word.replace("ё", "е").replace("Ё", "Е"), word.replace("е", "ё").replace("Е", "Ё")


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")
