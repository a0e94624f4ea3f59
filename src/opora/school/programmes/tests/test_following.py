"""A programme runs for half a year: marks, control, observations, and the final meeting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.programmes.board import board_of, own_activities
from opora.school.programmes.expecting import MONTH, due_on
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Activity, Mark, Observation
from opora.school.programmes.pictures import Point, Voice, criterion_svg
from opora.school.programmes.services.ending import opinion_record, programme_continue, programme_finish
from opora.school.programmes.services.following import (
    Given,
    mark_set,
    mark_undo,
    mark_word,
    observations_record,
    repeats,
)
from opora.school.programmes.summing import summary_of
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Moscow")))


def activity_of(programme, audience="pupil") -> Activity:
    return programme.activities.get(audience=audience)


def final_item(cast, programme, day) -> AgendaItem:
    meeting = ConsiliumMeeting.objects.create(organisation=cast.school, day=day, chair=cast.post(cast.elena))
    return AgendaItem.objects.create(
        organisation=cast.school, meeting=meeting, child=programme.child, ground=AgendaItem.Ground.FINAL
    )


def seen(cast, programme, day, value, voice="specialist", user=None):
    return observations_record(
        actor=cast.actor(user or cast.zhanna), programme=programme, on=day, voice=voice,
        given=[Given(programme.criteria.get(), Decimal(value))],
    )  # fmt: skip


def test_half_a_year_of_a_programme(school_cast):
    programme = drawing.running(school_cast)
    polina, zhanna, elena = (
        school_cast.actor(one) for one in (school_cast.polina, school_cast.zhanna, school_cast.elena)
    )
    month_later = START + MONTH

    with at(month_later):
        board = board_of(zhanna, month_later)
        assert board.page.object_list[0].week == 3  # a month without a mark of each weekly activity
        assert own_activities(polina, month_later)[1] == 3
        for activity in programme.activities.all():
            mark_set(actor=polina, activity=activity, state="under_way", on=month_later)
        assert board_of(zhanna, month_later).page.object_list[0].week == 0

    control = date(2027, 1, 5)
    with at(control):
        assert board_of(zhanna, control).page.object_list[0].control.title == "первый контроль"
        seen(school_cast, programme, control, 3)
        assert board_of(zhanna, control).page.object_list[0].control is None

    end = programme.ends_on
    with at(end):
        for activity in programme.activities.all():
            mark = mark_set(actor=polina, activity=activity, state="done", on=end)
            mark_word(actor=polina, mark=mark, result="Отвечает у доски", recommendation="Продолжать хвалить")
        seen(school_cast, programme, end, 4)
        for voice, who in (("specialist", "Павлова П. П."), ("parent", "мама"), ("child", "")):
            opinion_record(actor=zhanna, programme=programme, voice=voice, words="Стало легче.", who=who, on=end)
        item = final_item(school_cast, programme, end)
        summary = summary_of(elena, programme, item=item)
        assert summary.missing == []
        assert summary.done == 3
        assert [(one.state, one.change) for one in summary.criteria] == [("reached", Decimal(2))]

        ended = programme_finish(
            actor=elena, programme=programme, decision="Цель достигнута, завершить.", on=end, item=item
        )

    assert (ended.status, ended.finished_on, ended.final_item) == (Status.FINISHED, end, item)
    assert ended.decision == "Цель достигнута, завершить."
    assert Event.objects.filter(code="programme.ended", subject_id=programme.public_id).count() == 1


def test_the_final_decision_without_data_needs_a_reason_with_its_clause(school_cast):
    programme = drawing.running(school_cast)
    elena = school_cast.actor(school_cast.elena)

    with pytest.raises(Refusal, match="Нет ни одного значения") as refused:
        programme_finish(actor=elena, programme=programme, decision="Завершить.", on=START)
    assert "индикаторы" in refused.value.clause

    ended = programme_finish(
        actor=elena, programme=programme, decision="Завершить.", on=START, reason="Семья переехала."
    )
    assert "Семья переехала." in ended.decision


def test_what_is_ticked_goes_into_the_next_programme(school_cast):
    programme = drawing.running(school_cast)
    elena, day = school_cast.actor(school_cast.elena), date(2027, 2, 20)
    with at(day):
        seen(school_cast, programme, day, 3)
        carried = [activity_of(programme).public_id, programme.criteria.get().public_id]
        draft = programme_continue(
            actor=elena, programme=programme, decision="Продолжить.", on=day, carried=carried, reason="Мало наблюдений."
        )

    programme.refresh_from_db()
    assert programme.status == Status.CONTINUED
    assert (draft.status, draft.previous, draft.curator) == (Status.DRAFT, programme, programme.curator)
    assert [one.audience for one in draft.activities.all()] == ["pupil"]
    assert draft.criteria.get().starts_at == Decimal(3)  # begins where the first one came
    assert draft.activities.get().starts_on == day


def test_only_the_chair_decides_and_only_a_running_programme_ends(school_cast):
    programme = drawing.whole_draft(school_cast)
    for user, error in ((school_cast.zhanna, PermissionDenied), (school_cast.elena, Refusal)):
        with pytest.raises(error):
            programme_finish(
                actor=school_cast.actor(user), programme=programme, decision="Завершить.", on=START, reason="так"
            )


def test_who_marks_and_what_is_refused(school_cast):
    programme = drawing.running(school_cast)
    activity, polina = activity_of(programme), school_cast.actor(school_cast.polina)

    with pytest.raises(PermissionDenied):
        mark_set(actor=school_cast.actor(school_cast.tatiana), activity=activity, state="done")
    with pytest.raises(PermissionDenied):
        mark_set(actor=school_cast.actor(school_cast.zakhar), activity=activity, state="done")
    with pytest.raises(Refusal, match="ещё не наступил"):
        mark_set(actor=polina, activity=activity, state="done", on=START + timedelta(days=1))
    with pytest.raises(Refusal, match="раньше этого дня"):
        mark_set(actor=polina, activity=activity, state="done", on=START - timedelta(days=1))
    with pytest.raises(Refusal, match="Выберите отметку"):
        mark_set(actor=polina, activity=activity, state="wonderful")
    assert not Mark.objects.exists()

    mark_set(actor=polina, activity=activity, state="done")
    mark_set(actor=school_cast.actor(school_cast.zhanna), activity=activity, state="partly")
    assert Mark.objects.get().state == "partly"  # the second mark of the day takes the place of the first


def test_a_mark_is_taken_back_the_same_day_and_not_later(school_cast):
    programme = drawing.running(school_cast)
    activity, polina = activity_of(programme), school_cast.actor(school_cast.polina)
    mark = mark_set(actor=polina, activity=activity, state="done")
    activity.refresh_from_db()
    assert (activity.last_mark, activity.last_mark_on) == ("done", START)

    with at(START + timedelta(days=1)), pytest.raises(Refusal, match="прежнего дня"):
        mark_undo(actor=polina, mark=mark)
    mark_undo(actor=polina, mark=mark)
    mark_undo(actor=polina, mark=mark)  # tapped twice

    activity.refresh_from_db()
    assert (activity.last_mark, activity.last_mark_on, Mark.objects.count()) == ("", None, 0)


def test_done_closes_what_is_done_once_and_not_what_repeats(school_cast):
    programme = drawing.running(school_cast)
    weekly, once = activity_of(programme), activity_of(programme, "staff")
    Activity.objects.filter(pk=once.pk).update(frequency="однократно")
    polina = school_cast.actor(school_cast.polina)

    for activity in (weekly, once):
        mark_set(actor=polina, activity=activity, state="done")
        activity.refresh_from_db()

    assert (weekly.is_over, once.is_over) == (False, True)
    assert not repeats("  Однократно. ")
    assert repeats("1 раз в неделю")


def test_observations_in_several_voices_and_outside_of_the_scale(school_cast):
    programme = drawing.running(school_cast)
    with pytest.raises(Refusal, match="от 1 до 5") as refused:
        seen(school_cast, programme, START, 7)
    assert refused.value.field == f"value-{programme.criteria.get().public_id}"
    with pytest.raises(Refusal, match="хотя бы одно"):
        observations_record(
            actor=school_cast.actor(school_cast.zhanna), programme=programme, on=START, voice="parent", given=[]
        )

    seen(school_cast, programme, START, 2)
    seen(school_cast, programme, START, "2.5", voice="teacher", user=school_cast.tatiana)
    seen(school_cast, programme, START, 3)  # the same voice on the same day is put right

    assert sorted((one.voice, one.value) for one in Observation.objects.all()) == [
        ("specialist", Decimal(3)), ("teacher", Decimal("2.5")),
    ]  # fmt: skip
    # The class teacher reads her own words alone, another teacher none.
    assert [one.voice for one in Observation.objects.visible_to(school_cast.actor(school_cast.tatiana))] == ["teacher"]
    assert not Observation.objects.visible_to(school_cast.actor(school_cast.uliana)).exists()


def test_another_teacher_may_not_observe(school_cast):
    programme = drawing.running(school_cast)
    with pytest.raises(PermissionDenied):
        seen(school_cast, programme, START, 3, user=school_cast.uliana)
    with pytest.raises(PermissionDenied, match="Наблюдения записывают"):
        seen(school_cast, programme, START, 3, user=school_cast.daniil)  # a director reads it and takes no part


def test_a_stranger_has_an_empty_board(school_cast):
    drawing.running(school_cast)
    assert board_of(school_cast.actor(school_cast.zakhar), START).total == 0
    assert board_of(school_cast.actor(school_cast.uliana), START).total == 0
    assert board_of(school_cast.actor(school_cast.polina), START).total == 1


DAYS = st.dates(date(2026, 9, 1), date(2028, 6, 1))


@given(DAYS, st.integers(0, 800), st.integers(0, 800))
def test_a_mark_is_expected_by_the_end_and_at_least_every_thirty_days(starts_on, length, marked):
    ends_on = starts_on + timedelta(days=length)
    last = starts_on + timedelta(days=marked) if marked <= length else None
    due = due_on(starts_on, ends_on, last)
    assert due <= ends_on
    assert due - (last or starts_on) <= MONTH
    assert due_on(None, ends_on, last) is None


@given(
    st.lists(st.tuples(DAYS, st.floats(0, 9999)), max_size=30),
    st.one_of(st.none(), st.floats(0, 9999)),
    st.one_of(st.none(), st.just(100.0)),
)
def test_the_picture_is_well_formed_whatever_was_observed(points, wanted, most):
    voice = Voice("родители <&>", tuple(Point(on, value) for on, value in sorted(points)))
    svg = criterion_svg(
        'Ссоры "дома" <b>', [voice], starts_on=START, ends_on=None, wanted=wanted, least=0, most=most, key="k"
    )
    root = ElementTree.fromstring(svg)
    assert root.find("{http://www.w3.org/2000/svg}title").text == 'Ссоры "дома" <b>'
    assert "style" not in svg
    assert "nan" not in svg
