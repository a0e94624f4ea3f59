"""A month grows out of the year, is examined, approved, changed; what is done is counted, never typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults, snapshot_is_whole
from opora.foundation.ui.desk import desk_of
from opora.school.support.approval import Status
from opora.school.support.plans import doing, services
from opora.school.support.plans.comparing import compared
from opora.school.support.plans.content import plan_content
from opora.school.support.plans.models import PlanItem, WorkPlan
from opora.school.support.plans.selectors import items_of_day, narrowest, with_origins
from opora.school.support.plans.terms import offered_terms, term_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
TODAY = date(2026, 11, 21)


@pytest.fixture
def irina(school_cast):
    return school_cast.actor(school_cast.irina)


@pytest.fixture
def polina(school_cast):
    return school_cast.actor(school_cast.polina)


@pytest.fixture
def daniil(school_cast):
    return school_cast.actor(school_cast.daniil)


def year_of_the_service(cast, irina):
    plan = services.plan_open(actor=irina, horizon="year", day=TODAY)
    post = cast.post(cast.polina)
    for title, starts_on, ends_on, who in (
        ("Адаптация первых классов", date(2026, 9, 1), date(2026, 11, 30), post),
        ("Семинар для учителей", date(2026, 11, 25), date(2026, 11, 25), None),
        ("Итоги года", date(2027, 5, 20), date(2027, 5, 31), post),
    ):
        services.item_add(
            actor=irina, plan=plan, direction="diagnostics", title=title, starts_on=starts_on, ends_on=ends_on,
            responsible=who, participants="1 классы",
        )  # fmt: skip
    return plan


def approved(plan, irina, daniil, on=TODAY):
    services.plan_submit(actor=irina, plan=plan, on=on)
    return services.plan_approve(actor=daniil, plan=plan, on=on)


def test_terms_follow_from_a_day():
    assert term_of("year", TODAY).title == "2026/27 учебный год"
    assert (term_of("month", TODAY).starts_on, term_of("month", TODAY).ends_on) == (
        date(2026, 11, 1), date(2026, 11, 30),
    )  # fmt: skip
    assert term_of("week", TODAY).starts_on == date(2026, 11, 16)
    assert term_of("perspective", TODAY).ends_on == date(2029, 8, 31)
    assert len({(one.horizon, one.starts_on) for one in offered_terms(TODAY)}) == 7


def test_a_month_grows_out_of_the_year_and_a_week_out_of_the_month(school_cast, irina):
    year = year_of_the_service(school_cast, irina)
    month = services.plan_open(actor=irina, horizon="month", day=TODAY)
    assert month.parent == year
    grown = list(month.items.all())
    assert [one.title for one in grown] == ["Адаптация первых классов", "Семинар для учителей"]
    assert [one.origin.plan for one in grown] == [year, year]
    assert (grown[0].starts_on, grown[0].ends_on) == (date(2026, 11, 1), date(2026, 11, 30))
    assert grown[0].participants == "1 классы"
    week = services.plan_open(actor=irina, horizon="week", day=date(2026, 11, 24))
    assert [one.title for one in week.items.all()] == ["Адаптация первых классов", "Семинар для учителей"]
    assert week.items.first().origin == grown[0]
    assert services.plan_grow(actor=irina, plan=week) == []  # nothing is taken twice
    services.item_add(actor=irina, plan=month, direction="methods", title="Педсовет", starts_on=date(2026, 11, 26))
    assert [one.title for one in services.plan_grow(actor=irina, plan=week)] == ["Педсовет"]


def test_a_specialist_gets_the_lines_of_the_service_that_are_his(school_cast, irina, polina):
    year_of_the_service(school_cast, irina)
    post = school_cast.post(school_cast.polina)
    own_year = services.plan_open(actor=polina, horizon="year", day=TODAY, owner=post)
    assert [one.title for one in own_year.items.all()] == ["Адаптация первых классов", "Итоги года"]
    month = services.plan_open(actor=polina, horizon="month", day=TODAY, owner=post)
    assert [(one.title, one.origin.plan) for one in month.items.all()] == [("Адаптация первых классов", own_year)]


def test_the_path_of_a_specialists_plan_goes_by_the_head_and_back(school_cast, irina, polina, daniil):
    post = school_cast.post(school_cast.polina)
    plan = services.plan_open(actor=polina, horizon="month", day=TODAY, owner=post)
    with pytest.raises(Refusal, match="ни одного мероприятия"):
        services.plan_submit(actor=polina, plan=plan, on=TODAY)
    services.item_add(actor=polina, plan=plan, direction="correction", title="Группа «Школа общения»")
    services.plan_submit(actor=polina, plan=plan, on=TODAY)
    with pytest.raises(Refusal, match="руководителя"):
        services.item_add(actor=polina, plan=plan, direction="correction", title="Ещё")
    with pytest.raises(Refusal, match="Напишите"):
        services.plan_return(actor=irina, plan=plan, remarks=" ", on=TODAY)
    assert services.plan_return(actor=irina, plan=plan, remarks="Где просвещение?", on=TODAY).status == Status.RETURNED
    services.item_add(actor=polina, plan=plan, direction="education", title="Родительское собрание")
    services.plan_submit(actor=polina, plan=plan, on=TODAY)
    with pytest.raises(Refusal):  # the director does not jump over the head
        services.plan_approve(actor=daniil, plan=plan, on=TODAY)
    services.plan_examine(actor=irina, plan=plan, on=TODAY)
    version = services.plan_approve(actor=daniil, plan=plan, on=TODAY)
    plan.refresh_from_db()
    assert (plan.status, plan.number, plan.number_year, version.number) == (Status.APPROVED, 1, 2026, 1)
    assert snapshot_is_whole(version.snapshot)
    assert version.snapshot.content["approval"]["director"] == "Давыдов\u00a0Д.\u00a0Д."
    assert faults(school_cast.school) == []
    assert Event.objects.filter(code="plan.approved").exists()


def test_nobody_writes_in_the_plan_of_another(school_cast, irina, polina):
    larisa = school_cast.actor(school_cast.larisa)
    with pytest.raises(PermissionDenied):
        services.plan_open(actor=larisa, horizon="month", day=TODAY, owner=school_cast.post(school_cast.polina))
    with pytest.raises(PermissionDenied):
        services.plan_open(actor=larisa, horizon="month", day=TODAY)  # of the service
    plan = services.plan_open(actor=polina, horizon="month", day=TODAY, owner=school_cast.post(school_cast.polina))
    assert WorkPlan.objects.visible_to(larisa).count() == 0  # a draft of a colleague
    with pytest.raises(PermissionDenied):
        services.item_add(actor=larisa, plan=plan, direction="methods", title="Чужая строка")
    with pytest.raises(PermissionDenied):
        services.item_add(
            actor=school_cast.actor(school_cast.zakhar), plan=plan, direction="methods", title="Другая школа"
        )


def test_a_change_after_approval_makes_a_version_that_is_compared(school_cast, irina, daniil):
    plan = year_of_the_service(school_cast, irina)
    first = approved(plan, irina, daniil)
    kept, gone = plan.items.order_by("order")[:2]
    with pytest.raises(Refusal, match="причину"):
        services.item_drop(actor=irina, item=gone, reason="карантин", on=TODAY)
    with pytest.raises(Refusal, match="что меняется"):
        services.plan_change(actor=irina, plan=plan, reason="")
    services.plan_change(actor=irina, plan=plan, reason="Карантин в ноябре")
    with pytest.raises(Refusal, match="снимают с причиной"):
        services.item_remove(actor=irina, item=gone)
    services.item_drop(actor=irina, item=gone, reason="", on=TODAY)  # the reason of the change stands for it
    services.item_change(actor=irina, item=kept, base_version=0, values={"expected_result": "Справка"})
    fresh = services.item_add(actor=irina, plan=plan, direction="education", title="Вебинар")
    services.item_remove(actor=irina, item=services.item_add(actor=irina, plan=plan, direction="methods", title="Ой"))
    second = approved(plan, irina, daniil)
    assert (first.number, second.number, second.reason) == (1, 2, "Карантин в ноябре")
    found = {one.title: one for one in compared(first.snapshot.content, second.snapshot.content)}
    assert found[fresh.title].kind == "added"
    assert [one.caption for one in found[gone.title].changes] == ["Снято"]
    assert [one.new for one in found[kept.title].changes] == ["Справка"]
    assert list(Entry.objects.filter(series__code="work-plan").order_by("line").values_list("kind", "number")) == [
        ("entry", 1), ("correction", 1),
    ]  # fmt: skip
    assert snapshot_is_whole(first.snapshot)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"), ({"ends_on": date(2026, 10, 1)}, "ends_on"),
        ({"starts_on": date(2026, 8, 31)}, "starts_on"), ({"ends_on": date(2027, 9, 1)}, "ends_on"),
    ],
)  # fmt: skip
def test_bad_lines_are_refused_beside_their_field(school_cast, irina, values, field):
    plan = year_of_the_service(school_cast, irina)
    item = plan.items.get(title="Семинар для учителей")
    with pytest.raises(Refusal) as refused:
        services.item_change(actor=irina, item=item, base_version=0, values=values)
    assert refused.value.field == field
    item.refresh_from_db()
    assert (item.title, item.version) == ("Семинар для учителей", 0)


def test_a_second_plan_of_a_term_and_a_removed_wider_plan_are_refused(school_cast, irina):
    year = year_of_the_service(school_cast, irina)
    services.plan_open(actor=irina, horizon="month", day=TODAY)
    with pytest.raises(Refusal, match="уже есть"):
        services.plan_open(actor=irina, horizon="month", day=date(2026, 11, 1))
    with pytest.raises(Refusal, match="выросли"):
        services.plan_remove(actor=irina, plan=year)


def test_two_people_at_one_line_lose_nothing(school_cast, irina):
    item = year_of_the_service(school_cast, irina).items.first()
    services.item_change(actor=irina, item=item, base_version=0, values={"title": "Иначе"})
    saved = services.item_change(actor=irina, item=item, base_version=0, values={"title": "Совсем иначе"})
    assert saved.conflict
    assert PlanItem.objects.get(pk=item.pk).title == "Иначе"
    settled = services.item_change(
        actor=irina, item=item, base_version=0, values={"title": "Совсем иначе"}, settled=True
    )
    assert not settled.conflict


def test_what_is_done_is_counted_through_all_generations(school_cast, irina, monkeypatch):
    year = year_of_the_service(school_cast, irina)
    services.plan_open(actor=irina, horizon="month", day=TODAY)
    week = services.plan_open(actor=irina, horizon="week", day=TODAY)
    logged = week.items.get(title="Адаптация первых классов")
    counted = {logged.pk: doing.Done(3, 120, date(2026, 11, 20))}
    monkeypatch.setattr(doing, "_COUNTERS", [lambda keys: {key: counted[key] for key in keys if key in counted}])
    rows = {one.title: one for one in year.items.all()}
    done = doing.done_of(one.pk for one in rows.values())
    assert done[rows["Адаптация первых классов"].pk] == doing.Done(3, 120, date(2026, 11, 20))
    states = {title: doing.state_of(one, done[one.pk], date(2026, 12, 1)).code for title, one in rows.items()}
    assert states == {"Адаптация первых классов": "done", "Семинар для учителей": "late", "Итоги года": "ahead"}
    progress = doing.progress_of(rows.values(), date(2026, 12, 1))
    assert (progress.planned, progress.done, progress.late, progress.ahead, progress.percent) == (3, 1, 1, 1, 33)
    paper = plan_content(irina, year, today=date(2026, 12, 1))
    assert paper["parts"][0]["lines"][0]["done"] == "сделано: 3\u00a0записи, последняя 20.11.2026"


def test_the_desk_asks_for_entries_of_lines_that_are_over(school_cast, irina, daniil, polina, monkeypatch):
    plan = services.plan_open(actor=irina, horizon="week", day=date(2026, 11, 10))
    over = {"direction": "methods", "responsible": school_cast.post(school_cast.polina)}
    item = services.item_add(actor=irina, plan=plan, title="Семинар", ends_on=date(2026, 11, 12), **over)
    approved(plan, irina, daniil)
    assert [(one.who, one.on) for one in desk_of(polina, TODAY).late] == [("Семинар", date(2026, 11, 12))]
    monkeypatch.setattr(doing, "_COUNTERS", [lambda keys: {item.pk: doing.Done(1, 40, TODAY)}])
    assert desk_of(polina, TODAY).late == []


def test_the_desk_shows_a_line_once_at_its_narrowest_plan(school_cast, irina, daniil, polina, monkeypatch):
    """The week was drawn up before its month: neither grew out of the other, both out of the year."""
    year, post = year_of_the_service(school_cast, irina), school_cast.post(school_cast.polina)
    line = PlanItem.objects.get(plan=year, title="Адаптация первых классов")
    services.item_change(actor=irina, item=line, base_version=0, values={"ends_on": date(2026, 11, 12)})
    approved(year, irina, daniil)
    week = services.plan_open(actor=polina, horizon="week", day=date(2026, 11, 12), owner=post)
    month = services.plan_open(actor=polina, horizon="month", day=TODAY, owner=post)
    assert [one.origin.plan for one in (week.items.get(), month.items.get())] == [year, year]

    def shown():
        return [one.address.split("#")[0] for one in desk_of(polina, TODAY).late if "записать" in one.todo]

    def page(plan):
        return reverse("plans:plan", args=[plan.public_id])

    assert shown() == [page(year)], "drafts stand for nothing"
    for plan in (month, week):
        services.plan_submit(actor=polina, plan=plan, on=TODAY)
        services.plan_examine(actor=irina, plan=plan, on=TODAY)
        services.plan_approve(actor=daniil, plan=plan, on=TODAY)
        assert shown() == [page(plan)]
    assert narrowest(with_origins(items_of_day(polina, date(2026, 11, 12)))) == [week.items.get()]
    done = {week.items.get().pk: doing.Done(1, 40, TODAY)}
    monkeypatch.setattr(doing, "_COUNTERS", [lambda keys: {key: done[key] for key in keys if key in done}])
    assert shown() == [], "the month does not ask again for what the week has done"


def test_a_day_of_work_is_offered_the_narrowest_line_first(school_cast, irina, polina):
    year_of_the_service(school_cast, irina)
    post = school_cast.post(school_cast.polina)
    for horizon in ("year", "month", "week"):
        services.plan_open(actor=polina, horizon=horizon, day=TODAY, owner=post)
    found = [one.plan.horizon for one in items_of_day(polina, date(2026, 11, 18))]
    assert found[:2] == ["week", "month"]
