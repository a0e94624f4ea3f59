"""Every figure is a plain count over the raw rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.foundation.accounts.roles import Role, Speciality
from opora.school.duties.offers import DutyDraft
from opora.school.duties.tests.stage import bring
from opora.school.support.groups.panels import gaps_of
from opora.school.support.worklog import counting
from opora.school.support.worklog.content import journal_content, journal_rows
from opora.school.support.worklog.hours import hours_of
from opora.school.support.worklog.models import EntryChild, WorkEntry
from opora.school.support.worklog.services import ChildWork
from tests.cast import hire

from .stage import TODAY, group_of, lesson_of, logged

START, END = date(2026, 9, 1), date(2026, 12, 31)
ENTRY = st.fixed_dictionaries(
    {
        "post": st.integers(0, 2),
        "on": st.integers(-20, 140).map(lambda n: START + timedelta(days=n)),
        "kind": st.sampled_from(WorkEntry.Kind.values),
        "audience": st.sampled_from(WorkEntry.Audience.values),
        "direction": st.sampled_from(["diagnostics", "correction", "education", "methods"]),
        "minutes": st.integers(1, 600),
        "people": st.none() | st.integers(1, 30),
        "is_draft": st.booleans(),
        "children": st.dictionaries(
            st.integers(0, 1), st.tuples(st.sampled_from(["present", "ill", "absent"]), st.sampled_from(["", "up"])),
        ),
    }
)  # fmt: skip


@pytest.fixture
def posts(people):
    both = hire(people.school, "both", "Борисова", "Белла", "Б", (Role.SCHOOL_SPECIALIST, Speciality.DEFECTOLOGIST))
    return [people.post(people.polina), people.post(people.larisa), people.post(both)]


def kept(people, posts, raw):
    """The rows as they are written, without the services: any mixture must be counted right."""
    WorkEntry.objects.all().delete()
    children, answer = [people.misha, people.lev], []
    for one in raw:
        fields = {name: value for name, value in one.items() if name not in ("post", "children")}
        entry = WorkEntry.objects.create(
            organisation=people.school, position=posts[one["post"]], topic="Тема", **fields
        )
        EntryChild.objects.bulk_create(
            EntryChild(
                organisation=people.school, entry=entry, child=children[who], attendance=attendance, dynamics=dynamics
            )
            for who, (attendance, dynamics) in one["children"].items()
        )  # fmt: skip
        if not one["is_draft"] and START <= one["on"] <= END:
            answer.append(SimpleNamespace(**one, position=posts[one["post"]], pupils=children))
    return answer


def plain_value(one, key):
    if key == "position":
        return one.position.pk
    if key == "speciality":
        return one.position.speciality
    return one.on.replace(day=1) if key == "month" else getattr(one, key)


@given(raw=st.lists(ENTRY, max_size=12), keys=st.lists(st.sampled_from(
    ["position", "speciality", "kind", "direction", "audience", "month", "on"]), unique=True, max_size=3))  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sums_equal_a_plain_count(people, posts, raw, keys):
    rows, expected = kept(people, posts, raw), defaultdict(lambda: [0, 0, 0])
    reached = defaultdict(set)
    for one in rows:
        key = tuple(plain_value(one, name) for name in keys)
        for place, more in enumerate((1, one.minutes, one.people or 0)):
            expected[key][place] += more
        reached[key] |= set(one.children)
    entries = counting.entries_of(people.school, START, END)
    found = counting.tally(entries, *keys)

    if not keys:
        expected.setdefault((), [0, 0, 0])
    assert {key: [one.entries, one.minutes, one.people] for key, one in found.items()} == dict(expected)
    seen = {key: len(who) for key, who in reached.items() if who}
    counted = counting.children_counted(entries, *keys)
    assert {key: count for key, count in counted.items() if count} == seen


@given(raw=st.lists(ENTRY, max_size=12))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_delivered_minutes_and_dynamics_equal_a_plain_count(people, posts, raw):
    minutes, ups = defaultdict(int), 0
    for one in kept(people, posts, raw):
        for who, (attendance, dynamics) in one.children.items():
            ups += dynamics == "up"
            if attendance == "present" and one.kind in ("individual", "group"):
                minutes[one.pupils[who].pk, one.position.speciality] += one.minutes
    ids = [people.misha.pk, people.lev.pk]

    assert counting.delivered_minutes(ids, START, END) == dict(minutes)
    entries = counting.entries_of(people.school, START, END)
    assert counting.dynamics_counted(entries) == ({"up": ups} if ups else {})


def test_an_unknown_key_is_an_error(people):
    with pytest.raises(KeyError):
        counting.tally(counting.entries_of(people.school, START, END), "child__last_name")


def test_attendance_of_a_group_and_its_held_lessons(people):
    from opora.school.support.worklog import services

    group, polina = group_of(people, people.misha, people.lev), people.actor(people.polina)
    for day, state in ((TODAY, "ill"), (TODAY - timedelta(days=1), "absent"), (TODAY - timedelta(days=2), "present")):
        services.lesson_log(
            actor=polina, lesson=lesson_of(group, on=day), children=[ChildWork(people.lev.public_id, attendance=state)]
        )
    presence = counting.presence_of([group.pk], START, END)
    assert presence[group.pk, people.lev.pk] == counting.Presence(present=1, ill=1, absent=1)
    assert presence[group.pk, people.misha.pk].present == 3
    assert counting.held_minutes([group.pk]) == {group.pk: (3, 120)}


def test_hours_are_compared_by_gap(people):
    bring(
        people, signed_on=date(2026, 9, 1), brought_on=date(2026, 9, 1),
        duties=[
            DutyDraft("lessons", "Занятия с психологом", speciality="psychologist", hours=Decimal(1)),
            DutyDraft("lessons", "Занятия с логопедом", speciality="speech_therapist", hours=Decimal(2)),
        ],
    )  # fmt: skip
    for week in range(8):
        logged(people, on=date(2026, 9, 17) + timedelta(weeks=week))
    lines = hours_of(people.actor(people.irina), date(2026, 9, 1), TODAY)

    assert [one.speciality for one in lines] == ["speech_therapist", "psychologist"]
    assert (lines[0].delivered, lines[0].state, lines[0].words) == (0, "late", "занятий не было")
    assert lines[1].delivered == 8
    assert lines[1].gap == lines[1].recommended - 8
    gaps = gaps_of(people.actor(people.irina), people.misha, [], TODAY)
    assert {(one.who, one.week, one.recommended, one.given) for one in gaps} == {
        (one.who, one.week, one.recommended, one.delivered) for one in lines
    }, "the file of the child tells the same hours"
    assert [one.speciality for one in hours_of(people.actor(people.tatiana), date(2026, 9, 1), TODAY)] == [
        one.speciality for one in lines
    ]  # the class teacher knows the child; the page itself is not his
    assert hours_of(people.actor(people.uliana), date(2026, 9, 1), TODAY) == []


def test_a_printed_journal_holds_notes_for_those_who_read_them(people):
    from opora.school.support.worklog import services
    from opora.school.support.worklog.services import Work

    services.entry_record(
        actor=people.actor(people.polina), on=TODAY,
        work=Work(kind="individual", topic="Внимание", minutes=40,
                  children=[ChildWork(people.misha.public_id, note="Спокоен", value=Decimal("4.50"))]),
    )  # fmt: skip
    content = journal_content(people.actor(people.irina), "individual", START, END)
    assert content["minutes"] == 40
    child = content["rows"][0]["children"][0]
    assert (child["name"], child["room"], child["note"], child["value"]) == (
        "Данилов Миша Игоревич", "4 «А»", "Спокоен", "4.5"
    )  # fmt: skip
    assert journal_rows(people.actor(people.larisa), "individual", START, END) == []
    for who in (people.daniil, people.elena):
        child = journal_rows(people.actor(who), "individual", START, END)[0]["children"][0]
        assert (child["name"], child["attendance"], child["note"], child["value"], child["level"]) == (
            "Данилов Миша Игоревич", "на занятии", "", "", ""
        ), "who oversees sees that there was work"  # fmt: skip
