"""The week in a real browser: a slot is dragged, refused with words, and nudged by keys."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from .stage import add, begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


def test_a_slot_is_dragged_refused_and_nudged(school_cast, signed_in, known_day):
    from playwright.sync_api import expect

    schedule = begin(school_cast)
    slot, _ = add(school_cast, schedule), add(school_cast, schedule, "9:30", "11:00", weekday=2)
    page = signed_in(school_cast.larisa, viewport={"width": 1366, "height": 900})
    page.goto(reverse("schedules:schedule", args=[schedule.public_id]))
    shown = page.locator(f"[data-slot='{slot.public_id}']")

    def drag(column: int, down: int) -> None:
        box = shown.bounding_box()
        wide = page.locator(".week-day").first.bounding_box()["width"]
        page.mouse.move(box["x"] + 20, box["y"] + 10)
        page.mouse.down()
        page.mouse.move(box["x"] + 20 + wide * column, box["y"] + 10 + down, steps=4)
        expect(page.locator("#week-say .status-word")).to_be_visible(timeout=WAIT)  # told while it is dragged
        page.mouse.up()

    drag(1, 0)
    expect(page.locator("#week-say [role=alert]")).to_contain_text("в\u00a0это время", timeout=WAIT)
    expect(page.locator("[data-weekday='1'] .slot")).to_have_count(1)  # back where it was
    slot.refresh_from_db()
    assert (slot.weekday, slot.starts_at) == (1, time(9))
    hour = page.locator("#week ol").first.bounding_box()["height"] / 9
    drag(0, round(hour * 2))
    expect(page.locator("#week-say .status-word")).to_have_count(0, timeout=WAIT)
    expect(shown).to_contain_text("11:00—12:00")
    shown.locator("a").focus()
    with page.expect_response("**/move/", timeout=WAIT):  # sent once, after a pause
        for key in ("ArrowRight", "ArrowDown", "Shift+ArrowDown"):
            page.keyboard.press(key)
    expect(page.locator("[data-weekday='2'] .slot").last).to_contain_text("11:05—12:10", timeout=WAIT)
    expect(shown.locator("a")).to_be_focused(timeout=WAIT)
    slot.refresh_from_db()
    assert (slot.weekday, slot.starts_at, slot.ends_at) == (2, time(11, 5), time(12, 10))
