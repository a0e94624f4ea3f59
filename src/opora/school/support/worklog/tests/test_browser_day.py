"""Six entries of a day in a real browser, without a mouse."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opora.people.children.search import index_rebuild
from opora.school.support.worklog.models import WorkEntry

from .stage import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIX = [
    ("1", "Данил", "Память и внимание"), ("3", "Увар", "Ссора с подругой"), ("4", "Данил", "Подготовка к школе"),
    ("5", "", "Приёмы работы"), ("7", "", "Собрание"), ("8", "", "Отчёт"),
]  # fmt: skip


def test_a_day_is_entered_by_keys_alone(signed_in, people):
    from playwright.sync_api import expect

    index_rebuild(people.school)
    page = signed_in(people.polina)
    page.goto(f"{reverse('worklog:day')}?day={TODAY:%Y-%m-%d}#work-individual")
    for key, who, topic in SIX:
        expect(page.locator("#work-individual")).to_be_focused()
        page.keyboard.press(key)
        if who:
            page.keyboard.type(who)
            page.keyboard.press("Enter")
            expect(page.locator(".child-line")).to_have_count(1)
            expect(page.locator("#id_topic")).to_be_focused()
        elif key == "5":
            page.keyboard.press("Tab")
        page.keyboard.type(topic)
        with page.expect_navigation():
            page.keyboard.press("Control+Enter")

    kept = WorkEntry.objects.filter(is_draft=False).order_by("pk")
    assert [one.topic for one in kept] == [topic for _, _, topic in SIX]
    assert [one.children.count() for one in kept] == [1, 1, 1, 0, 0, 0]
