"""Every page holds its text at 390, 1366 and 1920 pixels and in low vision, with long names and with nothing at all.

`OPORA_PICTURES=folder` keeps a picture of each page at each width, to be looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from opora.commission.intake.models import Place
from opora.demo import region
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian

from .walk import PEOPLE, REGISTRAR, general_pages, pages_of, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

PICTURES = os.environ.get("OPORA_PICTURES")
SIZES = {"phone": (390, 844), "office": (1366, 768), "wide": (1920, 1080)}
LONG_NAME = ("Константинопольская-Преображенская-Благовещенская-Рождественская-Задунайская" + "а" * 80)[:80]
LONG_ADDRESS = ("Приозёрская область, Верхнереченский муниципальный округ, посёлок Новокраснопартизанский, " * 4)[:300]
LONG_TITLE = ("Государственное бюджетное учреждение «Центр психолого-педагогической помощи имени Первых» " * 5)[:400]
# What sticks out of its box: the page that scrolls sideways, the heading, button or cell whose text is cut.
MEASURE = """() => {
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


def measured(window, page, folder: str) -> list[str]:
    """Open once, look at every width; the low-vision look at the width of an office screen."""
    found = []
    answer = window.goto(page.address)
    assert answer.status == 200, f"{page.name}: {answer.status}"
    window.wait_for_function("document.fonts.status === 'loaded'")
    for name, (width, height) in SIZES.items():
        window.set_viewport_size({"width": width, "height": height})
        found += [f"{page.name} at {width}: {words}" for words in window.evaluate(MEASURE)]
        picture(window, folder, f"{page.name} {name}")
    window.set_viewport_size({"width": 1366, "height": 768})
    window.evaluate("document.documentElement.classList.add('low-vision')")
    found += [f"{page.name} in low vision: {words}" for words in window.evaluate(MEASURE)]
    picture(window, folder, f"{page.name} low")
    return found


def picture(window, folder: str, name: str) -> None:
    if PICTURES:
        place = Path(PICTURES) / folder
        place.mkdir(parents=True, exist_ok=True)
        window.screenshot(path=place / (re.sub(r"[^\w.-]+", "_", name) + ".png"), full_page=True)


@pytest.fixture
def windows(signed_in):
    return lambda at: {role: signed_in(person(at, role)) for role in PEOPLE}


def walked(windows, pages, folder: str) -> list[str]:
    found = [words for page in pages for words in measured(windows[page.role], page, folder)]
    print(f"\n{folder}: {len(pages)} pages at {len(SIZES)} widths and in low vision, {len(found)} faults")
    return found


def test_long_names_break_no_page(windows, db):
    region.build(children=60, cases=64)
    at = Organisation.objects.get(kind="central_commission")
    lengthen()
    assert walked(windows(at), pages_of(at), "long") == []


def test_an_empty_commission_says_what_comes(windows, cast):
    assert walked(windows(cast.commission), [*general_pages()], "empty") == []


def test_empty_lists_tell_how_they_are_filled(windows, cast):
    """No list is a blank sheet: it says what will be here or offers the first step."""
    window = windows(cast.commission)[REGISTRAR]
    for page in general_pages():
        if page.role == REGISTRAR and page.name.endswith((":list", ":sessions", ":handovers", ":booking", ":examined")):
            window.goto(page.address)
            if window.locator(".list-body").count() and not window.locator("tbody tr").count():
                assert len(window.locator(".empty").inner_text()) > 20, page.name
