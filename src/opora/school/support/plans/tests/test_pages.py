"""The sheet: a title and Enter make a line, a changed field saves itself, what is refused keeps what was typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.ui.desk import desk_of
from opora.school.support.plans import services
from opora.school.support.plans.models import PlanItem, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
TODAY = date(2026, 11, 21)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def polina(school_cast, as_user):
    return as_user(school_cast.polina)


@pytest.fixture
def plan(school_cast):
    return services.plan_open(
        actor=school_cast.actor(school_cast.polina), horizon="month", day=TODAY,
        owner=school_cast.post(school_cast.polina),
    )  # fmt: skip


def typed(item, **changes):
    return {
        "version": item.version, "title": item.title, "direction": item.direction, "aim": "", "participants": "",
        "starts_on": "01.11.2026", "ends_on": "30.11.2026", "responsible": item.responsible.public_id,
        "expected_result": "",
    } | changes  # fmt: skip


def test_a_plan_is_made_by_one_click(school_cast, polina):
    page = polina.get(reverse("plans:new")).content.decode()
    assert "ноябрь\u00a02026" in page
    answer = polina.post(reverse("plans:new"), {"horizon": "month", "day": "01.11.2026"})
    made = WorkPlan.objects.get()
    assert answer.headers["Location"] == reverse("plans:plan", args=[made.public_id])
    assert made.owner == school_cast.post(school_cast.polina)
    again = polina.post(reverse("plans:new"), {"horizon": "month", "day": "15.11.2026"})
    assert again.status_code == 422
    assert "уже есть" in again.content.decode()
    assert polina.post(reverse("plans:new"), {"horizon": "month", "day": "31.02.2026"}).status_code == 422


def test_a_line_by_its_title_alone_and_its_fields_saved_as_they_are_left(polina, plan):
    add = reverse("plans:line_add", args=[plan.public_id])
    answer = polina.post(add, {"direction": "education", "title": "Вебинар для родителей"}, headers=HTMX)
    assert "Вебинар для родителей" in answer.content.decode()
    assert "autofocus" in answer.content.decode()  # the cursor waits for the next one
    assert polina.post(add, {"direction": "education", "title": " "}, headers=HTMX).status_code == 422
    assert polina.post(add, {"direction": "nonsense", "title": "Вебинар"}).status_code == 404
    item = plan.items.get()
    address = reverse("plans:item", args=[item.public_id])
    saved = polina.post(address, typed(item, participants="родители 5 классов", starts_on="251126"), headers=HTMX)
    assert "Сохранено в" in saved.content.decode()
    item.refresh_from_db()
    assert (item.participants, item.starts_on, item.version) == ("родители 5 классов", date(2026, 11, 25), 1)
    bad = polina.post(address, typed(item, title="Другое", starts_on="01.10.2026"), headers=HTMX)
    assert bad.status_code == 422
    assert "вне срока плана" in bad.content.decode()
    assert "Другое" in bad.content.decode()
    stale = polina.post(address, typed(item, version=0, title="Поверх"), headers=HTMX)
    assert stale.status_code == 409
    assert "изменил другой" in stale.content.decode()
    plain = polina.post(address, typed(item, version=0, title="Поверх"))
    assert plain.status_code == 409
    assert PlanItem.objects.get().title == "Вебинар для родителей"


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"starts_on": "завтра"}, "правильную дату"), ({"responsible": "nobody"}, "нет в списке"),
        ({"title": ""}, "Напишите, что за мероприятие"), ({"title": "я" * 501}, "не более 500"),
    ],
)  # fmt: skip
def test_bad_values_stay_in_the_row(polina, plan, bad, told, headers):
    polina.post(reverse("plans:line_add", args=[plan.public_id]), {"direction": "methods", "title": "Педсовет"})
    item = plan.items.get()
    sent = typed(item, aim="Опечатка исправлена", **bad)
    answer = polina.post(reverse("plans:item", args=[item.public_id]), sent, headers=headers)
    assert answer.status_code == 422
    row = answer.content.decode().split(f'id="item-{item.public_id}"')[1].split("</form>")[0]
    errors = row.split(f'id="errors-{item.public_id}"')[1].split("</ul>")[0]
    assert told in errors
    assert "hidden" not in errors
    assert 'value="Опечатка исправлена"' in row
    if "responsible" not in bad:  # nobody stands in no list
        assert "".join(bad.values()) in row
    assert PlanItem.objects.get().title == "Педсовет"


def test_the_whole_path_on_pages_with_its_desks(school_cast, as_user, polina, plan):
    irina, daniil = as_user(school_cast.irina), as_user(school_cast.daniil)
    actor = school_cast.actor
    for title in ("Первое", "Второе"):
        polina.post(reverse("plans:line_add", args=[plan.public_id]), {"direction": "methods", "title": title})
    assert "исправить" not in str(desk_of(actor(school_cast.polina), TODAY))
    second = reverse("plans:item", args=[plan.items.get(title="Второе").public_id])
    polina.post(second, {"deed": "up"})
    assert [one.title for one in plan.items.order_by("order")] == ["Второе", "Первое"]
    polina.post(second, {"deed": "remove"})
    words = polina.post(reverse("plans:words", args=[plan.public_id]), {"aim": "Цель", "tasks": ""}, headers=HTMX)
    assert "Сохранено в" in words.content.decode()
    assert polina.post(reverse("plans:submit", args=[plan.public_id])).status_code == 302
    assert [one.todo for one in desk_of(actor(school_cast.irina), TODAY).today] == ["рассмотреть план"]
    empty = irina.post(reverse("plans:return", args=[plan.public_id]), {"remarks": ""})
    assert empty.status_code == 422
    assert irina.post(reverse("plans:return", args=[plan.public_id]), {"remarks": "Мало"}).status_code == 302
    assert [one.todo for one in desk_of(actor(school_cast.polina), TODAY).today] == ["исправить план по замечаниям"]
    assert "Мало" in polina.get(reverse("plans:plan", args=[plan.public_id])).content.decode()
    polina.post(reverse("plans:submit", args=[plan.public_id]))
    irina.post(reverse("plans:examine", args=[plan.public_id]))
    assert [one.todo for one in desk_of(actor(school_cast.daniil), TODAY).today] == ["утвердить план"]
    assert daniil.post(reverse("plans:approve", args=[plan.public_id])).status_code == 302
    page = polina.get(reverse("plans:plan", args=[plan.public_id])).content.decode()
    assert "утверждено" in page
    assert "идёт" in page
    assert polina.post(reverse("plans:change", args=[plan.public_id]), {"reason": ""}).status_code == 422
    polina.post(reverse("plans:change", args=[plan.public_id]), {"reason": "Карантин"})
    first = reverse("plans:item", args=[plan.items.get().public_id])
    assert "Снять" in polina.get(reverse("plans:plan", args=[plan.public_id])).content.decode()
    polina.post(first, {"deed": "drop", "drop_reason": ""})
    assert plan.items.get().drop_reason == "Карантин"
    polina.post(first, {"deed": "restore"})
    polina.post(reverse("plans:line_add", args=[plan.public_id]), {"direction": "methods", "title": "Третье"})
    polina.post(reverse("plans:submit", args=[plan.public_id]))
    irina.post(reverse("plans:examine", args=[plan.public_id]))
    daniil.post(reverse("plans:approve", args=[plan.public_id]))
    compared = polina.get(reverse("plans:versions", args=[plan.public_id])).content.decode()
    assert "Третье" in compared
    assert "Карантин" in compared
    larisa = as_user(school_cast.larisa)
    assert larisa.get(reverse("plans:plan", args=[plan.public_id])).status_code == 200
    assert larisa.post(reverse("plans:change", args=[plan.public_id]), {"reason": "Моя"}).status_code == 403
    assert as_user(school_cast.zakhar).get(reverse("plans:plan", args=[plan.public_id])).status_code == 404


def test_pages_ask_as_little_for_thirty_as_for_three(school_cast, polina, plan):
    actor = school_cast.actor(school_cast.polina)
    pages = (reverse("plans:plan", args=[plan.public_id]), reverse("plans:list"))
    counts = {page: [] for page in pages}
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            services.item_add(actor=actor, plan=plan, direction="methods", title=f"Дело {number}")
            if number % 3 == 0:
                services.plan_open(
                    actor=actor, horizon="week", day=date(2027, 1, 1 + number), owner=plan.owner, grow=False
                ) if number % 7 == 0 else None
        for page in pages:
            polina.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert polina.get(page).status_code == 200
            counts[page].append(len(asked))
    assert all(one[0] == one[1] for one in counts.values()), counts
