"""The pages of groups: a ground is one click, a bad value keeps what was typed, others find nothing."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.people.children.search import name_index
from opora.school.support.groups import services
from opora.school.support.groups.conflicts import Wanted
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.materials.models import Material
from opora.school.support.schoolyear.models import Cabinet
from tests.school_cast import pupil_of

from .stage import SEPTEMBER, TODAY, conclusion, join, programme, start

pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def larisa(school_cast, as_user):
    return as_user(school_cast.larisa)


def address(name, row):
    return reverse(f"groups:{name}", args=[row.public_id])


def form(cast, **changes):
    return {
        "kind": "group", "leader": cast.post(cast.larisa).public_id, "starts_on": "070926", "ends_on": "28.05.2027",
        "material": "", "title": "Звуки", "limit": "6", "hours": "", "cabinet": "", "direction": "correction",
    } | changes  # fmt: skip


def test_a_group_is_begun_and_leads_to_its_children(school_cast, larisa):
    assert "Новая группа" in larisa.get(reverse("groups:new")).content.decode()
    material = programme(school_cast)
    answer = larisa.post(reverse("groups:new"), form(school_cast, material=material.public_id))
    group = Group.objects.get()
    assert answer.headers["Location"] == address("join", group)
    assert (group.limit, group.hours) == (6, 4), "the hours of the programme"


@pytest.mark.parametrize(
    "bad",
    [
        {"limit": "99"}, {"limit": "много"}, {"ends_on": "01.01.2026"}, {"starts_on": "31.02.2026"}, {"leader": "нет"},
        {"title": "х" * 300}, {"hours": "-1"}, {"kind": "<b>"}, {"material": "zzz"}, {"ends_on": "01.01.9999"},
        {"title": "\x00"}, {"limit": "9"}, {"starts_on": "01.01.0001"},
        {"starts_on": "01.12.9999", "ends_on": "31.12.9999"},
    ],
)  # fmt: skip
def test_a_bad_value_is_told_beside_its_field_and_the_rest_stays(school_cast, larisa, bad):
    answer = larisa.post(reverse("groups:new"), form(school_cast) | bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    if "starts_on" not in bad:
        assert 'value="070926"' in page
    assert not Group.objects.exists()


@pytest.mark.parametrize(("typed", "hours"), [("34,5", "34.5"), ("34.5", "34.5"), ("34", "34")])
def test_hours_are_typed_with_a_comma_and_shown_as_typed(school_cast, larisa, typed, hours):
    assert larisa.post(reverse("groups:new"), form(school_cast, hours=typed)).status_code == 302
    group = Group.objects.get()
    assert group.hours == Decimal(hours)
    assert f'name="hours" value="{hours.replace(".", ",")}"' in larisa.get(address("edit", group)).content.decode()


class TestRetired:
    """What was chosen before it was retired stays when something else is changed; nobody chooses it anew."""

    @pytest.fixture
    def room(self, school_cast):
        return Cabinet.objects.create(organisation=school_cast.school, title="Кабинет 12")

    @pytest.fixture
    def work(self, school_cast):
        return programme(school_cast)

    @pytest.fixture
    def group(self, school_cast, room, work):
        return start(school_cast, material=work, cabinet=room)

    def retire(self):
        Material.objects.update(status="retired")
        Cabinet.objects.update(is_retired=True)

    def typed(self, cast, group, **changes):
        values = form(cast, material=group.material.public_id, cabinet=group.cabinet.public_id, **changes)
        return values | {"leader": group.leader.public_id}

    def test_the_programme_and_the_cabinet_of_a_group_stay(self, school_cast, larisa, group, room, work):
        self.retire()
        assert f'value="{work.public_id}" selected' in larisa.get(address("edit", group)).content.decode()
        assert larisa.post(address("edit", group), self.typed(school_cast, group, title="Слоги")).status_code == 302
        group.refresh_from_db()
        assert (group.title, group.material, group.cabinet) == ("Слоги", work, room)

    def test_they_are_chosen_by_no_other_group(self, school_cast, larisa, group):
        other = start(school_cast, title="Другая")
        self.retire()
        answer = larisa.post(address("edit", other), self.typed(school_cast, group))
        assert answer.status_code == 422
        assert {"material", "cabinet"} <= set(answer.context["form"].errors)
        larisa_acts = school_cast.actor(school_cast.larisa)
        with pytest.raises(Refusal):
            services.group_change(
                actor=larisa_acts, group=other, leader=other.leader, starts_on=other.starts_on, ends_on=other.ends_on,
                cabinet=Cabinet.objects.get(),
            )  # fmt: skip

    def test_the_cabinet_of_a_lesson_stays(self, school_cast, larisa, group, room):
        wanted = [Wanted(date(2026, 11, 23), time(9), 40, room), Wanted(date(2026, 11, 24), time(9), 40)]
        kept, free = services.lessons_plan(
            actor=school_cast.actor(school_cast.larisa), group=group, wanted=wanted
        )  # fmt: skip
        self.retire()
        moved = {"on": "251126", "starts_at": "10:00", "minutes": "40", "cabinet": room.public_id}
        assert larisa.post(address("lesson", free), moved).status_code == 422
        assert larisa.post(address("lesson", kept), moved).status_code == 302
        kept.refresh_from_db()
        assert (kept.on, kept.cabinet) == (date(2026, 11, 25), room)


def test_a_click_on_a_ground_takes_the_child(school_cast, as_user):
    conclusion(school_cast, school_cast.misha)
    group, irina = start(school_cast), as_user(school_cast.irina)
    page = irina.get(address("join", group))
    (offered,) = page.context["offered"]
    pick = f"{school_cast.misha.public_id}/{offered.offers[0].key}"
    assert pick in page.content.decode()
    assert Event.objects.filter(code="group.candidates_named").exists()
    irina.post(address("join", group), {"find": "1", "who": "Никого такого нет"})
    last = Event.objects.filter(code="group.candidates_named").latest("pk")
    assert last.sentence == "Искали обучающихся для группы, найдено: 0"
    answer = irina.post(address("join", group), {"pick": pick, "joined_on": "07.09.2026"})
    assert answer.status_code == 302
    assert GroupMember.objects.get().child == school_cast.misha
    answer = irina.post(address("join", group), {"pick": pick, "joined_on": "07.09.2026"})
    assert answer.status_code == 422
    assert "дважды" in answer.content.decode()


def test_typed_letters_find_only_children_of_own_work(school_cast, as_user, larisa):
    name_index(school_cast.misha)
    group = start(school_cast)
    find = {"find": "1", "who": "Данил"}
    assert "Данилов Миша" in as_user(school_cast.irina).post(address("join", group), find).content.decode()
    assert "Данилов Миша" not in larisa.post(address("join", group), find).content.decode()
    pick = {"pick": f"{school_cast.misha.public_id}/rehabilitation", "joined_on": "07.09.2026"}
    assert larisa.post(address("join", group), pick).status_code == 422
    assert not GroupMember.objects.exists()


def test_an_ipra_without_its_number_is_asked_for(school_cast, as_user):
    irina, group, key = as_user(school_cast.irina), start(school_cast), school_cast.misha.public_id
    pick = {"pick": f"{key}/rehabilitation", "joined_on": "07.09.2026", "find_": ""}
    answer = irina.post(address("join", group), pick)
    assert answer.status_code == 422
    assert "Впишите номер" in answer.content.decode()
    assert irina.post(address("join", group), pick | {f"note-{key}": "№ 7"}).status_code == 302


def test_the_page_of_a_group_opens_with_its_children_and_is_in_the_log(school_cast, larisa, as_user):
    conclusion(school_cast, school_cast.misha)
    group = start(school_cast, material=programme(school_cast))
    member = join(school_cast, group, school_cast.misha)
    services.lessons_plan(
        actor=school_cast.actor(school_cast.larisa), group=group, wanted=[Wanted(date(2026, 11, 23), time(9), 40)]
    )
    page = larisa.get(address("group", group)).content.decode()
    assert "Данилов Миша" in page
    assert "9:00—9:40" in page
    assert Event.objects.filter(code="group.page_opened").exists()
    colleague = as_user(school_cast.polina).get(address("group", group)).content.decode()
    assert "Данилов" not in colleague
    assert "их видят те, кто с ними работает" in colleague
    assert as_user(school_cast.tatiana).get(address("group", group)).status_code == 403
    assert as_user(school_cast.zakhar).get(address("group", group)).status_code == 404
    for name, row in (("edit", group), ("close", group), ("leave", member), ("outcome", member)):
        assert larisa.get(address(name, row)).status_code == 200, name
    assert as_user(school_cast.polina).get(address("edit", group)).status_code == 403


def test_a_series_is_shown_before_it_is_made(school_cast, larisa):
    group = start(school_cast, material=programme(school_cast))
    asked = {"weekdays": ["3", "5"], "starts_at": "940", "minutes": "40", "count": "4", "first": "21.11.2026"}
    shown = larisa.get(address("series", group), asked, headers={"HX-Request": "true"}).content.decode()
    assert "25.11.2026" in shown
    assert "Звук Р" in shown
    assert "25.11.2026" in larisa.post(address("series", group), asked | {"show": "1"}).content.decode()
    assert not Lesson.objects.exists()
    assert larisa.post(address("series", group), asked).status_code == 302
    assert Lesson.objects.count() == 4
    again = larisa.post(address("series", group), asked)
    assert again.status_code == 422
    assert "ведёт занятие" in again.content.decode()
    assert Lesson.objects.count() == 4
    for bad in ({"weekdays": ["9"]}, {"starts_at": "25:00"}, {"count": "0"}, {"minutes": "999"}, {"first": "x"}):
        assert larisa.post(address("series", group), asked | bad).status_code == 422, bad


def test_a_lesson_is_moved_cancelled_and_refused_in_words(school_cast, larisa):
    group = start(school_cast)
    (lesson,) = services.lessons_plan(
        actor=school_cast.actor(school_cast.larisa), group=group, wanted=[Wanted(date(2026, 11, 23), time(9), 40)]
    )
    moved = {"on": "22.11.2026", "starts_at": "10:00", "minutes": "40"}
    answer = larisa.post(address("lesson", lesson), moved)
    assert answer.status_code == 422
    assert "школа не\u00a0работает" in answer.content.decode()
    assert larisa.post(address("lesson", lesson), moved | {"on": "241126"}).status_code == 302
    assert larisa.post(address("cancel", lesson), {"reason": ""}).status_code == 422
    assert larisa.post(address("cancel", lesson), {"reason": "карантин"}).status_code == 302
    assert "карантин" in larisa.get(address("group", group)).content.decode()


def test_a_group_is_closed_with_a_result_of_each_child(school_cast, larisa):
    conclusion(school_cast, school_cast.misha)
    group = start(school_cast)
    member = join(school_cast, group, school_cast.misha)
    typed = {"on": "21.11.2026", "outcome": "", f"result-{member.public_id}": "Р чистый"}
    answer = larisa.post(address("close", group), typed)
    assert answer.status_code == 422
    assert "Р чистый" in answer.content.decode()
    assert larisa.post(address("close", group), typed | {"outcome": "Есть", "on": "01.01.9999"}).status_code == 422
    assert larisa.post(address("leave", member), {"on": "01.01.9999"}).status_code == 422
    assert larisa.post(address("close", group), typed | {"outcome": "Звуки введены"}).status_code == 302
    member.refresh_from_db()
    assert member.outcome == "Р чистый"


def test_the_child_file_shows_its_groups_and_the_gap(school_cast, as_user):
    conclusion(school_cast, school_cast.misha)
    irina = as_user(school_cast.irina)
    card = reverse("children:child", args=[school_cast.misha.public_id])
    assert "не занимается" in irina.get(card).content.decode()
    join(school_cast, start(school_cast, title="Звуки и буквы"), school_cast.misha)
    page = irina.get(card).content.decode()
    assert "Звуки и буквы" in page
    assert "не занимается" not in page


def test_the_list_holds_own_groups_and_all_of_them_for_the_head(school_cast, as_user, larisa):
    start(school_cast, title="Звуки")
    start(
        school_cast, actor=school_cast.actor(school_cast.polina), leader=school_cast.post(school_cast.polina),
        title="Спокойствие",
    )  # fmt: skip
    own = larisa.get(reverse("groups:list")).content.decode()
    assert "Звуки" in own
    assert "Спокойствие" not in own
    every = as_user(school_cast.irina).get(reverse("groups:list"), {"who": "psychologist"})
    assert every.context["count"] == 1
    assert as_user(school_cast.tatiana).get(reverse("groups:list")).status_code == 403


@pytest.mark.parametrize("typed", ["Звуки", "звуки", "ЗВУКИ", "лебедева", "говорим чисто", "буквы"])
def test_the_list_is_searched_in_letters_of_any_size(school_cast, as_user, typed):
    irina, group = (
        as_user(school_cast.irina),
        start(school_cast, title="Звуки и буквы", material=programme(school_cast)),
    )
    assert [one.row for one in irina.get(reverse("groups:list"), {"q": typed}).context["lines"]] == [group]
    assert irina.get(reverse("groups:list"), {"q": "нет такого"}).context["count"] == 0


def test_a_day_off_over_planned_lessons_says_so_and_leads_to_them(school_cast, as_user):
    acts, irina = school_cast.actor(school_cast.larisa), as_user(school_cast.irina)
    group, other = start(school_cast, title="Звуки"), start(school_cast, title="Слоги")
    days = [date(2026, 11, day) for day in (23, 24, 30)]
    services.lessons_plan(actor=acts, group=group, wanted=[Wanted(day, time(9), 40) for day in days])
    services.lessons_plan(actor=acts, group=other, wanted=[Wanted(days[2], time(12), 40)])
    add, typed = reverse("schoolyear:day_off_add"), {"title": "карантин", "starts_on": "231126", "ends_on": "271126"}
    assert "На эти дни" not in irina.post(add, typed | {"starts_on": "25.11.2026"}, follow=True).content.decode()
    page = irina.post(add, typed, follow=True).content.decode()
    link = reverse("groups:list") + "?state=off"
    assert f'На эти дни стоят <a href="{link}">2\u00a0занятия</a>' in page
    assert [one.row for one in irina.get(link).context["lines"]] == [group]
    for lesson in group.lessons.exclude(on=days[2]):
        services.lesson_cancel(actor=acts, lesson=lesson, reason="карантин")
    assert irina.get(link).context["count"] == 0


@pytest.mark.parametrize("day", [date(2026, 9, 14), date(2027, 9, 6)])
def test_lessons_from_the_beginning_of_the_year_on_are_led_to_without_an_end(school_cast, as_user, day):
    acts, irina = school_cast.actor(school_cast.larisa), as_user(school_cast.irina)
    group = start(school_cast, starts_on=day, ends_on=day + timedelta(days=90))
    services.lessons_plan(actor=acts, group=group, wanted=[Wanted(day, time(9), 40)])
    typed = {"title": "ремонт", "starts_on": f"{day:%d.%m.%Y}", "ends_on": f"{day:%d.%m.%Y}"}
    page = irina.post(reverse("schoolyear:day_off_add"), typed, follow=True).content.decode()
    link = reverse("groups:list") + "?state=off"
    assert f'<a href="{link}">' in page
    assert [one.row for one in irina.get(link).context["lines"]] == [group]


def test_a_working_saturday_disturbs_nobody(school_cast, as_user):
    acts, irina = school_cast.actor(school_cast.larisa), as_user(school_cast.irina)
    services.lessons_plan(actor=acts, group=start(school_cast), wanted=[Wanted(date(2026, 11, 23), time(9), 40)])
    typed = {"title": "учимся", "starts_on": "231126", "ends_on": "231126", "works": "on"}
    assert "На эти дни" not in irina.post(reverse("schoolyear:day_off_add"), typed, follow=True).content.decode()


def test_thirty_rows_ask_as_few_queries_as_three(school_cast, as_user):
    irina, asked = as_user(school_cast.irina), []
    irina.get(reverse("groups:list"))
    for number in (3, 27):
        for one in range(number):
            start(school_cast, title=f"Группа {number}-{one}", material=programme(school_cast) if one == 0 < number < 5
                  else None)  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            irina.get(reverse("groups:list"))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_of_a_group_asks_as_few_queries_for_many_children_and_lessons(school_cast, as_user):
    irina, asked = as_user(school_cast.irina), []
    group = start(school_cast, material=programme(school_cast))
    irina.get(address("group", group))
    days = [date(2026, 11, day) for day in (23, 24, 25, 26, 27)]
    for number in range(2):
        for one in range(1 + 4 * number):
            child = pupil_of(school_cast.four_a, f"Новиков{number}{one}", "Иван", "Ильич")
            conclusion(school_cast, child)
            join(school_cast, group, child)
        wanted = [Wanted(day, time(9 + number), 40) for day in days[: 1 + 4 * number]]
        services.lessons_plan(actor=school_cast.actor(school_cast.irina), group=group, wanted=wanted)
        with CaptureQueriesContext(connection) as queries:
            irina.get(address("group", group))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_desk_asks_to_plan_and_to_sum_up(school_cast):
    start(school_cast, title="Начата")
    start(school_cast, title="Кончилась", starts_on=SEPTEMBER, ends_on=date(2026, 11, 20))
    desk = desk_of(school_cast.actor(school_cast.larisa), TODAY)
    assert [(one.who, one.todo) for one in desk.late] == [("Кончилась", "Подвести итоги группы")]
    assert ("Начата", "Запланировать занятия") in [(one.who, one.todo) for one in desk.today]
