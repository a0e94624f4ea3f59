"""School days, norms and the page where the head sets them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.school.support.schoolyear import services
from opora.school.support.schoolyear.models import Cabinet, DayOff, HourNorm, Workload
from opora.school.support.schoolyear.reading import (
    days_of,
    is_school_day,
    norm_of,
    school_days,
    school_year_of,
    settings_of,
)
from opora.school.support.schoolyear.vacations import usual_vacations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def irina(school_cast):
    return school_cast.actor(school_cast.irina)


def test_the_school_year_of_a_day():
    assert school_year_of(date(2026, 8, 31)).title == "2025/26"
    span = school_year_of(TODAY)
    assert (span.year, span.starts_on, span.ends_on) == (2026, date(2026, 9, 1), date(2027, 8, 31))
    assert TODAY in span


@pytest.mark.parametrize("year", range(2020, 2032))
def test_usual_vacations_lie_in_their_year_in_order(year):
    found = usual_vacations(year)
    days = [day for _, starts_on, ends_on in found for day in (starts_on, ends_on)]
    assert days == sorted(days)
    assert all(day in school_year_of(date(year, 10, 1)) for day in days)


def test_days_of_the_school_stand_over_the_calendar(school_cast, irina):
    at = school_cast.school
    assert is_school_day(at, date(2026, 11, 20))
    assert not is_school_day(at, date(2026, 11, 4))  # a holiday of the country
    assert not is_school_day(at, date(2026, 11, 21))  # a Saturday
    services.day_off_add(actor=irina, title="Карантин", starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 22))
    services.day_off_add(actor=irina, title="Учёба вместо карантина", starts_on=date(2026, 11, 20), works=True)
    assert school_days(at, date(2026, 11, 16), date(2026, 11, 24)) == [
        date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24),
    ]  # fmt: skip
    days = days_of(at, date(2026, 11, 1), date(2026, 11, 30))
    assert days.why_off(date(2026, 11, 17)) == "Карантин"
    assert days.why_off(date(2026, 11, 4)) == "праздничный или перенесённый выходной день"
    assert days.why_off(date(2026, 11, 20)) == ""


def test_six_days_a_week(school_cast, irina):
    services.settings_save(actor=irina, lesson_minutes=35, group_limit=10, days_to_log=2, works_saturdays=True)
    assert settings_of(school_cast.school).lesson_minutes == 35
    assert is_school_day(school_cast.school, date(2026, 11, 28))
    assert not is_school_day(school_cast.school, date(2026, 11, 29))
    assert not is_school_day(school_cast.school, date(2026, 6, 12))


def test_vacations_are_taken_by_one_click_and_only_once(irina):
    assert len(services.vacations_add(actor=irina, year=2026)) == 4
    assert services.vacations_add(actor=irina, year=2026) == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), "ends_on"), (date(2026, 12, 1), date(2027, 12, 1), "ends_on"),
        (date(2026, 12, 10), date(2026, 12, 10), "starts_on"),
    ],
)  # fmt: skip
def test_impossible_ranges_are_refused(irina, starts_on, ends_on, field):
    services.day_off_add(actor=irina, title="День здоровья", starts_on=date(2026, 12, 10))
    with pytest.raises(Refusal) as refused:
        services.day_off_add(actor=irina, title="Ещё", starts_on=starts_on, ends_on=ends_on)
    assert refused.value.field == field
    assert DayOff.objects.count() == 1


def test_the_norm_of_a_post_is_recalled_until_the_school_sets_its_own(school_cast, irina):
    post = school_cast.post(school_cast.polina)
    found = norm_of(post, TODAY)
    assert found is not None
    assert (found.week_hours, found.direct_hours, found.is_own) == (36, 18, False)
    services.norms_save(actor=irina, norms={"psychologist": (Decimal(36), Decimal(20))})
    services.rates_save(actor=irina, year=2026, rates=[(post, Decimal("0.5"))])
    found = norm_of(post, TODAY)
    assert found is not None
    assert (found.rate, found.week_hours, found.direct_hours, found.is_own) == (Decimal("0.5"), 18, 10, True)
    assert norm_of(school_cast.post(school_cast.irina), TODAY) is None
    with pytest.raises(Refusal, match="больше, чем"):
        services.norms_save(actor=irina, norms={"psychologist": (Decimal(18), Decimal(20))})
    with pytest.raises(Refusal, match="не больше двух"):
        services.rates_save(actor=irina, year=2026, rates=[(post, Decimal(3))])


def test_only_the_head_and_the_director_set_them(school_cast):
    with pytest.raises(PermissionDenied):
        services.vacations_add(actor=school_cast.actor(school_cast.polina), year=2026)
    zakhar = school_cast.actor(school_cast.zakhar)
    with pytest.raises(PermissionDenied):
        services.rates_save(actor=zakhar, year=2026, rates=[(school_cast.post(school_cast.polina), Decimal(1))])


def test_the_page_sets_everything_and_keeps_what_was_refused(school_cast, as_user):
    client, page = as_user(school_cast.irina), reverse("schoolyear:settings")
    assert "Внести обычные каникулы" in client.get(page).content.decode()
    assert client.post(reverse("schoolyear:day_off_add"), {"usual": "1"}).status_code == 302
    bad = client.post(
        reverse("schoolyear:day_off_add"), {"title": "Карантин", "starts_on": "101226", "ends_on": "01.12.2026"}
    )
    assert bad.status_code == 422
    assert "Последний день раньше первого" in bad.content.decode()
    assert "Карантин" in bad.content.decode()
    for _ in range(2):
        answer = client.post(reverse("schoolyear:cabinet_add"), {"title": "№ 12", "seats": "8"})
    assert answer.status_code == 422
    assert Cabinet.objects.get().seats == 8
    assert client.post(reverse("schoolyear:settings_save"), {"lesson_minutes": "2"}).status_code == 422
    good = {"lesson_minutes": "30", "group_limit": "6", "days_to_log": "2"}
    assert client.post(reverse("schoolyear:settings_save"), good).status_code == 302
    post = school_cast.post(school_cast.polina)
    shown = client.get(page)
    rates = {one.html_name: "1" for one in shown.context["rates_form"]} | {f"rate-{post.public_id}": "0,75"}
    assert client.post(reverse("schoolyear:rates_save"), rates).status_code == 302
    assert Workload.objects.get(position=post).rate == Decimal("0.75")
    norms = {one.html_name: "10" for one in shown.context["norms_form"]}
    assert client.post(reverse("schoolyear:norms_save"), norms).status_code == 302
    assert HourNorm.objects.count() == 6
    cabinet = Cabinet.objects.get()
    address = reverse("schoolyear:cabinet", args=[cabinet.public_id])
    assert client.post(address, {"title": "№ 12", "is_retired": "on"}).status_code == 302
    assert "не используется" in client.get(page).content.decode()
    first = DayOff.objects.earliest("starts_on")
    assert client.post(reverse("schoolyear:day_off_remove", args=[first.public_id])).status_code == 302
    assert DayOff.objects.count() == 3


def test_a_specialist_reads_and_a_stranger_sees_his_own(school_cast, as_user, irina):
    services.day_off_add(actor=irina, title="Карантин", starts_on=date(2026, 12, 10))
    page = reverse("schoolyear:settings")
    read = as_user(school_cast.polina).get(page).content.decode()
    assert "Карантин" in read
    assert "Добавить дни" not in read
    assert "Карантин" not in as_user(school_cast.zakhar).get(page).content.decode()


@pytest.mark.parametrize("day", ["01.01.0001", "31.12.1999", "02.01.2100", "31.12.9999"])
def test_a_year_that_is_none_is_refused_beside_its_day(school_cast, as_user, day):
    client, add = as_user(school_cast.irina), reverse("schoolyear:day_off_add")
    for dates, field in (
        ({"starts_on": day}, "starts_on"), ({"starts_on": "01.12.2026", "ends_on": day}, "ends_on"),
    ):  # fmt: skip
        answer = client.post(add, {"title": "Карантин", **dates})
        assert answer.status_code == 422
        assert answer.context["day_form"].errors == {field: ["Проверьте год."]}
    assert not DayOff.objects.exists()
    for good in ("01.01.2000", "01.01.2100"):
        assert client.post(add, {"title": "Карантин", "starts_on": good}).status_code == 302


def test_vacations_are_told_by_their_number(school_cast, as_user):
    client = as_user(school_cast.irina)
    answer = client.post(reverse("schoolyear:day_off_add"), {"usual": "1"}, follow=True)
    assert "Внесены каникулы: 4." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "least", "most"), [("lesson_minutes", 5, 180), ("group_limit", 2, 40), ("days_to_log", 1, 30)]
)
def test_bounds_of_the_settings_are_said_beside_their_field(school_cast, as_user, name, least, most):
    client, save = as_user(school_cast.irina), reverse("schoolyear:settings_save")
    usual = {"lesson_minutes": 40, "group_limit": 8, "days_to_log": 3}
    for wrong in (least - 1, most + 1):
        answer = client.post(save, usual | {name: wrong})
        assert answer.status_code == 422
        assert list(answer.context["settings_form"].errors) == [name]
        assert "Нарушено ограничение" not in answer.content.decode()
    for right in (least, most):
        assert client.post(save, usual | {name: right}).status_code == 302


@pytest.mark.parametrize(
    ("week", "direct", "field"),
    [("0", "0", "week"), ("40,1", "18", "week"), ("36", "-1", "direct"), ("18", "19", "direct")],
)
def test_bounds_of_a_norm_are_said_beside_their_field(school_cast, as_user, week, direct, field):
    client, save = as_user(school_cast.irina), reverse("schoolyear:norms_save")
    form = client.get(reverse("schoolyear:settings")).context["norms_form"]
    sent = {one.html_name: "18" for one in form}
    answer = client.post(save, sent | {"week-psychologist": week, "direct-psychologist": direct})
    assert answer.status_code == 422
    assert list(answer.context["norms_form"].errors) == [f"{field}-psychologist"]
    assert "Нарушено ограничение" not in answer.content.decode()
    for good in (("0,1", "0"), ("40", "40")):
        typed = dict(zip(("week-psychologist", "direct-psychologist"), good, strict=True))
        assert client.post(save, sent | typed).status_code == 302


def test_the_service_refuses_hours_out_of_bounds_too(irina):
    for week, direct in ((0, 0), (41, 18), (36, -1)):
        with pytest.raises(Refusal, match="Часов"):
            services.norms_save(actor=irina, norms={"psychologist": (Decimal(week), Decimal(direct))})
