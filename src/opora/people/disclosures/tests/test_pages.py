"""Requests for information on the screen: from the child's file to the list."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.audit.models import Event
from opora.people.disclosures.models import Disclosure
from opora.people.disclosures.services import scan_attach

from .stage import CAME, body, decided, request_of, scan, sent

pytestmark = pytest.mark.usefixtures("known_day")


def words(answer):
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def page(name, subject):
    return reverse(f"disclosures:{name}", args=[subject.public_id])


def typed(**fields):
    usual = {
        "ground": "request", "recipient_name": "Бюро МСЭ № 14", "recipient_kind": "disability_bureau",
        "asked_by_name": "Староверова Е. И.", "asked_by_post": "руководитель бюро", "request_number": "218/14",
        "request_on": "10.11.2026", "received_on": "12.11.2026", "asked": "Сведения из протокола и заключения",
    }  # fmt: skip
    return usual | fields


def test_anna_writes_a_request_down_and_boris_answers(cast, as_user, daria_child):
    anna, boris = as_user(cast.anna), as_user(cast.boris)
    file = reverse("children:child", args=[daria_child.public_id])
    assert "Сведения никому не передавали" in words(anna.get(file))
    made = anna.post(page("new", daria_child), typed(scan=scan()))
    found = Disclosure.objects.get()
    assert made.headers["Location"] == page("disclosure", found)
    assert found.recipient.kind == "disability_bureau"
    text = words(anna.get(page("disclosure", found)))
    assert "Дальше: «Решить и подписать ответ» — руководитель комиссии" in text
    assert page("decide", found) in words(boris.get(page("disclosure", found)))
    answer = {"decision": "give", "categories": ["development"], "knowledge": "told", "told_on": "20.11.2026"}
    assert boris.post(page("decide", found), answer | {"on": "21.11.2026"}).status_code == 302
    assert anna.post(page("send", found), {"way": "channel", "sent_on": "21.11.2026"}).status_code == 302
    receipt = {"on": "21.11.2026", "receipt": scan()}
    assert anna.post(page("acknowledge", found), receipt).status_code == 302
    text = words(anna.get(page("disclosure", found)))
    assert "исх. № 1/2026" in text
    assert "по защищённому каналу" in text
    assert anna.get(page("scan", found))["Content-Disposition"].startswith("attachment")
    assert anna.get(page("receipt", found)).status_code == 200
    assert "Бюро МСЭ № 14" in words(anna.get(file))


def test_a_call_is_answered_with_the_clause_and_the_typed_stays(cast, as_user, daria_child):
    refused = as_user(cast.anna).post(page("new", daria_child), typed(ground="oral"))
    assert refused.status_code == 422
    assert "положение о Службе сопровождения, п. 3.7" in words(refused)
    assert "218/14" in words(refused)
    assert not Disclosure.objects.exists()


def test_the_same_form_sent_twice_makes_one_request(cast, as_user, daria_child):
    anna = as_user(cast.anna)
    answers = [anna.post(page("new", daria_child), typed(form_key="один-раз")) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Disclosure.objects.count() == 1


def test_without_the_scan_the_page_says_what_is_missing(cast, as_user, daria_child):
    boris, found = as_user(cast.boris), request_of(cast, daria_child, scanned=False)
    assert "Сначала приложите скан" in words(boris.get(page("disclosure", found)))
    answer = {"decision": "give", "categories": ["health"], "knowledge": "told", "told_on": "20.11.2026"}
    refused = boris.post(page("decide", found), answer | {"on": "21.11.2026"})
    assert refused.status_code == 422
    assert "Сначала приложите скан запроса" in words(refused)
    assert "Выберите файл" in words(boris.post(page("attach", found), follow=True))
    assert boris.post(page("attach", found), {"scan": scan()}, follow=True).status_code == 200
    assert boris.post(page("decide", found), answer | {"on": "21.11.2026"}).status_code == 302


def test_an_unclear_request_leads_to_its_clarification(cast, as_user, daria_child):
    anna = as_user(cast.anna)
    first = sent(cast, decided(cast, request_of(cast, daria_child), decision="clarify", reason="Не указана цель."))
    again = f"{page('new', daria_child)}?after={first.public_id}"
    assert "Внести уточнённый запрос" in words(anna.get(page("disclosure", first)))
    assert "Заречный районный суд" in words(anna.get(again))
    anna.post(again, typed())
    assert first.later.count() == 1
    assert "Уточнён" in words(anna.get(page("disclosure", first)))
    assert anna.get(f"{page('new', daria_child)}?after=чужое").status_code == 404


def test_the_list_is_narrowed_by_period_body_and_state(cast, as_user, daria_child):
    anna, court, police = as_user(cast.anna), body("court", "Суд района"), body("police", "ПДН района")
    sent(cast, decided(cast, request_of(cast, daria_child, court)))
    request_of(cast, daria_child, police, due_on=CAME)
    address = reverse("disclosures:list")

    def shown(query=""):
        text = words(anna.get(address + query))
        return {name for name in ("Суд района", "ПДН района") if f">{name}<" in text}

    assert shown() == {"Суд района", "ПДН района"}
    assert shown("?recipient=court") == {"Суд района"}
    assert shown("?state=received") == {"ПДН района"}
    assert shown("?period=last_year") == set()
    assert shown("?q=1/2026") == {"Суд района"}
    assert "ПДН района" in anna.get(address + "?format=csv").content.decode("utf-8-sig")


def test_rows_cost_no_queries(cast, as_user, daria_child):
    anna, court = as_user(cast.anna), body("court", "Суд района")
    for _ in range(3):
        request_of(cast, daria_child, court, scanned=False)
    anna.get("/")

    def cost():
        with CaptureQueriesContext(connection) as counted:
            assert anna.get(reverse("disclosures:list")).status_code == 200
        return len(counted)

    cost()
    few = cost()
    for _ in range(20):
        request_of(cast, daria_child, court, scanned=False)
    assert cost() == few


def test_the_desk_tells_each_of_his_own_step(cast, as_user, daria_child):
    anna, boris = as_user(cast.anna), as_user(cast.boris)
    found = request_of(cast, daria_child, scanned=False)
    assert "Приложить скан запроса" in words(anna.get("/"))
    scan_attach(actor=cast.actor(cast.anna), disclosure=found, upload=scan())
    assert "Решить по запросу сведений" in words(boris.get("/"))
    assert "Решить по запросу сведений" not in words(anna.get("/"))
    decided(cast, found)
    assert "Отправить ответ на запрос" in words(anna.get("/"))


def test_strangers_and_specialists_open_nothing(cast, as_user, daria_child):
    answer = decided(cast, request_of(cast, daria_child))
    for name in ("disclosure", "scan", "send", "annul", "decide", "acknowledge"):
        assert as_user(cast.zakhar).get(page(name, answer)).status_code == 404, name
        assert as_user(cast.vera).get(page(name, answer)).status_code == 403, name
    assert as_user(cast.vera).get(reverse("disclosures:list")).status_code == 403
    assert "Кому передавали сведения" not in words(
        as_user(cast.vera).get(reverse("children:child", args=[daria_child.public_id]))
    )


def test_opening_a_request_is_an_event(cast, as_user, daria_child):
    found = request_of(cast, daria_child)
    as_user(cast.anna).get(page("disclosure", found))
    assert Event.objects.filter(code="disclosure.opened", subject_id=found.public_id).count() == 1
