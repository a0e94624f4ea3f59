"""The rows of an edition made ready once: reasons by category and programme, sentences built before they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from opora.regulations.advice import entries as a
from opora.regulations.advice.answers import Contradiction, Question
from opora.regulations.edition import Edition
from opora.regulations.entries import ProgrammeVariant
from opora.regulations.facts.checking import NUMBERS, WORDS
from opora.regulations.facts.entries import FactDefinition
from opora.regulations.predicates import Lookup, Predicate, verdict
from opora.regulations.reasons import Reason

DERIVED = frozenset((*NUMBERS, *WORDS))
NOTHING: tuple[str, ...] = ()
Gates = Mapping[str, tuple[Predicate, ...]]
"""Facts that other recorded facts may make needless: what must hold for them to be asked for."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One row: its conditions and the facts that each sentence made of it rests on."""

    row: a.Rule
    when: tuple[Predicate, ...]
    any_of: tuple[Predicate, ...]
    unless: tuple[Predicate, ...]
    facts: tuple[str, ...]
    every_fact: tuple[str, ...]
    stages: frozenset[str]
    gates: Gates
    said: Reason
    otherwise: Reason | None
    role: str = ""
    asks: bool = False
    leaves_open: bool = False

    def holds(self, facts: Lookup) -> tuple[bool | None, tuple[str, ...]]:
        """Whether the row holds (None: it hangs on facts that nobody recorded), and which facts those are.

        A fact that will never be recorded, because another one makes it needless, does not hold.
        """
        missing: list[str] = []
        for one in self.when:
            found = one.holds(facts)
            if found is False or (found is None and self._needless(one.fact, facts)):
                return False, NOTHING
            if found is None:
                missing.append(one.fact)
        for one in self.unless:
            if one.holds(facts):
                return False, NOTHING
        if self.any_of:
            hanging: list[str] = []
            for one in self.any_of:
                found = one.holds(facts)
                if found:
                    break
                if found is None and not self._needless(one.fact, facts):
                    hanging.append(one.fact)
            else:
                if not hanging:
                    return False, NOTHING
                missing += hanging
        return (None, tuple(missing)) if missing else (True, NOTHING)

    def _needless(self, fact: str, facts: Lookup) -> bool:
        gates = self.gates.get(fact)
        return gates is not None and any(one.holds(facts) is False for one in gates)

    def reason(self, facts: Lookup) -> Reason:
        """The sentence of a row that holds; of `any_of` it rests on what does hold."""
        if not self.any_of:
            return self.said
        met = tuple(one.fact for one in self.any_of if one.holds(facts))
        return replace(self.said, facts=_once((*self.facts, *met)))


def _once(facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(facts))


def _reason(row: a.Rule, text: str, facts: tuple[str, ...], suffix: str = "") -> Reason:
    return Reason(row.code + suffix, text, row.clause, facts, row.note, row.is_law)


