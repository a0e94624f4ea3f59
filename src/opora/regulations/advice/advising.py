"""Advice on the programme of one child: `advise(facts)`.

The stage of education is found first; then each category whose ground holds is weighed, and under it each of its
variants. What comes out is shown as the stage wants it: codes of primary school, an oriented programme above it,
a programme per category for a preschooler, a single one in early age and after school.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from opora.regulations.advice import entries as a
from opora.regulations.advice.answers import Advice, Candidate, Contradiction, Question, RuledOut
from opora.regulations.advice.compiling import Compiled, Rules, compile_rules
from opora.regulations.advice.weighing import Ranked, Weighing, judge, weigh_grounds, weigh_programme, weigh_rules
from opora.regulations.facts.case import CaseFacts
from opora.regulations.reasons import Reason

STAGE_FACTS = ("level", "grade", "enters_school", "started_before_standard", "age_months")
"""What the stage of education follows from."""
LEADING = ("deaf", "hard_of_hearing", "blind", "low_vision", "speech", "motor", "autism")
"""Categories that may stand side by side in a complex defect; the others say how far the child has come."""
SECOND_PROGRAMME = "second_programme"
WITH_SEVERE = 4


def advise(facts: CaseFacts) -> Advice:
    """What may be recommended to the child, why, and what is not known; a person decides.

    Deterministic; without recorded facts there are questions and no candidates.
    """
    rules = facts.law.prepared(__name__, compile_rules)
    stage, asked_first = _stage(rules, facts)
    row = cast(a.AdviceStage, stage.row)
    weighed = [weigh_grounds(subject, facts, row.stage) for subject in rules.subjects]
    found = [one for one in weighed if one.met]
    judged = _PROJECTIONS[row.projection](rules, facts, row, found)
    ordinary = weigh_grounds(rules.ordinary, facts, row.stage)
    if ordinary.met:
        judged.append(judge(rules, facts, row.ordinary, weigh_rules(ordinary, facts, row.stage)))
    ranked = sorted((one for one in judged if isinstance(one, Ranked)), key=lambda one: one.rank)
    candidates = _with_second(facts, [one.candidate for one in ranked])
    return Advice(
        stage=stage.reason(facts),
        candidates=tuple(candidates),
        ruled_out=tuple(one for one in judged if isinstance(one, RuledOut)),
        questions=_questions(rules, facts, row.stage, asked_first, candidates),
        contradictions=tuple(
            one for one in _said(rules.contradictions, facts, row.stage) if isinstance(one, Contradiction)
        ),
        notes=_notes(rules, facts, row.stage, found),
    )


def _stage(rules: Rules, facts: CaseFacts) -> tuple[Compiled, list[str]]:
    """The first stage that certainly holds, and what would tell more exactly."""
    missing: list[str] = []
    for stage in rules.stages:
        holds, hanging = stage.holds(facts)
        if holds:
            break
        if holds is None:
            missing += hanging
    told = (facts.get("level"), facts.get("grade"), facts.get("enters_school")) != (None, None, None)
    early = cast(a.AdviceStage, stage.row).stage == "early"
    wanted = ("enters_school",) if told or early else ("level", "enters_school")
    return stage, [one for one in missing if one in wanted]


def _codes(rules: Rules, facts: CaseFacts, stage: a.AdviceStage, found: Sequence[Weighing]) -> list[Ranked | RuledOut]:
    """The codes of primary school."""
    judged: list[Ranked | RuledOut] = []
    for one in found:
        if one.subject.variants:
            weigh_rules(one, facts, stage.stage)
            judged += [
                judge(rules, facts, variant.code, one, weigh_programme(variant, facts, stage.stage))
                for variant in one.subject.variants
            ]
    return judged


def _oriented(
    rules: Rules, facts: CaseFacts, stage: a.AdviceStage, found: Sequence[Weighing]
) -> list[Ranked | RuledOut]:
    """A programme that leans on the code of a variant; the two of order 1599 hold in all classes as they are."""
    judged: list[Ranked | RuledOut] = []
    for one in _codes(rules, facts, stage, found):
        if isinstance(one, Ranked) and facts.law.programme(one.candidate.programme).level == "primary":
            candidate = replace(one.candidate, programme=stage.programme, orientation=one.candidate.programme)
            one = Ranked(one.rank, candidate)
        judged.append(one)
    return judged


def _by_category(
    rules: Rules, facts: CaseFacts, stage: a.AdviceStage, found: Sequence[Weighing]
) -> list[Ranked | RuledOut]:
    """A preschooler's programme for the category; there are no variants yet."""
    return [
        judge(rules, facts, rules.preschool[one.subject.code], weigh_rules(one, facts, stage.stage))
        for one in found
        if one.subject.code in rules.preschool
    ]


