"""A browser walks every page while a hostile text stands in every field: the policy reports nothing, nothing runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

# The listener is there before the first line of the page; what the page's own scripts did is asked at the end.
LISTENER = """() => {
  window.__reports = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.__reports.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
}"""
# The header names features of all browsers, each complains of those it has not; answers are judged by their status.
SAID_ELSEWHERE = ("Error with Permissions-Policy header: Unrecognized feature", "Failed to load resource")
# What would be in the page if a text had become markup.
TAKEN = """() => [...document.querySelectorAll(`
  img[src='x'], [onerror], [onload], [onfocus], iframe[srcdoc], base,
  script:not([src]):not([type='application/json'])`)]
  .map((node) => node.outerHTML.slice(0, 160))"""


@dataclass
class Walked:
    """`seen` pages show the hostile text as words; `closed` ones are not for the person who walks."""

    pages: int = 0
    seen: int = 0
    closed: int = 0
    faults: list[str] = field(default_factory=list)


def listen(window: Any, walked: Walked) -> None:
    """Whatever the browser complains of or is asked by a script is a fault of the page it stands on."""
    window.add_init_script(f"({LISTENER})()")
    window.on("console", lambda said: _said(walked, window, said))
    window.on("pageerror", lambda error: _note(walked, window, "script", str(error)))
    window.on("response", lambda got: _answered(walked, window, got))
    window.on("requestfailed", lambda request: _failed(walked, window, request))

    def refuse(dialog: Any) -> None:
        _note(walked, window, "dialog", dialog.message)
        dialog.dismiss()

    window.on("dialog", refuse)


def _note(walked: Walked, window: Any, kind: str, words: str) -> None:
    walked.faults.append(f"{window.url}: {kind}: {words[:300]}")


def _said(walked: Walked, window: Any, said: Any) -> None:
    if said.type in ("error", "warning") and not said.text.startswith(SAID_ELSEWHERE):
        _note(walked, window, "console", said.text)


def _answered(walked: Walked, window: Any, got: Any) -> None:
    """A file of another colleague's case is closed, which is no fault of the page; nothing else may be missing."""
    if got.status == 404 and got.request.is_navigation_request():
        walked.closed += 1
    elif got.status >= 400:
        _note(walked, window, str(got.status), got.url)


def _failed(walked: Walked, window: Any, request: Any) -> None:
    if "csp" in (request.failure or "").lower():
        _note(walked, window, "blocked", request.url)


def walk(window: Any, addresses: Iterable[str], walked: Walked) -> None:
    """Open each page, wait for its scripts, ask what was reported."""
    for address in addresses:
        window.goto(address)
        walked.pages += 1
        window.wait_for_load_state("load")
        walked.seen += "alert(1)" in window.inner_text("body")
        walked.faults += [f"{address}: policy: {one}" for one in window.evaluate("() => window.__reports")]
        walked.faults += [f"{address}: markup: {one}" for one in window.evaluate(TAKEN)]


def short(pages: list[Any]) -> Iterator[Any]:
    """Each page once: its other states, and what other roles see of it, are for the long walk."""
    seen = set[str]()
    for one in pages:
        name = one.name.split(" ")[0]
        if name not in seen:
            seen.add(name)
            yield one
