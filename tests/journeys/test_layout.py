"""Every page holds its text at 390, 1366 and 1920 pixels and in low vision, with long names and with nothing at all.

`OPORA_PICTURES=folder` keeps a picture of each page at each width, to be looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from opora.commission.intake.models import Place
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.school.support.analysis.models import Problem
from opora.school.support.contacts.models import OutsideContact
from opora.school.support.groups.models import Group
from opora.school.support.materials.models import Material, MaterialTopic
from opora.school.support.passports.models import PassportRow
from opora.school.support.plans.models import PlanItem
from opora.school.support.schoolyear.models import Cabinet, DayOff
from opora.school.support.worklog.models import WorkEntry

from .school_walk import SCHOOL_PEOPLE, general_school_pages, school_pages
from .walk import PEOPLE, REGISTRAR, general_pages, pages_of, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

PICTURES = os.environ.get("OPORA_PICTURES")
# Each page is loaded once and stretched; an office screen shows it in the usual look and in low vision.
PHONE, OFFICE, WIDE = (390, 844), (1366, 768), (1920, 1080)
LOOKS = (("phone", PHONE), ("office", OFFICE), ("low", OFFICE), ("wide", WIDE))
NARROW = (("phone", PHONE), ("low", OFFICE))  # the pages of a school are measured on a phone and in low vision alone
Looks = tuple[tuple[str, tuple[int, int]], ...]
LONG_NAME = ("Константинопольская-Преображенская-Благовещенская-Рождественская-Задунайская" + "а" * 80)[:80]
LONG_ADDRESS = ("Приозёрская область, Верхнереченский муниципальный округ, посёлок Новокраснопартизанский, " * 4)[:300]
# What people of a support service call their things.
TITLED: tuple[tuple[Any, str], ...] = (
    (Group, "title"), (Material, "title"), (MaterialTopic, "title"), (PlanItem, "title"), (WorkEntry, "topic"),
    (OutsideContact, "body_title"), (PassportRow, "title"), (Problem, "problem"), (Cabinet, "title"),
    (DayOff, "title"),
)  # fmt: skip
LONG_TITLE = ("Государственное бюджетное учреждение «Центр психолого-педагогической помощи имени Первых» " * 5)[:400]
# What sticks out of its box: the page that scrolls sideways, the heading, button or cell whose text is cut.
MEASURE = """async (look) => {
  await document.fonts.ready;
  document.documentElement.classList.toggle("low-vision", look === "low");
  const found = [];
  const told = (node) => `<${node.tagName} class="${node.className}"> ${node.textContent.trim().slice(0, 60)}`;
  const scrolls = (node) => node && node !== document.body
    && (["auto", "scroll"].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const room = document.documentElement.clientWidth;
  const hides = (node) => getComputedStyle(node).clipPath.startsWith("inset(50%");
  const clipped = (node) => node && (hides(node) || clipped(node.parentElement));
  const shown = (node) => node.checkVisibility() && !node.closest(".skip, .menu") && !clipped(node);
  if (document.documentElement.scrollWidth > room) {
    const wide = [...document.querySelectorAll("main *, header *")]
      .filter((node) => shown(node) && !scrolls(node.parentElement) && node.getBoundingClientRect().right > room + 1);
    found.push(`sideways ${document.documentElement.scrollWidth} > ${room}: ${wide.slice(-2).map(told).join(" | ")}`);
  }
  const held = "h1, h2, h3, .btn, td, th, dd, dt, label, .chip, .status-word, .row-link, .note";
  for (const node of document.querySelectorAll(held)) {
    if (!shown(node)) continue;
    const box = node.getBoundingClientRect();
    if (getComputedStyle(node).display !== "inline" && node.scrollWidth > node.clientWidth + 2)
      found.push(`cut ${node.scrollWidth} > ${node.clientWidth}: ${told(node)}`);
    if (!scrolls(node) && (box.right > room + 1 || box.left < -1)) found.push(`outside: ${told(node)}`);
  }
  return found;
}"""


def lengthen() -> None:
    """Give everyone and everything the longest name that the forms take."""
    for kind in (Child, Guardian):
        kind.objects.update(
            last_name=LONG_NAME, first_name="Александрина-Елизавета", middle_name="Константиновна-Ибрагимовна",
            registered_address=LONG_ADDRESS,
        )  # fmt: skip
    Organisation.objects.update(full_name=LONG_TITLE, address=LONG_ADDRESS, short_name=LONG_TITLE[:120])
    Place.objects.update(title=LONG_TITLE[:120], address=LONG_ADDRESS)
    for kind, name in TITLED:
        room = kind._meta.get_field(name).max_length - 8
        words = Concat(Value(f"{LONG_NAME} {LONG_TITLE * 2}"[:room]), Cast("pk", CharField()))  # some are told once
        kind.objects.update(**{name: words})


def measured(window, page, folder: str, looks: Looks) -> list[str]:
    """Open once, see each look."""
    found = []
    answer = window.goto(page.address)
    assert answer.status == 200, f"{page.name}: {answer.status}"
    for name, (width, height) in looks:
        if window.viewport_size["width"] != width:
            window.set_viewport_size({"width": width, "height": height})
        found += [f"{page.name}, {name} at {width}: {words}" for words in window.evaluate(MEASURE, name)]
        picture(window, folder, f"{page.name} {name}")
    return found


def picture(window, folder: str, name: str) -> None:
    if PICTURES:
        place = Path(PICTURES) / folder
        place.mkdir(parents=True, exist_ok=True)
        window.screenshot(path=place / (re.sub(r"[^\w.-]+", "_", name) + ".png"), full_page=True)


@pytest.fixture
def windows(signed_in):
    return lambda at, people=PEOPLE: {role: signed_in(person(at, role)) for role in people}


def walked(windows, pages, folder: str, looks: Looks = LOOKS) -> list[str]:
    found = [words for page in pages for words in measured(windows[page.role], page, folder, looks)]
    print(f"\n{folder}: {len(pages)} pages in {len(looks)} looks, {len(found)} faults")
    return found


def test_long_names_break_no_page(windows, region_places):
    at, school = region_places.commission, region_places.school
    lengthen()
    faults = walked(windows(at), pages_of(at), "long")
    faults += walked(windows(school, SCHOOL_PEOPLE), school_pages(school), "long school", NARROW)
    assert not faults, "\n".join(faults)


def test_an_empty_commission_says_what_comes(windows, cast):
    assert walked(windows(cast.commission), [*general_pages()], "empty") == []


def test_an_empty_school_says_what_comes(windows, school_cast):
    at = windows(school_cast.school, SCHOOL_PEOPLE)
    assert walked(at, [*general_school_pages()], "empty school", NARROW) == []


def test_empty_lists_tell_how_they_are_filled(windows, cast):
    """No list is a blank sheet: it says what will be here or offers the first step."""
    window = windows(cast.commission)[REGISTRAR]
    for page in general_pages():
        if page.role == REGISTRAR and page.name.endswith((":list", ":sessions", ":handovers", ":booking", ":examined")):
            window.goto(page.address)
            if window.locator(".list-body").count() and not window.locator("tbody tr").count():
                assert len(window.locator(".empty").inner_text()) > 20, page.name
