"""Checks that no table can say: each is a function that yields what it found, by the code of its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from opora.regulations.checks.diagnoses import codes_in, declined_diagnosis, diagnosis_words, named_diagnosis
from opora.regulations.checks.naming import programmes_named
from opora.regulations.checks.subject import Subject
from opora.regulations.checks.texts import DIRECTION, Text, plain_of
from opora.regulations.edition import Edition
from opora.regulations.facts.reading import definition, exclusions_met
from opora.regulations.icd10 import icd10_normalise
from opora.regulations.predicates import Value
from opora.regulations.reasons import Reason

FEWEST_LETTERS = 12
SHORTEST_NAME = 5
ON_REQUEST = "on_request"
UNFILLED = "template_blank"
_LETTERS = re.compile(r"[а-яё]+", re.IGNORECASE)
_SEPARATE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding of a check. What is empty is taken from the check; `reason` brings its own sentence and clause."""

    found: str = ""
    title: str = ""
    place: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class Looked:
    """A subject with its texts gathered once; `everything` is all of them, plain."""

    subject: Subject
    law: Edition
    texts: tuple[Text, ...]
    everything: str
    tolerances: Mapping[str, float]

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """Codes of the programmes that the conclusion recommends."""
        answers = self.subject.answers
        codes = (answers.get(code) for code in ("programme_code", "orientation", "second_programme_code"))
        return tuple(code for code in codes if code)

    @property
    def school(self) -> Iterator[Text]:
        """What the school's copy shows."""
        return (one for one in self.texts if one.code in self.subject.school_texts)

    def knows(self, code: str) -> bool:
        """Whether the edition has the programme."""
        return code in self.law.tables["programme"]

    def title(self, code: str, orientation: str = "") -> str:
        """A programme in short, with the code that it is oriented to."""
        short = self.law.programme(code).short
        return f"{short} ({self.law.programme(orientation).short})" if orientation else short

    @cached_property
    def diagnoses(self) -> dict[str, str]:
        """Words of the child's diagnoses, those of the protocol included."""
        return diagnosis_words(self.subject.diagnoses, self.subject.texts.get("diagnoses", ""))


Rule = Callable[[Looked], Iterator[Hit]]
RULES: dict[str, Rule] = {}


def rule(named: Rule) -> Rule:
    """Put the function into the list under its own name."""
    RULES[named.__name__] = named
    return named


@rule
def no_such_section(looked: Looked) -> Iterator[Hit]:
    """A section («отделение») is chosen for a programme that has none."""
    code = looked.subject.answers.get("programme_code")
    if code and looked.subject.answers.get("programme_section") and not looked.law.programme(code).sections:
        yield Hit(looked.law.programme(code).short)


@rule
def same_second_programme(looked: Looked) -> Iterator[Hit]:
    """The second programme of a complex defect is the first one again."""
    answers = looked.subject.answers
    second = answers.get("second_programme_code")
    if second and second in (answers.get("programme_code"), answers.get("orientation")):
        yield Hit(looked.law.programme(second).short)


@rule
def past_term(looked: Looked) -> Iterator[Hit]:
    """A day of the next examination is not after the day of signing."""
    on = looked.subject.facts.on
    for code in ("term_on", "change_term", "follow_up"):
        day = _day(looked.subject.answers.get(code))
        if on is not None and day is not None and day <= on:
            yield Hit(_shown(day))


@rule
def late_term(looked: Looked) -> Iterator[Hit]:
    """The next examination is set later than some clause leaves."""
    day = _day(looked.subject.answers.get("term_on"))
    firm = [one for one in looked.subject.latest if one.day is not None and not one.conditional]
    first = min(firm, key=lambda one: one.day or date.max, default=None)
    if day is not None and first is not None and first.day is not None and day > first.day:
        yield Hit(f"{_shown(day)}, а не позже {_shown(first.day)}: {first.reason.text}", reason=first.reason)


@rule
def flexible_wording(looked: Looked) -> Iterator[Hit]:
    """A clause advises its wording («при устойчивых трудностях…»), and neither it nor an early enough day is chosen."""
    wording, day = looked.subject.answers.get("reexamination_wording"), _day(looked.subject.answers.get("term_on"))
    advised = [one for one in looked.subject.latest if one.conditional and one.wording != ON_REQUEST]
    if advised and all(one.wording != wording for one in advised):
        first = advised[0]
        if day is None or first.day is None or day > first.day:
            yield Hit(first.reason.text, reason=first.reason)


@rule
def poor_features(looked: Looked) -> Iterator[Hit]:
    """The features say nothing of one's own: nothing is left when the diagnosis is taken out."""
    text = looked.subject.texts.get("main_features", "").strip()
    left = plain_of(text)
    for words in looked.diagnoses:
        left = left.replace(words, "")
    if text and sum(map(len, _LETTERS.findall(left))) < FEWEST_LETTERS:
        yield Hit(text)


@rule
def named_register_organisation(looked: Looked) -> Iterator[Hit]:
    """A recommendation repeats the name of an organisation of the register."""
    names = {one: _bare(one) for one in looked.subject.organisations}
    for text in looked.texts:
        if not names or text.code in ("main_features", "school_features"):
            continue
        bare = f" {_bare(text.text)} "
        met = [name for name, words in names.items() if len(words) >= SHORTEST_NAME and f" {words} " in bare]
        if met:
            yield Hit(met[0], text.title, text.place)


