"""Pages of drawing up: what they show to whom, what they refuse, how many questions they ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.regulations.edition import edition, edition_codes
from opora.school.programmes import services
from opora.school.programmes.models import Activity, Criterion, Goal, Programme, Proposal, Task
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START
from tests.school_cast import pupil_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
FIRST_OF_LAW = edition(edition_codes()[0]).valid_from
HTMX = {"HTTP_HX_REQUEST": "true"}


def at(name: str, row: object) -> str:
    return reverse(f"programmes:{name}", args=[row.public_id])


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_the_chair_begins_a_programme_and_the_curator_finds_it_on_the_desk(school_cast, as_user):
    page = as_user(school_cast.elena)
    address = reverse("programmes:begin", args=[school_cast.misha.public_id])
    assert page.get(address).status_code == 200

    answer = page.post(address, {
        "curator": school_cast.post(school_cast.zhanna).public_id, "kind": "ordinary", "starts_on": "211126",
    })  # fmt: skip

    assert answer.status_code == 302
    desk = text(as_user(school_cast.zhanna).get("/"))
    assert "составить программу и показать семье" in desk
    assert "Данилов" in desk


def test_a_beginning_without_a_curator_keeps_what_was_typed(school_cast, as_user):
    address = reverse("programmes:begin", args=[school_cast.misha.public_id])
    answer = as_user(school_cast.elena).post(address, {"kind": "hard", "starts_on": "05.02.2027"})

    assert answer.status_code == 422
    assert "05.02.2027" in text(answer)
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("01.01.0001", 422), (f"{FIRST_OF_LAW - timedelta(days=1):%d.%m.%Y}", 422),
        (f"{FIRST_OF_LAW:%d.%m.%Y}", 302), ("31.12.2100", 302), ("01.01.2101", 422), ("31.12.9999", 422),
    ],
)  # fmt: skip
def test_a_slip_in_the_year_is_told_beside_the_field(school_cast, as_user, day, status):
    elena, curator = as_user(school_cast.elena), school_cast.post(school_cast.zhanna).public_id
    begin = reverse("programmes:begin", args=[school_cast.lev.public_id])
    for address, typed in (
        (begin, {"curator": curator, "kind": "ordinary", "starts_on": day}),
        (at("term", drawing.draft(school_cast)), {"kind": "ordinary", "starts_on": day}),
    ):
        answer = elena.post(address, typed)
        assert answer.status_code == status, address
        assert status == 302 or "Проверьте год" in text(answer)


def test_the_plan_is_typed_row_by_row(school_cast, as_user):
    programme = drawing.draft(school_cast)
    page = as_user(school_cast.zhanna)
    add = at("line_add", programme)

    goal_page = page.post(add, {"part": "goal", "title": "Снизить тревогу"}, **HTMX)
    goal = Goal.objects.get()
    page.post(add, {"part": "task", "parent": goal.public_id, "title": "Научить просить о помощи"}, **HTMX)
    task = Task.objects.get()
    page.post(add, {"part": "activity", "parent": task.public_id, "title": "Занятия", "audience": "parents"}, **HTMX)
    page.post(add, {"part": "criterion", "title": "Отвечает у доски", "scale": "ten"}, **HTMX)

    activity = Activity.objects.get()
    assert "Снизить тревогу" in text(goal_page)
    assert 'id="checks"' in text(goal_page)
    assert (activity.participants, activity.audience) == ("родители (законные представители)", "parents")
    assert (activity.starts_on, activity.ends_on) == (programme.starts_on, programme.ends_on)
    assert Criterion.objects.get().scale == "ten"


def filled(activity: Activity, **changes: str) -> dict[str, str]:
    return {
        "version": str(activity.version), "audience": activity.audience, "title": activity.title,
        "form": activity.form, "participants": activity.participants,
        "responsible": "Павлова П. П., педагог-психолог", "starts_on": "21.11.2026", "ends_on": "21.02.2027",
        "frequency": activity.frequency, "planned_result": activity.planned_result, **changes,
    }  # fmt: skip


def test_a_colleague_is_found_by_the_typed_name_and_a_stranger_stays_in_words(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    activity = Activity.objects.filter(programme=programme).first()
    page = as_user(school_cast.zhanna)

    saved = page.post(at("activity", activity), filled(activity, form="игра"), **HTMX)
    activity.refresh_from_db()
    assert saved.status_code == 200
    assert (activity.responsible, activity.form, activity.version) == (school_cast.post(school_cast.polina), "игра", 1)

    page.post(at("activity", activity), filled(activity, responsible="Врач поликлиники № 3"), **HTMX)
    activity.refresh_from_db()
    assert (activity.responsible, activity.outside) == (None, "Врач поликлиники № 3")


def test_an_activity_outside_the_dates_is_refused_beside_its_field(school_cast, as_user):
    activity = Activity.objects.filter(programme=drawing.whole_draft(school_cast)).first()

    answer = as_user(school_cast.zhanna).post(
        at("activity", activity), filled(activity, ends_on="010927", title="Набранное остаётся"), **HTMX
    )

    assert answer.status_code == 422
    assert "вне срока программы" in text(answer)
    assert "Набранное остаётся" in text(answer)
    activity.refresh_from_db()
    assert activity.title != "Набранное остаётся"


def test_two_people_edit_one_activity_and_see_both_texts(school_cast, as_user):
    activity = Activity.objects.filter(programme=drawing.whole_draft(school_cast)).first()
    mine = filled(activity, title="Мой текст")
    as_user(school_cast.elena).post(at("activity", activity), filled(activity, title="Текст Елены"), **HTMX)

    answer = as_user(school_cast.zhanna).post(at("activity", activity), mine, **HTMX)
    assert answer.status_code == 409
    assert "Мой текст" in text(answer)
    assert "Текст Елены" in text(answer)
    assert "Егорова" in text(answer)

    activity.refresh_from_db()
    settled = mine | {"version": str(activity.version), "settled": "1"}
    assert as_user(school_cast.zhanna).post(at("activity", activity), settled, **HTMX).status_code == 200
    activity.refresh_from_db()
    assert activity.title == "Мой текст"


def test_a_term_under_the_limit_is_refused_with_its_clause(school_cast, as_user):
    programme = drawing.draft(school_cast)

    answer = as_user(school_cast.elena).post(
        at("term", programme), {"kind": "risk", "starts_on": "21.11.2026", "ends_on": "21.02.2027"}, **HTMX
    )

    assert answer.status_code == 422
    assert "6" in text(answer)
    assert "21 мая 2027" in text(answer)
    programme.refresh_from_db()
    assert programme.kind == "ordinary"


def test_rows_move_are_copied_and_taken_off(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    page = as_user(school_cast.zhanna)
    first, second, third = Activity.objects.filter(programme=programme)

    page.post(at("activity", second), {"tool": "up"}, **HTMX)
    assert [one.pk for one in Activity.objects.filter(programme=programme)] == [second.pk, first.pk, third.pk]
    page.post(at("activity", first), {"tool": "copy-staff"}, **HTMX)
    copy = Activity.objects.filter(programme=programme).last()
    assert (copy.title, copy.audience, copy.participants) == (first.title, "staff", "педагоги класса")
    page.post(at("activity", copy), {"tool": "remove"}, **HTMX)
    assert Activity.objects.filter(programme=programme).count() == 3
    refused = page.post(at("task", Task.objects.get()), {"tool": "remove"}, **HTMX)
    assert refused.status_code == 422
    assert "сначала уберите" in text(refused)


def test_a_save_with_the_focus_on_a_tool_moves_nothing(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    before = list(Activity.objects.filter(programme=programme).values_list("pk", flat=True))
    second = Activity.objects.get(pk=before[1])

    as_user(school_cast.zhanna).post(at("activity", second), filled(second, form="игра", deed="up"), **HTMX)

    second.refresh_from_db()
    assert second.form == "игра"
    assert list(Activity.objects.filter(programme=programme).values_list("pk", flat=True)) == before


def test_without_a_script_every_step_goes_by_plain_forms(school_cast, as_user):
    programme = drawing.draft(school_cast)
    page = as_user(school_cast.zhanna)

    answer = page.post(at("line_add", programme), {"part": "goal", "title": "Снизить тревогу"})
    assert answer.status_code == 302
    goal = Goal.objects.get()
    assert answer.headers["Location"].endswith(f"#goal-{goal.public_id}")
    assert page.post(at("goal", goal), {"title": "Иначе", "version": "0"}).status_code == 302
    assert page.post(at("goal", goal), {"title": "", "version": "1"}).status_code == 422
    goal.refresh_from_db()
    assert goal.title == "Иначе"


def test_a_class_teacher_reads_tasks_and_own_activities_and_no_diagnostics(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    curator = school_cast.actor(school_cast.zhanna)
    services.line_add(
        actor=curator, programme=programme, part="activity", parent=Task.objects.get(), on=START,
        values={"title": "Поручения в классе", "responsible": school_cast.post(school_cast.tatiana)},
    )  # fmt: skip

    shown = text(as_user(school_cast.tatiana).get(at("programme", programme)))

    assert "Научить просить о помощи" in shown
    assert "Поручения в классе" in shown
    for hidden in (
        "тревожность в ситуации ответа",
        "Занятия по снижению тревоги",
        "Часто остаётся один",
        "Отвечает у доски",
    ):
        assert hidden not in shown, hidden


def test_a_teacher_of_another_class_and_another_school_find_nothing(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)

    for user in (school_cast.uliana, school_cast.larisa, school_cast.zakhar):
        assert as_user(user).get(at("programme", programme)).status_code == 404
        assert as_user(user).get(at("draft", programme)).status_code in (403, 404)


def test_a_participant_does_not_write_in_the_programme(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)

    page = as_user(school_cast.polina)  # answers for activities, is not the curator
    assert page.get(at("programme", programme)).status_code == 200
    assert page.get(at("draft", programme)).status_code == 403
    assert page.post(at("line_add", programme), {"part": "goal", "title": "Чужая"}).status_code == 403
    assert Goal.objects.count() == 1


def test_the_family_page_goes_from_a_proposal_to_an_agreement(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    page = as_user(school_cast.zhanna)
    mother = school_cast.mother(school_cast.misha).public_id
    assert page.post(at("send", programme)).headers["Location"] == at("family", programme)

    assert page.post(at("proposal_add", programme), {"text": "", "made_on": "21.11.2026"}).status_code == 422
    page.post(at("proposal_add", programme), {"text": "Можно днём?", "guardian": mother, "made_on": "211126"})
    proposal = Proposal.objects.get()
    assert page.post(at("proposal_answer", proposal), {"taken": "0", "answer": ""}).status_code == 422
    page.post(at("proposal_answer", proposal), {"taken": "0", "answer": "Специалист занят днём"})
    page.post(at("agreement_add", programme), {"guardian": mother, "answer": "agreed", "signed_on": "21.11.2026"})
    unexplained = page.post(at("agree", programme), {})
    assert unexplained.status_code == 422
    assert "Остались замечания" in text(unexplained)
    page.post(at("agree", programme), {"reason": "Протокол оформляют до пятницы"})

    programme.refresh_from_db()
    assert programme.status == "agreed"
    director = as_user(school_cast.daniil)
    assert "утвердить программу" in text(director.get("/"))
    shown = text(director.get(at("approve", programme)))
    assert "Протокол оформляют до пятницы" in shown
    assert director.post(at("approve", programme)).status_code == 302
    programme.refresh_from_db()
    assert programme.status == "running"


def test_versions_stand_side_by_side_with_differences_in_words(school_cast, as_user):
    programme = drawing.with_family(school_cast)
    curator = school_cast.actor(school_cast.zhanna)
    services.programme_take_back(actor=curator, programme=programme, on=START)
    line = Activity.objects.filter(programme=programme).first()
    services.line_change(
        actor=curator, line=line, values={"frequency": "два раза в неделю"}, base_version=line.version, on=START
    )
    services.programme_send_to_family(actor=curator, programme=programme, on=START)

    shown = text(as_user(school_cast.zhanna).get(at("versions", programme)))

    assert "<ins>два раза</ins>" in shown or "<ins>два</ins>" in shown
    assert "<del>" in shown
    assert "изменено" in shown


def test_a_running_programme_asks_for_a_reason_on_its_sheet(school_cast, as_user):
    programme = drawing.running(school_cast)
    page = as_user(school_cast.zhanna)
    activity = Activity.objects.filter(programme=programme).first()
    assert "Изменения и дополнения" in text(page.get(at("draft", programme)))

    without = page.post(at("activity", activity), filled(activity, form="игра"), **HTMX)
    assert without.status_code == 422
    assert "почему она меняется" in text(without)
    page.post(at("activity", activity), filled(activity, form="игра", reason="Просит мама"), **HTMX)
    activity.refresh_from_db()
    assert activity.form == "игра"


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_few_questions_for_thirty_as_for_three(school_cast, as_user):
    page = as_user(school_cast.zhanna)

    def some(first: int, last: int) -> None:
        for number in range(first, last):
            child = pupil_of(school_cast.four_a, f"Ученик{number}", "Олег", "Ильич")
            drawing.draft(school_cast, child=child)

    some(0, 3)
    page.get(reverse("programmes:list"))
    few = count(page, reverse("programmes:list"))
    some(3, 30)
    assert count(page, reverse("programmes:list")) == few


def test_the_sheet_asks_as_few_questions_for_a_long_plan(school_cast, as_user):
    programme = drawing.whole_draft(school_cast)
    page = as_user(school_cast.zhanna)
    page.get(at("draft", programme))
    few = count(page, at("draft", programme))
    task = Task.objects.get()
    for number in range(20):
        services.line_add(
            actor=school_cast.actor(school_cast.zhanna), programme=programme, part="activity", parent=task, on=START,
            values={"title": f"Встреча {number}", "responsible": school_cast.post(school_cast.polina)},
        )  # fmt: skip
    assert count(page, at("draft", programme)) == few


@pytest.mark.parametrize("name", ["list", "programme", "draft", "family", "versions"])
def test_every_page_says_for_official_use(school_cast, as_user, name):
    programme = drawing.with_family(school_cast)
    if name == "draft":
        services.programme_take_back(actor=school_cast.actor(school_cast.zhanna), programme=programme, on=START)
    address = reverse("programmes:list") if name == "list" else at(name, programme)
    shown = text(as_user(school_cast.zhanna).get(address))
    assert "Для служебного пользования" in shown
