"""An emergency opens one card for an hour, in the open: asked for, marked, told of, reviewed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import ReadingOnly, require_own
from opora.foundation.access.knowledge import may_change, may_know
from opora.foundation.access.models import EmergencyAccess, Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.people.children.models import Child
from opora.people.emergencies.services import (
    LASTS,
    MISSES,
    OPEN_AT_ONCE,
    emergency_close,
    emergency_open,
    emergency_review,
)
from opora.people.emergencies.views import NOT_FOUND
from tests.cast import child_of, hire

REASON = "Ребёнок пришёл к чужому специалисту с приступом, нужна выписка."
MISHA = {"full_name": "данилов миша Игоревич", "birth_date": "15.01.2020"}


@pytest.fixture
def opened(cast, daria_child):
    return emergency_open(
        actor=cast.actor(cast.vera), reason=REASON, full_name="Данилов Миша Игоревич", birth_date=daria_child.birth_date
    )


def ask(client, **fields):
    return client.post(reverse("emergencies:new"), {"reason": REASON} | fields)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def card(child: Child) -> str:
    return reverse("children:child", args=[child.public_id])


def test_a_specialist_names_a_card_says_why_and_reads_it_for_an_hour(cast, daria_child, as_user):
    vera = as_user(cast.vera)
    assert vera.get(card(daria_child)).status_code == 404
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        answer = ask(vera, **MISHA)
        assert answer.url == card(daria_child)
        assert "Данилов Миша Игоревич" in vera.get(card(daria_child)).content.decode()
    for moment, status in ((LASTS - timedelta(seconds=1), 200), (LASTS, 404)):
        with time_machine.travel(now + moment, tick=False):
            assert as_user(cast.vera).get(card(daria_child)).status_code == status
    opened = EmergencyAccess.objects.get()
    assert (opened.user, opened.person_id, opened.reason) == (cast.vera, daria_child.public_id, REASON)


def test_the_form_asks_to_prove_who_it_is(cast, as_user, settings):
    settings.STEP_UP_AGE = 0
    vera = as_user(cast.vera)

    assert "/account/confirm/" in vera.get(reverse("emergencies:new")).headers["Location"]


def test_a_wrong_guess_a_strangers_child_and_a_frozen_card_are_answered_alike(cast, daria_child, as_user):
    stranger = child_of(cast.other, "Чужов", "Егор", "Олегович")
    frozen = child_of(cast.commission, "Снегов", "Иван", "Олегович")
    Freeze.objects.create(
        organisation=cast.commission, person_id=frozen.public_id, ground="Отзыв", since=timezone.localdate()
    )
    vera = as_user(cast.vera)
    answers = []
    for name in (stranger.full_name, frozen.full_name, "Нетаков Нет Нетович", "Данилов Миша"):
        answer = ask(vera, full_name=name, birth_date="15.01.2020")
        assert (answer.status_code, NOT_FOUND in text_of(answer)) == (422, True)
        body = re.sub(r'value="[\w-]{20,}"|X-CSRFToken[^}]*', "", text_of(answer).replace(name, "—"))
        answers.append(body)
    assert len(set(answers)) == 1
    assert not EmergencyAccess.objects.exists()
    assert Event.objects.filter(code="emergency.missed", user=cast.vera).count() == 4
    assert not Event.objects.filter(code="emergency.missed").exclude(person_id="").exists()


def test_guessing_ends_after_a_few_tries_even_with_the_right_name(cast, daria_child, as_user):
    vera = as_user(cast.vera)
    for number in range(MISSES):
        assert ask(vera, number=str(9000 + number)).status_code == 422
    right = ask(vera, **MISHA)
    assert "Слишком много неверных попыток" in right.content.decode()
    assert not EmergencyAccess.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        fresh = cast.actor(cast.vera)
        assert emergency_open(
            actor=fresh, reason=REASON, full_name=MISHA["full_name"], birth_date=daria_child.birth_date
        )


def test_a_short_reason_too_many_cards_and_those_who_need_none_are_refused(cast, daria_child):
    vera = cast.actor(cast.vera)
    named = {"full_name": daria_child.full_name, "birth_date": daria_child.birth_date}
    with pytest.raises(Refusal) as refused:
        emergency_open(actor=vera, reason="надо" + " " * 40, **named)
    assert refused.value.code == "short_reason"
    for name in ("Раз", "Два", "Три"):
        child = child_of(cast.commission, "Многов", name)
        emergency_open(actor=vera, reason=REASON, full_name=child.full_name, birth_date=child.birth_date)
    assert EmergencyAccess.objects.count() == OPEN_AT_ONCE
    with pytest.raises(Refusal) as refused:
        emergency_open(actor=vera, reason=REASON, **named)
    assert refused.value.code == "too_many"
    for user in (cast.anna, cast.boris, cast.zakhar, cast.olga, cast.nina):
        with pytest.raises((PermissionDenied, Refusal)):
            emergency_open(actor=cast.actor(user), reason=REASON, **named)
    both = hire(cast.commission, "both", "Двоев", "Д", "Д", (Role.REGISTRAR, ""), (Role.COMMISSION_SPECIALIST, ""))
    with pytest.raises(Refusal) as refused:
        emergency_open(actor=cast.actor(both), reason=REASON, **named)
    assert refused.value.code == "knows_all"


def test_it_opens_one_card_and_no_other_and_to_no_one_else(cast, daria_child, opened, as_user):
    other = child_of(cast.commission, "Егорова", "Маша")
    vera, gleb = cast.actor(cast.vera), cast.actor(cast.gleb)

    assert [one.public_id for one in Child.objects.visible_to(vera)] == [daria_child.public_id]
    assert not may_know(vera, other.public_id)
    assert not may_know(gleb, daria_child.public_id)
    assert as_user(cast.gleb).get(reverse("emergencies:access", args=[opened.public_id])).status_code == 404


def test_it_reads_and_prints_and_changes_nothing(cast, daria_child, opened, as_user):
    vera = cast.actor(cast.vera)
    assert (may_know(vera, daria_child.public_id), may_change(vera, daria_child.public_id)) == (True, False)
    require_own(vera, daria_child, reading=True)
    with pytest.raises(ReadingOnly):
        require_own(vera, daria_child)
    with pytest.raises(PermissionDenied) as refused:
        require_own(vera, child_of(cast.commission, "Егорова"), reading=True)
    assert not isinstance(refused.value, ReadingOnly)
    browser = as_user(cast.vera)
    assert browser.get(reverse("documents:child_contents", args=[daria_child.public_id])).status_code == 200
    address = reverse("children:prevention_new", args=[daria_child.public_id])
    assert address not in browser.get(card(daria_child)).content.decode(), "what cannot be done is not offered"
    assert browser.post(address, {"body": "school"}).status_code == 403
    assert not daria_child.prevention_records.exists()


def test_every_reading_under_it_is_marked_and_a_reading_by_duty_is_not(cast, daria_child, opened, as_user):
    vera = as_user(cast.vera)
    vera.get(card(daria_child))
    vera.get(reverse("children:list"))
    vera.get(reverse("documents:child_contents", args=[daria_child.public_id]))
    as_user(cast.anna).get(card(daria_child))
    marked = {event.code: event for event in Event.objects.filter(details__emergency=opened.public_id)}
    assert {"child.opened", "child.listed", "paper.printed", "emergency.opened"} <= set(marked)
    assert marked["child.opened"].sentence == "Открыта карта ребёнка — по экстренному доступу"
    assert {event.user for event in marked.values()} == {cast.vera}
    assert not Event.objects.filter(user=cast.vera, code="child.opened", details={}).exists()
    page = text_of(as_user(cast.boris).get(reverse("emergencies:access", args=[opened.public_id])))
    assert "Открыта карта ребёнка — по экстренному доступу" in page


def test_whoever_opened_it_closes_it_earlier(cast, daria_child, opened, as_user):
    vera = as_user(cast.vera)
    vera.post(reverse("emergencies:close", args=[opened.public_id]))
    assert vera.get(card(daria_child)).status_code == 404
    with pytest.raises(Refusal) as refused:
        emergency_close(actor=cast.actor(cast.vera), access=opened)
    assert refused.value.code == "closed"


def test_a_dismissal_and_another_workplace_end_it(cast, daria_child, opened):
    yesterday = timezone.localdate() - timedelta(days=1)
    cast.vera.positions.update(ended_on=yesterday)

    assert not Child.objects.visible_to(cast.actor(cast.vera)).exists()


def test_the_head_is_told_at_once_on_the_desk_and_over_every_page(cast, opened, as_user):
    boris, vera, anna = as_user(cast.boris), as_user(cast.vera), as_user(cast.anna)
    desk = boris.get("/").content.decode()
    assert "Проверить экстренный доступ" in desk
    assert "1 экстренный доступ ждёт вашей проверки" in text_of(boris.get(reverse("children:list")))
    assert "Экстренный доступ к карте до" in text_of(vera.get("/"))
    assert "экстренный доступ ждёт" not in text_of(anna.get("/"))
    boris.post(
        reverse("emergencies:review", args=[opened.public_id]),
        {"was_justified": "yes", "verdict": "Приступ подтверждён"},
    )
    assert "экстренный доступ ждёт" not in text_of(boris.get("/"))


def test_one_that_was_not_needed_is_closed_by_the_verdict(cast, daria_child, opened):
    boris = cast.actor(cast.boris)
    with pytest.raises(Refusal) as refused:
        emergency_review(actor=boris, access=opened, was_justified=False, verdict=" ")
    assert refused.value.code == "no_verdict"
    emergency_review(actor=boris, access=opened, was_justified=False, verdict="Любопытство. Объяснительная получена.")
    assert not may_know(cast.actor(cast.vera), daria_child.public_id)
    with pytest.raises(Refusal) as refused:
        emergency_review(actor=boris, access=opened, was_justified=True, verdict="")
    assert refused.value.code == "reviewed"


def test_nobody_but_the_head_reviews_and_nobody_his_own(cast, opened):
    for user in (cast.vera, cast.gleb, cast.anna, cast.olga):
        with pytest.raises(PermissionDenied):
            emergency_review(actor=cast.actor(user), access=opened, was_justified=True, verdict="")
    with pytest.raises(PermissionDenied):
        emergency_review(actor=cast.actor(cast.zakhar), access=opened, was_justified=True, verdict="")
    EmergencyAccess.objects.update(user=cast.boris)
    with pytest.raises(Refusal) as refused:
        emergency_review(actor=cast.actor(cast.boris), access=opened, was_justified=True, verdict="")
    assert refused.value.code == "own"
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.update(reviewed_by=cast.boris)


def test_the_head_sees_all_with_filters_and_others_their_own(cast, daria_child, opened, as_user):
    address = reverse("emergencies:list")
    boris, vera, gleb, zakhar = (as_user(one) for one in (cast.boris, cast.vera, cast.gleb, cast.zakhar))
    assert REASON in boris.get(address, {"state": "running"}).content.decode()
    assert REASON in boris.get(address, {"who": cast.vera.public_id}).content.decode()
    assert REASON not in boris.get(address, {"state": "unjustified"}).content.decode()
    assert REASON in vera.get(address).content.decode()
    for client in (gleb, zakhar):
        assert REASON not in client.get(address).content.decode()
    emergency_close(actor=cast.actor(cast.vera), access=opened)
    text = vera.get(address).content.decode()
    assert "закрыта для вас" in text
    assert daria_child.last_name not in text


def test_the_list_costs_the_same_for_three_and_thirty(cast, as_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    boris = as_user(cast.boris)
    counts = []
    for number in range(30):
        child = child_of(cast.commission, "Многов", f"Имя{'а' * number}")
        cast.acquaint(cast.gleb, child)
        if number in (2, 29):
            boris.get(reverse("emergencies:list"))
            with CaptureQueriesContext(connection) as told:
                boris.get(reverse("emergencies:list"))
            counts.append(len(told))
    assert counts[0] == counts[1]
