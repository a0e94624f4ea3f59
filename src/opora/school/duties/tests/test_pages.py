"""The pages: one form enters a conclusion, one tap marks a condition, a bad value keeps what was typed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.school.duties.models import BroughtConclusion, SchoolDuty
from opora.school.duties.offers import DutyDraft, drafts_of_lines
from opora.school.duties.services import brought_record, duties_add, duty_mark
from tests.school_cast import pupil_of

from .stage import SIGNED, TODAY, bring, commission, paper

pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def elena(school_cast, as_user):
    return as_user(school_cast.elena)


@pytest.fixture
def typed(school_cast):
    return {
        "guardian": school_cast.mother(school_cast.misha).public_id, "number": "17", "signed_on": "101126",
        "brought_on": "21.11.2026", "commission": commission().public_id, "has_limitations": "yes", "programme": "5.1",
        "next_on": "200527", "parents_answer": "agree", "hours_speech_therapist": "2",
        "lines": "Тьютор на период адаптации\nУчебники с крупным шрифтом",
    }  # fmt: skip


def new(school_cast):
    return reverse("duties:new", args=[school_cast.misha.public_id])


def test_one_page_enters_the_paper_with_all_its_conditions(school_cast, elena, typed):
    page = elena.get(new(school_cast)).content.decode()
    assert "Внести заключение" in page
    shelf = elena.get(reverse("duties:shelf", args=[school_cast.misha.public_id]), {"programme": "5.1"})
    code = "a51" and shelf.context["shelf"][0].offers[0].code
    answer = elena.post(new(school_cast), typed | {"conditions": [code]})
    brought = BroughtConclusion.objects.get()
    assert answer.headers["Location"] == reverse("duties:brought", args=[brought.public_id])
    assert brought.signed_on == SIGNED
    assert brought.duties.filter(code=code).exists()
    assert set(brought.duties.values_list("kind", flat=True)) >= {"lessons", "tutor", "textbooks", "reexamination"}
    page = elena.get(answer.headers["Location"]).content.decode()
    assert "Тьютор" in page
    assert "2 ч в неделю" in page
    assert Event.objects.filter(code="duty.brought_opened").exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"signed_on": "31.02.2026"}, {"signed_on": ""}, {"number": ""}, {"number": "7" * 500}, {"guardian": "нет"},
        {"has_limitations": "maybe"}, {"programme": "<script>"}, {"orientation": "99"}, {"commission": "zzz"},
        {"conditions": ["'; DROP TABLE"]}, {"hours_speech_therapist": "много"}, {"hours_speech_therapist": "-2"},
        {"hours_speech_therapist": "1e9"}, {"lines": "х" * 1500}, {"lines": "Режим при F70"}, {"note": "к" * 3001},
        {"lines": "строка\n" * 200}, {"parents_answer": "never"}, {"number": "\x00"}, {"next_on": "01.01.0001"},
        {"brought_on": "01.01.9999"}, {"hours_speech_therapist": "NaN"},
    ],
)  # fmt: skip
def test_a_bad_value_is_told_beside_its_field_and_the_rest_stays(school_cast, elena, typed, bad):
    answer = elena.post(new(school_cast), typed | bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    if "number" not in bad:
        assert 'value="17"' in page
    assert not BroughtConclusion.objects.exists()
    assert not SchoolDuty.objects.exists()


def test_a_tap_marks_and_a_tap_without_a_reason_asks_for_it(school_cast, elena):
    brought = bring(school_cast, duties=[DutyDraft("tutor", "Тьютор")])
    duty = brought.duties.get(kind="tutor")
    address = reverse("duties:mark", args=[duty.public_id])
    answer = elena.post(address, {"state": "not_created", "reason": ""})
    assert answer.status_code == 422
    assert "Напишите, почему" in answer.content.decode()
    answer = elena.post(address, {"state": "not_created", "reason": "Ставки нет, диагноз F70"})
    assert answer.status_code == 422
    assert "Ставки нет" in answer.content.decode(), "what was typed is kept"
    assert elena.post(address, {"state": "gone"}).status_code == 422
    answer = elena.post(address, {"state": "created"})
    assert answer.headers["Location"].endswith(f"#duty-{duty.public_id}")
    duty.refresh_from_db()
    assert duty.state == "created"


def test_the_other_forms_keep_what_was_typed(school_cast, elena):
    brought = bring(school_cast)
    duty = brought.duties.first()
    for name, row, data, wanted in (
        ("edit", brought, {"number": "18"}, "18"),
        ("answer", brought, {"parents_answer": "partly", "on": "21.11.2026"}, "partly"),
        ("add", brought, {"lines": "Режим при F70"}, "Режим при F70"),
        ("end", brought, {"reason": "left", "on": "01.01.2026"}, "01.01.2026"),
        ("duty", duty, {"title": "", "due_on": "01.12.2026"}, "01.12.2026"),
    ):
        address = reverse(f"duties:{name}", args=[row.public_id])
        assert elena.get(address).status_code == 200, name
        answer = elena.post(address, data)
        assert answer.status_code == 422, name
        assert wanted in answer.content.decode(), name


def test_a_specialist_sees_and_marks_but_does_not_give_out(school_cast, as_user):
    brought = bring(school_cast, duties=drafts_of_lines("Логопед 2 ч", TODAY))
    larisa = as_user(school_cast.larisa)
    page = larisa.get(reverse("duties:brought", args=[brought.public_id])).content.decode()
    assert page.count(">Создано<") == 1
    assert "Другие действия" not in page
    duty = brought.duties.get(kind="lessons")
    assert larisa.get(reverse("duties:duty", args=[duty.public_id])).status_code == 403
    assert larisa.post(reverse("duties:mark", args=[duty.public_id]), {"state": "created"}).status_code == 302


@pytest.mark.parametrize("who", ["zakhar", "uliana", "yulia"])
def test_strangers_and_those_who_do_not_work_with_the_child_find_nothing(school_cast, as_user, who):
    brought = bring(school_cast)
    client = as_user(getattr(school_cast, who))
    assert client.get(reverse("duties:brought", args=[brought.public_id])).status_code in (403, 404)
    assert "Данилов" not in client.get(reverse("duties:list")).content.decode()


def test_the_list_narrows_counts_and_prints(school_cast, elena):
    brought = bring(school_cast, brought_on=date(2026, 11, 12), duties=drafts_of_lines("Тьютор\nПандус", TODAY))
    late = brought.duties.get(kind="tutor")
    SchoolDuty.objects.filter(pk=late.pk).update(due_on=TODAY - timedelta(days=1))
    duty_mark(actor=school_cast.actor(school_cast.elena), duty=brought.duties.get(kind="access"), state="created")
    address = reverse("duties:list")
    page = elena.get(address)
    assert page.context["counts"] == {
        "every": 3, "created": 1, "partly": 0, "not_created": 0, "planned": 2, "late": 1,
    }  # fmt: skip
    rows = elena.get(address, {"state": "late"}).context["lines"]
    assert [one.row.pk for one in rows] == [late.pk]
    assert elena.get(address, {"kind": "access"}).context["count"] == 1
    assert elena.get(address, {"state": "mine"}).context["count"] == 0
    assert elena.get(address, {"q": "Никто"}).context["count"] == 0
    assert "Данилов" in elena.get(address, {"format": "print"}).content.decode()


def test_thirty_rows_ask_as_few_queries_as_three(school_cast, elena):
    asked = []
    bring(school_cast, duties=drafts_of_lines("Тьютор\nПандус", TODAY))
    elena.get(reverse("duties:list"))
    for number in (0, 1):
        for more in range(9 * number):
            child = pupil_of(school_cast.four_a, f"Новиков{more}", "Иван", "Ильич")
            mother = child.guardianships.get().guardian
            brought_record(
                actor=school_cast.actor(school_cast.elena), child=child, guardian=mother, number=f"{more}",
                signed_on=SIGNED, brought_on=TODAY, has_limitations=True, commission=commission(), programme="7.1",
                parents_answer="agree", duties=drafts_of_lines("Тьютор\nПандус", TODAY),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            page = elena.get(reverse("duties:list"))
        assert page.context["count"] == 3 + 27 * number
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_of_a_conclusion_asks_as_few_queries_for_twenty_conditions(school_cast, elena):
    brought = bring(school_cast)
    elena.get(reverse("duties:brought", args=[brought.public_id]))
    asked = []
    for lines in ("Тьютор", "Пандус\n" * 20):
        added = duties_add(
            actor=school_cast.actor(school_cast.elena), brought=brought, duties=drafts_of_lines(lines, TODAY)
        )
        for one in added:
            duty_mark(actor=school_cast.actor(school_cast.elena), duty=one, state="partly", reason="Ждём")
        with CaptureQueriesContext(connection) as queries:
            assert elena.get(reverse("duties:brought", args=[brought.public_id])).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_desk_reminds_of_conditions_and_of_the_next_examination(school_cast):
    brought = bring(
        school_cast, brought_on=date(2026, 11, 12), next_on=TODAY + timedelta(days=80), parents_answer="waiting",
        duties=drafts_of_lines("Логопед 2 ч", TODAY),
    )  # fmt: skip
    elena, larisa = school_cast.actor(school_cast.elena), school_cast.actor(school_cast.larisa)
    soon = [(one.todo, one.is_urgent) for one in desk_of(elena, TODAY).soon]
    assert ("Подготовить повторное обследование на ПМПК", False) in soon
    assert "Записать ответ родителей на условия ПМПК" in [one.todo for one in desk_of(elena, TODAY).today]
    near = desk_of(elena, TODAY + timedelta(days=55))
    assert ("Подготовить повторное обследование на ПМПК", True) in [(one.todo, one.is_urgent) for one in near.soon]
    assert [one.todo for one in desk_of(larisa, TODAY).soon] == ["Создать условие: коррекционные занятия"]
    late = [one for one in desk_of(elena, date(2026, 12, 1)).late if "Создать" in one.todo]
    assert [one.todo for one in late] == ["Создать 2\u00a0условия по заключению ПМПК"], "one row for the child"
    assert "Лебедева\u00a0Л.\u00a0Л." in late[0].note
    lessons = brought.duties.get(kind="lessons")
    duty_mark(actor=larisa, duty=lessons, state="not_created", reason="Нет часов")
    assert not desk_of(larisa, TODAY).soon, "what is known not to be created stands in the list with its reason"


def test_a_condition_whose_colleague_left_asks_for_another(school_cast):
    bring(school_cast, duties=drafts_of_lines("Логопед 2 ч", TODAY))
    gone = school_cast.post(school_cast.larisa)
    gone.ended_on = TODAY - timedelta(days=1)
    gone.save()
    today = desk_of(school_cast.actor(school_cast.elena), TODAY).today
    assert "Назначить ответственного: коррекционные занятия" in [one.todo for one in today]


def test_late_conditions_of_many_children_are_one_row_for_those_who_keep_them(school_cast):
    children = [
        pupil_of(school_cast.four_a, last, "Пётр", "Ильич") for last in ("Аксёнов", "Быков", "Ветров", "Громов")
    ]
    elena, larisa = school_cast.actor(school_cast.elena), school_cast.actor(school_cast.larisa)
    for number, child in enumerate(children):
        brought_record(
            actor=elena, child=child, duties=drafts_of_lines("Логопед 2 ч", TODAY),
            **paper(school_cast, guardian=school_cast.mother(child), number=f"{number}"),
        )  # fmt: skip
    late = date(2026, 12, 20)
    SchoolDuty.objects.filter(kind="programme").delete()
    (row,) = [one for one in desk_of(elena, late).late if "Создать" in one.todo]
    assert (row.who, row.todo) == ("4\u00a0ребёнка", "Создать 4\u00a0условия по заключениям ПМПК")
    assert row.address.endswith("?state=late")
    assert len([one for one in desk_of(larisa, late).late if "Создать" in one.todo]) == 4, "her own ones by child"
