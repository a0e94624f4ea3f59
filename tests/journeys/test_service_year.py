"""A support service in a real browser: a day of a psychologist, a plan, the social passport, the year's analysis.

The psychologist logs her day by keys; her plan grows out of the year, comes back with a remark and is approved; a class
teacher fills the passport, that of the institution counts itself; the analysis holds what was logged, and is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import Count, Sum
from django.urls import reverse
from playwright.sync_api import expect

from opora.people.children.search import index_rebuild
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.groups.grounds import typed_offer
from opora.school.support.groups.models import Group, Lesson
from opora.school.support.groups.services import group_start, member_join
from opora.school.support.passports.models import SocialPassport
from opora.school.support.plans.models import PlanItem, WorkPlan
from opora.school.support.plans.services import item_add, plan_approve, plan_open, plan_submit
from opora.school.support.worklog.models import EntryChild, WorkEntry
from tests.school_cast import SchoolCast

from .school_steps import COUNT, clicks, pdf_lines, submit
from .service_steps import Keys, figures, six_entries
from .steps import main_step, settled, write_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

WEDNESDAY = date(2026, 11, 18)
LESSON, TALKS = "Занятия группы «Внимание»", "Консультации родителей"
REMARK = "Добавьте день открытых дверей."
MENDED = "День открытых дверей для родителей"
NARRATIVE = "Осенью работа шла по плану; родители стали приходить на консультации сами."
PROBLEM = "Родители старших классов на консультации не приходят"
MOST_KEYS = 130  # presses and letters of six entries


@pytest.fixture(autouse=True)
def _wednesday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 18, 15, tzinfo=ZoneInfo("Europe/Moscow")), tick=True):
        yield


def opened_group(cast: SchoolCast) -> Lesson:
    """A group of both children; its lesson of today waits to be logged."""
    head = cast.actor(cast.irina)
    group = group_start(
        actor=head, leader=cast.post(cast.polina), title="Внимание", starts_on=date(2026, 9, 1),
        ends_on=date(2027, 5, 20),
    )  # fmt: skip
    for child in (cast.misha, cast.lev):
        member_join(actor=head, group=group, child=child, offer=typed_offer("ИПРА № 7"), joined_on=date(2026, 9, 1))
    return Lesson.objects.create(
        organisation=cast.school, group=Group.objects.get(), on=WEDNESDAY, starts_at=time(9, 40), minutes=40
    )


def planned_year(cast: SchoolCast) -> None:
    """The service's plan of the year, approved; two of its lines are the psychologist's."""
    head = cast.actor(cast.irina)
    plan = plan_open(actor=head, horizon="year", day=WEDNESDAY)
    for direction, title in (("correction", LESSON), ("education", TALKS)):
        item_add(
            actor=head, plan=plan, direction=direction, title=title, responsible=cast.post(cast.polina),
            starts_on=date(2026, 9, 1), ends_on=date(2027, 5, 20),
        )  # fmt: skip
    plan_submit(actor=head, plan=plan, on=WEDNESDAY)
    plan_approve(actor=cast.actor(cast.daniil), plan=plan, on=WEDNESDAY)


def log_the_day(polina, record_property) -> None:
    """The lesson of the group by one button, six entries by keys alone."""
    polina.goto(reverse("worklog:day"))
    card = polina.locator(".lesson-card")
    card.get_by_role("checkbox", name="Уваров").uncheck()
    submit(polina, "Занятие прошло")
    expect(polina.locator(".note.is-success").first).to_contain_text("Занятие внесено")
    tried = clicks(polina)
    keys = Keys(polina)
    six_entries(keys)
    record_property("lesson_clicks", tried)
    record_property("six_entries_keys", f"{keys.presses} presses, {keys.letters} letters")
    assert clicks(polina) == tried, "the keyboard was enough"
    assert tried <= 2
    assert keys.count < MOST_KEYS, keys.told


def what_was_logged(cast: SchoolCast) -> None:
    kept = WorkEntry.objects.filter(is_draft=False, on=WEDNESDAY)
    assert list(kept.order_by("pk").values_list("kind", flat=True)) == [
        "group", "individual", "individual", "consultation", "consultation", "diagnostics", "methods",
    ]  # fmt: skip
    parent = kept.get(audience="parent")
    assert [one.child for one in parent.children.all()] == [cast.misha]
    assert EntryChild.objects.get(entry__kind="diagnostics").value == 7
    assert EntryChild.objects.get(entry__kind="group", child=cast.lev).attendance == "absent"


def grow_the_month(polina) -> WorkPlan:
    """One click on the month: its lines have come out of the year; handed in as it is."""
    polina.goto(reverse("plans:new"))
    november = polina.locator(".plan-offers li", has_text="ноябрь 2026")
    with polina.expect_navigation():
        november.get_by_role("button", name="Составить").click()
    plan = WorkPlan.objects.get(horizon="month")
    assert [one.title for one in plan.items.all()] == [LESSON, TALKS]
    assert all(one.origin_id for one in plan.items.all())
    main_step(polina, "Отдать на рассмотрение")
    return plan


def return_with_remark(irina, plan: WorkPlan) -> None:
    """The head finds it on the desk."""
    irina.goto(reverse("desk"))
    irina.get_by_role("link", name=re.compile("Павлова П")).first.click()
    irina.wait_for_url(re.compile(f"/{plan.public_id}/"))
    irina.get_by_text("Вернуть с замечаниями").click()
    irina.locator("#give-back [name=remarks]").fill(REMARK)
    submit(irina, "Вернуть на доработку")
    plan.refresh_from_db()
    assert plan.status == "returned"


def mend_the_plan(polina, plan: WorkPlan) -> None:
    polina.goto(reverse("plans:plan", args=[plan.public_id]))
    expect(polina.locator("main")).to_contain_text(REMARK)
    polina.get_by_label("Новое мероприятие: просвещение").or_(
        polina.locator("#part-education [name=title][placeholder='Новое мероприятие']")
    ).first.fill(MENDED)
    polina.keyboard.press("Enter")
    expect(polina.locator("#part-education .witem")).to_have_count(2)
    main_step(polina, "Отдать на рассмотрение")


def approve_the_plan(irina, daniil, plan: WorkPlan) -> None:
    address = reverse("plans:plan", args=[plan.public_id])
    irina.goto(address)
    main_step(irina, "отдать директору")
    daniil.goto(address)
    main_step(daniil, "Утвердить")
    plan.refresh_from_db()
    assert plan.status == "approved"
    assert PlanItem.objects.filter(plan=plan, title=MENDED).exists()


def fill_the_class(tatiana) -> SocialPassport:
    """The teacher of 4 «А»: begun from the list, a section after another, handed in."""
    tatiana.goto(reverse("passports:list"))
    submit(tatiana, "Заполнить")
    for column, row in (("Состав семей", "Неполные семьи"), ("Неполные семьи", "Неполные: воспитывает мать")):
        with tatiana.expect_response("**/tick/"):
            tatiana.get_by_label(f"{column}: Данилов").select_option(label=row)
        settled(tatiana)
    tatiana.get_by_text("воспитывает мать — 1").wait_for()
    while tatiana.locator("a[data-main]").count():
        main_step(tatiana, "Дальше")
    main_step(tatiana, "Готово, сдать")
    passport = SocialPassport.objects.get()
    assert passport.status == "submitted"
    return passport


def approve_the_passports(irina, daniil, passport: SocialPassport) -> None:
    irina.goto(reverse("passports:passport", args=[passport.public_id]))
    main_step(irina, "Принять")
    irina.goto(reverse("passports:school_begin"))
    main_step(irina, "Посчитать")
    whole = SocialPassport.objects.get(school_class=None)
    main_step(irina, "директору")
    daniil.goto(reverse("passports:passport", args=[whole.public_id]))
    main_step(daniil, "Утвердить")
    whole.refresh_from_db()
    assert whole.status == "approved"
    assert whole.figures.get(row__code="mother_alone").pupils == 1


def write_the_analysis(irina) -> YearAnalysis:
    """Begun by one press; the figures are there, people write a narrative and a problem."""
    irina.goto(reverse("analysis:list"))
    submit(irina, "Начать за 2026/27")
    counted(irina)
    write_text(irina, "education", NARRATIVE)
    irina.locator("#problem-new [name=problem]").fill(PROBLEM)
    submit(irina, "Добавить проблему")
    main_step(irina, "Отдать директору")
    return YearAnalysis.objects.get()


def counted(page) -> None:
    """The figures on the page are those of the rows that were logged."""
    shown = figures(page, "kinds")
    rows = WorkEntry.objects.filter(is_draft=False).values("kind").annotate(n=Count("pk"), spent=Sum("minutes"))
    labels = dict(WorkEntry.Kind.choices)
    assert rows
    for one in rows:
        entries, hours, *_ = shown[labels[one["kind"]]]
        assert int(entries) == one["n"], (one, shown)
        assert float(hours.replace(",", ".")) == pytest.approx(one["spent"] / 60, abs=0.05), (one, shown)


def print_the_analysis(daniil, analysis: YearAnalysis, tmp_path) -> None:
    """The director approves; the paper holds figures and words."""
    daniil.goto(reverse("analysis:analysis", args=[analysis.public_id]))
    counted(daniil)
    main_step(daniil, "Утвердить")
    analysis.refresh_from_db()
    assert analysis.status == "approved"
    answer = daniil.request.get(reverse("documents:analysis_paper", args=[analysis.public_id, "year_analysis"]))
    assert answer.status == 200
    text = pdf_lines(answer.body(), tmp_path)
    for words in ("2026/27", NARRATIVE, PROBLEM, "Павлова П. П.", "групповое занятие", "Давыдов Д. Д."):
        assert words in text, words


def test_a_year_of_the_service(signed_in, school_cast, tmp_path, record_property):
    cast = school_cast
    index_rebuild(cast.school)
    cast.agreed(cast.misha, WEDNESDAY)  # without it nobody is examined
    opened_group(cast)
    planned_year(cast)
    polina, irina, daniil, tatiana = (
        signed_in(one, viewport={"width": 1366, "height": 768})
        for one in (cast.polina, cast.irina, cast.daniil, cast.tatiana)
    )
    polina.add_init_script(COUNT)

    # 1. A day of the psychologist.
    log_the_day(polina, record_property)
    what_was_logged(cast)

    # 2. The month grows out of the year, comes back with a remark, is mended and approved.
    plan = grow_the_month(polina)
    return_with_remark(irina, plan)
    mend_the_plan(polina, plan)
    approve_the_plan(irina, daniil, plan)

    # 3. The passport of a class, and that of the institution out of the same marks.
    passport = fill_the_class(tatiana)
    approve_the_passports(irina, daniil, passport)

    # 4. The analysis of the year holds what was logged; it is approved and printed.
    analysis = write_the_analysis(irina)
    print_the_analysis(daniil, analysis, tmp_path)
