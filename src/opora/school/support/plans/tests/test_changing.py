"""While an approved plan is changed its readers keep what was approved; only what never was may be removed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.ui.desk import desk_of
from opora.school.support.plans import doing, services
from opora.school.support.plans.models import PlanItem, PlanVersion, WorkPlan
from opora.school.support.plans.selectors import narrowest, with_origins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def irina(school_cast):
    return school_cast.actor(school_cast.irina)


@pytest.fixture
def polina(school_cast):
    return school_cast.actor(school_cast.polina)


def approve(cast, plan):
    actor = cast.actor
    services.plan_submit(actor=actor(cast.polina), plan=plan, on=TODAY)
    services.plan_examine(actor=actor(cast.irina), plan=plan, on=TODAY)
    return services.plan_approve(actor=actor(cast.daniil), plan=plan, on=TODAY)


@pytest.fixture
def plan(school_cast, polina):
    """Polina's month, approved and opened for changes: one line has other words, one is new."""
    made = services.plan_open(actor=polina, horizon="month", day=TODAY, owner=school_cast.post(school_cast.polina))
    services.plan_words_set(actor=polina, plan=made, aim="Прежняя цель", tasks="")
    item = services.item_add(
        actor=polina, plan=made, direction="methods", title="Педсовет", starts_on=date(2026, 11, 9),
        ends_on=date(2026, 11, 12),
    )  # fmt: skip
    approve(school_cast, made)
    services.plan_change(actor=polina, plan=made, reason="Карантин")
    services.plan_words_set(actor=polina, plan=made, aim="Новая цель", tasks="")
    services.item_change(actor=polina, item=item, base_version=0, values={"title": "Педсовет позже"})
    services.item_drop(actor=polina, item=item, reason="передумали", on=TODAY)
    services.item_add(actor=polina, plan=made, direction="methods", title="Вебинар")
    made.refresh_from_db()
    return made


@pytest.fixture
def logged(monkeypatch):
    """`logged(item)`: the log holds one entry of a line."""
    kept = {}
    monkeypatch.setattr(doing, "_COUNTERS", [lambda keys: {key: kept[key] for key in keys if key in kept}])

    def one_more(item):
        kept[item.pk] = doing.Done(1, 40, date(2026, 11, 10))

    return one_more


def test_a_colleague_reads_the_approved_version_while_its_plan_is_changed(school_cast, as_user, plan, logged):
    item, larisa = plan.items.earliest("order"), school_cast.actor(school_cast.larisa)
    logged(item)
    assert (WorkPlan.objects.visible_to(larisa).count(), PlanVersion.objects.visible_to(larisa).count()) == (1, 1)
    assert list(PlanItem.objects.visible_to(larisa)) == [item]
    address = reverse("plans:plan", args=[plan.public_id])
    page = as_user(school_cast.larisa).get(address).content.decode()
    assert "версия 1" in page
    assert "Педсовет" in page
    assert "Прежняя цель" in page
    assert "09.11.2026\u00a0— 12.11.2026" in page
    assert "сделано" in page
    for secret in ("Педсовет позже", "Вебинар", "Новая цель", "передумали"):
        assert secret not in page
    for reader in (school_cast.polina, school_cast.irina, school_cast.daniil):
        assert "Вебинар" in as_user(reader).get(address).content.decode()
    paper = as_user(school_cast.larisa).get(reverse("documents:plan_paper", args=[plan.public_id, "work_plan"]))
    assert paper.status_code == 200
    approve(school_cast, plan)
    assert "Вебинар" in as_user(school_cast.larisa).get(address).content.decode()


def test_words_that_nobody_approved_are_found_by_nobody_else(school_cast, as_user, plan):
    def finds(user, text):
        page = as_user(user).get(reverse("plans:list"), {"q": text}).content.decode()
        return reverse("plans:plan", args=[plan.public_id]) in page

    for words in ("Вебинар", "Новая цель", "педсовет позже"):
        assert (finds(school_cast.larisa, words), finds(school_cast.polina, words)) == (False, True), words
        assert finds(school_cast.irina, words), words
    assert finds(school_cast.larisa, school_cast.polina.last_name.lower())
    approve(school_cast, plan)
    assert finds(school_cast.larisa, "вебинар")


def test_a_draft_that_was_never_approved_stays_with_its_owner(school_cast, plan, polina):
    services.plan_open(actor=polina, horizon="week", day=TODAY, owner=school_cast.post(school_cast.polina), grow=False)
    assert list(WorkPlan.objects.visible_to(school_cast.actor(school_cast.larisa))) == [plan]


