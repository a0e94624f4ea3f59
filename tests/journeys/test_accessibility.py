"""axe-core finds no serious or critical violation on any page of the path, in the usual and the low-vision look.
No page asks for a value that its view does not give.

One region with cases in every state is built; each page is opened by a person who works on it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines

from .school_walk import SCHOOL_PEOPLE, school_pages
from .walk import PEOPLE, pages_of, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")
SCAN = """async (grave) => {
  const all = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] };
  const seen = { type: "rule", values: ["color-contrast", "link-in-text-block", "scrollable-region-focusable"] };
  const asked = document.documentElement.outerHTML.matchAll(/⟦нет: (.*?)⟧/g);
  const found = [...asked].map(([, name]) => `${name} is not given to the template`);
  for (const look of ["usual", "low vision"]) {
    document.documentElement.classList.toggle("low-vision", look === "low vision");
    const runOnly = look === "usual" ? all : seen; // low vision changes colours and sizes, not names and roles
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    for (const one of violations.filter(({ impact }) => grave.includes(impact))) {
      const why = (node) => node.any.map((check) => check.message).join("; ");
      const told = one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} — ${why(node)}`);
      found.push(`${look}: ${one.id} (${one.impact}): ${told.join(" | ")}`);
    }
  }
  return found;
}"""


def test_no_page_of_the_path_shuts_anyone_out(signed_in, region_places, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "⟦нет: %s⟧")
    at, school = region_places.commission, region_places.school
    open_pages = {
        role: signed_in(person(here, role), reduced_motion="reduce")
        for here, roles in ((at, PEOPLE), (school, SCHOOL_PEOPLE))
        for role in roles
    }
    for window in open_pages.values():
        window.add_init_script(path=AXE)  # it is there before the page, whose policy lets no script in
    pages = [*pages_of(at), *school_pages(school)]
    found: list[str] = []
    for one in pages:
        window = open_pages[one.role]
        answer = window.goto(one.address)
        assert answer.status == 200, f"{one.name}: {answer.status}"
        found += [f"{one.name}: {words}" for words in window.evaluate(SCAN, GRAVE)]
    print(f"\naxe-core: {len(pages)} pages in two looks, {len(found)} serious or critical violations")
    assert not found, "\n".join(found)