def _single(rules: Rules, facts: CaseFacts, stage: a.AdviceStage, found: Sequence[Weighing]) -> list[Ranked | RuledOut]:
    """One programme whatever the disorder; the categories give its reasons."""
    if not found:
        return []
    whole = Weighing(found[0].subject)
    for one in found:
        weigh_rules(one, facts, stage.stage, excluding=False)
        whole.reasons += [reason for reason in one.reasons if reason not in whole.reasons]
        whole.against += [reason for reason in one.against if reason not in whole.against]
        whole.missing += one.missing
    intellectual = any(one.subject.code == "intellectual" for one in found)
    code = stage.intellectual if intellectual and stage.intellectual else stage.programme
    return [judge(rules, facts, code, whole, capped=True)]


_PROJECTIONS = {"codes": _codes, "oriented": _oriented, "by_category": _by_category, "single": _single}


def _with_second(facts: CaseFacts, candidates: list[Candidate]) -> list[Candidate]:
    """A complex defect: beside a programme stands the first one of the other leading disorder.

    Not beside variant 4, which takes the other disorder in, nor beside a programme of one disorder alone.
    """
    best: dict[str, str] = {}
    for one in candidates:
        if one.category in LEADING:
            best.setdefault(one.category, one.variant)
    if len(best) < 2:
        return candidates
    return [
        replace(one, second_programme=next(code for category, code in best.items() if category != one.category))
        if one.category in best and facts.law.programme(one.variant).variant != WITH_SEVERE
        else one
        for one in candidates
    ]


def _said(rows: Sequence[Compiled], facts: CaseFacts, stage: str) -> tuple[Reason, ...]:
    return tuple(row.reason(facts) for row in rows if (not row.stages or stage in row.stages) and row.holds(facts)[0])


def _notes(rules: Rules, facts: CaseFacts, stage: str, found: Sequence[Weighing]) -> tuple[Reason, ...]:
    """Notes that hold; that of the second programme wants two leading disorders, speech among them only if primary."""
    primary = facts.get("speech_origin") == "primary"
    leading = [one for one in found if one.subject.code in LEADING and (one.subject.code != "speech" or primary)]
    said = _said(rules.notes, facts, stage)
    return said if len(leading) > 1 else tuple(one for one in said if one.code != SECOND_PROGRAMME)


def _questions(
    rules: Rules, facts: CaseFacts, stage: str, stage_missing: list[str], candidates: Sequence[Candidate]
) -> tuple[Question, ...]:
    """What to record first: the stage, the leading facts while nothing is decided, what candidates hang on."""
    asked = [*stage_missing]
    if all(one.strength != "decided" for one in candidates):
        asked += [
            one.code for one in rules.first if (not one.stages or stage in one.stages) and facts.get(one.code) is None
        ]
    named = {question.fact for one in candidates for question in one.missing}
    wanted = named | {question.fact for question in rules.asked(asked, facts)}
    return tuple(question for code, question in rules.questions.items() if code in wanted)
