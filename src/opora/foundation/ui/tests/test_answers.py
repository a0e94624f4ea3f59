"""A press of a button: done, or refused with nothing of it left."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from opora.foundation.access.refusals import Refusal
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.answers import carried_out, taken

REFUSAL = Refusal("late", "Поздно.", "п. 1", field="term")
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return Organisation.objects.create(kind="school", full_name="Школа", short_name="Школа")


@pytest.fixture
def request_(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)
    return request


def said(request):
    return [(one.level_tag, str(one)) for one in get_messages(request)]


def refuse():
    Organisation.objects.update(short_name="Другая")
    raise REFUSAL


def test_what_is_done_is_said_and_the_next_page_opens(request_):
    answers = (
        carried_out(request_, lambda: None, "/back/", done="Готово.", onwards="/next/"),
        taken(request_, lambda: None, "", "/next/"),
    )

    assert [one["Location"] for one in answers] == ["/next/", "/next/"]
    assert said(request_) == [("success", "Готово.")]


@pytest.mark.parametrize(
    ("anchor", "address"), [(None, "/back/#a"), ("", "/back/#term"), ("section-", "/back/#section-term")]
)
def test_a_refusal_is_said_at_the_place_that_it_names_and_undoes_the_deed(request_, place, anchor, address):
    answer = carried_out(request_, refuse, "/back/#a", done="Готово.", anchor=anchor)

    assert (answer.status_code, answer["Location"]) == (302, address)
    assert said(request_) == [("error", "Поздно. (п. 1)")]
    assert Organisation.objects.get(pk=place.pk).short_name == "Школа"


def test_bad_values_are_said_too(request_):
    def deed():
        raise ValidationError(["Длинно.", "Пусто."])

    assert carried_out(request_, deed, "/back/", anchor="")["Location"] == "/back/"
    assert said(request_) == [("error", "Длинно. Пусто.")]


def test_a_refused_step_has_a_page_of_its_own_or_the_one_it_was_taken_from(request_):
    own = taken(request_, refuse, "Готово.", "/next/")
    given = taken(request_, refuse, "Готово.", "/next/", otherwise=lambda one: HttpResponse(one.code, status=422))

    assert (own.status_code, "Поздно." in own.content.decode()) == (409, True)
    assert (given.status_code, given.content) == (422, b"late")
    assert said(request_) == []
