"""A slot is booked once, whatever happens."""

import threading
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.commission.intake import services
from opora.commission.intake.models import Booking, DayTemplate, Slot
from opora.foundation.access.refusals import Refusal
from opora.foundation.organisations.scope import within
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults
from tests import cast as people

from .stage import mother_of, place_of, ready, slot_at, to_school, today

COLUMNS = {
    "day", "time", "child_name", "birth_date", "guardian_name", "contacts", "school", "referred_by", "diagnosis",
    "disability", "request",
}  # fmt: skip


@pytest.fixture
def place(cast):
    return place_of(cast.commission)


@pytest.fixture
def case(cast, daria_child):
    to_school(cast, daria_child)
    return ready(cast, daria_child, initiator="education", referred_by=cast.school, has_referral=True)


def book(cast, case, slot):
    return services.booking_make(actor=cast.actor(cast.anna), case=case, slot=slot, on=today())


def test_a_booking_writes_all_columns_of_the_journal(cast, case, place):
    slot = slot_at(place)
    booking = book(cast, case, slot)
    case.refresh_from_db()
    assert (case.status, case.due_on) == ("booked", slot.day)
    entry = Entry.objects.get(series__code="booking")
    assert set(entry.content) >= COLUMNS
    assert entry.content["child_name"] == "Данилов Миша Игоревич"
    assert entry.content["referred_by"] == "Школа № 7, направление есть"
    assert entry.content["school"] == "Школа № 7, 1 «А»"
    assert entry.content["request"] == "Трудности в обучении"
    assert entry.subject_id == booking.public_id


def test_the_second_child_gets_the_nearest_free_time_instead(cast, case, place):
    slot, other = slot_at(place), slot_at(place, hour=12)
    book(cast, case, slot)
    second = ready(cast, people.child_of(cast.commission, "Петров", "Пётр"))
    with pytest.raises(Refusal) as refused:
        book(cast, second, slot)
    assert refused.value.code == "slot_taken"
    assert f"Ближайшее свободное: {other.when}" in refused.value.message
    second.refresh_from_db()
    assert second.status == "ready"
    assert Entry.objects.filter(series__code="booking").count() == 1


