"""Papers of the support service: who prints which, what is frozen, what stands on them and what does not."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from docx import Document

from opora.foundation.audit.models import Event
from opora.records.documents.rendering import render_pdf
from opora.records.documents.tests.paper_text import text_of, words_of
from opora.school.support.analysis.tests import stage as year
from opora.school.support.cards.tests import stage as cards
from opora.school.support.groups.tests import stage as groups
from opora.school.support.passports import services as passports
from opora.school.support.passports.tests import stage as passport_stage
from opora.school.support.plans import services as plans
from opora.school.support.schedules import services as schedules
from opora.school.support.schedules.tests import stage as schedule_stage
from opora.school.support.worklog.services import lesson_log
from opora.school.support.worklog.tests import stage as log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
TODAY = date(2026, 11, 21)


def page(client, kind, row, code, ending="pdf"):
    return client.get(f"/papers/{kind}/{row.public_id}/{code}.{ending}")


def copy_words(answer) -> str:
    document = Document(io.BytesIO(answer.content))
    said = [one.text for one in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(said).replace("\u00a0", " ").split())


@pytest.fixture
def plan(school_cast):
    made = plans.plan_open(actor=school_cast.actor(school_cast.irina), horizon="month", day=TODAY)
    plans.item_add(
        actor=school_cast.actor(school_cast.irina), plan=made, direction="education", title="Семинар для учителей",
        starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25), responsible=school_cast.post(school_cast.polina),
    )  # fmt: skip
    return made


def approve(cast, plan):
    plans.plan_submit(actor=cast.actor(cast.irina), plan=plan, on=TODAY)
    plans.plan_approve(actor=cast.actor(cast.daniil), plan=plan, on=TODAY)


def test_a_plan_is_a_draft_until_the_director_approves_it_and_then_never_changes(school_cast, as_user, plan):
    irina = as_user(school_cast.irina)
    draft = text_of(page(irina, "plan", plan, "work_plan").content)
    for words in ("УТВЕРЖДАЮ", "ПЛАН РАБОТЫ", "Семинар для учителей", "25.11.2026", "ПРОЕКТ"):
        assert words in draft
    approve(school_cast, plan)
    first = page(irina, "plan", plan, "work_plan").content
    assert "ПРОЕКТ" not in text_of(first)
    assert page(as_user(school_cast.daniil), "plan", plan, "work_plan").content == first
    marked = text_of(page(irina, "plan", plan, "plan_progress").content)
    assert "впереди" in marked
    assert "Семинар для учителей" in copy_words(page(irina, "plan", plan, "work_plan", "docx"))


def test_an_earlier_version_of_a_plan_stays_readable_while_the_plan_is_changed(school_cast, as_user, plan):
    approve(school_cast, plan)
    plans.plan_change(actor=school_cast.actor(school_cast.irina), plan=plan, reason="перенос семинара")
    client = as_user(school_cast.irina)
    shown = words_of(client.get(f"/plans/{plan.public_id}/"))
    version = plan.versions.get()
    address = f"/papers/issued/{version.snapshot.public_id}.pdf"
    assert address in shown
    assert "Семинар для учителей" in text_of(client.get(address).content)
    assert "ПРОЕКТ" in text_of(page(client, "plan", plan, "work_plan").content)


def test_a_plan_of_a_colleague_is_his_until_it_is_approved(school_cast, as_user):
    own = plans.plan_open(
        actor=school_cast.actor(school_cast.polina), horizon="week", day=TODAY,
        owner=school_cast.post(school_cast.polina),
    )  # fmt: skip
    assert page(as_user(school_cast.polina), "plan", own, "work_plan").status_code == 200
    assert page(as_user(school_cast.larisa), "plan", own, "work_plan").status_code == 404


def test_a_schedule_prints_its_week_and_its_hours(school_cast, as_user):
    schedule = schedule_stage.begin(school_cast)
    schedule_stage.add(school_cast, schedule, "9:00", "10:30", kind="consultation", note="родители")
    client = as_user(school_cast.larisa)
    text = text_of(page(client, "schedule", schedule, "work_schedule").content)
    for words in ("ГРАФИК РАБОТЫ", "Понедельник", "консультации", "родители", "1 ч 30 мин", "ПРОЕКТ"):
        assert words in text
    assert "консультации" in copy_words(page(client, "schedule", schedule, "work_schedule", "docx"))
    schedules.schedule_submit(actor=school_cast.actor(school_cast.larisa), schedule=schedule)
    assert f"/papers/schedule/{schedule.public_id}/work_schedule.pdf" in words_of(
        client.get(f"/schedules/{schedule.public_id}/")
    )


def test_a_card_says_who_said_what_and_is_for_those_who_read_cards(school_cast, as_user):
    card = cards.opened(school_cast)
    text = text_of(page(as_user(school_cast.polina), "card", card, "support_card").content)
    for words in ("Данилов Миша Игоревич", "Не читает", "Для служебного пользования", "не подписала обязательство"):
        assert words in text
    assert Event.objects.filter(code="paper.printed", person_id=school_cast.misha.public_id).exists()
    assert page(as_user(school_cast.tatiana), "card", card, "support_card").status_code == 403
    assert page(as_user(school_cast.zakhar), "card", card, "support_card").status_code == 404
    assert "Не читает" in copy_words(page(as_user(school_cast.polina), "card", card, "support_card", "docx"))


def test_a_class_passport_leaves_out_what_its_reader_does_not_see(school_cast, as_user):
    passport = passport_stage.begun(school_cast)
    tatiana, irina = as_user(school_cast.tatiana), as_user(school_cast.irina)
    whole = text_of(page(irina, "passport", passport, "social_passport").content)
    assert "СОЦИАЛЬНЫЙ ПАСПОРТ" in whole
    assert "учёт" in whole.lower()
    assert page(tatiana, "passport", passport, "social_passport").status_code == 403
    part = text_of(page(tatiana, "passport", passport, "class_passport").content)
    assert "Отметки об учёте видят" in part
    assert page(irina, "passport", passport, "class_passport").status_code == 403
    assert page(tatiana, "passport", passport, "social_passport", "docx").status_code == 403


def test_an_accepted_class_passport_is_not_opened_by_its_file_either(school_cast, as_user):
    passport = passport_stage.begun(school_cast)
    passports.class_passport_submit(actor=school_cast.actor(school_cast.tatiana), passport=passport, on=TODAY)
    passport.refresh_from_db()
    passports.class_passport_accept(actor=school_cast.actor(school_cast.irina), passport=passport, on=TODAY)
    passport.refresh_from_db()
    address = f"/papers/issued/{passport.snapshot.public_id}.pdf"
    assert as_user(school_cast.tatiana).get(address).status_code == 403
    assert as_user(school_cast.irina).get(address).status_code == 200


def test_the_analysis_prints_figures_of_both_years_and_names_no_child(school_cast, as_user):
    year.year_of_work(school_cast)
    found = year.begun(school_cast)
    client = as_user(school_cast.irina)
    text = text_of(page(client, "analysis", found, "year_analysis").content)
    for words in ("АНАЛИЗ", "2026/27", "2025/26", "Проблемы этого года", "ПРОЕКТ"):
        assert words in text
    assert "Данилов" not in text
    assert "2025/26" in copy_words(page(client, "analysis", found, "year_analysis", "docx"))
    assert page(as_user(school_cast.polina), "analysis", found, "year_analysis").status_code == 403


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-21", "2026 г. В прошлом году на ту же дату записей нет."),
        ("2027-08-31", "2027 г. За прошлый учебный год записей нет."),
    ],
)
def test_the_analysis_says_what_is_not_there_to_be_compared(day, said):
    row = {"label": "Консультация", "now": [3], "before": [0]}
    table = {"title": "Виды работы", "measures": [{"title": "записей", "unit": "count"}], "rows": [row], "total": []}
    data = {"year": 2026, "year_title": "2026/27", "before_title": "2025/26", "counted_on": day}
    sections = [{"title": "Работа", "text": "", "tables": [table]}]
    assert said in text_of(render_pdf("year_analysis", data | {"sections": sections}, timestamp=0))


def test_the_journal_of_a_group_has_marks_of_its_children_by_lessons(school_cast, as_user):
    group = log.group_of(school_cast, school_cast.misha, hours=Decimal("34.5"))
    lesson = log.lesson_of(group, on=date(2026, 11, 18))
    lesson_log(actor=school_cast.actor(school_cast.polina), lesson=lesson)
    text = text_of(page(as_user(school_cast.polina), "group", group, "group_journal").content)
    for words in (
        "ЖУРНАЛ",
        "Данилов Миша",
        "Развитие внимания",
        "1 из 1",
        "Для служебного пользования",
        "по плану 34,5 ч, проведено 1 ч",
    ):
        assert words in text
    assert page(as_user(school_cast.larisa), "group", group, "group_journal").status_code == 403


@pytest.mark.parametrize("kind", ["work-plan", "group"])
def test_the_pages_of_the_service_offer_their_papers(school_cast, as_user, plan, kind):
    client = as_user(school_cast.irina)
    if kind == "work-plan":
        assert f"/papers/plan/{plan.public_id}/work_plan.pdf" in words_of(client.get(f"/plans/{plan.public_id}/"))
        return
    group = groups.start(school_cast, title="Говорим чисто", limit=6)
    shown = words_of(client.get(f"/groups/{group.public_id}/"))
    assert f"/papers/group/{group.public_id}/group_journal.pdf" in shown
