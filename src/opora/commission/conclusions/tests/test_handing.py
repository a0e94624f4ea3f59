"""The family gets its copy within five working days, in person or by post, and the case ends."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from opora.commission.cases.flow import Status
from opora.commission.conclusions.desk import _to_hand_over
from opora.commission.conclusions.listing import deadline_words
from opora.commission.conclusions.services import (
    conclusion_annul,
    conclusion_sign,
    handover_record,
    handover_send,
    opinion_add,
)
from opora.foundation.access.refusals import Refusal
from opora.people.children.models import Guardian

from .stage import DAY, TOMORROW, discussed, ready

MONDAY = date(2026, 11, 23)


@pytest.fixture
def handover(cast, daria_child):
    draft = ready(cast, discussed(cast, daria_child))
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY).handover


@pytest.fixture
def daria(daria_child):
    return daria_child.guardianships.get().guardian


def record(cast, handover, recipient, received_on=MONDAY, today=MONDAY, **given):
    return handover_record(
        actor=cast.actor(cast.anna),
        handover=handover,
        recipient=recipient,
        received_on=received_on,
        today=today,
        **given,
    )


def test_handing_over_in_person_finishes_the_case(cast, handover, daria):
    done = record(cast, handover, daria)
    case = done.conclusion.case
    case.refresh_from_db()
    assert case.status == Status.HANDED
    assert case.finished_on == MONDAY
    assert (done.way, done.recipient) == ("in_person", daria)


def test_by_post_the_receipt_comes_after_the_sending(cast, handover, daria):
    with pytest.raises(Refusal) as refused:
        record(cast, handover, daria, way="post")
    assert refused.value.code == "not_sent"
    anna = cast.actor(cast.anna)
    handover_send(actor=anna, handover=handover, recipient=daria, sent_on=MONDAY, today=MONDAY, track_number="80")
    with pytest.raises(Refusal) as refused:
        record(cast, handover, daria, way="post", received_on=TOMORROW)
    assert refused.value.code == "before_sending"
    assert record(cast, handover, daria, way="post").track_number == "80"


def test_a_copy_is_not_given_to_a_stranger_nor_before_its_time(cast, handover, daria):
    stranger = Guardian.objects.create(
        organisation=cast.commission, last_name="Чужая", first_name="Ирина", sex="female"
    )
    for given, code in (
        ({"recipient": stranger}, "not_guardian"),
        ({"recipient": daria, "received_on": date(2026, 11, 19)}, "before_signing"),
        ({"recipient": daria, "received_on": date(2026, 11, 24)}, "future"),
        ({"recipient": daria, "opinions_given": True}, "no_opinions"),
    ):
        with pytest.raises(Refusal) as refused:
            record(cast, handover, **given)
        assert refused.value.code == code
    record(cast, handover, daria)


def test_a_copy_is_given_once_and_by_the_desk(cast, handover, daria):
    with pytest.raises(PermissionDenied):
        handover_record(
            actor=cast.actor(cast.vera), handover=handover, recipient=daria, received_on=MONDAY, today=MONDAY
        )
    record(cast, handover, daria)
    with pytest.raises(Refusal) as refused:
        record(cast, handover, daria)
    assert refused.value.code == "received"


def test_an_annulled_conclusion_is_not_handed_over(cast, handover, daria):
    conclusion_annul(actor=cast.actor(cast.boris), conclusion=handover.conclusion, on=TOMORROW, reason="опечатка")
    with pytest.raises(Refusal) as refused:
        record(cast, handover, daria)
    assert refused.value.code == "annulled"


def test_a_handed_over_conclusion_can_be_annulled(cast, handover, daria):
    record(cast, handover, daria)
    handover.conclusion.refresh_from_db()
    again = conclusion_annul(
        actor=cast.actor(cast.boris), conclusion=handover.conclusion, on=MONDAY, reason="другой ребёнок"
    )
    again.case.refresh_from_db()
    assert (again.case.status, again.case.finished_on) == (Status.DISCUSSION, None)


def test_special_opinions_are_given_on_request(cast, daria_child, daria):
    draft = ready(cast, discussed(cast, daria_child))
    opinion_add(actor=cast.actor(cast.vera), conclusion=draft, text="Предлагаю вариант 5.2.")
    handover = conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY).handover
    assert record(cast, handover, daria, opinions_given=True).opinions_given


def test_an_overdue_copy_is_late_on_the_desks_of_head_and_secretary(cast, handover):
    assert deadline_words(handover, date(2026, 11, 27)) == "сегодня последний день"
    assert deadline_words(handover, date(2026, 11, 29)) == "просрочено на 2\u00a0дня"
    for user in (cast.anna, cast.boris):
        (duty,) = _to_hand_over(cast.actor(user), MONDAY)
        assert duty.on == date(2026, 11, 27)
    assert list(_to_hand_over(cast.actor(cast.zakhar), MONDAY)) == []
