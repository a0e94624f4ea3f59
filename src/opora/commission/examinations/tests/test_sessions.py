"""Stories of the day: the list, arrivals, no-shows, members, the end of the session."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.examinations import services
from opora.commission.examinations.models import Session, Visit
from opora.commission.intake.models import Booking
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.consents.models import Consent

from .day import arrived, booked_case, finished, place_of, planned, post_of, ready_case, sheet_begun, today, words

pytestmark = pytest.mark.django_db


def test_anna_plans_a_session_from_the_bookings_of_the_day_in_one_click(cast, as_user):
    booked_case(cast, "Данилов", "Миша", time(9))
    booked_case(cast, "Егорова", "Маша", time(10))
    anna = as_user(cast.anna)
    page = anna.get(reverse("examinations:sessions"))
    assert "Провести заседание" in words(page)
    assert "2 ребёнка" in words(page)
    data = {"day": today().isoformat(), "place": place_of(cast).public_id, "kind": "on_site"}
    answer = anna.post(reverse("examinations:plan"), data)
    session = Session.objects.get()
    assert answer.headers["Location"] == reverse("examinations:session", args=[session.public_id])
    assert [visit.case.child.first_name for visit in session.visits.all()] == ["Миша", "Маша"]
    users = {member.position.user for member in session.members.all()}
    assert users == {cast.boris, cast.vera, cast.gleb, cast.dina, cast.sofia}, "Нина has not signed the undertaking"


def test_a_second_session_of_the_same_day_and_place_is_refused(cast):
    planned(cast)
    with pytest.raises(Refusal) as refused:
        planned(cast)
    assert refused.value.code == "planned"


def test_a_session_in_the_past_is_refused_beside_its_field(cast, as_user):
    data = {"day": (today() - timedelta(1)).strftime("%d.%m.%Y"), "place": place_of(cast).public_id, "kind": "on_site"}
    answer = as_user(cast.anna).post(reverse("examinations:plan"), data)
    assert answer.status_code == 422
    assert "Этот день уже прошёл" in words(answer)
    assert not Session.objects.exists()


def test_the_day_list_follows_the_bookings(cast):
    first = booked_case(cast, "Данилов", "Миша", time(9))
    session = planned(cast)
    booked_case(cast, "Егорова", "Маша", time(10))
    anna = cast.actor(cast.anna)
    assert services.day_list_sync(actor=anna, session=session) == 1
    assert services.day_list_sync(actor=anna, session=session) == 0
    Booking.objects.filter(case=first).update(state="cancelled")
    services.day_list_sync(actor=anna, session=session)
    assert [visit.case.child.first_name for visit in session.visits.all()] == ["Маша"]


def test_arrival_moves_the_case_the_booking_and_the_board(cast, as_user):
    case = booked_case(cast)
    session = planned(cast)
    visit = session.visits.get()
    anna = as_user(cast.anna)
    for _ in range(2):  # a double click changes nothing more
        assert anna.post(reverse("examinations:visit_arrive", args=[visit.public_id])).status_code == 302
    visit.refresh_from_db()
    case.refresh_from_db()
    session.refresh_from_db()
    assert (visit.state, case.status, session.state) == ("waiting", Status.EXAMINATION, "running")
    assert visit.booking.state == "arrived"
    assert case.due_on == services.conclusion_due(case, today())
    assert Event.objects.filter(code="visit.arrived").count() == 1
    board = anna.get(reverse("examinations:board", args=[session.public_id])).content.decode()
    assert "ждёт" in board


def test_arrival_from_the_case_page_makes_the_session_of_the_day(cast, as_user):
    case = booked_case(cast)
    answer = as_user(cast.anna).post(reverse("examinations:case_arrive", args=[case.public_id]))
    assert answer.status_code == 302
    visit = Visit.objects.get()
    assert (visit.case, visit.state, visit.session.day) == (case, "waiting", today())


def test_arrival_on_another_day_is_refused_and_says_what_to_do(cast, as_user):
    case = booked_case(cast, day=today() + timedelta(3))
    answer = as_user(cast.anna).post(reverse("examinations:case_arrive", args=[case.public_id]))
    assert answer.status_code == 422
    assert "Перенесите её на сегодня" in words(answer)
    case.refresh_from_db()
    assert case.status == Status.BOOKED


def test_a_no_show_needs_its_reason_and_frees_the_case(cast, as_user):
    case = booked_case(cast)
    visit = planned(cast).visits.get()
    anna = as_user(cast.anna)
    address = reverse("examinations:visit_miss", args=[visit.public_id])
    assert anna.post(address, {"reason": ""}).status_code == 422
    assert anna.post(address, {"reason": "болезнь"}).status_code == 302
    visit.refresh_from_db()
    case.refresh_from_db()
    assert (visit.state, visit.booking.state, case.status) == ("missed", "missed", Status.READY)


def test_a_child_added_late_is_booked_like_the_others(cast):
    session = planned(cast)
    case = ready_case(cast)
    anna = cast.actor(cast.anna)
    day = today() + timedelta(1)
    tomorrow = services.session_plan(actor=anna, day=day, place=place_of(cast), on=today())
    with pytest.raises(Refusal) as refused:
        services.visit_add(actor=anna, session=tomorrow, case=case, on=today())
    assert refused.value.field == "starts"
    visit = services.visit_add(actor=anna, session=tomorrow, case=case, on=today(), starts=time(12, 30))
    assert (visit.booking.slot.starts, visit.starts, visit.state) == (time(12, 30), time(12, 30), "expected")
    case.refresh_from_db()
    assert case.status == Status.BOOKED
    assert session.visits.count() == 0


def test_a_case_in_examination_may_come_to_another_session(cast):
    visit = arrived(cast)
    anna = cast.actor(cast.anna)
    day = today() + timedelta(1)
    tomorrow = services.session_plan(actor=anna, day=day, place=place_of(cast), on=today())
    again = services.visit_add(actor=anna, session=tomorrow, case=visit.case, on=today())
    services.visit_arrive(actor=anna, visit=again, on=day)
    again.refresh_from_db()
    assert again.state == "waiting"


def test_members_are_marked_and_one_who_examines_stays_present(cast, as_user):
    visit = arrived(cast)
    session = visit.session
    anna = as_user(cast.anna)
    address = reverse("examinations:member", args=[session.public_id])
    anna.post(address, {"position": post_of(cast.gleb).public_id, "present": "0"})
    names = [member.name for member in services.present_members(session)]
    assert names[0] == cast.boris.full_name, "the head signs first"
    assert cast.gleb.full_name not in names
    sheet_begun(cast, cast.vera, visit)
    anna.post(address, {"position": post_of(cast.vera).public_id, "present": "0"})
    assert session.members.get(position__user=cast.vera).is_present
    sheet_begun(cast, cast.gleb, visit)
    assert session.members.get(position__user=cast.gleb).is_present, "who begins a sheet is present"


def test_who_has_not_signed_the_undertaking_cannot_be_made_a_member(cast):
    session = planned(cast)
    with pytest.raises(Refusal) as refused:
        services.member_set_present(
            actor=cast.actor(cast.anna), session=session, position=post_of(cast.nina), is_present=True
        )
    assert refused.value.code == "not_in_composition"


def test_a_session_is_closed_when_nobody_waits_and_reopened_by_the_head_alone(cast, as_user):
    visit = arrived(cast)
    anna, boris = cast.actor(cast.anna), cast.actor(cast.boris)
    with pytest.raises(Refusal) as refused:
        services.session_close(actor=anna, session=visit.session)
    assert "Данилов" in refused.value.message
    services.visit_release(actor=cast.actor(cast.vera), visit=visit)
    closed = services.session_close(actor=anna, session=visit.session)
    assert closed.state == "closed"
    with pytest.raises(Refusal):
        sheet_begun(cast, cast.vera, visit)
    with pytest.raises(PermissionDenied):
        services.session_reopen(actor=anna, session=closed)
    assert services.session_reopen(actor=boris, session=closed).state == "running"


def test_the_discussion_waits_for_all_sheets_unless_the_head_gives_a_reason(cast, as_user):
    visit = arrived(cast)
    finished(cast, cast.vera, visit)
    unfinished = sheet_begun(cast, cast.gleb, visit)
    address = reverse("examinations:case_discuss", args=[visit.case.public_id])
    answer = as_user(cast.vera).post(address)
    assert answer.status_code == 422
    assert "Лист не завершён: Громов Г. Г., педагог-психолог." in words(answer)
    boris = as_user(cast.boris)
    assert boris.post(address, {"reason": " "}).status_code == 422
    assert boris.post(address, {"reason": "Специалист заболел"}).status_code == 302
    visit.refresh_from_db()
    visit.case.refresh_from_db()
    assert (visit.case.status, visit.state, visit.early_reason) == ("discussion", "done", "Специалист заболел")
    unfinished.refresh_from_db()
    assert not unfinished.is_here
    back = reverse("examinations:case_reexamine", args=[visit.case.public_id])
    assert as_user(cast.vera).post(back).status_code == 403
    assert boris.post(back).status_code == 302
    visit.case.refresh_from_db()
    assert visit.case.status == Status.EXAMINATION


def test_a_specialist_passes_to_the_discussion_when_all_sheets_are_finished(cast, as_user):
    visit = arrived(cast)
    finished(cast, cast.vera, visit)
    finished(cast, cast.gleb, visit)
    address = reverse("examinations:case_discuss", args=[visit.case.public_id])
    assert as_user(cast.gleb).post(address).status_code == 302
    visit.case.refresh_from_db()
    assert visit.case.status == Status.DISCUSSION


def test_strangers_see_nothing_and_colleagues_without_the_right_are_told(cast, as_user):
    visit = arrived(cast)
    session = reverse("examinations:session", args=[visit.session.public_id])
    arrive = reverse("examinations:visit_arrive", args=[visit.public_id])
    assert as_user(cast.zakhar).get(session).status_code == 404
    assert as_user(cast.zakhar).post(arrive).status_code == 404
    assert as_user(cast.olga).get(session).status_code == 403
    assert as_user(cast.nina).get(session).status_code == 403
    assert as_user(cast.vera).post(arrive).status_code == 403
    assert as_user(cast.vera).get(session).status_code == 200


def _queries(django_assert_max_num_queries, client, address) -> int:
    client.get(address)
    with django_assert_max_num_queries(40) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_board_and_list_ask_as_often_for_thirty_rows_as_for_three(cast, as_user, django_assert_max_num_queries):
    for number in range(3):
        booked_case(cast, "Данилов", f"Миша{number}", time(8 + number))
    session = planned(cast)
    vera = as_user(cast.vera)
    addresses = [
        reverse("examinations:session", args=[session.public_id]),
        reverse("examinations:board", args=[session.public_id]),
        reverse("examinations:sessions"),
    ]
    few = [_queries(django_assert_max_num_queries, vera, one) for one in addresses]
    anna = cast.actor(cast.anna)
    for number in range(27):
        case = ready_case(cast, "Егоров", f"Ваня{number}")
        services.visit_add(actor=anna, session=_tomorrow(cast, number), case=case, on=today(), starts=time(9, number))
        Visit.objects.filter(case=case).update(session=session, booking=None, state="waiting")
        visit = Visit.objects.get(case=case)
        case.refresh_from_db()
        type(case).objects.filter(pk=case.pk).update(status="examination")
        sheet_begun(cast, cast.gleb, visit)
    assert [_queries(django_assert_max_num_queries, vera, one) for one in addresses] == few


def _tomorrow(cast, number):
    day = today() + timedelta(1 + number)
    return services.session_plan(actor=cast.actor(cast.anna), day=day, place=place_of(cast), on=today())


def test_a_child_booked_after_the_session_was_closed_is_told_to_reopen_it(cast, as_user):
    first = booked_case(cast, "Егорова", "Маша", time(9))
    session = planned(cast)
    anna = cast.actor(cast.anna)
    services.visit_miss(actor=anna, visit=session.visits.get(case=first), reason="болезнь", on=today())
    services.session_close(actor=anna, session=session)
    late = booked_case(cast, "Данилов", "Миша", time(10))

    page = as_user(cast.anna).post(reverse("examinations:case_arrive", args=[late.public_id]))

    assert page.status_code == 422
    assert "Заседание завершено" in words(page)
    late.refresh_from_db()
    assert late.status == Status.BOOKED


def test_a_child_whose_consent_is_withdrawn_is_not_let_in(cast):
    case = booked_case(cast)
    Consent.objects.filter(child=case.child, kind=Consent.Kind.CHILD_DATA).update(withdrawn_on=today())

    with pytest.raises(Refusal) as refused:
        services.case_arrive(actor=cast.actor(cast.anna), case=case, on=today())

    assert refused.value.code == "no_consent"
    case.refresh_from_db()
    assert case.status == Status.BOOKED
