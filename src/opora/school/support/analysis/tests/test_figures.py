"""Every figure is a plain count over raw rows, and the rows that open behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.foundation.accounts.roles import Role, Speciality
from opora.school.duties.offers import DutyDraft
from opora.school.duties.tests.stage import bring
from opora.school.signals.models import Concern
from opora.school.support.analysis.content import table_content
from opora.school.support.analysis.figures.catalogue import RULES, TABLES, tables_of
from opora.school.support.analysis.figures.tables import COUNT, TOTAL
from opora.school.support.analysis.figures.year import Year, year_ago
from opora.school.support.analysis.wording import sentences_of
from opora.school.support.cards.models import SupportCard
from opora.school.support.schoolyear.reading import school_year
from opora.school.support.worklog.hours import hours_of
from opora.school.support.worklog.models import EntryChild, WorkEntry
from tests.cast import hire

from .stage import LAST_YEAR, START, TODAY, YEAR, entry, year_of_work

pytestmark = pytest.mark.usefixtures("known_day")
ENTRY = st.fixed_dictionaries(
    {
        "by": st.integers(0, 1),
        "on": st.integers(-400, 100).map(lambda n: START + timedelta(days=n)),
        "kind": st.sampled_from(WorkEntry.Kind.values),
        "audience": st.sampled_from(WorkEntry.Audience.values),
        "direction": st.sampled_from(["diagnostics", "correction", "education", "methods"]),
        "minutes": st.integers(1, 600),
        "people": st.none() | st.integers(1, 30),
        "is_draft": st.booleans(),
        "children": st.dictionaries(st.integers(0, 1), st.sampled_from(EntryChild.Attendance.values)),
    }
)
TODAY_LAST_YEAR = date(2025, 11, 21)
SUMS = {"people", "hours"}  # of rows, not their number
BY = {"directions": "direction", "kinds": "kind", "consultations": "audience", "audience_education": "audience"}


def counted(cast):
    return tables_of(cast.school, school_year(YEAR), TODAY)


def kept(cast, raw):
    """Rows as they are, whoever would have refused them; those of each year that count."""
    WorkEntry.objects.all().delete()
    people, years = (cast.polina, cast.larisa), {YEAR: [], YEAR - 1: []}
    for one in raw:
        fields = {name: value for name, value in one.items() if name not in ("by", "children")}
        made = entry(cast, by=people[one["by"]], **fields)
        for child, attendance in one["children"].items():
            EntryChild.objects.create(
                organisation=cast.school, entry=made, child=(cast.misha, cast.lev)[child], attendance=attendance
            )
        if not one["is_draft"]:
            for year, rows in years.items():
                span = school_year(year)
                if span.starts_on <= one["on"] <= (TODAY if year == YEAR else TODAY_LAST_YEAR):
                    rows.append(one | {"post": str(cast.post(people[one["by"]]).pk)})
    return years


def plain(rows, key):
    found = defaultdict(lambda: [0, 0, 0])
    for one in rows:
        for code in (key(one), TOTAL):
            for place, more in enumerate((1, one["minutes"], one["people"] or 0)):
                found[code][place] += more
    return {code: sums for code, sums in found.items() if any(sums)}


def shown(table, year):
    rows = [*table.rows, *([table.total] if table.total else [])]
    found = {row.code: list(row.now if year == YEAR else row.before) for row in rows}
    return {code: sums for code, sums in found.items() if any(sums)}


@given(raw=st.lists(ENTRY, max_size=10))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_of_the_log_equal_a_plain_count(school_cast, raw):
    years, tables = kept(school_cast, raw), counted(school_cast)
    for year, rows in years.items():
        of = {code: lambda one, field=field: one[field] for code, field in BY.items()}
        of |= {"specialists": lambda one: one["post"], "months": lambda one: str(one["on"].month)}
        of["log_diagnostics"] = lambda one: one["kind"]
        narrowed = {
            "consultations": [one for one in rows if one["kind"] == "consultation"],
            "audience_education": [one for one in rows if one["direction"] == "education"],
            "log_diagnostics": [one for one in rows if one["direction"] == "diagnostics"],
        }
        for code, key in of.items():
            assert shown(tables[code], year) == plain(narrowed.get(code, rows), key), (year, code)


@given(raw=st.lists(ENTRY, max_size=10))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_children_and_attendance_equal_a_plain_count(school_cast, raw):
    years, tables = kept(school_cast, raw), counted(school_cast)
    met, visits = set(), Counter()
    for one in years[YEAR]:
        for child, attendance in one["children"].items():
            if attendance == "present":
                met.add(child)
            if one["kind"] in ("individual", "group"):
                visits[attendance] += 1
    total = tables["covered"].total
    assert (total.now[0], total.now[1]) == (len(met), 2)
    assert {row.code: row.now[0] for row in tables["attendance"].rows if row.now[0]} == dict(visits)


def test_every_figure_is_the_number_of_rows_behind_it(school_cast):
    year_of_work(school_cast)
    years = {"now": Year(school_cast.school, school_year(YEAR), TODAY)}
    years["before"] = Year(school_cast.school, school_year(YEAR - 1), TODAY_LAST_YEAR)
    asked = 0
    for code, table in counted(school_cast).items():
        for row in [*table.rows, *([table.total] if table.total else [])]:
            for place, measure in enumerate(table.rule.measures):
                if not measure.opens or measure.unit != COUNT or measure.code in SUMS:
                    continue
                for name, year in years.items():
                    behind = table.rule.behind(year, row.code, measure.code)
                    rows = behind.model._default_manager.of(school_cast.school).filter(behind.condition)
                    assert rows.distinct().count() == getattr(row, name)[place], (code, row.code, measure.code, name)
                    asked += 1
    assert asked > 150


def test_each_room_says_what_it_kept(school_cast):
    year_of_work(school_cast)
    tables = counted(school_cast)

    def of(code):
        return {row.code: row.now[0] for row in tables[code].rows if row.now[0]}

    assert of("lessons") == {"held": 1, "cancelled": 1, "unlogged": 1}
    assert of("plan_done") == {"under_way": 1, "dropped": 1}
    assert of("groups") == {"group": 1}
    assert of("cards") == {"led": 2, "opened": 2, "closed": 2}
    assert of("meetings") == {"planned": 1}
    assert of("contact_outcomes") == {"helped": 1}
    assert of("quality") == {"good": 1}
    assert [row.label for row in tables["materials_used"].rows] == [f"Таблицы {TODAY}", f"Таблицы {LAST_YEAR}"]
    assert tables["directions"].total.now[0] == tables["directions"].total.before[0] == 5


@pytest.mark.parametrize("minutes", [40, 60])
def test_given_hours_are_those_of_the_log_one_lesson_an_hour(school_cast, minutes):
    lines = [("speech_therapist", 1), ("psychologist", 2), ("", 1)]
    bring(
        school_cast, signed_on=START, brought_on=START,
        duties=[DutyDraft("lessons", f"Занятия {n}", speciality=who, hours=hours)
                for n, (who, hours) in enumerate(lines)],
    )  # fmt: skip
    defectologist = hire(
        school_cast.school, "olga", "Орлова", "Ольга", "Олеговна", (Role.SCHOOL_SPECIALIST, Speciality.DEFECTOLOGIST)
    )
    for week in range(12):
        entry(school_cast, school_cast.misha, by=school_cast.larisa, on=START + timedelta(weeks=week), minutes=minutes)
    entry(school_cast, school_cast.misha, by=defectologist)
    told = {one.speciality: one for one in hours_of(school_cast.actor(school_cast.irina), START, TODAY)}
    table = counted(school_cast)["hours"]
    rows = {row.code: row.now for row in table.rows}

    assert {"" if code == "none" else code for code in rows} == set(told)
    for code, (recommended, delivered, gap, lacking) in rows.items():
        one = told["" if code == "none" else code]
        assert (recommended, delivered, gap) == tuple(60 * n for n in (one.recommended, one.delivered, one.gap))
        assert lacking == bool(one.gap)
    assert told["speech_therapist"].delivered == 12 * minutes // 40
    assert told[""].delivered == 1, "whom no other condition names"
    assert table.total.now[:3] == tuple(60 * sum(getattr(one, name) for one in told.values())
                                        for name in ("recommended", "delivered", "gap"))  # fmt: skip


def test_cases_of_risk_stand_in_no_figure(school_cast):
    year_of_work(school_cast)
    tables = counted(school_cast)
    assert tables["signals"].total.now == (1,)
    assert {row.code: row.now for row in tables["screenings"].rows} == {"raised": (1,)}
    assert {row.code: row.now[0] for row in tables["programmes"].rows} == {"ran": 1, "begun": 1, "finished": 1}
    assert {row.code: row.now[0] for row in tables["criteria"].rows} == {"reached": 1, "closer": 1}
    Concern.objects.filter(suicide_risk=True).delete()
    assert counted(school_cast)["signals"].total.now == (1,), "the note alone says that there may be others"


@pytest.mark.parametrize(
    ("counted_on", "before"),
    [(TODAY, 1), (date(2026, 11, 22), 2), (date(2027, 8, 30), 2), (date(2027, 8, 31), 3), (date(2028, 2, 29), 3)],
)
def test_the_last_year_is_counted_to_the_same_day(school_cast, counted_on, before):
    for on in (TODAY_LAST_YEAR, date(2025, 11, 22), date(2026, 8, 31)):
        entry(school_cast, school_cast.misha, on=on)
    table = tables_of(school_cast.school, school_year(YEAR), counted_on)["kinds"]
    assert table.total.before[0] == before
    assert year_ago(date(2028, 2, 29)) == year_ago(date(2028, 2, 28)) == date(2027, 2, 28)


def test_a_signal_decided_later_waited_on_the_day_of_counting(school_cast):
    def signal(state, decided):
        Concern.objects.create(
            organisation=school_cast.school, child=school_cast.misha, author=school_cast.tatiana, noticed_on=TODAY,
            urgency="soon", state=state, decided_at=timezone.make_aware(datetime.combine(decided, time(12))),
        )  # fmt: skip

    signal("confirmed", TODAY)
    signal("confirmed", TODAY + timedelta(days=1))
    signal("declined", TODAY + timedelta(days=1))
    table = counted(school_cast)["signals"]
    assert {row.code: row.now[0] for row in table.rows} == {"raised": 1, "examination": 1, "confirmed": 1}
    year = Year(school_cast.school, school_year(YEAR), TODAY)
    for row in table.rows:
        assert Concern.objects.filter(table.rule.behind(year, row.code, "").condition).count() == 1, row.code


def test_a_child_with_two_cards_is_one_child(school_cast):
    lead = school_cast.post(school_cast.polina)
    for number, (child, closed) in enumerate(
        ((school_cast.misha, TODAY), (school_cast.misha, None), (school_cast.lev, None))
    ):
        SupportCard.objects.create(
            organisation=school_cast.school, child=child, state="closed" if closed else "open", ground="consilium",
            lead=lead, number=number + 1, year=YEAR, proposed_on=START, opened_on=START, closed_on=closed,
            close_reason="reached" if closed else "",
        )  # fmt: skip
    table = counted(school_cast)["card_grounds"]
    assert (table.total.now, [row.now for row in table.rows]) == ((3, 2), [(3, 2)])
    words = sentences_of(table_content(table), goes_on=True)[0]
    assert words.startswith("В комплексном сопровождении 2\u00a0обучающихся,")


def test_every_figure_of_the_law_has_its_tables(school_cast):
    from opora.people.law import law_on
    from opora.regulations.service.reading import analysis_sections

    named = {figure for one in analysis_sections(law_on(TODAY)) for figure in one.figures}
    assert named == set(TABLES)
    assert len(RULES) == sum(len(rules) for rules in TABLES.values()), "a code of a table stands for one rule"


def test_more_work_asks_no_more_queries(school_cast):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            counted(school_cast)
        return len(asked)

    year_of_work(school_cast)
    few = queries()
    for number in range(30):
        entry(school_cast, school_cast.misha, school_cast.lev, on=TODAY - timedelta(days=number))
    assert queries() == few
    assert few < 100
