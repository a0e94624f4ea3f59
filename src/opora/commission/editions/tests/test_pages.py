"""«Нормативная база» as people see it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.commission.editions.describing import TABLES
from opora.commission.editions.models import ConfirmedValue
from opora.foundation.accounts.models import User
from opora.foundation.organisations.scope import within
from opora.regulations.edition import edition, edition_codes
from tests.cast import prove

from .stage import POINT, Region, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Region:
    return region()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    prove(client, user)
    return client


def page(user: User, address: str) -> str:
    response = client_of(user).get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_everyone_of_the_commission_sees_what_is_in_force_and_what_is_unverified(stage: Region) -> None:
    text = page(stage.cast.vera, "/law/")

    assert "Положение о ПМПК 2024 года" in text
    assert text.count("сверить с официальным текстом") >= len(edition("2025").unverified)
    assert "5 рабочих дней" in text
    assert "подтвердить<" not in text


def test_recalled_figures_stand_under_recalled_and_never_as_used(stage: Region) -> None:
    text = page(stage.polina, "/law/")
    row = next(one for one in text.split("<tr") if "Протокол заседания ППк" in one)

    assert 'data-label="Применяется">—' in row
    assert 'data-label="По памяти">5 рабочих дней' in row


def test_head_of_the_central_commission_confirms_on_the_page_and_the_branch_sees_who_did(stage: Region) -> None:
    address = "/law/doubts/term/conclusion_copy/"
    assert 'value="5"' in page(stage.polina, address)
    answer = client_of(stage.polina).post(address, {
        "value": "3", "unit": "working_days", "counts_from": "проведение обследования", "act": "order_763",
        "point": "п. 22 Положения", "since": "01.03.2025", "note": "",
    })  # fmt: skip

    assert answer.status_code == 302
    with within(stage.central):
        row = ConfirmedValue.objects.get()
    assert row.clause.replace("\u00a0", " ") == POINT
    text = page(stage.cast.anna, "/law/")
    assert "3 рабочих дня" in text
    assert "Полякова Полина Павловна" in text
    assert "Полякова" not in page(stage.cast.zakhar, "/law/")


def test_wrong_form_keeps_what_was_typed_and_says_what_is_missing(stage: Region) -> None:
    answer = client_of(stage.polina).post("/law/doubts/term/conclusion_copy/", {
        "value": "-1", "unit": "working_days", "act": "", "point": "п. 22; п. 23", "since": "вчера",
    })  # fmt: skip
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "п. 22; п. 23" in text
    assert "Один документ и один пункт" in text.replace("\u00a0", " ")
    with within(stage.central):
        assert not ConfirmedValue.objects.exists()


def test_question_asks_for_words(stage: Region) -> None:
    address = "/law/doubts/question/commission_composition/"
    client = client_of(stage.polina)
    wanted = {"act": "order_763", "point": "п. 5", "since": "01.03.2025"}

    assert client.post(address, wanted).status_code == 422
    assert client.post(address, {**wanted, "note": "Состав определяет учредитель."}).status_code == 302
    assert "Состав определяет учредитель." in page(stage.cast.boris, "/law/")


def test_head_of_a_territorial_commission_reads_why_it_is_not_his(stage: Region) -> None:
    address = "/law/doubts/term/conclusion_copy/"
    text = page(stage.cast.boris, address)

    assert "Значения сверяет руководитель центральной ПМПК" in text
    assert 'name="value"' not in text
    answer = client_of(stage.cast.boris).post(address, {
        "value": "3", "unit": "working_days", "act": "order_763", "point": "п. 1", "since": "01.03.2025",
    })  # fmt: skip
    assert answer.status_code == 422


def test_confirmed_value_is_corrected_and_annulled_with_a_reason(stage: Region) -> None:
    row = stage.confirm()
    client = client_of(stage.polina)
    text = client.get(f"/law/values/{row.public_id}/correct/").content.decode().replace("\u00a0", " ")
    assert "п. 22 Положения" in text
    wanted = {
        "value": "4", "unit": "working_days", "act": "order_763", "point": "п. 23", "since": "01.03.2025",
        "counts_from": "", "reason": "Опечатка",
    }  # fmt: skip
    assert client.post(f"/law/values/{row.public_id}/correct/", {**wanted, "reason": ""}).status_code == 422
    assert client.post(f"/law/values/{row.public_id}/correct/", wanted).status_code == 302
    with within(stage.central):
        last = ConfirmedValue.objects.in_force().get()
    assert client.post(f"/law/values/{last.public_id}/annul/", {"reason": "Приказ изменён"}).status_code == 302
    history = page(stage.polina, "/law/doubts/term/conclusion_copy/")
    assert "Приказ изменён" in history
    assert "Опечатка" in history
    assert client_of(stage.cast.zakhar).get(f"/law/values/{last.public_id}/annul/").status_code == 404


def test_search_finds_rules_by_word_and_by_clause(stage: Region) -> None:
    text = page(stage.cast.vera, "/law/?q=утечк")
    assert "Первое уведомление об утечке" in text
    assert "24 часа" in text
    assert "Таких правил в редакции нет" in page(stage.cast.vera, "/law/?q=абракадабра")
    assert page(stage.cast.vera, "/law/?q=%00")


def test_act_shows_its_status_and_its_rules(stage: Region) -> None:
    assert "последний день — 28.02.2025" in page(stage.cast.vera, "/law/acts/order_1082/")
    text = page(stage.cast.vera, "/law/acts/order_1014/")
    assert "сверить с официальным текстом" in text
    assert "по памяти: заменён другим документом" in text
    assert "ФАООП" in page(stage.cast.vera, "/law/acts/order_1026/")
    assert client_of(stage.cast.vera).get("/law/acts/nothing/").status_code == 404


def test_pages_of_the_law_show_what_changed_and_no_doubt_among_it(stage: Region) -> None:
    text = page(stage.cast.vera, "/law/changes/")

    assert "01.09.2025" in text
    assert "Первое уведомление об утечке" in text
    assert "Протокол заседания ППк" not in text


def test_every_kind_of_entry_has_a_name_for_the_screen() -> None:
    assert {table for code in edition_codes() for table in edition(code).tables} - set(TABLES) == set()


def test_pages_cost_the_same_with_few_and_many_confirmed_values(stage: Region) -> None:
    client = client_of(stage.polina)
    client.get("/law/")
    counts = []
    for code in ("conclusion_copy", "card_retention", "consilium_protocol", "consilium_teachers_told"):
        stage.confirm(code=code)
        with CaptureQueriesContext(connection) as asked:
            client.get("/law/")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
