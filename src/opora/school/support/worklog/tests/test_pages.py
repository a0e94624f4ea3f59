"""The pages: a day without a mouse, journals, the grid, hours; who may open what."""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.access.actors import actor_of
from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.foundation.ui.panels import shown
from opora.people.children.search import index_rebuild
from opora.school.programmes.models import Activity, Goal, Programme, Task
from opora.school.support.worklog import services
from opora.school.support.worklog.models import EntryChild, WorkEntry
from opora.school.support.worklog.services import ChildWork
from tests.school_cast import pupil_of

from .stage import TODAY, YESTERDAY, group_of, lesson_of, logged, work

DAY = "worklog:day"


def sent(**changes):
    return {"work": "consultation", "topic": "Ссора", "minutes": "30", "on": f"{TODAY:%Y-%m-%d}"} | changes


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


class TestDay:
    def test_an_entry_is_added_and_the_cursor_comes_back_to_the_line(self, people, as_user):
        client, child = as_user(people.polina), people.misha.public_id
        answer = client.post(
            reverse("worklog:add"), sent(child=child, **{f"note-{child}": "Плакал", f"dynamics-{child}": ""})
        )
        assert answer.headers["Location"].endswith(f"?day={TODAY:%Y-%m-%d}#work-individual")
        entry = WorkEntry.objects.get()
        assert (entry.kind, entry.audience, entry.children.get().note) == ("consultation", "pupil", "Плакал")
        page = client.get(reverse(DAY)).content.decode()
        assert "Ссора" in page
        assert "Данилов Миша" in page

    def test_what_is_refused_stands_beside_its_field_and_stays_typed(self, people, as_user):
        client = as_user(people.polina)
        answer = client.post(reverse("worklog:add"), sent(minutes="700", topic="Память"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Минут бывает от 1 до 600" in page
        assert 'value="Память"' in page

        twice = client.post(reverse("worklog:add"), sent(work="group", child=[people.misha.public_id] * 2))
        assert twice.status_code == 422
        assert "назван дважды" in twice.content.decode()
        unchosen = client.post(reverse("worklog:add"), sent(who="Дани", child=[]))
        assert "выберите ребёнка из списка" in unchosen.content.decode()
        assert not WorkEntry.objects.exists()

    @pytest.mark.parametrize(
        "bad",
        [
            {"minutes": "много"}, {"minutes": ""}, {"minutes": "-5"}, {"work": "fly"}, {"on": "2027-01-01"},
            {"starts_at": "25:99"}, {"people": "0"}, {"child": "nobody"}, {"plan_item": "x"}, {"topic": "ы" * 301},
            {"on": "завтра", "topic": ""},
        ],
    )  # fmt: skip
    def test_bad_input_is_answered_in_words(self, people, as_user, bad):
        answer = as_user(people.polina).post(reverse("worklog:add"), sent(**bad))
        assert answer.status_code == 422
        assert "data-error-summary" in answer.content.decode()
        assert not WorkEntry.objects.exists()

    def test_a_bad_line_of_a_child_is_answered_in_words(self, people, as_user):
        child = people.misha.public_id
        for name, value in (("value", "много"), ("attendance", "late"), ("level", "genius"), ("note", "ы" * 5001)):
            answer = as_user(people.polina).post(
                reverse("worklog:add"), sent(child=child, **{f"{name}-{child}": value})
            )
            assert answer.status_code == 422, name
        assert not WorkEntry.objects.exists()

    def test_a_day_off_asks_for_a_tick(self, people, as_user):
        client, on = as_user(people.polina), "2026-11-15"
        refused = client.post(reverse("worklog:add"), sent(on=on, child=people.misha.public_id))
        assert refused.status_code == 422
        assert 'name="day_off"' in refused.content.decode()
        client.post(reverse("worklog:add"), sent(on=on, child=people.misha.public_id, day_off="on"))
        assert WorkEntry.objects.count() == 1

    def test_letters_find_own_children_first_and_say_so_in_the_log(self, people, as_user):
        logged(people, people.lev)
        pupil_of(people.four_a, "Ульянов", "Пётр", "Петрович")
        answer = as_user(people.polina).post(reverse("worklog:find"), {"who": "у"})
        page = answer.content.decode()
        assert page.index("Уваров Лев") < page.index("Ульянов Пётр")
        assert "из списка школы" in page
        nobody = as_user(people.polina).post(reverse("worklog:find"), {"who": "Щщщ"})
        assert "нет" in nobody.content.decode()
        told = Event.objects.filter(code="work.pupils_named").order_by("pk")
        assert [one.details["count"] for one in told] == [2, 0], "looking in vain is in the log too"

    def test_picking_works_without_a_script_and_keeps_what_was_typed(self, people, as_user):
        client, child = as_user(people.polina), people.misha.public_id
        found = client.post(reverse("worklog:add"), sent(who="Данил", find="1"))
        assert f'value="{child}"' in found.content.decode()
        picked = client.post(reverse("worklog:add"), sent(who="Данил", pick=child))
        page = picked.content.decode()
        assert f'name="note-{child}"' in page
        assert 'value="Ссора"' in page
        fragment = client.post(reverse("worklog:children"), sent(child=child, drop=child))
        assert f'name="note-{child}"' not in fragment.content.decode()
        assert not WorkEntry.objects.exists()

    def test_a_draft_is_kept_as_it_is_typed_and_continued(self, people, as_user):
        client, child = as_user(people.polina), people.misha.public_id
        kept = client.post(
            reverse("worklog:draft"), sent(minutes="", child=child, **{f"note-{child}": "Начало"}),
            headers={"HX-Request": "true"},
        )  # fmt: skip
        draft = WorkEntry.objects.get()
        assert "Черновик сохранён в" in kept.content.decode()
        assert f'value="{draft.public_id}"' in kept.content.decode()
        page = client.get(reverse(DAY), {"entry": draft.public_id}).content.decode()
        assert "Начало" in page
        client.post(reverse("worklog:add"), sent(draft=draft.public_id, child=child))
        assert not WorkEntry.objects.get().is_draft
        assert as_user(people.larisa).get(reverse(DAY), {"entry": draft.public_id}).status_code == 200

    def test_a_text_too_long_for_a_draft_is_not_lost(self, people, as_user):
        client = as_user(people.polina)
        fits = client.post(reverse("worklog:draft"), sent(content="ы" * 3000)).content.decode()
        assert "не целиком" not in fits
        WorkEntry.objects.all().delete()
        said = client.post(reverse("worklog:draft"), sent(topic="т" * 301, content="ы" * 3001)).content.decode()
        assert "не целиком: слишком длинно — тема, запрос; что делали" in said
        draft = WorkEntry.objects.get()
        assert (len(draft.topic), len(draft.content)) == (300, 3000)

    def test_repeat_takes_everything_but_the_child(self, people, as_user):
        entry = logged(people, topic="Память")
        page = as_user(people.polina).get(reverse(DAY), {"repeat": entry.public_id}).content.decode()
        assert 'value="Память"' in page
        assert f'name="note-{people.misha.public_id}"' not in page

    def test_a_lesson_is_logged_by_ticks(self, people, as_user):
        group = group_of(people, people.misha, people.lev)
        lesson, (misha, lev) = lesson_of(group), (people.misha.public_id, people.lev.public_id)
        client = as_user(people.polina)
        assert "Данилов Миша" in client.get(reverse(DAY)).content.decode()
        address = reverse("worklog:lesson", args=[lesson.public_id])
        client.post(address, {"child": [misha, lev], f"present-{misha}": "1", f"ill-{lev}": "1"})
        states = {one.child: one.attendance for one in EntryChild.objects.all()}
        assert states == {people.misha: "present", people.lev: "ill"}
        again = client.post(address, {"child": [misha]})
        assert again.status_code == 422
        assert "уже внесено" in again.content.decode()
        assert as_user(people.larisa).post(address).status_code == 403

    def test_a_refused_lesson_keeps_what_was_typed(self, people, as_user):
        lesson, misha = lesson_of(group_of(people, people.misha, people.lev)), people.misha.public_id
        lev, address = people.lev.public_id, reverse("worklog:lesson", args=[lesson.public_id])
        sent = {
            "child": [misha, lev], f"present-{misha}": "1", f"ill-{lev}": "1", f"dynamics-{misha}": "up",
            f"note-{misha}": "Сам назвал три слога", "topic": "Слоги", "content": "Занимались с Даниловым",
        }  # fmt: skip
        answer = as_user(people.polina).post(address, sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        card = page.split(f'id="lesson-{lesson.public_id}"')[1].split("</form>")[0]
        assert 'role="alert"' in card
        assert [f'name="present-{key}" value="1" checked' in card for key in (misha, lev)] == [True, False]
        assert [f'name="ill-{key}" value="1" checked' in card for key in (misha, lev)] == [False, True]
        for typed in ('value="up" selected', "Сам назвал три слога", 'value="Слоги"', "Занимались с Даниловым"):
            assert typed in card
        assert not WorkEntry.objects.exists()

    def test_late_lessons_stand_on_the_day_and_on_the_desk(self, people, as_user):
        group = group_of(people, people.misha)
        lesson_of(group, on=YESTERDAY)
        lesson_of(group, on=YESTERDAY - timedelta(days=20))
        services.draft_keep(actor=people.actor(people.polina), on=YESTERDAY, work=work(people.misha))
        page = as_user(people.polina).get(reverse(DAY)).content.decode()
        assert "Не внесено занятий: 2" in page
        desk = desk_of(people.actor(people.polina), TODAY)
        assert [one.todo for one in desk.late] == ["Внести 1 занятие без записи"]
        assert {one.todo for one in desk.soon} == {"Внести 1 занятие без записи", "Дописать 1\xa0черновик"}

    def test_thirty_rows_ask_as_few_queries_as_three(self, people, as_user):
        client = as_user(people.polina)
        children = [pupil_of(people.four_a, f"Фамилин{n}", "Имя", "Отчество") for n in range(10)]
        group = group_of(people, *children[:3])
        for hour in range(8, 11):
            lesson_of(group, at=time(hour))
            logged(people, children[hour - 8], minutes=10)
        few = queries(client, reverse(DAY))
        for hour in range(11, 20):
            lesson_of(group, at=time(hour))
            for n in range(3):
                logged(people, children[n], minutes=10, topic=f"Тема {hour} {n}")
        assert queries(client, reverse(DAY)) == few


class TestSeen:
    def test_another_specialist_gets_404_the_leads_read(self, people, as_user):
        entry = logged(people)
        address = reverse("worklog:entry", args=[entry.public_id])
        codes = {
            who: as_user(getattr(people, who)).get(address).status_code
            for who in ("polina", "irina", "daniil", "elena", "larisa", "tatiana", "zakhar")
        }
        assert codes == {
            "polina": 200, "irina": 200, "daniil": 200, "elena": 200, "larisa": 404, "tatiana": 403, "zakhar": 404
        }  # fmt: skip
        assert Event.objects.filter(code="work.opened", person_id=people.misha.public_id).count() == 4

    def test_words_about_a_child_are_for_the_author_and_the_head(self, people, as_user):
        people.agreed(people.misha, on=YESTERDAY)
        seen = ChildWork(people.misha.public_id, note="Плакал на занятии", value=Decimal("7.25"), level="low")
        entry = services.entry_record(
            actor=people.actor(people.polina), on=TODAY, work=work(kind="diagnostics", children=[seen])
        )  # fmt: skip
        addresses = (
            reverse("worklog:entry", args=[entry.public_id]), f"{reverse('worklog:diagnostics')}?period=year",
            f"{reverse('worklog:diagnostics')}?period=year&format=csv",
        )  # fmt: skip
        for who, reads in (("polina", True), ("irina", True), ("daniil", False), ("elena", False)):
            page, *lists = (as_user(getattr(people, who)).get(address).content.decode() for address in addresses)
            assert ("Плакал" in page, "читают автор записи и руководитель" in page) == (reads, not reads), who
            assert "Данилов Миша" in page
            for text in lists:
                assert "Данилов Миша" in text
                assert (bool(re.search("7[.,]25", text)), "низкий" in text) == (reads, reads), who

    def test_the_author_changes_on_the_page_the_head_gives_a_reason(self, people, as_user):
        entry, child = logged(people), people.misha.public_id
        address = reverse("worklog:change", args=[entry.public_id])
        form = sent(work="individual", child=child, on=f"{TODAY:%d.%m.%Y}", minutes="25")
        assert as_user(people.polina).post(address, form).status_code == 302
        refused = as_user(people.irina).post(address, form | {"minutes": "20"})
        assert refused.status_code == 422
        assert "почему меняется запись" in refused.content.decode()
        assert as_user(people.irina).post(address, form | {"minutes": "20", "reason": "time"}).status_code == 302
        assert WorkEntry.objects.get().minutes == 20
        assert as_user(people.polina).post(reverse("worklog:remove", args=[entry.public_id])).status_code == 302
        assert not WorkEntry.objects.exists()

    def test_the_curator_of_a_running_programme_sees_dates_and_minutes_alone(self, people):
        logged(people, topic="Секретная тема")
        Programme.objects.create(
            organisation=people.school, child=people.misha, status="running", curator=people.post(people.zhanna),
            number=1, year=2026, starts_on=TODAY, ends_on=TODAY + timedelta(days=90),
            named_by=people.post(people.elena),
        )  # fmt: skip
        panels = {one.anchor: one for one in shown("child", people.actor(people.zhanna), people.misha)}
        assert panels["child_work"].context["is_trace"]
        assert len(panels["child_work"].context["rows"]) == 1
        assert "child_work" not in {one.anchor for one in shown("child", people.actor(people.tatiana), people.misha)}


class TestJournals:
    @pytest.mark.parametrize("name", ["journal", "individual", "groups", "consultations", "diagnostics"])
    def test_three_and_thirty_rows_cost_the_same(self, people, as_user, name):
        client = as_user(people.irina)
        kind = {"groups": "group", "consultations": "consultation", "diagnostics": "diagnostics"}.get(
            name, "individual"
        )
        people.agreed(people.misha)
        for _ in range(3):
            logged(people, kind=kind, minutes=5)
        few = queries(client, reverse(f"worklog:{name}"))
        for _ in range(27):
            logged(people, kind=kind, minutes=5)
        assert queries(client, reverse(f"worklog:{name}")) == few
        page = client.get(reverse(f"worklog:{name}")).content.decode()
        assert "Данилов" in page

    def test_search_print_and_export(self, people, as_user):
        logged(people)
        logged(people, people.lev, topic="Память")
        index_rebuild(people.school)
        client, address = as_user(people.irina), reverse("worklog:individual")
        found = client.get(address, {"q": "Уваров"}).content.decode()
        assert "Память" in found
        assert "Внимание" not in found
        assert "Данилов" in client.get(address, {"format": "print"}).content.decode()
        written = client.get(address, {"format": "csv"})
        assert "Данилов Миша Игоревич" in written.content.decode("utf-8-sig")

    def test_who_was_ill_is_told_from_who_did_not_come(self, people, as_user):
        states = [ChildWork(people.misha.public_id, attendance="ill"), ChildWork(people.lev.public_id)]
        states += [ChildWork(pupil_of(people.four_a, "Яблоков", "Ян", "Ильич").public_id, attendance="absent")]
        services.entry_record(actor=people.actor(people.polina), on=TODAY, work=work(kind="group", children=states))
        page = as_user(people.irina).get(reverse("worklog:journal")).content.decode()
        assert re.search(r"Данилов\W[^,]*\(болезнь\), Уваров\W[^,(]*, Яблоков\W[^,]*\(пропуск\)", page)

    def test_a_specialist_reads_his_own_journal(self, people, as_user):
        logged(people)
        assert "Данилов" not in as_user(people.larisa).get(reverse("worklog:journal")).content.decode()
        assert as_user(people.tatiana).get(reverse("worklog:journal")).status_code == 403


class TestGrid:
    def test_the_journal_of_a_group_is_filled_by_taps(self, people, as_user):
        group, polina = group_of(people, people.misha), people.actor(people.polina)
        entry = services.lesson_log(actor=polina, lesson=lesson_of(group))
        lesson_of(group, on=YESTERDAY)
        client, row = as_user(people.polina), entry.children.get()
        page = client.get(reverse("worklog:grid", args=[group.public_id])).content.decode()
        assert "внести" in page
        assert "1 из 1" in page
        tap = reverse("worklog:cell", args=[row.public_id])
        assert "пропуск" in client.post(tap, {"what": "attendance"}, headers={"HX-Request": "true"}).content.decode()
        client.post(tap, {"what": "dynamics"})
        row.refresh_from_db()
        assert (row.attendance, row.dynamics) == ("absent", "up")
        assert as_user(people.larisa).post(tap).status_code == 404
        assert (
            "Данилов"
            not in as_user(people.larisa).get(reverse("worklog:grid", args=[group.public_id])).content.decode()
        )

    def test_hours_open_for_the_service_alone(self, people, as_user):
        assert as_user(people.irina).get(reverse("worklog:hours")).status_code == 200
        assert as_user(people.polina).get(reverse("worklog:hours"), {"period": "last"}).status_code == 200
        assert as_user(people.tatiana).get(reverse("worklog:hours")).status_code == 403

    def test_hours_light_the_journals_in_the_menu(self, people, as_user):
        page = as_user(people.irina).get(reverse("worklog:hours"))
        assert [link.title for link in page.context["menu"] if link.current] == ["Журналы работы"]
        page = as_user(people.irina).get(reverse("worklog:day"))
        assert [link.title for link in page.context["menu"] if link.current] == ["Мой день"]


def test_the_mark_of_a_programme_is_set_in_the_same_press(people, as_user):
    programme = Programme.objects.create(
        organisation=people.school, child=people.misha, status="running", curator=people.post(people.zhanna), number=1,
        year=2026, starts_on=TODAY - timedelta(days=5), ends_on=TODAY + timedelta(days=90),
        named_by=people.post(people.elena),
    )  # fmt: skip
    of = {"organisation": people.school, "programme": programme}
    task = Task.objects.create(
        **of, goal=Goal.objects.create(**of, title="Цель"), title="Задача", direction="psychological"
    )
    activity = Activity.objects.create(
        **of, task=task, audience="pupil", title="Занятия на внимание", responsible=people.post(people.polina),
        starts_on=programme.starts_on, ends_on=programme.ends_on,
    )  # fmt: skip
    client, child = as_user(people.polina), people.misha.public_id
    picked = client.post(reverse("worklog:children"), sent(pick=child))
    assert "Занятия на внимание" in picked.content.decode()
    client.post(
        reverse("worklog:add"),
        sent(work="individual", child=child, **{f"activity-{child}": activity.public_id, f"mark-{child}": "done"}),
    )
    activity.refresh_from_db()
    assert activity.last_mark == "done"
    assert EntryChild.objects.get().activity == activity
    polina = actor_of(people.polina, on=TODAY)
    with pytest.raises(Exception, match="мероприятия"):
        services.entry_record(
            actor=polina, on=TODAY,
            work=work(children=[ChildWork(people.lev.public_id, activity=activity.public_id)]),
        )  # fmt: skip
