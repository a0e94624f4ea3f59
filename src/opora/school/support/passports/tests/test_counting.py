"""Every figure equals a plain count over raw facts, guardianships and placements, on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.people.children.families import joined
from opora.people.children.models import Disability, Family, Guardian, Guardianship, PreventionRecord
from opora.people.law import law_on
from opora.regulations.service.reading import passport_mismatches
from opora.school.pupils.models import Placement
from opora.school.support.passports.checks import at_fault, sum_of
from opora.school.support.passports.counting import Pupil, School, figures_by_class, figures_of
from opora.school.support.passports.models import FamilyFact, PassportRow, SocialPassport
from opora.school.support.passports.reading import read_school
from opora.school.support.passports.rows import offered
from opora.school.support.passports.services.rows import rows_complete
from tests.school_cast import pupil_of

from .stage import TODAY, sister

KINDS = ["full", "one_parent", "guardianship", "low_income", "orphan", "migrants"]
CHILDREN = st.integers(1, 12)
PAIRS = st.lists(st.tuples(CHILDREN, st.integers(1, 8)), max_size=25)


def plain_families(children: set[int], pairs: list[tuple[int, int]]) -> list[set[int]]:
    """Families by the slow way: join whoever shares a guardian until nothing changes."""
    found = [{child} for child in children]
    for guardian in {one for _, one in pairs}:
        theirs = {child for child, other in pairs if other == guardian}
        touched = [one for one in found if one & theirs]
        found = [one for one in found if not one & theirs] + ([set.union(*touched)] if touched else [])
    return found


@given(PAIRS)
def test_families_are_the_children_whom_guardians_join(pairs):
    keys = joined(pairs)
    slow = plain_families({child for child, _ in pairs}, pairs)
    for one in slow:
        assert {keys[child] for child in one} == {min(one)}
    assert len(set(keys.values())) == len(slow)


@st.composite
def schools(draw):
    pairs = draw(PAIRS)
    keys = joined(pairs)
    pupils = {
        key: Pupil(
            key, draw(st.integers(1, 3)), keys.get(key, key), draw(st.sampled_from(["male", "female"])),
            draw(st.sampled_from(["permanent", "temporary"])), frozenset(draw(st.sets(st.sampled_from(KINDS)))),
            draw(st.none() | st.integers(1, 6)),
        )
        for key in draw(st.sets(CHILDREN, max_size=12))
    }  # fmt: skip
    some = st.frozensets(CHILDREN)
    return pairs, School(
        TODAY, pupils, {"disability": draw(some), "prevention:police": draw(some), "fact:1": draw(some)}
    )


def plain(school: School, pairs: list[tuple[int, int]], row: PassportRow) -> dict[str, int]:
    """The three counters the slow way."""
    families = [one & set(school.pupils) for one in plain_families(set(school.pupils) | {c for c, _ in pairs}, pairs)]
    families = [one for one in families if one]
    size = {
        frozenset(one): max([len(one), *(school.pupils[key].children_count or 0 for key in one)]) for one in families
    }

    def holds(key: int) -> bool:
        pupil, source = school.pupils[key], row.source
        mine = next(one for one in families if key in one)
        return {
            "all": True, "child.sex:male": pupil.sex == "male", "family.kind:full": "full" in pupil.kinds,
            "child.registration:temporary": pupil.registration == "temporary",
            "family.status:orphan": "orphan" in pupil.kinds, "family.children:3": size[frozenset(mine)] >= 3,
            "disability": key in school.marks["disability"],
            "prevention:police": key in school.marks["prevention:police"], "": key in school.marks["fact:1"],
        }[source]  # fmt: skip

    true = {key for key in school.pupils if holds(key)}
    touched = [one for one in families if one & true]
    behind = set().union(*touched) if row.of_family else true
    return {"families": len(touched), "children": sum(size[frozenset(one)] for one in touched), "pupils": len(behind)}


SOURCES = [
    "all", "child.sex:male", "child.registration:temporary", "family.kind:full", "family.status:orphan",
    "family.children:3", "disability", "prevention:police", "",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(schools(), st.sampled_from(SOURCES), st.booleans())
def test_every_figure_is_a_plain_count(made, source, of_family):
    pairs, school = made
    row = PassportRow(pk=1, code="x", source=source, of_family=of_family)
    [figure] = figures_of(school, [row])
    assert figure.counts == plain(school, pairs, row)
    by_class = figures_by_class(school, [row])
    assert sum(figures[0].pupils for figures in by_class.values()) == figure.pupils
    for room, [part] in by_class.items():
        assert [part] == figures_of(school, [row], room)
        assert part.families <= figure.families


@settings(max_examples=60, deadline=None)
@given(schools())
def test_a_sum_agrees_exactly_when_nobody_is_at_fault(made):
    _, school = made
    rows = [
        PassportRow(pk=number, code=code, source=source, title=code)
        for number, (code, source) in enumerate(
            [("all_pupils", "all"), ("full", "family.kind:full"), ("one_parent", "family.kind:one_parent"),
             ("guardianship", "family.kind:guardianship"), ("foster", "family.kind:foster"),
             ("patronage", "family.kind:patronage"), ("adoptive", "family.kind:adoptive"),
             ("institution", "family.kind:institution")], 2,
        )
    ]  # fmt: skip
    rule = sum_of(SocialPassport(on=TODAY), "kinds")
    told = {one.row.code: one.counts for one in figures_of(school, rows)}
    wrong = [one for one in passport_mismatches(law_on(TODAY), told) if one.rule.code == "kinds"]
    if not at_fault(school, rule, rows, None):
        assert not wrong
    if wrong:
        assert at_fault(school, rule, rows, None)


@pytest.mark.usefixtures("known_day")
def test_what_is_read_is_what_was_true_on_the_day(school_cast):
    """Placements, guardianships, lists and facts of a past day, whatever was written later."""
    september, october = date(2026, 9, 15), date(2026, 10, 15)
    rows_complete(school_cast.actor(school_cast.irina), september)
    at, misha = {"organisation": school_cast.school}, school_cast.misha
    rita = sister(school_cast)
    Placement.objects.filter(child=rita).update(started_on=october)
    Placement.objects.filter(child=school_cast.lev).update(ended_on=september)
    PreventionRecord.objects.create(**at, child=misha, body="police", started_on=september, ended_on=october)
    Disability.objects.create(**at, child=misha, valid_from=october, valid_to=TODAY)
    village = PassportRow.objects.of(school_cast.school).get(code="village")
    FamilyFact.objects.create(
        **at, child=misha, row=village, since_on=september, until_on=october, recorded_by=school_cast.tatiana
    )
    told = {}
    for day in (september - timedelta(days=1), september, october, TODAY):
        figures = figures_of(read_school(school_cast.school, day), PassportRow.objects.of(school_cast.school))
        told[day] = {one.row.code: (one.families, one.pupils) for one in figures}
    before, then, later, now = told.values()
    assert [one["all_pupils"] for one in told.values()] == [(2, 2), (2, 2), (1, 2), (1, 2)]
    assert [one["police"][1] for one in told.values()] == [0, 1, 0, 0]
    assert [one["disabled"][1] for one in told.values()] == [0, 0, 1, 1]
    assert [one["village"] for one in told.values()] == [(0, 0), (1, 1), (1, 2), (0, 0)]
    assert before["boys"][1] == then["boys"][1] == 2
    assert later["girls"][1] == now["girls"][1] == 1


@pytest.mark.usefixtures("known_day")
def test_a_home_for_orphans_joins_nobody_and_a_former_guardian_no_more(school_cast):
    home = Guardian.objects.create(organisation=school_cast.school, last_name="Домов", first_name="Пётр", sex="male")
    for child in (school_cast.misha, school_cast.lev):
        Guardianship.objects.create(
            organisation=school_cast.school, child=child, guardian=home, kinship="institution"
        )  # fmt: skip
    one, other = read_school(school_cast.school, TODAY).pupils.values()
    assert one.family != other.family
    Guardianship.objects.filter(guardian=home).update(kinship="guardian")
    one, other = read_school(school_cast.school, TODAY).pupils.values()
    assert one.family == other.family
    Guardianship.objects.filter(guardian=home).update(ended_on=TODAY)
    one, other = read_school(school_cast.school, TODAY).pupils.values()
    assert one.family != other.family


@pytest.mark.usefixtures("known_day")
def test_the_school_is_read_in_as_many_queries_as_one_child(school_cast):
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            read_school(school_cast.school, TODAY)
        asked.append(len(queries))
        for number in range(10):
            child = pupil_of(school_cast.four_a, f"Новиков{number}", "Иван", "Ильич")
            Family.objects.create(organisation=school_cast.school, child=child, kinds=["full"])
    assert asked[0] == asked[1] <= 6


def test_every_offered_row_has_a_source_that_is_counted(school_cast):
    school = School(TODAY, {1: Pupil(1, 1, 1)})
    for figure in figures_of(school, offered(school_cast.school, TODAY)):
        assert figure.pupils in (0, 1)
