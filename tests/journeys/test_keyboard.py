"""A registrar files a repeat application without the mouse: from the search to the booked hour by keys alone."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from opora.commission.cases.models import Case
from opora.commission.conclusions.tests import stage as discussion
from opora.commission.intake.models import Booking
from opora.commission.intake.tests import stage as reception
from opora.people.children.search import index_rebuild
from opora.school.support.worklog.models import EntryChild, WorkEntry
from tests.cast import child_of

from .service_steps import Keys, six_entries

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


MANY = 40


class Hands:
    """Hands on the keyboard: nothing else touches the page. `groups` counts presses and typed phrases."""

    def __init__(self, page) -> None:
        self.page = page
        self.groups: list[str] = []

    def press(self, keys: str) -> None:
        self.groups.append(keys)
        self.page.keyboard.press(keys)

    def type(self, words: str) -> None:
        self.groups.append(f"«{words}»")
        self.page.keyboard.type(words)

    def arrive(self, address: str) -> None:
        self.page.wait_for_url(re.compile(address))
        self.page.wait_for_load_state("networkidle")

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")


@pytest.fixture
def examined_before(cast, daria_child):
    """Миша was examined once; the register has others beside him."""
    case = discussion.discussed(cast, daria_child, number=900, day=timezone.localdate())
    Case.objects.filter(pk=case.pk).update(status="handed", finished_on=timezone.localdate())
    for last in ("Абрамов", "Борисов", "Ширяев"):
        child_of(cast.commission, last)
    index_rebuild(cast.commission)
    reception.slot_at(reception.place_of(cast.commission))
    return daria_child


def test_a_repeat_application_is_filed_by_keys_alone(signed_in, cast, examined_before):
    page = signed_in(cast.anna)
    hands = Hands(page)
    page.goto(reverse("children:list"))

    hands.press("/")
    hands.type("данилов миша")
    expect(page.locator("tbody tr")).to_have_count(1)
    hands.press("Escape")
    hands.press("j")
    hands.press("Enter")
    hands.arrive(rf"/children/{examined_before.public_id}/$")

    hands.press("Control+Enter")  # Принять заявление
    hands.arrive("/intake/new/")
    assert page.locator("[name=is_repeat][value='1']").is_checked()
    assert hands.focused() == "reason"
    hands.press("Control+A")
    hands.type("Конец начальной школы, нужен новый маршрут.")
    hands.press("Control+Enter")
    hands.arrive("/receive/$")
    case = Case.objects.latest("pk")
    assert case.application.is_repeat

    hands.press("Control+Enter")  # Подписано, принять: the dates of today stand in the form, the consents hold
    hands.arrive("/papers/$")
    left = case.papers.missing().count()
    assert left
    for missing in reversed(range(left)):
        go_to_a_missing_paper(hands)
        hands.press("Enter")
        expect(page.locator(".paper.is-missing")).to_have_count(missing)
        page.wait_for_load_state("networkidle")
    hands.press("Control+Enter")  # Принять документы
    hands.arrive(rf"/cases/{case.public_id}/$")
    case.refresh_from_db()
    assert case.status == "ready"

    hands.press("Control+Enter")  # Записать на обследование
    hands.arrive("/book/$")
    hands.press("Control+Enter")  # the nearest hour
    hands.arrive(rf"/cases/{case.public_id}/$")
    assert Booking.objects.get().case == case
    assert len(hands.groups) < MANY
    print(f"\nkeyboard: a repeat application in {len(hands.groups)} keys and phrases: {' '.join(hands.groups)}")


def go_to_a_missing_paper(hands: Hands) -> None:
    """`j` goes down the papers; after each tick the focus goes on by itself."""
    ready = "document.activeElement.matches('.paper.is-missing [data-row-main]')"
    while not hands.page.evaluate(ready):
        hands.press("j")
        assert len(hands.groups) < MANY, "the next paper is too far to reach"


def test_the_page_of_keys_opens_and_closes_by_keys(signed_in, cast):
    page = signed_in(cast.anna)
    page.goto(reverse("desk"))
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys-dialog")).to_be_hidden()


def test_a_form_that_was_begun_is_not_lost_by_escape(signed_in, cast, daria_child):
    page = signed_in(cast.anna)
    address = reverse("intake:application_new", args=[daria_child.public_id])
    page.goto(address)
    page.keyboard.type("Причина")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#notes")).to_contain_text("Набранное ещё не сохранено")
    assert page.url.endswith(address)


MOST_FOR_SIX = 130  # presses and letters together


def test_six_entries_of_a_day_are_logged_by_keys_alone(signed_in, school_cast, record_property):
    """The day of a psychologist: a lesson, the same with another child, talks, a measured result, papers."""
    with time_machine.travel(datetime(2026, 11, 18, 15, tzinfo=ZoneInfo("Europe/Moscow")), tick=True):
        index_rebuild(school_cast.school)
        school_cast.agreed(school_cast.misha)
        page = signed_in(school_cast.polina)
        page.goto(reverse("worklog:day"))
        keys = Keys(page)
        six_entries(keys)

    kept = WorkEntry.objects.filter(is_draft=False).order_by("pk")
    assert [one.topic for one in kept] == [
        "Внимание", "Внимание", "Ссора с другом", "Режим дня", "Память", "Отчёт",
    ]  # fmt: skip
    assert [one.children.count() for one in kept] == [1, 1, 1, 1, 1, 0]
    assert EntryChild.objects.get(entry__kind="diagnostics").value == 7
    record_property("six_entries", f"{keys.presses} presses, {keys.letters} letters")
    print(f"\nsix entries: {keys.presses} presses and {keys.letters} letters: {' '.join(keys.told)}")
    assert keys.count < MOST_FOR_SIX
