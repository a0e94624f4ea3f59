"""axe-core finds no serious or critical violation on any page of the path, in the usual and the low-vision look.
No page asks for a value that its view does not give.

One region with cases in every state is built; each page is opened by a person who works on it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from opora.demo import region
from opora.foundation.organisations.models import Organisation

from .walk import PEOPLE, pages_of, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("browser"),
]

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
NOT_GIVEN = re.compile("⟦нет: (.*?)⟧")
GRAVE = ("serious", "critical")
SCAN = """async (grave) => {
  const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] };
  const found = [];
  for (const look of ["usual", "low vision"]) {
    document.documentElement.classList.toggle("low-vision", look === "low vision");
    const { violations } = await axe.run(document, rules);
    for (const one of violations.filter(({ impact }) => grave.includes(impact))) {
      const why = (node) => node.any.map((check) => check.message).join("; ");
      const told = one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} — ${why(node)}`);
      found.push(`${look}: ${one.id} (${one.impact}): ${told.join(" | ")}`);
    }
  }
  return found;
}"""


def test_no_page_of_the_path_shuts_anyone_out(browser, served, signed_in, db, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "⟦нет: %s⟧")
    region.build(children=60, cases=64)
    at = Organisation.objects.get(kind="central_commission")
    open_pages = {role: signed_in(person(at, role), bypass_csp=True, reduced_motion="reduce") for role in PEOPLE}
    pages = pages_of(at)
    found: list[str] = []
    for one in pages:
        window = open_pages[one.role]
        answer = window.goto(one.address)
        assert answer.status == 200, f"{one.name}: {answer.status}"
        found += [f"{one.name}: {name} is not given to the template" for name in NOT_GIVEN.findall(window.content())]
        window.add_script_tag(path=AXE)
        found += [f"{one.name}: {words}" for words in window.evaluate(SCAN, GRAVE)]
    print(f"\naxe-core: {len(pages)} pages in two looks, {len(found)} serious or critical violations")
    assert found == []
