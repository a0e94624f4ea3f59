"""Names of pupils in a text that is meant for everyone: found before it goes into the bank, replaced in an offer.

A name is a word with a capital that is a name of the organisation's register, in any grammatical case: the same
beginning, another ending. A surname written without its capital is found too. A name at the beginning of a sentence
may be an ordinary word («Вера в себя»): better one question too many than a child's name in a bank.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, NameWord
from opora.people.children.spelling import normalise
from opora.people.naming import NameCase, decline

WORD = re.compile(r"[А-ЯЁа-яёA-Za-z]+")
SHORTEST = 3
INSTEAD = {
    NameCase.NOMINATIVE: "обучающийся", NameCase.GENITIVE: "обучающегося", NameCase.DATIVE: "обучающемуся",
    NameCase.ACCUSATIVE: "обучающегося", NameCase.INSTRUMENTAL: "обучающимся", NameCase.PREPOSITIONAL: "обучающемся",
}  # fmt: skip
ENDINGS = frozenset(
    [
        "а",
        "я",
        "у",
        "ю",
        "е",
        "и",
        "ы",
        "о",
        "й",
        "ь",
        "ой",
        "ей",
        "ою",
        "ею",
        "ом",
        "ем",
        "ым",
        "им",
        "ого",
        "его",
        "ому",
        "ему",
        "ых",
        "их",
        "ыми",
        "ими",
        "ов",
        "ев",
        "ам",
        "ям",
        "ами",
        "ями",
        "ах",
        "ях",
        "ая",
        "яя",
        "ий",
        "ый",
    ]
) | {""}


def names_in(organisation: Organisation, *texts: str) -> list[str]:
    """Words of the texts that are names of pupils of the organisation, as written; one or two queries."""
    words = list(dict.fromkeys(word for text in texts for word in WORD.findall(text) if len(word) >= SHORTEST))
    capital = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper() and len(word) > SHORTEST + 1]
    return [*_like_names(organisation, capital), *_surnames(organisation, small)]


def _like_names(organisation: Organisation, words: list[str]) -> list[str]:
    if not words:
        return []
    starts = {normalise(word)[: max(SHORTEST, len(word) - 3)] for word in words}
    begun = reduce(or_, (Q(word__startswith=start[:SHORTEST]) for start in starts))
    known = set(NameWord.objects.of(organisation).filter(begun).values_list("word", flat=True))
    return [word for word in words if any(same_name(one, normalise(word)) for one in known)]


def _surnames(organisation: Organisation, words: list[str]) -> list[str]:
    """Lower-case words that are exactly a surname of the register: first names are too often ordinary words."""
    if not words:
        return []
    normal = {normalise(word): word for word in words}
    borne = NameWord.objects.of(organisation).filter(word__in=normal).values_list("word", "child__last_name")
    return [normal[word] for word, last in borne.distinct() if word in normalise(last).split("-")]


def same_name(name: str, written: str) -> bool:
    """Whether a written word is the name in some case: «миша» and «мише», «данилова» and «даниловой»."""
    if name == written:
        return True
    if abs(len(name) - len(written)) > 3:
        return False
    stem = len(name) - 1 if name[-1] in "аяьйео" else len(name)
    return stem >= SHORTEST and written.startswith(name[:stem]) and written[stem:] in ENDINGS


def without_names(child: Child, text: str) -> str:
    """The text of a child's programme with his name, in any case, replaced: what is offered to the bank."""
    forms: dict[str, str] = {}
    for case in NameCase:
        whole = decline(child.last_name, child.first_name, child.middle_name, sex=child.sex, case=case)
        for word in WORD.findall(whole):
            forms.setdefault(normalise(word), INSTEAD[case])
    named = [normalise(word) for word in WORD.findall(child.full_name)]

    def instead(found: re.Match[str]) -> str:
        word, plain = found[0], normalise(found[0])
        if not word[0].isupper():
            return word
        if plain in forms:
            return forms[plain]
        return INSTEAD[NameCase.NOMINATIVE] if any(same_name(one, plain) for one in named) else word

    return re.sub(r"(обучающ\w+)(?:\s+обучающ\w+)+", r"\1", WORD.sub(instead, text))
