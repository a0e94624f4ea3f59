"""Keeping and destroying on the screen: the list of the year, a ban, the two people, the act."""

import html
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.people.retention.models import DestructionOrder, LegalHold

from .stage import destroyed, grown, proposed

pytestmark = pytest.mark.usefixtures("known_day")


def words(answer):
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def page(name, row):
    return reverse(f"retention:{name}", args=[row.public_id])


def test_the_list_shows_what_is_due_this_year_and_the_desk_counts_it(cast, as_user, daria_child):
    grown(cast)
    grown(cast, born=date(1998, 12, 30), last="Декабрёв")
    grown(cast, born=date(1999, 6, 1), last="Следующев")
    anna = as_user(cast.anna)

    def shown(query=""):
        text = words(anna.get(reverse("retention:list") + query))
        return {name for name in ("Взрослов", "Декабрёв", "Следующев", "Данилов") if f">{name}" in text}

    assert shown() == {"Взрослов", "Декабрёв"}
    assert shown("?due=now") == {"Взрослов"}
    assert shown("?due=next") == {"Взрослов", "Декабрёв", "Следующев"}
    assert shown("?due=") == {"Взрослов", "Декабрёв", "Следующев", "Данилов"}
    assert "Предложить к уничтожению карты с истёкшим сроком" in words(anna.get("/"))
    assert "20.11.2026" in anna.get(reverse("retention:list") + "?due=now&format=csv").content.decode("utf-8-sig")


def test_rows_cost_no_queries(cast, as_user):
    anna = as_user(cast.anna)
    for number in range(3):
        grown(cast, last=f"Взрослов-{number}")

    def cost():
        with CaptureQueriesContext(connection) as counted:
            assert anna.get(reverse("retention:list")).status_code == 200
        return len(counted)

    cost()
    few = cost()
    for number in range(20):
        grown(cast, last=f"Старшев-{number}")
    assert cost() == few


def test_anna_proposes_and_boris_destroys(cast, as_user):
    child, anna, boris = grown(cast), as_user(cast.anna), as_user(cast.boris)
    assert "Предложить уничтожить" in words(anna.get(page("card", child)))
    made = anna.post(page("propose", child), {"reason": "term"})
    order = DestructionOrder.objects.get()
    assert made.headers["Location"] == page("order", order)
    assert "Решает другой человек" in words(anna.get(page("order", order)))
    assert anna.post(page("confirm", order)).status_code == 403
    assert "Решить об уничтожении карты" in words(boris.get("/"))
    assert "Уничтожить карту и составить акт" in words(boris.get(page("order", order)))
    assert boris.post(page("confirm", order), follow=True).status_code == 200
    text = words(boris.get(page("order", order)))
    assert "Акт № 1/2026" in text
    assert "хранятся до 21 ноября 2029 г." in text
    assert "Взрослов" not in text
    for name in ("act", "log"):
        assert boris.get(page(name, order))["Content-Type"] == "application/pdf"
    assert "Карта уничтожена" in words(boris.get(page("card", child)))
    closed = boris.get(reverse("children:child", args=[child.public_id]))
    assert closed.status_code == 403
    assert page("order", order) in closed.content.decode()


def test_a_ban_is_placed_and_released(cast, as_user):
    child, boris = grown(cast), as_user(cast.boris)
    assert boris.post(page("hold", child), {"reason": "", "until": ""}).status_code == 422
    assert boris.post(page("hold", child), {"reason": "Запрос суда", "until": "01.12.2026"}).status_code == 302
    assert "уничтожать запрещено" in words(boris.get(reverse("retention:list")))
    refused = boris.post(page("propose", child), {"reason": "term"})
    assert refused.status_code == 422
    assert "запрет уничтожать" in words(refused)
    hold = LegalHold.objects.get()
    assert as_user(cast.anna).get(page("release", hold)).status_code == 403
    assert boris.post(page("release", hold), {"reason": "Суд закончен"}).status_code == 302
    assert "Суд закончен" in words(boris.get(page("card", child)))


def test_a_decision_may_be_no(cast, as_user):
    order, boris = proposed(cast, grown(cast)), as_user(cast.boris)
    assert boris.post(page("decline", order), {"reason": "Ждём архив"}).status_code == 302
    assert "Ждём архив" in words(boris.get(page("order", order)))


def test_the_destruction_asks_for_a_proof_of_who_it_is(cast, as_user, settings):
    order, boris = proposed(cast, grown(cast)), as_user(cast.boris)
    settings.STEP_UP_AGE = 0
    boris.post(page("confirm", order))
    assert DestructionOrder.objects.get().state == "proposed"


def test_strangers_specialists_and_the_operator_open_nothing(cast, as_user):
    order = destroyed(cast, grown(cast))
    for name in ("order", "act", "log"):
        assert as_user(cast.zakhar).get(page(name, order)).status_code == 404
        assert as_user(cast.vera).get(page(name, order)).status_code in (403, 404)
        assert as_user(cast.olga).get(page(name, order)).status_code in (403, 404)
    assert as_user(cast.vera).get(reverse("retention:list")).status_code == 403
