"""The form, terms and checks of the programme: counts of the source, boundaries, properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.regulations.edition import edition, edition_for
from opora.regulations.support.checking import (
    RULES,
    audiences_of,
    checks_of,
    directions_of,
    programme_checks,
    rows_of,
    sections_of,
)
from opora.regulations.support.entries import SEVERITIES
from opora.regulations.support.subject import (
    PlannedActivity,
    PlannedCriterion,
    PlannedGoal,
    PlannedTask,
    ProgrammeFacts,
)
from opora.regulations.support.terms import term_of, terms_of

LAW = edition("2016")
START, END = date(2026, 9, 1), date(2026, 12, 1)
TEXTS = {one.code: "написано" for one in sections_of(LAW)}
WHOLE = ProgrammeFacts(
    kind="ordinary", starts_on=START, ends_on=END, has_protocol=True, texts=TEXTS,
    goals=(PlannedGoal("goal-1", "Снизить тревогу"),),
    tasks=(PlannedTask("task-1", "Научить просить о помощи", "goal-1"),),
    activities=tuple(
        PlannedActivity(
            f"activity-{code}", f"Встреча {code}", "task-1", code, "беседа", "участники", True, False, START, END,
            "итог",
        )
        for code in ("pupil", "parents", "staff")
    ),
    criteria=(PlannedCriterion("criterion-1", "Отвечает у доски", "наблюдение", 2, 4),),
    answers=("agreed",),
)  # fmt: skip


def codes(plan: ProgrammeFacts, *, final: bool = True) -> list[str]:
    return [one.code for one in programme_checks(LAW, plan, final=final)]


def test_the_form_has_fifteen_rows_with_captions_letter_for_letter():
    rows = rows_of(LAW)
    assert len(rows) == 15
    assert rows[6].title == (
        "Основания разработки программы (проблемы обучающегося, его семьи, факторы риска развития кризисных состояний)"
    )
    assert rows[-1].title == "Ответственный за реализацию программы"
    assert {one.row for one in sections_of(LAW)} == {one.code for one in rows if one.kind == "text"}


def test_there_are_five_directions_and_three_audiences_in_every_edition():
    for day in (date(2016, 9, 1), date(2026, 9, 1)):
        law = edition_for(day)
        assert len(directions_of(law)) == 5
        assert [one.code for one in audiences_of(law)] == ["pupil", "parents", "staff"]


def test_every_check_has_its_rule_and_cites_the_source():
    checks = checks_of(LAW)
    assert {one.code for one in checks} == set(RULES)
    assert all(one.clause.startswith("Методические рекомендации по ИПС") for one in checks)


@pytest.mark.parametrize(
    ("kind", "earliest"),
    [("ordinary", date(2026, 12, 1)), ("risk", date(2027, 3, 1)), ("hard", date(2028, 9, 1))],
)
def test_the_shortest_terms(kind: str, earliest: date):
    term = term_of(LAW, kind, START)
    assert term.earliest == earliest
    assert term.allows(earliest)
    assert not term.allows(earliest - timedelta(days=1))
    assert not term.allows(None)


def test_only_a_hard_case_lasts_all_the_study():
    assert term_of(LAW, "hard", START, for_all_study=True).earliest is None
    for kind in ("ordinary", "risk"):
        with pytest.raises(ValueError, match="has an end"):
            term_of(LAW, kind, START, for_all_study=True)


def test_a_month_with_fewer_days_ends_the_term_on_its_last_day():
    assert term_of(LAW, "ordinary", date(2026, 11, 30)).earliest == date(2027, 2, 28)


def test_a_whole_programme_has_no_findings():
    assert codes(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"goals": (), "tasks": (), "activities": ()}, "no_goal"),
        ({"tasks": (), "activities": ()}, "no_task"),
        ({"ends_on": None}, "no_term"),
        ({"kind": "risk"}, "short_term"),
        ({"kind": "hard"}, "short_term"),
        ({"curator_left": True}, "curator_left"),
        ({"answers": ()}, "no_answer"),
        ({"answers": ("agreed", "refused")}, "refused"),
        ({"open_proposals": 2}, "open_proposals"),
        ({"has_protocol": False}, "no_protocol"),
        ({"texts": TEXTS | {"problems": " "}}, "no_grounds"),
        ({"texts": TEXTS | {"diagnostics": ""}}, "no_diagnostics"),
        ({"texts": TEXTS | {"resources_inner": ""}}, "no_resources"),
        ({"texts": TEXTS | {"expected_results": ""}}, "no_expected_results"),
        ({"goals": (*WHOLE.goals, PlannedGoal("goal-2", "Вторая"))}, "goal_without_tasks"),
        ({"tasks": (*WHOLE.tasks, PlannedTask("task-2", "Вторая", "goal-1"))}, "task_without_activities"),
        ({"activities": WHOLE.activities[:2]}, "no_audience"),
        ({"criteria": ()}, "no_criteria"),
        ({"criteria": (replace(WHOLE.criteria[0], wanted=None),)}, "vague_criterion"),
        ({"criteria": (replace(WHOLE.criteria[0], wanted=2),)}, "still_criterion"),
        ({"goals": (replace(WHOLE.goals[0], untouched=True),)}, "untouched"),
    ],
)  # fmt: skip
def test_each_lack_is_found_by_its_own_check(change: dict[str, object], code: str):
    assert set(codes(replace(WHOLE, **change))) >= {code}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"form": ""}, "no_form"),
        ({"participants": " "}, "no_participants"),
        ({"responsible": False}, "no_responsible"),
        ({"responsible_left": True}, "responsible_left"),
        ({"starts_on": None, "ends_on": None}, "no_dates"),
        ({"planned_result": ""}, "no_planned_result"),
        ({"ends_on": END + timedelta(days=1)}, "outside_dates"),
        ({"starts_on": START - timedelta(days=1)}, "outside_dates"),
    ],
)
def test_each_lack_of_an_activity_leads_to_its_row(change: dict[str, object], code: str):
    worse = replace(WHOLE.activities[0], **change)
    found = programme_checks(LAW, replace(WHOLE, activities=(worse, *WHOLE.activities[1:])))
    assert [(one.code, one.place) for one in found] == [(code, "activity-pupil")]


def test_while_it_is_drawn_up_the_family_is_not_missed():
    assert codes(replace(WHOLE, answers=()), final=False) == []


@given(
    kind=st.sampled_from([one.code for one in terms_of(LAW)]),
    start=st.dates(date(2016, 9, 1), date(2090, 1, 1)),
    days=st.integers(1, 1500),
)
def test_a_term_is_refused_exactly_when_it_is_under_the_limit(kind: str, start: date, days: int):
    ends = start + timedelta(days=days)
    shortest = term_of(LAW, kind, start)
    assert shortest.earliest is not None
    plan = replace(WHOLE, kind=kind, starts_on=start, ends_on=ends, activities=())
    assert ("short_term" in codes(plan)) is (ends < shortest.earliest)
    assert shortest.allows(ends) is (ends >= shortest.earliest)


@given(
    kept=st.sets(st.integers(0, 2)),
    lacks=st.sets(st.sampled_from(["form", "participants", "planned_result"])),
    texts=st.sets(st.sampled_from(sorted(TEXTS))),
)
def test_findings_never_fail_are_sorted_and_lead_somewhere(kept: set[int], lacks: set[str], texts: set[str]):
    activities = tuple(replace(WHOLE.activities[number], **dict.fromkeys(lacks, "")) for number in sorted(kept))
    plan = replace(WHOLE, activities=activities, texts={code: TEXTS[code] for code in texts})
    found = programme_checks(LAW, plan)
    places = [SEVERITIES.index(one.severity) for one in found]
    assert places == sorted(places)
    assert all(one.message and one.clause and one.place for one in found)
    assert sum(one.code.startswith("no_form") for one in found) == (len(kept) if "form" in lacks else 0)


def test_an_empty_programme_is_answered_too():
    empty = ProgrammeFacts(kind="ordinary", starts_on=None, ends_on=None)
    assert codes(empty)[:2] == ["no_goal", "no_term"]