def test_the_database_itself_forbids_two_bookings_of_one_slot(cast, case, place):
    slot = slot_at(place)
    book(cast, case, slot)
    second = ready(cast, people.child_of(cast.commission, "Петров", "Пётр"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(organisation=cast.commission, case=second, slot=slot)


def test_the_past_a_closed_slot_and_a_strangers_slot_are_refused(cast, case, place):
    for slot, code in (
        (slot_at(place, day=today() - timedelta(days=1)), "past"),
        (services.slot_close(actor=cast.actor(cast.anna), slot=slot_at(place)), "closed"),
        (slot_at(place_of(cast.other)), "stranger"),
    ):
        with pytest.raises(Refusal) as refused:
            book(cast, case, slot)
        assert refused.value.code == code


def test_a_case_without_accepted_papers_is_not_booked(cast, case, place):
    services.papers_reopen(actor=cast.actor(cast.anna), case=case, on=today())
    with pytest.raises(Refusal, match="сейчас невозможно"):
        book(cast, case, slot_at(place))


def test_a_move_corrects_the_line_of_the_journal(cast, case, place):
    first, second = slot_at(place), slot_at(place, hour=14)
    old = book(cast, case, first)
    new = services.booking_move(
        actor=cast.actor(cast.anna), booking=old, slot=second, on=today(), reason="просьба матери"
    )
    old.refresh_from_db()
    case.refresh_from_db()
    assert (old.state, new.state, case.status) == ("cancelled", "booked", "booked")
    correction = Entry.objects.get(kind="correction")
    assert correction.corrects.content["time"] == "10:00"
    assert correction.content["time"] == "14:00"
    assert "Перенос с" in correction.content["change"]
    assert "просьба матери" in correction.content["change"]
    assert list(faults(cast.commission)) == []


def test_a_move_to_a_taken_slot_leaves_the_old_booking(cast, case, place):
    first, second = slot_at(place), slot_at(place, hour=14)
    old = book(cast, case, first)
    book(cast, ready(cast, people.child_of(cast.commission, "Петров", "Пётр")), second)
    with pytest.raises(Refusal):
        services.booking_move(actor=cast.actor(cast.anna), booking=old, slot=second, on=today())
    old.refresh_from_db()
    assert old.state == "booked"


def test_a_cancelled_slot_is_free_again(cast, case, place):
    slot = slot_at(place)
    booking = book(cast, case, slot)
    with pytest.raises(Refusal, match="причину"):
        services.booking_cancel(actor=cast.actor(cast.anna), booking=booking, reason="", on=today())
    fresh = services.booking_cancel(actor=cast.actor(cast.anna), booking=booking, reason="болезнь", on=today())
    assert fresh.status == "ready"
    assert list(Slot.objects.free()) == [slot]
    assert Entry.objects.get(kind="correction").content["change"] == "Запись отменена: болезнь"
    book(cast, fresh, slot)


def test_a_no_show_is_marked_on_the_day_and_not_before(cast, case, place):
    booking = book(cast, case, slot := slot_at(place))
    with pytest.raises(Refusal, match="в день приёма"):
        services.booking_miss(actor=cast.actor(cast.anna), booking=booking, reason="не пришли", on=today())
    fresh = services.booking_miss(actor=cast.actor(cast.anna), booking=booking, reason="не пришли", on=slot.day)
    assert fresh.status == "ready"
    booking.refresh_from_db()
    assert booking.state == "missed"


def test_who_came_keeps_the_slot_and_is_not_marked_twice(cast, case, place):
    booking = book(cast, case, slot_at(place))
    assert services.booking_arrive(actor=cast.actor(cast.anna), booking=booking).state == "arrived"
    with pytest.raises(Refusal, match="уже пришёл"):
        services.booking_arrive(actor=cast.actor(cast.anna), booking=booking)


def test_a_withdrawn_application_frees_its_slot(cast, case, place):
    slot = slot_at(place)
    book(cast, case, slot)
    services.case_withdraw(actor=cast.actor(cast.anna), case=case, on=today(), reason="Переехали")
    assert list(Slot.objects.free()) == [slot]


def test_a_specialist_does_not_book(cast, case, place):
    with pytest.raises(PermissionDenied):
        services.booking_make(actor=cast.actor(cast.vera), case=case, slot=slot_at(place), on=today())


def template_of(place, **fields):
    values = {
        "title": "Обычный день", "starts": time(9), "ends": time(15), "lunch_starts": time(12), "lunch_ends": time(13),
        "minutes": 60, "capacity": 1, "weekdays": [],
    }  # fmt: skip
    return DayTemplate(organisation=place.organisation, place=place, **(values | fields))


def test_lunch_is_respected(place):
    hours = [f"{starts:%H:%M}" for starts, _ in services.day_hours(template_of(place))]
    assert hours == ["09:00", "10:00", "11:00", "13:00", "14:00"]
    hours = [f"{starts:%H:%M}" for starts, _ in services.day_hours(template_of(place, minutes=50))]
    assert hours == ["09:00", "09:50", "10:40", "13:00", "13:50"]


def test_slots_skip_holidays_and_weekends_and_are_opened_once(cast, place):
    anna = cast.actor(cast.anna)
    template = services.template_save(actor=anna, template=template_of(place, capacity=2))
    week = {"first": date(2027, 1, 4), "last": date(2027, 1, 17), "on": date(2026, 12, 1)}
    assert services.slots_open(actor=anna, template=template, **week) == 5 * 5 * 2
    assert set(Slot.objects.values_list("day", flat=True)) == {date(2027, 1, day) for day in range(11, 16)}
    assert services.slots_open(actor=anna, template=template, **week) == 0


def test_weekdays_and_overlaps_are_left_out(cast, place):
    anna = cast.actor(cast.anna)
    template = services.template_save(actor=anna, template=template_of(place, weekdays=[1]))
    other = services.template_save(actor=anna, template=template_of(place, title="Другой", starts=time(9, 30)))
    week = {"first": date(2027, 1, 11), "last": date(2027, 1, 17), "on": date(2026, 12, 1)}
    assert services.slots_open(actor=anna, template=template, **week) == 5
    assert services.slots_open(actor=anna, template=other, **week) == 4 * 4


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"lunch_ends": None}, "half_lunch"), ({"lunch_ends": time(11)}, "lunch"), ({"minutes": 400}, "no_slot")],
)
def test_an_impossible_day_is_refused(cast, place, fields, code):
    with pytest.raises(Refusal) as refused:
        services.template_save(actor=cast.actor(cast.anna), template=template_of(place, **fields))
    assert refused.value.code == code


def test_a_taken_slot_is_not_closed(cast, case, place):
    slot = slot_at(place)
    book(cast, case, slot)
    with pytest.raises(Refusal, match="записан ребёнок"):
        services.slot_close(actor=cast.actor(cast.anna), slot=slot)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_and_one_booking():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = people.assemble()
    slot = slot_at(place_of(cast.commission))
    cases = [ready(cast, people.child_of(cast.commission, last)) for last in ("Первый", "Второй")]
    barrier, outcomes = threading.Barrier(2), []

    def attempt(case):
        try:
            barrier.wait(10)
            with within(cast.commission):
                mine = Case.objects.get(pk=case.pk)
                services.booking_make(actor=cast.actor(cast.anna), case=mine, slot=slot, on=today())
            outcomes.append("booked")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["booked", "slot_taken"]
    assert Booking.objects.filter(slot=slot).count() == 1
    assert mother_of(cases[0].child)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", "вчера"])
def test_a_strange_day_in_the_address_shows_the_usual_one(cast, daria_child, place, as_user, day):
    to_school(cast, daria_child)
    case = ready(cast, daria_child)
    slot_at(place)
    anna = as_user(cast.anna)

    assert anna.get(reverse("intake:board"), {"week": day}).status_code == 200
    assert anna.get(reverse("intake:book", args=[case.public_id]), {"from": day}).status_code == 200