@rule
def diagnosis_for_school(looked: Looked) -> Iterator[Hit]:
    """The school's copy would name a diagnosis or a code, letter for letter."""
    forbidden = looked.diagnoses
    for text in looked.school:
        if named := named_diagnosis(text, forbidden):
            yield Hit(named, text.title, text.place)


@rule
def declined_diagnosis_for_school(looked: Looked) -> Iterator[Hit]:
    """The school's copy seems to name a diagnosis in another grammatical case."""
    forbidden = looked.diagnoses
    for text in looked.school:
        if not named_diagnosis(text, forbidden) and (named := declined_diagnosis(text, forbidden)):
            yield Hit(named, text.title, text.place)


@rule
def diagnosis_without_consent(looked: Looked) -> Iterator[Hit]:
    """A code of ICD-10 is written, and no written consent of the parent covers it."""
    agreed = {one.icd10 for one in looked.subject.diagnoses if one.consented and one.icd10}
    whole = {code.split(".")[0] for code in agreed}
    for text in looked.texts:
        if text.code == "anamnesis":  # retold from the doctor's paper, which has its own consent
            continue
        met = [one for one in dict.fromkeys(codes_in(text.text)) if not _covered(one, agreed, whole)]
        if met:
            yield Hit(", ".join(met), text.title, text.place)


@rule
def observations_differ(looked: Looked) -> Iterator[Hit]:
    """Two specialists recorded different values of one fact."""
    by_fact: dict[str, dict[str, Value]] = {}
    for one in looked.subject.observations:
        by_fact.setdefault(one.fact, {})[one.speciality] = one.value
    for code, said in by_fact.items():
        fact = definition(looked.law, code) if len(said) > 1 else None
        if fact is None or fact.kind not in ("choice", "flag", "number"):
            continue
        if _apart(list(said.values()), looked.tolerances.get(code, 0.0) if fact.kind == "number" else None):
            words = [f"{_speciality(looked.law, who)} — {fact.title_of(value)}" for who, value in said.items()]
            yield Hit("; ".join(words), fact.title)


@rule
def dissent_unrecorded(looked: Looked) -> Iterator[Hit]:
    """A specialist's own conclusion names another programme, and no special opinion of his is recorded."""
    chosen = looked.chosen
    for view in looked.subject.views:
        if not chosen or view.has_opinion:
            continue
        named = programmes_named(looked.law, view.text)
        if named and named.isdisjoint(chosen):
            words = ", ".join(looked.law.programme(code).short for code in sorted(named))
            yield Hit(words, _speciality(looked.law, view.speciality))


@rule
def template_directions(looked: Looked) -> Iterator[Hit]:
    """The directions of correction work are a template; an unfilled place is said text by text by another check."""
    if looked.subject.template is not None and looked.subject.template.code != UNFILLED:
        yield Hit(looked.subject.template.text, reason=looked.subject.template)


@rule
def same_directions(looked: Looked) -> Iterator[Hit]:
    """Two specialists got word for word the same directions."""
    seen: dict[str, Text] = {}
    for text in looked.texts:
        if not text.code.startswith(DIRECTION) or len(text.plain) < FEWEST_LETTERS:
            continue
        if text.plain in seen:
            yield Hit(f"{seen[text.plain].title}; {text.title}", text.title, text.place)
        seen.setdefault(text.plain, text)


@rule
def extracurricular_with_variant_1(looked: Looked) -> Iterator[Hit]:
    """No direction says that the work goes on outside the lessons."""
    written = (text.plain for text in looked.texts if text.code.startswith(DIRECTION))
    if not any("внеурочн" in words for words in written):
        yield Hit()


@rule
def variant_not_advised(looked: Looked) -> Iterator[Hit]:
    """The recorded facts lead to other programmes than the chosen one."""
    answers, advised = looked.subject.answers, looked.subject.advised
    code, orientation = answers.get("programme_code") or "", answers.get("orientation") or ""
    if not code or not advised.listed or not looked.knows(code):
        return
    chosen = (code, orientation if looked.law.programme(code).needs_orientation else "")
    if chosen not in advised.listed:
        listed = sorted({looked.title(*pair) for pair in advised.listed})
        reasons = "".join(f" Против: {reason.text}" for reason in advised.against)
        yield Hit(f"{'; '.join(listed)}.{reasons}", looked.title(*chosen))


@rule
def variant_against(looked: Looked) -> Iterator[Hit]:
    """A recorded fact speaks against the chosen programme."""
    if not any(True for _ in variant_not_advised(looked)):
        yield from (Hit(reason.text, reason=reason) for reason in looked.subject.advised.against)


@rule
def advice_contradiction(looked: Looked) -> Iterator[Hit]:
    """What is recorded contradicts itself."""
    for reason in looked.subject.advised.contradictions:
        yield Hit(reason.text, reason=reason)


@rule
def facts_exclude(looked: Looked) -> Iterator[Hit]:
    """Recorded facts cannot be true together."""
    for one in exclusions_met(looked.subject.facts):
        yield Hit(one.title, reason=Reason(one.code, one.title, one.clause, one.facts, one.note, one.is_law))


def _apart(values: list[Value], tolerance: float | None) -> bool:
    if tolerance is None:
        return len(set(values)) > 1
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    return max(numbers) - min(numbers) > tolerance if numbers else False


def _covered(code: str, agreed: set[str], whole: set[str]) -> bool:
    plain = icd10_normalise(code)
    return plain in agreed or plain in whole


def _speciality(law: Edition, code: str) -> str:
    return law.speciality(code).title if code in law.tables.get("speciality", {}) else code


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _shown(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _bare(text: str) -> str:
    return _SEPARATE.sub(" ", plain_of(text)).strip()
