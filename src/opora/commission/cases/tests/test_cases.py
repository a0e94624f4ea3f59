"""Opening a case, moving it, finding it; and who may not."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.cases.services import case_advance, case_open
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from tests.cast import child_of

TODAY = date(2026, 4, 6)


@pytest.fixture
def case(cast, daria_child):
    return case_open(actor=cast.actor(cast.anna), child=daria_child, opened_on=TODAY, edition="2025")


def test_anna_registers_an_appeal_and_it_gets_the_next_number_of_the_year(cast, case):
    second = case_open(
        actor=cast.actor(cast.anna), child=child_of(cast.commission, "Зимин"), opened_on=TODAY, edition="2025"
    )
    later = case_open(
        actor=cast.actor(cast.anna),
        child=child_of(cast.commission, "Летов"),
        opened_on=date(2027, 1, 11),
        edition="2025",
    )
    assert [(one.number, one.year) for one in (case, second, later)] == [(1, 2026), (2, 2026), (1, 2027)]
    assert case.title == "№\u00a01/2026"
    assert Event.objects.filter(code="case.registered", person_id=case.child.public_id).count() == 1


def test_a_second_appeal_of_a_child_whose_case_is_open_is_refused(cast, case):
    with pytest.raises(Refusal) as refusal:
        case_open(actor=cast.actor(cast.boris), child=case.child, opened_on=TODAY, edition="2025")
    assert refusal.value.code == "open_case"
    assert case.title in refusal.value.message
    assert Case.objects.count() == 1


def test_the_database_itself_forbids_two_open_cases_of_one_child(cast, case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(
            organisation=cast.commission, child=case.child, number=77, year=2026, edition="2025",
            opened_on=TODAY, status_since=TODAY,
        )  # fmt: skip


def test_vera_may_not_register_an_appeal(cast, daria_child):
    with pytest.raises(PermissionDenied):
        case_open(actor=cast.actor(cast.vera), child=daria_child, opened_on=TODAY, edition="2025")
    assert not Case.objects.exists()


def test_a_child_of_another_commission_cannot_be_given_a_case(cast, daria_child):
    with pytest.raises(Refusal) as refusal:
        case_open(actor=cast.actor(cast.zakhar), child=daria_child, opened_on=TODAY, edition="2025")
    assert refusal.value.code == "stranger"


def test_a_step_out_of_turn_is_refused_with_its_clause_and_changes_nothing(cast, case):
    with pytest.raises(Refusal) as refusal:
        case_advance(actor=cast.actor(cast.boris), case=case, action="case.sign", on=TODAY)
    assert refusal.value.code == "wrong_status"
    assert "прил. 2.15" in refusal.value.clause
    case.refresh_from_db()
    assert case.status == Status.OPENED


def test_a_withdrawn_case_keeps_its_reason_and_leaves_room_for_a_new_one(cast, case):
    ended = case_advance(
        actor=cast.actor(cast.anna), case=case, action="case.withdraw", on=TODAY, reason="Переезд семьи"
    )
    assert (ended.status, ended.finished_on, ended.finish_reason) == (Status.WITHDRAWN, TODAY, "Переезд семьи")
    again = case_open(actor=cast.actor(cast.anna), child=case.child, opened_on=TODAY, edition="2025")
    assert again.number == 2


def test_opening_the_page_of_a_case_is_an_event_and_says_what_to_do_next(cast, case, as_user):
    page = as_user(cast.anna).get(reverse("cases:case", args=[case.public_id]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Данилов Миша Игоревич" in text
    assert "Принять подписанные заявление и согласия" in text
    opened = Event.objects.get(code="case.opened")
    assert (opened.user, opened.person_id) == (cast.anna, case.child.public_id)


def test_vera_who_may_not_take_the_next_step_reads_whose_it_is_and_by_which_clause(cast, case, as_user):
    cast.acquaint(cast.vera, case.child)
    text = as_user(cast.vera).get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert "«Принять подписанные заявление и согласия» — секретарь комиссии или руководитель комиссии" in text
    assert "2.17" in text


def test_zakhar_of_another_commission_gets_the_page_of_nothing(cast, case, as_user):
    client = as_user(cast.zakhar)
    stranger = client.get(reverse("cases:case", args=[case.public_id]))
    nothing = client.get(reverse("cases:case", args=["22222222222222"]))
    assert (stranger.status_code, nothing.status_code) == (404, 404)
    assert stranger.content == nothing.content
    assert not Event.objects.filter(code="case.opened").exists()


def test_the_operator_gets_403_and_nina_is_told_of_the_undertaking(cast, case, as_user):
    address = reverse("cases:case", args=[case.public_id])
    assert as_user(cast.olga).get(address).status_code == 403
    unsworn = as_user(cast.nina).get(address)
    assert unsworn.status_code == 403
    assert "неразглашении" in unsworn.content.decode()


@pytest.mark.parametrize(("text", "found"), [("1", True), ("№ 1/2026", True), ("1/2025", False), ("2", False)])
def test_a_case_is_found_by_its_number(cast, case, as_user, text, found):
    page = as_user(cast.anna).get(reverse("cases:list"), {"q": text})
    assert ("Данилов Миша" in page.content.decode()) is found


def test_the_list_makes_as_many_queries_for_thirty_cases_as_for_three(cast, as_user):
    client, anna = as_user(cast.anna), cast.actor(cast.anna)

    def queries(upto: int) -> int:
        for number in range(Case.objects.count(), upto):
            child = child_of(cast.commission, f"Списков{'а' * number}")
            case_open(actor=anna, child=child, opened_on=TODAY, edition="2025")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("cases:list")).status_code == 200
        return len(captured)

    queries(1)
    assert queries(3) == queries(30)