def test_a_new_line_is_removed_and_an_approved_one_is_taken_off(school_cast, as_user, plan, polina):
    services.item_restore(actor=polina, item=plan.items.earliest("order"))
    old, new = plan.items.order_by("order")
    page = as_user(school_cast.polina).get(reverse("plans:plan", args=[plan.public_id])).content.decode()
    rows = {one.pk: page.split(f'id="item-{one.public_id}"')[1].split("</form>")[0] for one in (old, new)}
    assert ('value="drop"' in rows[old.pk], 'value="remove"' in rows[old.pk]) == (True, False)
    assert ('value="drop"' in rows[new.pk], 'value="remove"' in rows[new.pk]) == (False, True)
    services.item_remove(actor=polina, item=new)
    with pytest.raises(Refusal, match="снимают"):
        services.item_remove(actor=polina, item=old)


def test_a_refused_new_line_keeps_its_text_without_a_script(school_cast, as_user, plan):
    client, add = as_user(school_cast.polina), reverse("plans:line_add", args=[plan.public_id])
    answer = client.post(add, {"direction": "education", "title": "щ" * 600})
    assert answer.status_code == 422
    box = answer.content.decode().split('id="part-education"')[1].split("</section>")[0]
    assert "щ" * 600 in box
    assert "field-errors" in box
    assert client.post(add, {"direction": "education", "title": "Щ" * 500}).status_code == 302


def test_nul_is_stripped_before_the_database(school_cast, as_user, plan, polina):
    client = as_user(school_cast.polina)
    client.post(reverse("plans:line_add", args=[plan.public_id]), {"direction": "methods", "title": "Ве\x00чер"})
    assert plan.items.filter(title="Вечер").exists()
    item = plan.items.earliest("order")
    client.post(reverse("plans:item", args=[item.public_id]), {"deed": "drop", "drop_reason": "не\x00вовремя"})
    item.refresh_from_db()
    assert item.drop_reason == "невовремя"


@pytest.mark.parametrize("day", ["01.01.0001", "31.12.1999", "02.01.2100", "31.12.9999"])
@pytest.mark.parametrize("horizon", WorkPlan.Horizon.values)
def test_a_year_that_is_none_is_refused_beside_the_day(school_cast, as_user, horizon, day):
    answer = as_user(school_cast.irina).post(
        reverse("plans:new"), {"whose": "service", "horizon": horizon, "day": day}
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.context["form"].errors["day"] == ["Проверьте год."]
    assert not WorkPlan.objects.exists()


def test_the_first_and_the_last_day_that_may_be_planned(irina):
    for day in (date(2000, 1, 1), date(2100, 1, 1)):
        assert services.plan_open(actor=irina, horizon="month", day=day).starts_on == day


def test_what_is_done_is_counted_up_the_whole_chain(school_cast, irina, polina, logged, django_assert_num_queries):
    """The longest one: perspective, year of the service, own year, own month, own week."""
    post = school_cast.post(school_cast.polina)
    top = services.plan_open(actor=irina, horizon="perspective", day=TODAY)
    services.item_add(actor=irina, plan=top, direction="methods", title="Педсовет", responsible=post)
    chain = [top, services.plan_open(actor=irina, horizon="year", day=TODAY)]
    chain += [
        services.plan_open(actor=polina, horizon=horizon, day=TODAY, owner=post)
        for horizon in ("year", "month", "week")
    ]
    lines = [one.items.get() for one in chain]
    assert [one.origin for one in lines[1:]] == lines[:-1]
    logged(lines[-1])
    assert [doing.done_of([one.pk])[one.pk].entries for one in lines] == [1] * 5
    assert [done.entries for done in doing.done_of(one.pk for one in lines).values()] == [1] * 5
    assert [done.entries for done in doing.done_of(one.pk for one in lines[:2] + lines[-1:]).values()] == [1] * 3
    with django_assert_num_queries(1):
        assert narrowest(with_origins(PlanItem.objects.filter(plan__in=chain))) == [lines[-1]]


def test_the_desk_finds_the_one_forgotten_line_behind_many_done_ones(school_cast, polina, logged):
    plan = services.plan_open(actor=polina, horizon="month", day=TODAY, owner=school_cast.post(school_cast.polina))
    over = {"actor": polina, "plan": plan, "direction": "methods", "starts_on": date(2026, 11, 9)}
    for number in range(40):
        logged(services.item_add(title=f"Дело {number}", ends_on=date(2026, 11, 12), **over))
    services.item_add(title="Забыто", ends_on=date(2026, 11, 13), **over)
    approve(school_cast, plan)
    assert [one.who for one in desk_of(polina, TODAY).late] == ["Забыто"]
