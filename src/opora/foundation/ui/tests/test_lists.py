"""The list machine on the directory of organisations, which needs no child."""

import time

import pytest
from django.db.models import Q
from django.test import RequestFactory

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, list_response, narrowed, ordered

LISTING = Listing(
    title="Организации",
    name="organisations",
    columns=[
        Column("name", "Название", lambda row: row.short_name, ("short_name",), kind="main"),
        Column("district", "Район", lambda row: row.district, ("district", "short_name")),
        Column("kind", "Вид", lambda row: row.get_kind_display()),
    ],
    order="name",
    row_url=lambda row: f"/organisations/{row.public_id}/",
    search=lambda rows, text: rows.filter(short_name__icontains=text),
    chips=[
        Chip("kind", "Вид", [Choice("school", "школы", Q(kind="school")), Choice("other", "другие", Q(kind="other"))])
    ],
)


@pytest.fixture
def place(db):
    for number in range(120):
        kind = "school" if number % 2 else "other"
        Organisation.objects.create(kind=kind, full_name="x", short_name=f"Школа {number:03}", district=str(number % 3))
    return Organisation.objects.first()


@pytest.fixture
def ask(place):
    person = User.objects.create(username="anna", last_name="Иванова")

    def get(query="", *, htmx=False):
        request = RequestFactory().get(f"/organisations/{query}")
        request.actor, request.htmx, request.user = Actor(person, place), htmx, person
        request.session = {
            "account_authentication_methods": [{"method": "password", "at": time.time()}],
            "account_authentication_methods_user": str(person.pk),
        }
        return request

    return get


@pytest.mark.parametrize("asked", ["password", "organisation__secret", "kind", "-kind", "name;drop", "--name"])
def test_sorting_outside_the_list_of_columns_falls_back_to_the_usual_order(place, asked):
    rows = ordered(LISTING, Organisation.objects.all(), asked)
    assert rows.first().short_name == "Школа 000"


def test_sorting_turns_round(place):
    assert ordered(LISTING, Organisation.objects.all(), "-name").first().short_name == "Школа 119"


def test_unknown_choice_of_a_chip_narrows_nothing(ask):
    assert narrowed(LISTING, Organisation.objects.all(), ask("?kind=secret")).count() == 120
    assert narrowed(LISTING, Organisation.objects.all(), ask("?kind=school&q=001")).count() == 1


@pytest.mark.parametrize(("page", "first"), [("1", "000"), ("3", "100"), ("999", "100"), ("x", "000")])
def test_page_out_of_range_shows_the_nearest_one(ask, page, first):
    html = list_response(ask(f"?page={page}"), LISTING, Organisation.objects.all()).content.decode()
    rows = html.split("<tbody>")[1]
    assert f"Школа {first}" in rows.split("</tr>")[0]


def test_same_address_answers_a_page_and_a_fragment(ask):
    page = list_response(ask(), LISTING, Organisation.objects.all())
    fragment = list_response(ask(htmx=True), LISTING, Organisation.objects.all())
    assert b"<!doctype html>" in page.content
    assert fragment.content.startswith(b'<section id="list-body"')
    assert "HX-Request" in fragment["Vary"]


def test_a_page_takes_the_same_queries_whatever_it_holds(ask, django_assert_num_queries):
    with django_assert_num_queries(2):
        list_response(ask(htmx=True), LISTING, Organisation.objects.all())


def test_empty_list_says_how_it_is_filled_and_a_vain_search_says_so(ask):
    nothing = list_response(ask(), LISTING, Organisation.objects.none()).content.decode()
    assert LISTING.empty in nothing
    assert "Ничего не найдено" in list_response(ask("?q=zzz"), LISTING, Organisation.objects.all()).content.decode()


def test_export_is_an_event(ask):
    response = list_response(ask("?format=csv&kind=school"), LISTING, Organisation.objects.all())
    assert response["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    assert Event.objects.get().details == {"title": "Организации", "format": "csv", "count": 60}


def test_nul_in_the_search_is_dropped(ask):
    assert narrowed(LISTING, Organisation.objects.all(), ask("?q=%00")).count() == 120
