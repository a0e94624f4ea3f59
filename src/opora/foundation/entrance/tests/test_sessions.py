"""Sessions are on a list and can be ended; rights follow the posts at the next request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from opora.foundation.access.models import AcceptedForm, Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.services import position_end, position_open
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.entrance import services
from opora.foundation.entrance.cleaning import clean
from opora.foundation.entrance.models import AccountSession, SignInTry
from tests.cast import HIRED, PASSWORD

from .door import is_in, signed_in


def post_of(user) -> Position:
    return Position.objects.get(user=user)


def test_anna_sees_her_sessions_and_ends_the_one_she_does_not_know(cast):
    home, away = signed_in(cast.anna, "192.0.2.10"), signed_in(cast.anna, "203.0.113.5")
    page = home.get("/account/sessions/").content.decode()
    assert "203.0.113.5" in page
    assert "этот сеанс" in page
    strange = AccountSession.objects.get(address="203.0.113.5")

    home.post("/account/sessions/end/", {"session": strange.public_id})

    assert not Session.objects.filter(session_key=strange.session_key).exists()
    assert not is_in(away)
    assert is_in(home)
    assert Event.objects.filter(code="entrance.session_ended", user=cast.anna).count() == 1


def test_all_others_end_at_once(cast):
    home, *others = (signed_in(cast.anna, f"192.0.2.{n}") for n in range(3))

    home.post("/account/sessions/end/", {"session": "others"})

    assert is_in(home)
    assert not any(is_in(one) for one in others)


def test_nobody_ends_or_sees_another_persons_session(cast):
    vera, anna = signed_in(cast.vera, "192.0.2.77"), signed_in(cast.anna)
    session = AccountSession.objects.get(user=cast.vera)

    answer = anna.post("/account/sessions/end/", {"session": session.public_id}, follow=True)

    assert "Такого сеанса нет" in answer.content.decode()
    assert "192.0.2.77" not in answer.content.decode()
    assert is_in(vera)
    with pytest.raises(Refusal):
        services.session_end(actor=cast.actor(cast.anna), session=session)


def test_a_session_put_back_into_the_store_after_its_end_is_no_session(cast):
    """A request that was under way may save the session once more; the list has the last word."""
    anna = signed_in(cast.anna)
    AccountSession.objects.update(ended_at=timezone.now())

    assert Session.objects.exists()
    assert not is_in(anna)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(cast):
    home, other = signed_in(cast.anna), signed_in(cast.anna, "192.0.2.11")

    home.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "Совсем-другая-фраза", "password2": "Совсем-другая-фраза"},
    )

    assert AccountSession.objects.filter(user=cast.anna).going_on().count() == 1  # the list agrees with the door
    assert is_in(home)
    assert not is_in(other)


def test_the_head_ends_the_sessions_of_an_employee(cast, as_user):
    vera = signed_in(cast.vera)
    boris = as_user(cast.boris)
    address = f"/staff/{post_of(cast.vera).public_id}/sign-in/"
    assert "Firefox, Windows" in boris.get(address).content.decode()

    boris.post(address, {"deed": "sessions"})

    assert not is_in(vera)
    assert Event.objects.filter(code="entrance.session_ended", user=cast.boris, organisation=cast.commission).exists()


def test_the_head_gives_a_new_password_that_must_be_changed(cast, as_user):
    vera = signed_in(cast.vera)
    boris = as_user(cast.boris)
    sent = boris.post(f"/staff/{post_of(cast.vera).public_id}/sign-in/", {"deed": "password"})

    assert sent.headers["Location"] == "/staff/password/"
    assert not is_in(vera)
    cast.vera.refresh_from_db()
    assert cast.vera.must_change_password
    assert not cast.vera.check_password(PASSWORD)
    told = Event.objects.get(code="entrance.password_reset")
    assert (told.user, told.subject_id) == (cast.boris, cast.vera.public_id)


def test_a_head_does_not_come_to_another_commissions_children_by_a_new_password(cast):
    """Вера works at two commissions: whoever set her password here could sign in as her there."""
    Position.objects.create(
        organisation=cast.other, user=cast.vera, role=Role.COMMISSION_SPECIALIST, speciality="psychologist",
        started_on=HIRED,
    )  # fmt: skip
    here = Position.objects.get(user=cast.vera, organisation=cast.commission)

    for deed in (services.password_reset, services.second_factor_reset, services.sessions_end_of):
        with pytest.raises(Refusal) as refused:
            deed(actor=cast.actor(cast.boris), position=here)
        assert refused.value.code == "works_elsewhere"
    cast.vera.refresh_from_db()
    assert cast.vera.check_password(PASSWORD)


def test_a_stranger_a_colleague_and_oneself_are_refused(cast):
    post = post_of(cast.vera)
    with pytest.raises(Refusal):
        services.password_reset(actor=cast.actor(cast.zakhar), position=post)
    with pytest.raises(PermissionDenied):
        services.password_reset(actor=cast.actor(cast.anna), position=post)
    with pytest.raises(Refusal):
        services.password_reset(actor=cast.actor(cast.boris), position=post_of(cast.boris))
    assert not Event.objects.filter(code="entrance.password_reset").exists()


def test_the_operator_gives_a_password_only_where_it_opens_nothing_alone(cast):
    operator = cast.actor(cast.olga)

    with pytest.raises(Refusal) as refused:
        services.password_reset(actor=operator, position=post_of(cast.vera))
    assert refused.value.code == "head_helps"
    Authenticator.objects.create(user=cast.vera, type=Authenticator.Type.TOTP, data={})
    services.password_reset(actor=operator, position=post_of(cast.vera))
    with pytest.raises(PermissionDenied):
        services.second_factor_reset(actor=operator, position=post_of(cast.vera))


def test_a_dismissal_and_a_new_role_count_at_the_next_request(cast):
    boris, anna = cast.actor(cast.boris), signed_in(cast.anna)
    today = timezone.localdate()
    assert anna.get("/cases/").status_code == 200
    assert anna.get("/conclusions/").status_code in (200, 403)

    position_end(actor=boris, position=post_of(cast.anna), ended_on=today - timedelta(days=1))
    assert anna.get("/cases/").status_code == 403

    position_open(actor=boris, user=cast.anna, role=Role.OPERATOR, started_on=today)
    assert anna.get("/cases/").status_code == 403
    assert anna.get("/staff/").status_code == 200
    assert anna.get("/staff/new/").status_code == 200  # an operator may, a secretary may not


def test_opora_password_helps_whom_nobody_can_help(cast):
    boris = signed_in(cast.boris)

    fresh = services.access_restore(username="boris", drop_second_factor=True)

    cast.boris.refresh_from_db()
    assert cast.boris.check_password(fresh)
    assert cast.boris.must_change_password
    assert not is_in(boris)
    told = Event.objects.get(code="entrance.password_reset")
    assert (told.user, told.organisation) == (None, cast.commission)
    with pytest.raises(Refusal):
        services.access_restore(username="nobody", drop_second_factor=False)


def test_what_has_served_its_time_is_swept_up_and_the_rest_stays(cast):
    signed_in(cast.anna)
    now = timezone.now()
    for key, days in (("old", 3), ("fresh", 1)):
        row = AcceptedForm.objects.create(user=cast.anna, key=key, path="/x/")
        AcceptedForm.objects.filter(pk=row.pk).update(at=now - timedelta(days=days))
    old = AccountSession.objects.create(user=cast.anna, session_key="old")
    AccountSession.objects.filter(pk=old.pk).update(seen_at=now - timedelta(days=91))
    SignInTry.objects.create(login_digest="x", address="192.0.2.1", at=now - timedelta(days=2))
    Session.objects.create(session_key="gone", session_data="", expire_date=now - timedelta(hours=1))

    assert clean() == {"принятых форм": 1, "записей о сеансах": 1, "попыток входа": 1}
    assert list(AcceptedForm.objects.values_list("key", flat=True)) == ["fresh"]
    assert not Session.objects.filter(session_key="gone").exists()
    assert AccountSession.objects.count() == 1


def test_a_form_key_counts_at_its_own_address_alone(cast, as_user):
    boris, post = as_user(cast.boris), post_of(cast.nina)
    key = {"form_key": "one-key-two-forms"}
    boris.post(f"/staff/{post.public_id}/end/", {"ended_on": "31.12.2030", **key})

    boris.post(f"/staff/{post.public_id}/undertaking/", {"signed_on": "01.09.2026", **key})

    assert cast.nina.undertakings.exists()