def _compile(row: a.Rule, gates: Gates) -> Compiled:
    own = _once(one.fact for one in (*row.when, *row.unless))
    every = _once((*own, *(one.fact for one in row.any_of)))
    reason = row if isinstance(row, a.AdviceReason) else None
    said = _reason(row, row.title, every)
    if isinstance(row, a.AdviceContradiction):
        said = Contradiction(row.code, row.title, row.clause, every, row.note, row.is_law, row.severity)
    return Compiled(
        row=row,
        when=row.when,
        any_of=row.any_of,
        unless=row.unless,
        facts=own,
        every_fact=every,
        stages=frozenset(row.stages),
        gates={fact: gates[fact] for fact in every if fact in gates} if reason and not reason.otherwise else {},
        said=said,
        otherwise=_reason(row, reason.otherwise, every, "_not") if reason and reason.otherwise else None,
        role=reason.role if reason else "",
        asks=row.asks,
        leaves_open=bool(reason and reason.leaves_open),
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """A category with its programmes of primary school, or a programme; `grounds` come first, then the other rows."""

    code: str
    grounds: tuple[Compiled, ...]
    rules: tuple[Compiled, ...]
    order: int
    no_ground: Reason | None = None
    variant: int = 0
    variants: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that advice asks of an edition."""

    stages: tuple[Compiled, ...]
    subjects: tuple[Subject, ...]
    ordinary: Subject
    contradictions: tuple[Compiled, ...]
    notes: tuple[Compiled, ...]
    questions: Mapping[str, Question]
    first: tuple[a.AdviceQuestion, ...]
    asked_when: Mapping[str, tuple[Predicate, ...]]
    preschool: Mapping[str, str]

    def askable(self, fact: str, facts: Lookup) -> tuple[str, ...]:
        """The fact itself when it is time to ask for it, what must be recorded before it, or nothing."""
        found = verdict(self.asked_when.get(fact, ()), facts)
        if found.holds is False:
            return NOTHING
        before = tuple(one for one in found.missing if one not in DERIVED)
        return before or (fact,)

    def asked(self, missing: Iterable[str], facts: Lookup) -> tuple[Question, ...]:
        """Questions about facts, in the order of the edition."""
        wanted = {one for fact in missing for one in self.askable(fact, facts)}
        return tuple(question for code, question in self.questions.items() if code in wanted) if wanted else ()


def _subject(code: str, rows: list[Compiled], order: int, variants: tuple[Subject, ...] = ()) -> Subject:
    grounds = tuple(row for row in rows if row.role == a.GROUND)
    return Subject(code, grounds, tuple(row for row in rows if row.role != a.GROUND), order=order, variants=variants)


def _programme(programme: ProgrammeVariant, rows: list[Compiled], order: int) -> Subject:
    subject = replace(_subject(programme.code, rows, order), variant=programme.variant)
    if not subject.grounds:
        return subject
    gates = (gate.fact for row in subject.grounds for rules in row.gates.values() for gate in rules)
    on = _once((*(fact for row in subject.grounds for fact in row.every_fact), *gates))
    text = f"Оснований варианта не отмечено. {programme.criterion}"
    return replace(subject, no_ground=Reason(f"no_ground_{programme.code}", text, programme.clause, on, programme.note))


def _gates(facts: Iterable[FactDefinition]) -> Gates:
    """Age and grade are no gates: what was not recorded at its time may still be known."""
    found = {one.code: tuple(gate for gate in one.when if gate.fact not in (*DERIVED, "grade")) for one in facts}
    return {code: gates for code, gates in found.items() if gates}


def compile_rules(law: Edition) -> Rules:
    """The rules of an edition; asked once through `law.prepared`."""
    facts = {one.code: one for one in law.entries("fact", FactDefinition)}
    gates = _gates(facts.values())
    by_category: dict[str, list[Compiled]] = {}
    by_programme: dict[str, list[Compiled]] = {}
    for row in law.entries("advice_reason", a.AdviceReason):
        compiled = _compile(row, gates)
        for category in row.categories:
            by_category.setdefault(category, []).append(compiled)
        for code in row.programmes:
            by_programme.setdefault(code, []).append(compiled)
    subjects = []
    for order, category in enumerate((a.COMPLEX, *(one.code for one in law.categories))):
        known = [one for one in law.variants if one.category == category and one.code in by_programme]
        variants = tuple(_programme(one, by_programme[one.code], order) for one in known)
        subjects.append(_subject(category, by_category.get(category, []), order, variants))
    asked = law.entries("advice_question", a.AdviceQuestion)
    return Rules(
        stages=tuple(_compile(row, gates) for row in law.entries("advice_stage", a.AdviceStage)),
        subjects=tuple(subjects),
        ordinary=_subject(a.ORDINARY, by_category.get(a.ORDINARY, []), len(subjects)),
        contradictions=tuple(
            _compile(row, gates) for row in law.entries("advice_contradiction", a.AdviceContradiction)
        ),
        notes=tuple(_compile(row, gates) for row in law.entries("advice_note", a.AdviceNote)),
        questions={one.code: Question(one.code, facts[one.code].title, one.title, one.clause) for one in asked},
        first=tuple(one for one in asked if one.first),
        asked_when={code: one.when for code, one in facts.items()},
        preschool={one.category or a.COMPLEX: one.code for one in law.programmes if one.kind == "preschool_adapted"},
    )
