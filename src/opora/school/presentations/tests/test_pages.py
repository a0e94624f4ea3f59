"""Pages: one click from the desk to the sheet, ticks, bad input, lists that ask the same for three rows and thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.accounts.models import User
from opora.school.presentations import services
from opora.school.presentations.models import (
    CharacteristicHandover,
    CommissionPackage,
    Presentation,
    PresentationRequest,
)
from tests.cast import organisation
from tests.school_cast import SchoolCast, pupil_of

from .test_presentations import TODAY, ask, characteristic

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("known_day")


def url(name: str, row: object) -> str:
    return reverse(f"presentations:{name}", args=[row.public_id])  # type: ignore[attr-defined]


def test_a_request_stands_on_the_desk_and_one_click_opens_the_sheet(school_cast: SchoolCast, as_user: SignIn) -> None:
    (asked,) = ask(school_cast, ("tatiana", "characteristic"))
    client = as_user(school_cast.tatiana)
    assert url("sheet", asked.presentation) in client.get("/").content.decode()
    page = client.get(url("sheet", asked.presentation)).content.decode()
    assert "Нарушений учебной дисциплины практически нет." in page.replace("\u00a0", " ")
    assert "Данилова Дарья Петровна" in page
    assert "Для служебного пользования" in page


def test_ticking_in_the_background_answers_with_what_is_ticked(school_cast: SchoolCast, as_user: SignIn) -> None:
    sheet = characteristic(school_cast)
    section = sheet.sections.get(code="c_writing")
    client = as_user(school_cast.tatiana)
    address = url("choices", section)
    answer = client.post(address, {"chosen": ["c_writing_hand.left"]}, headers={"X-Requested-With": "fetch"})
    assert answer.json() == {"version": 1, "chosen": ["c_writing_hand.left"]}
    assert client.post(address, {"chosen": ["c_writing_hand.right"]}).status_code == 302
    section.refresh_from_db()
    assert section.text == "Пишет правой рукой."
    assert as_user(school_cast.elena).post(address, {"chosen": []}).status_code == 403


def test_finishing_first_tells_what_is_missing_then_lets_it_be(school_cast: SchoolCast, as_user: SignIn) -> None:
    sheet, client = characteristic(school_cast), as_user(school_cast.tatiana)
    answer = client.post(url("finish", sheet))
    assert answer.status_code == 422
    assert "Не указана цель" in answer.content.decode().replace("\u00a0", " ")
    assert client.post(url("finish", sheet), {"anyway": "1"}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.finished_on == TODAY


def test_wrong_hours_are_refused_beside_their_field_and_stay(school_cast: SchoolCast, as_user: SignIn) -> None:
    school_cast.agreed(school_cast.misha)
    (asked,) = ask(school_cast, ("polina", "psychologist"))
    client, address = as_user(school_cast.polina), url("details", asked.presentation)
    for given, said in (
        ({"examined_on": "20.11.2026", "time_from": "11:00", "time_to": "10:00"}, "позже, чем начинается"),
        ({"examined_on": "22.11.2026"}, "ещё не наступил"),
        ({"time_from": "25:99"}, "время"),
        ({"purpose": "<script>"}, "вариант"),
    ):
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(address, given, headers=headers)
            assert answer.status_code == 422, given
            assert said in answer.content.decode().replace("\u00a0", " ").lower()
    asked.presentation.refresh_from_db()
    assert asked.presentation.examined_on is None
    assert client.post(address, {"purpose": "consilium"}, headers={"HX-Request": "true"}).status_code == 200


def test_request_form_offers_the_own_teacher_and_keeps_what_was_typed(school_cast: SchoolCast, as_user: SignIn) -> None:
    client, address = as_user(school_cast.elena), url("request", school_cast.misha)
    page = client.get(address).content.decode()
    assert "Титова" in page
    assert "Устинова" not in page
    teacher = f"{school_cast.post(school_cast.tatiana).public_id}:characteristic"
    given = {"asked": [teacher], "purpose": "commission", "due_on": "20.11.2026", "note": "Письмо"}
    answer = client.post(address, given)
    assert answer.status_code == 422
    assert "Письмо" in answer.content.decode()
    assert not PresentationRequest.objects.exists()
    assert client.post(address, given | {"asked": ["x:y"]}).status_code == 422
    assert client.post(address, given | {"due_on": "01.12.2026"}).status_code == 302
    assert PresentationRequest.objects.get().due_on == date(2026, 12, 1)


def test_handing_over_and_packing_on_the_page(school_cast: SchoolCast, as_user: SignIn) -> None:
    school_cast.agreed(school_cast.misha)
    commission = organisation("territorial_commission", "ПМПК района")
    by_teacher, by_psychologist = (
        one.presentation for one in ask(school_cast, ("tatiana", "characteristic"), ("polina", "psychologist"))
    )
    for sheet, user in ((by_teacher, school_cast.tatiana), (by_psychologist, school_cast.polina)):
        services.presentation_finish(actor=school_cast.actor(user), presentation=sheet, on=TODAY)
    client = as_user(school_cast.elena)
    assert "недопустима" in client.get(url("hand_over", by_psychologist)).content.decode()
    mother = school_cast.mother(school_cast.misha).public_id
    refused = client.post(url("hand_over", by_psychologist), {"guardian": mother, "handed_on": "21.11.2026"})
    assert refused.status_code == 422
    done = client.post(url("hand_over", by_teacher), {"guardian": mother, "handed_on": "21.11.2026"})
    assert done.status_code == 302
    assert CharacteristicHandover.objects.count() == 1
    papers = [by_teacher.public_id, by_psychologist.public_id]
    address = url("package_new", school_cast.misha)
    assert client.post(address, {"presentations": papers}).status_code == 422
    assert client.post(address, {"presentations": papers, "commission": commission.public_id}).status_code == 302
    page = client.get(url("package", CommissionPackage.objects.get())).content.decode()
    assert "сходится" in page
    assert "нельзя" in page
    assert as_user(school_cast.tatiana).get(url("package", CommissionPackage.objects.get())).status_code == 403


def test_taking_from_the_past_and_earlier_texts_open(school_cast: SchoolCast, as_user: SignIn) -> None:
    tatiana = school_cast.actor(school_cast.tatiana)
    old = characteristic(school_cast, on=date(2026, 10, 1))
    services.presentation_fill(actor=tatiana, presentation=old, texts={"c_maths": "Считает."})
    services.presentation_finish(actor=tatiana, presentation=old, on=date(2026, 10, 2))
    new, client = characteristic(school_cast), as_user(school_cast.tatiana)
    assert "Взять из прошлого" in client.get(url("sheet", new)).content.decode()
    assert client.post(url("carry", new)).status_code == 302
    assert "Взято из прошлого" in client.get(url("sheet", new)).content.decode()
    assert client.get(url("section_earlier", new.sections.get(code="c_maths"))).status_code == 200
    assert "взят из прошлого" in client.get(url("lacks", new)).content.decode().replace("\u00a0", " ")
    assert client.get(url("sheet", old)).status_code == 200


def test_without_consent_the_sheet_says_so_and_keeps_its_fields_closed(
    school_cast: SchoolCast, as_user: SignIn
) -> None:
    (asked,) = ask(school_cast, ("polina", "psychologist"))
    client = as_user(school_cast.polina)
    page = client.get(url("sheet", asked.presentation)).content.decode()
    assert "Согласия родителей на обследование в школе нет" in page
    assert "data-section-text" not in page
    section = asked.presentation.sections.get(code="p_contact")
    answer = client.post(
        url("section", section), {"text": "Контакт", "version": "0"}, headers={"X-Requested-With": "fetch"}
    )
    assert answer.status_code == 422
    school_cast.agreed(school_cast.misha)
    assert "data-section-text" in client.get(url("sheet", asked.presentation)).content.decode()


def many(cast: SchoolCast, last: str, count: int) -> None:
    for number in range(count):
        child = pupil_of(cast.four_a, f"{last}{number}", "Имя", "Отчество")
        services.presentation_request(
            actor=cast.actor(cast.elena), child=child, asked=[(cast.post(cast.tatiana), "characteristic")],
            due_on=TODAY + timedelta(days=3), on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["elena", "tatiana"])
def test_the_list_asks_as_few_queries_for_thirty_rows_as_for_three(
    school_cast: SchoolCast, as_user: SignIn, who: str
) -> None:
    client, counts = as_user(getattr(school_cast, who)), []
    for last, count in (("Первый", 3), ("Второй", 27)):
        many(school_cast, last, count)
        client.get(reverse("presentations:list"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("presentations:list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert Presentation.objects.count() == 30
