"""Rights in time and place: dismissal, several posts, several workplaces, one deed per form, sessions that end."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from opora.foundation.access.actions import UndertakingMissing, declare, may, require
from opora.foundation.access.actors import actor_of, workplaces_of
from opora.foundation.access.middleware import STARTED
from opora.foundation.access.models import AcceptedForm, Position, Undertaking
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.services import account_create, position_end, position_open, undertaking_record
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child

from . import cast as people

APPOINTMENT = {
    "last_name": "Новикова", "first_name": "Надежда", "username": "novikova",
    "role": Role.REGISTRAR, "started_on": "01.09.2026",
}  # fmt: skip


def dismiss(user: User) -> None:
    Position.objects.filter(user=user).update(ended_on=timezone.localdate() - timedelta(days=1))


def test_a_dismissed_person_loses_rights_at_the_next_request(cast, as_user):
    anna = as_user(cast.anna)
    assert anna.get("/cases/").status_code == 200

    dismiss(cast.anna)

    assert anna.get("/cases/").status_code == 403
    assert actor_of(cast.anna, on=timezone.localdate()).organisation is None


def test_a_dismissed_person_still_reads_no_child(cast, daria_child):
    dismiss(cast.anna)

    assert not Child.objects.visible_to(cast.actor(cast.anna)).exists()


def test_several_posts_add_up(cast):
    Position.objects.create(
        organisation=cast.commission, user=cast.anna, role=Role.COMMISSION_SPECIALIST, speciality="psychologist",
        started_on=people.HIRED,
    )  # fmt: skip

    anna = cast.actor(cast.anna)

    assert anna.roles == {Role.REGISTRAR, Role.COMMISSION_SPECIALIST}
    assert anna.specialities == ("psychologist",)


def test_a_post_that_starts_tomorrow_gives_nothing_today(cast):
    today = timezone.localdate()
    Position.objects.filter(user=cast.anna).update(started_on=today + timedelta(days=1))

    assert cast.actor(cast.anna).roles == frozenset()
    assert cast.actor(cast.anna, on=today + timedelta(days=1)).roles == {Role.REGISTRAR}


def test_whoever_works_at_two_places_sees_one_at_a_time(cast, daria_child, as_user):
    Position.objects.create(organisation=cast.other, user=cast.anna, role=Role.REGISTRAR, started_on=people.HIRED)
    Undertaking.objects.create(organisation=cast.other, user=cast.anna, signed_on=people.HIRED)
    foreign = people.child_of(cast.other, last="Нагорный")
    today = timezone.localdate()
    assert workplaces_of(cast.anna, today) == [cast.commission, cast.other]

    here = actor_of(cast.anna, on=today, organisation=cast.commission)
    there = actor_of(cast.anna, on=today, organisation=cast.other)

    assert list(Child.objects.visible_to(here)) == [daria_child]
    assert list(Child.objects.visible_to(there)) == [foreign]


def test_the_workplace_is_chosen_in_the_menu_and_only_among_ones_own(cast, as_user):
    Position.objects.create(organisation=cast.other, user=cast.anna, role=Role.OPERATOR, started_on=people.HIRED)
    anna = as_user(cast.anna)

    anna.post("/settings/workplace/", {"workplace": cast.other.public_id})
    assert anna.get("/cases/").status_code == 403  # an operator there
    anna.post("/settings/workplace/", {"workplace": cast.commission.public_id})
    assert anna.get("/cases/").status_code == 200

    stranger = anna.post("/settings/workplace/", {"workplace": cast.school.public_id})
    assert stranger.status_code in (403, 404, 409)
    assert anna.get("/cases/").status_code == 200


def test_the_undertaking_of_one_workplace_does_not_count_at_another(cast):
    Position.objects.create(organisation=cast.other, user=cast.anna, role=Role.REGISTRAR, started_on=people.HIRED)

    there = actor_of(cast.anna, on=timezone.localdate(), organisation=cast.other)

    assert there.organisation == cast.other
    assert not there.may_read_persons


def test_the_same_form_twice_is_one_deed(cast, as_user):
    boris = as_user(cast.boris)
    form = APPOINTMENT | {"form_key": "once-and-only-once"}

    first = boris.post("/staff/new/", form)
    second = boris.post("/staff/new/", form)

    assert first.status_code == 302
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert User.objects.filter(username="novikova").count() == 1
    assert Position.objects.filter(user__username="novikova").count() == 1


def test_a_form_shown_again_with_an_error_may_be_sent_again(cast, as_user):
    boris = as_user(cast.boris)
    form = APPOINTMENT | {"form_key": "first-wrong-then-right"}

    wrong = boris.post("/staff/new/", form | {"started_on": "31.02.2026"})
    right = boris.post("/staff/new/", form)

    assert wrong.status_code == 422
    assert "novikova" in wrong.content.decode()
    assert right.status_code == 302
    assert User.objects.filter(username="novikova").count() == 1


def test_one_persons_form_key_is_nothing_to_another(cast, as_user):
    AcceptedForm.objects.create(user=cast.olga, key="same", path="/staff/new/", location="/staff/")

    as_user(cast.boris).post("/staff/new/", APPOINTMENT | {"form_key": "same"})

    assert User.objects.filter(username="novikova").exists()


def test_a_form_key_is_kept_without_nul_which_postgresql_does_not_take(cast, as_user):
    as_user(cast.boris).post("/staff/new/", APPOINTMENT | {"form_key": "sa\x00me"})

    assert AcceptedForm.objects.get().key == "same"


def test_a_session_ends_twelve_hours_after_sign_in_however_busy(cast, as_user, settings):
    anna = as_user(cast.anna)
    anna.get("/")
    session = anna.session
    session[STARTED] = int(time.time()) - settings.SESSION_ABSOLUTE_AGE - 1
    session.save()

    answer = anna.get("/cases/")

    assert answer.status_code == 302
    assert "/account/sign-in/" in answer.headers["Location"]


def test_a_background_save_after_the_session_gets_401_and_not_a_page(cast):
    answer = Client().get("/cases/", headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 401
    assert "набранное сохранено" in answer.content.decode()


def test_an_unsworn_specialist_reads_nothing_and_is_told_why(cast, daria_child, as_user):
    answer = as_user(cast.nina).get("/cases/")

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "обязательство о неразглашении" in page
    assert "2.19" in page
    assert daria_child.last_name not in page
    assert not Child.objects.visible_to(cast.actor(cast.nina)).exists()


def test_as_soon_as_the_undertaking_is_recorded_the_page_opens(cast, as_user):
    nina = as_user(cast.nina)
    assert nina.get("/cases/").status_code == 403

    undertaking_record(actor=cast.actor(cast.boris), user=cast.nina, signed_on=timezone.localdate())

    assert nina.get("/cases/").status_code == 200


def test_an_undertaking_is_recorded_once_and_not_in_advance(cast):
    boris = cast.actor(cast.boris)

    with pytest.raises(Refusal, match=r"2\.19"):
        undertaking_record(actor=boris, user=cast.anna, signed_on=timezone.localdate())
    with pytest.raises(Refusal) as refused:
        undertaking_record(actor=boris, user=cast.nina, signed_on=timezone.localdate() + timedelta(days=1))
    assert refused.value.field == "signed_on"
    with pytest.raises(Refusal):
        undertaking_record(actor=boris, user=cast.zakhar, signed_on=timezone.localdate())


def test_nobody_ends_his_own_post(cast):
    own = Position.objects.get(user=cast.boris)

    with pytest.raises(Refusal):
        position_end(actor=cast.actor(cast.boris), position=own, ended_on=timezone.localdate())


def test_the_operator_keeps_staff_and_reads_no_child(cast, daria_child, as_user):
    olga = as_user(cast.olga)

    assert olga.get("/staff/").status_code == 200
    assert olga.get("/cases/").status_code == 403
    assert not Child.objects.visible_to(cast.actor(cast.olga)).exists()


def test_the_framework_superuser_is_nobody_here(cast, as_user):
    User.objects.filter(pk=cast.olga.pk).update(is_superuser=True, is_staff=True)

    assert as_user(cast.olga).get("/cases/").status_code == 403


def test_a_typo_in_the_name_of_an_action_opens_no_door(cast):
    with pytest.raises(KeyError):
        may(cast.actor(cast.boris), "case.wiew")
    with pytest.raises(ValueError, match="declared twice"):
        declare("case.view", "Ещё раз", {Role.OPERATOR})


def test_a_service_refuses_by_role_first_and_by_the_undertaking_second(cast):
    with pytest.raises(PermissionDenied) as role:
        require(cast.actor(cast.olga), "case.view")
    with pytest.raises(UndertakingMissing):
        require(cast.actor(cast.nina), "case.view")
    assert not isinstance(role.value, UndertakingMissing)


def test_the_operator_gives_himself_no_post_that_reads_about_children(cast, as_user):
    operator, today = cast.actor(cast.olga), timezone.localdate()
    with pytest.raises(Refusal) as refused:
        position_open(actor=operator, user=cast.olga, role=Role.COMMISSION_HEAD, started_on=today)
    page = as_user(cast.olga).post(
        "/staff/new/", {"user": cast.olga.pk, "role": Role.REGISTRAR, "started_on": today.isoformat()}
    )

    assert refused.value.code == "head_appoints"
    assert page.status_code == 422
    assert Position.objects.filter(user=cast.olga).count() == 1


def test_the_operator_makes_up_no_colleague_who_reads_about_children(cast):
    operator, today = cast.actor(cast.olga), timezone.localdate()
    invented = account_create(
        actor=operator, username="nobody", password="Выдумана-2026", last_name="Никто", first_name="Нина"
    )
    with pytest.raises(Refusal) as refused:
        position_open(actor=operator, user=invented, role=Role.COMMISSION_HEAD, started_on=today)
    with pytest.raises(PermissionDenied):
        undertaking_record(actor=operator, user=cast.nina, signed_on=today)
    assert refused.value.code == "head_appoints"
    assert position_open(actor=operator, user=invented, role=Role.OPERATOR, started_on=today).pk
    assert position_open(actor=cast.actor(cast.boris), user=cast.anna, role=Role.COMMISSION_HEAD, started_on=today).pk


def test_a_session_without_a_deed_ends_after_half_an_hour(cast, as_user):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        anna = as_user(cast.anna)
        assert anna.get("/").status_code == 200
        clock.shift(timedelta(minutes=29))
        assert anna.get("/").status_code == 200, "a deed puts the end off"
        clock.shift(timedelta(minutes=29))
        assert anna.get("/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert anna.get("/").status_code == 302


def test_a_specialist_sees_no_contacts_and_a_secretary_does(cast, daria_child, as_user):
    """The field policy, said here in words of its own and not by its table."""
    phone = daria_child.guardianships.get().guardian.phone
    cast.acquaint(cast.vera, daria_child)
    pages = {
        user.username: as_user(user).get(f"/children/{daria_child.public_id}/").content.decode().replace("\xa0", " ")
        for user in (cast.vera, cast.anna, cast.boris)
    }

    assert {name: phone in page for name, page in pages.items()} == {"vera": False, "anna": True, "boris": True}
    assert daria_child.last_name in pages["vera"]


def test_a_head_ends_no_post_of_another_commission(cast):
    post = Position.objects.get(user=cast.anna)
    with pytest.raises(PermissionDenied):
        position_end(actor=cast.actor(cast.zakhar), position=post, ended_on=timezone.localdate())
    post.refresh_from_db()
    assert post.ended_on is None
