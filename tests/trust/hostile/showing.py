"""What pages and papers make of hostile texts that already stand in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.urls import reverse

from opora.records.documents.builders import CASE_FORMS
from opora.records.documents.tests.paper_text import text_of
from tests.permissions.house import PDF
from tests.permissions.savepoints import cell

from .payloads import HOSTILE, MARKUP
from .planting import plant
from .stage import Stage, body_of, renew, route_of, routes, sign_in_again
from .trial import LIVE, overhearing

BEGINNING = MARKUP[:25]


@dataclass
class Shown:
    """`planted` fields hold the text; `pages` and `papers` are those in which it was found as text."""

    planted: int = 0
    pages: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def shown(stage: Stage, states: Collection[str] = (), text: str = HOSTILE) -> Shown:
    """The text in every field: escaped in pages, word for word in papers, and nothing falls over.

    `states` are those of the cases whose papers are printed; all of them when none is named.
    """
    found = Shown()
    with cell(), overhearing() as heard:
        found.planted = plant(text)
        for name, target, answer in _answers(stage, states):
            if answer.status_code >= 500 or heard:
                found.faults.append(f"{name} {target}: {answer.status_code} {heard}")
                heard.clear()
            elif answer.get("Content-Type", "").startswith("application/pdf"):
                _look_into_paper(found, name, target, answer)
            elif answer.get("Content-Type", "").startswith("text/html"):
                _look_into_page(found, name, answer)
    for person in stage.persons:
        renew(person)  # the sessions that began inside are rolled back with it
    return found


def _answers(stage: Stage, states: Collection[str]) -> Iterator[tuple[str, str, HttpResponse]]:
    """Every page, the papers of each case, the paper of every journal."""
    today = f"{stage.house.today:%Y-%m-%d}"
    for name in routes():
        declared = route_of(name)
        if declared is None or "GET" not in declared.methods:
            continue
        query = f"?since={today}&until={today}" if name.endswith("_pdf") else ""
        yield from _got(stage, name, stage.address(name) + query)
        if declared.model is None and declared.action:
            yield from _got(stage, name, stage.address(name) + "?format=print")
    for case in [one for state, one in stage.house.cases.items() if not states or state in states]:
        yield from _got(stage, "cases:case", stage.address("cases:case", case.public_id))
        yield from _got(stage, "children:child", stage.address("children:child", case.child.public_id))
        for code in CASE_FORMS:
            target = reverse("documents:case_form", kwargs={"public_id": case.public_id, "code": code})
            yield from _got(stage, "documents:case_form", target)


def _got(stage: Stage, name: str, target: str) -> Iterator[tuple[str, str, HttpResponse]]:
    with cell():
        yield name, target, stage.keeper(name).client.get(target)
    sign_in_again(stage, name)


def _look_into_page(found: Shown, name: str, answer: HttpResponse) -> None:
    page = body_of(answer)
    if live := LIVE.search(page):
        found.faults.append(f"{name}: live markup {page[max(0, live.start() - 120) : live.end()]!r}")
    if "&lt;script&gt;alert" in page:
        found.pages.add(name)


def _look_into_paper(found: Shown, name: str, target: str, answer: HttpResponse) -> None:
    """Files that were kept come as they were; what is drawn now holds the text sign by sign."""
    if answer.content == PDF:
        return
    words = "".join(text_of(answer.content).split())
    if BEGINNING in words:
        found.papers.add(target.rpartition("/")[2] if name == "documents:case_form" else name)
    if words.count("#panic(") != words.count("#panic(1)"):
        found.faults.append(f"{target}: the text is changed")
