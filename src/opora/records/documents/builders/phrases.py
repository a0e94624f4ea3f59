"""Names of organisations and documents in the grammatical case that a form needs.

Only the head of the phrase changes: its adjectives and its noun. A phrase whose head is not known stays as written,
because the nominative on a paper is better than a wrong form; an abbreviation («ГБУ «Центр…») is never declined.
"""

from __future__ import annotations

from opora.people.naming import NameCase

_NEUTER_IE = "учреждение отделение управление объединение решение распоряжение постановление удостоверение"
_NEUTER_O = "свидетельство министерство агентство"
_FEMALE_IA = "комиссия организация гимназия администрация"
_FEMALE_A = "школа служба палата"
_FEMALE_SOFT = "доверенность"
_MALE = "центр отдел комитет департамент институт университет акт договор приказ паспорт документ сад"
_CASES = (NameCase.GENITIVE, NameCase.DATIVE, NameCase.ACCUSATIVE, NameCase.PREPOSITIONAL)

# Ending of the nominative -> endings of genitive, dative, accusative and prepositional (things, not persons).
_NOUNS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    **dict.fromkeys(_NEUTER_IE.split(), ("е", ("я", "ю", "е", "и"))),
    **dict.fromkeys(_NEUTER_O.split(), ("о", ("а", "у", "о", "е"))),
    **dict.fromkeys(_FEMALE_IA.split(), ("я", ("и", "и", "ю", "и"))),
    **dict.fromkeys(_FEMALE_A.split(), ("а", ("ы", "е", "у", "е"))),
    **dict.fromkeys(_FEMALE_SOFT.split(), ("ь", ("и", "и", "ь", "и"))),
    **dict.fromkeys(_MALE.split(), ("", ("а", "у", "", "е"))),
    "лицей": ("й", ("я", "ю", "й", "е")),
    "выписка": ("а", ("и", "е", "у", "е")),
}
_ADJECTIVES: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    ("ая", ("ой", "ой", "ую", "ой")),
    ("яя", ("ей", "ей", "юю", "ей")),
    ("ое", ("ого", "ому", "ое", "ом")),
    ("ее", ("его", "ему", "ее", "ем")),
    ("ый", ("ого", "ому", "ый", "ом")),
    ("ой", ("ого", "ому", "ой", "ом")),
    ("кий", ("кого", "кому", "кий", "ком")),
    ("гий", ("гого", "гому", "гий", "гом")),
    ("хий", ("хого", "хому", "хий", "хом")),
    ("ий", ("его", "ему", "ий", "ем")),
)


def decline_phrase(phrase: str, case: NameCase) -> str:
    """«Территориальная комиссия района» -> «Территориальной комиссии района»; unchanged when the head is unknown."""
    if case not in _CASES:
        return phrase
    which = _CASES.index(case)
    words = phrase.split(" ")
    for place, word in enumerate(words):
        noun = _NOUNS.get(word.lower())
        if noun is not None:
            ending, endings = noun
            words[place] = word.removesuffix(ending) + endings[which] if ending else word + endings[which]
            return " ".join(words)
        changed = _adjective(word, which)
        if changed is None:
            return phrase
        words[place] = changed
    return phrase


def _adjective(word: str, which: int) -> str | None:
    if len(word) < 5 or not word[1:].replace("-", "").islower():
        return None
    for ending, endings in _ADJECTIVES:
        if word.endswith(ending):
            return word.removesuffix(ending) + endings[which]
    return None
