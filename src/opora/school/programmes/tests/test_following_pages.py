"""The pages that follow a programme: the board, one's own list, observations, the family's page, the final meeting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.audit.models import Event
from opora.school.programmes.models import Activity, BankItem, Criterion, Goal, Mark, Observation, Programme, Task
from opora.school.programmes.services.bank import bank_fill
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START
from tests.school_cast import pupil_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]


def url(name, row=None, query=""):
    return reverse(f"programmes:{name}", args=[row.public_id] if row is not None else []) + query


def read(answer) -> str:
    """The page as a person reads it: spaces that do not break are spaces."""
    return answer.content.decode().replace("\u00a0", " ")


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Moscow")))


def many(cast, count):
    """Running programmes with three weekly activities each, a month without a mark."""
    post, begun = cast.post(cast.zhanna), START - timedelta(days=40)
    for number in range(count):
        child = pupil_of(cast.four_a, f"Ученик{number}", "Пётр", "Олегович")
        programme = Programme.objects.create(
            organisation=cast.school, child=child, status="running", curator=post, named_by=post, number=number + 10,
            year=2026, starts_on=begun, ends_on=begun + timedelta(days=100),
        )  # fmt: skip
        goal = Goal.objects.create(organisation=cast.school, programme=programme, title="Цель")
        task = Task.objects.create(
            organisation=cast.school, programme=programme, goal=goal, title="Задача", direction="psychological"
        )
        for audience in ("pupil", "parents", "staff"):
            Activity.objects.create(
                organisation=cast.school, programme=programme, task=task, audience=audience, title="Занятие",
                starts_on=begun, ends_on=programme.ends_on, responsible=cast.post(cast.polina),
            )  # fmt: skip
        Criterion.objects.create(organisation=cast.school, programme=programme, title="Спокойствие", scale="five")


@pytest.mark.parametrize("name", ["board", "mine"])
def test_twenty_five_programmes_ask_as_few_queries_as_three(school_cast, as_user, name):
    user = {"board": school_cast.elena, "mine": school_cast.polina}[name]
    counts = []
    for more in (3, 22):
        many(school_cast, more)
        client = as_user(user)
        client.get(url(name))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url(name))
        assert answer.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_board_leads_to_what_is_late(school_cast, as_user):
    many(school_cast, 2)
    page = read(as_user(school_cast.elena).get(url("board")))
    assert "Ученик0 Пётр" in page
    assert "первый контроль" in page
    assert reverse("consilium:call", args=[Programme.objects.first().child.public_id]) in page
    nothing = read(as_user(school_cast.elena).get(url("board", query="?what=ending")))
    assert "Таких программ сейчас нет" in nothing
    assert Event.objects.filter(code="programme.board_opened").exists()


def test_one_tap_without_a_script_and_with_one(school_cast, as_user):
    programme = drawing.running(school_cast)
    activity = programme.activities.first()
    client = as_user(school_cast.polina)
    plain = client.post(url("mark", activity), {"state": "done", "next": url("mine")})
    assert (plain.status_code, plain.url) == (302, url("mine"))

    quick = client.post(url("mark", activity), {"state": "partly"}, headers={"HX-Request": "true"})
    assert quick.status_code == 200
    assert 'aria-pressed="true"' in read(quick)
    mark = Mark.objects.get()
    words = client.post(url("mark_words", mark), {"result": "Пришёл сам"}, headers={"HX-Request": "true"})
    assert "Сохранено в" in read(words)
    mark.refresh_from_db()
    assert (mark.state, mark.result) == ("partly", "Пришёл сам")

    undone = client.post(url("mark_undo", mark), headers={"HX-Request": "true"})
    assert undone.status_code == 200
    assert not Mark.objects.exists()
    wrong = client.post(url("mark", activity), {"state": "excellent"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "Выберите отметку" in read(wrong)) == (422, True)


def test_the_pages_of_a_programme_open_for_whom_they_are(school_cast, as_user):
    programme = drawing.running(school_cast)
    for user in (school_cast.zhanna, school_cast.elena, school_cast.daniil, school_cast.polina, school_cast.tatiana):
        for name in ("marks", "observations", "told", "ending"):
            assert as_user(user).get(url(name, programme)).status_code == 200, (user, name)
    for user in (school_cast.uliana, school_cast.zakhar):
        for name in ("marks", "observations", "told", "ending"):
            assert as_user(user).get(url(name, programme)).status_code == 404, (user, name)


def test_observations_are_typed_with_a_comma_and_wrong_ones_stay(school_cast, as_user):
    programme = drawing.running(school_cast)
    client, one = as_user(school_cast.tatiana), programme.criteria.get()
    assert "Отвечает у доски" in read(client.get(url("observe", programme)))
    given = {"on": "21.11.2026", "voice": "teacher", f"value-{one.public_id}": "много", "words": "Спокоен"}
    wrong = client.post(url("observe", programme), given)
    assert wrong.status_code == 422
    assert "Введите число" in read(wrong)
    assert "Спокоен" in read(wrong)
    outside = client.post(url("observe", programme), given | {f"value-{one.public_id}": "9"})
    assert "Значение — от 1 до 5" in read(outside)
    assert not Observation.objects.exists()
    for value in ("1e9", "NaN", "3,55", "∞", "-"):
        assert client.post(url("observe", programme), given | {f"value-{one.public_id}": value}).status_code == 422

    assert client.post(url("observe", programme), given | {f"value-{one.public_id}": "2,5"}).status_code == 302
    assert [one.value for one in Observation.objects.order_by("pk")] == [Decimal("2.5"), None]
    page = read(as_user(school_cast.zhanna).get(url("observations", programme)))
    assert "<svg" in page
    assert "2,5" in page


def test_the_family_page_speaks_to_the_child_and_leaves_out_what_is_unticked(school_cast, as_user):
    programme = drawing.running(school_cast)
    activity = programme.activities.get(audience="pupil")
    client = as_user(school_cast.zhanna)
    page = read(client.get(url("told", programme)))
    assert "Твой план" in page
    assert "Встречи с мамой" not in page
    hidden = read(client.get(url("told", programme, f"?for=child&without={activity.public_id}")))
    assert hidden.count(activity.title) == page.count(activity.title) - 1
    assert "Встречи с мамой" in read(client.get(url("told", programme, "?for=parents")))


def test_the_final_page_from_opinions_to_the_next_programme(school_cast, as_user):
    programme = drawing.running(school_cast)
    zhanna, elena = as_user(school_cast.zhanna), as_user(school_cast.elena)
    assert zhanna.post(url("opinion", programme), {"voice": "parent", "words": ""}).status_code == 422
    assert zhanna.post(url("opinion", programme), {"voice": "parent", "words": "Легче"}).status_code == 302
    page = read(elena.get(url("ending", programme)))
    assert "Не записано мнение членов консилиума" in page
    assert "Легче" in page

    given = {"on": "21.11.2026", "decision": "Продолжить", "carried": [programme.goals.get().public_id]}
    refused = elena.post(url("continue", programme), given)
    assert refused.status_code == 422
    assert "Продолжить" in read(refused)
    assert f'value="{given["carried"][0]}" checked' in read(refused)
    assert zhanna.post(url("finish", programme), given).status_code == 403

    done = elena.post(url("continue", programme), given | {"reason": "Собраны не все наблюдения"})
    draft = Programme.objects.get(previous=programme)
    assert done.url == url("programme", draft)
    assert draft.goals.count() == 1
    over = read(elena.get(url("ending", programme)))
    assert "Собраны не все наблюдения" in over
    assert "Новая программа" in over
    again = elena.post(url("finish", programme), given)
    assert (again.status_code, "сейчас невозможно" in read(again)) == (422, True)


def test_the_bank_by_hand(school_cast, as_user):
    client = as_user(school_cast.zhanna)
    assert "готовых формулировок" in read(client.get(url("bank")))
    client.post(url("bank_fill"))
    assert "Формулировка" in read(client.get(url("bank", query="?q=тревож&kind=activity")))
    made = client.post(url("bank_new"), {"kind": "goal", "title": "Дружит с классом"})
    assert made.status_code == 302
    item = BankItem.objects.get(title="Дружит с классом")
    assert client.post(url("bank_new"), {"kind": "goal", "title": "Дружит с классом"}).status_code == 422
    wrong = client.post(url("bank_item", item), {"kind": "goal", "title": "", "age_from": "12", "age_to": "7"})
    assert wrong.status_code == 422
    assert client.post(url("bank_retire", item)).status_code == 302
    item.refresh_from_db()
    assert item.is_retired
    assert as_user(school_cast.tatiana).get(url("bank")).status_code == 200
    assert as_user(school_cast.tatiana).get(url("bank_new")).status_code == 403


def test_taking_from_the_bank_and_keeping_in_it(school_cast, as_user):
    bank_fill(actor=school_cast.actor(school_cast.zhanna))
    programme = drawing.whole_draft(school_cast)
    client, item = as_user(school_cast.zhanna), BankItem.objects.filter(kind="activity", audience="pupil").first()
    side = client.get(url("bank_side", programme, "?text=тревож"), headers={"HX-Request": "true"})
    assert "Взять" in read(side)
    taken = client.post(url("bank_take", programme), {"item": item.public_id})
    line = Activity.objects.get(taken_from=item)
    assert taken.url == f"{url('draft', programme)}#activity-{line.public_id}"
    assert client.post(url("bank_take", programme), {"item": "nothing"}).status_code == 404

    Activity.objects.filter(pk=line.pk).delete()
    own = programme.activities.get(audience="pupil")
    own.title = "Беседы с Мишей"
    own.save()
    offered = read(client.get(url("bank_keep", own)))
    assert "Беседы с обучающимся" in offered
    assert "Имя ребёнка заменено" in offered
    assert client.post(url("bank_keep", own), {"kind": "activity", "title": "Беседы с обучающимся"}).status_code == 302


def test_the_desk_says_what_waits(school_cast, as_user):
    many(school_cast, 1)
    polina = read(as_user(school_cast.polina).get("/"))
    assert "Отметить: Занятие" in polina
    zhanna = read(as_user(school_cast.zhanna).get("/"))
    assert "без отметки в срок" in zhanna
    assert "первый контроль" in zhanna
