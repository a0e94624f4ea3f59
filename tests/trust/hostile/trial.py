"""Carrying the inputs out, each rolled back, and counting what came of them."""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.signals import got_request_exception
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.permissions.savepoints import cell

from .knocks import Knock
from .stage import Stage, body_of, renew

# What a page must never hold unescaped: the beginnings of the scripts that were sent.
LIVE = re.compile(r"<script>alert|<img src=x onerror|<svg onload|<iframe srcdoc|<base href=//|<meta http-equiv=refresh")
WORDS = re.compile("[а-яё]{4}", re.IGNORECASE)
SHOWN_FAULTS = 40


@dataclass
class Tally:
    kinds: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

    def told(self) -> str:
        lines = [f"{kind:<28}{count:>7}" for kind, count in sorted(self.kinds.items())]
        lines.append(f"{'inputs':<28}{self.kinds.total():>7}")
        lines += [f"answer {status:<21}{count:>7}" for status, count in sorted(self.answers.items())]
        lines.append(f"{'answers 5xx':<28}{self.errors:>7}")
        lines.append(f"{'other faults':<28}{len(self.faults) - self.errors:>7}")
        lines.append(f"{'seconds':<28}{self.seconds:>7.0f}")
        return "\n".join([*lines, *self.faults[:SHOWN_FAULTS]])


def faults_of(knock: Knock, answer: HttpResponse) -> Iterator[str]:
    """What is wrong with an answer that is no error: live markup, another host, a refusal without words."""
    where = f"{knock.kind} {knock.method} {knock.name}: {answer.status_code}"
    target = urlsplit(answer.headers.get("Location", ""))
    if target.netloc or target.scheme:
        yield f"{where} leads away to {target.netloc}"
    kind = answer.headers.get("Content-Type", "")
    if not kind.startswith("text/") or answer.streaming or "Content-Disposition" in answer.headers:
        return
    page = body_of(answer)
    if kind.startswith("text/html") and (live := LIVE.search(page)):
        yield f"{where} live markup: {page[max(0, live.start() - 80) : live.end() + 40]!r}"
    wordless = answer.status_code >= 400 and answer.status_code != 405 and knock.method not in ("HEAD",)
    if wordless and not WORDS.search(page) and knock.name != "nowhere":
        yield f"{where} without a word: {page[:120]!r}"


@contextmanager
def overhearing() -> Iterator[list[str]]:
    """What the program fell over, in one line each."""
    heard: list[str] = []

    def note(**_: Any) -> None:
        error = sys.exc_info()[1]
        assert error is not None
        frames = [one for one in traceback.extract_tb(error.__traceback__) if "opora" in one.filename]
        place = f"{frames[-1].filename.rpartition('src/')[2]}:{frames[-1].lineno}" if frames else "?"
        heard.append(f"{type(error).__name__}: {str(error)[:160]} at {place}")

    got_request_exception.connect(note)
    try:
        yield heard
    finally:
        got_request_exception.disconnect(note)


class Trial:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.unchecked = {one.label: self._unchecked(one.client) for one in stage.persons}
        with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.db"):
            self.nobody = Client(raise_request_exception=False)
            self.nobody.get("/healthz")  # the handler reads its settings at the first request

    def _unchecked(self, like: Client) -> Client:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies = like.cookies
        return client

    def run(self, knocks: Iterable[Knock]) -> Tally:
        tally, started = Tally(), time.monotonic()
        with overhearing() as heard:
            for knock in knocks:
                heard.clear()
                with cell():
                    answer = self._carried_out(knock)
                    tally.kinds[knock.kind] += 1
                    tally.answers[answer.status_code] += 1
                    if answer.status_code >= 500 or heard:
                        tally.errors += 1
                        where = f"{knock.kind} {knock.method} {knock.name} {knock.path[-200:]!r}"
                        tally.faults.insert(0, f"{where}: {answer.status_code} {heard}")
                    else:
                        tally.faults += faults_of(knock, answer)
                    if answer.streaming:
                        body_of(answer)  # to its end: only then is the request over
                self._keep_signed_in(knock, answer)
        tally.seconds = time.monotonic() - started
        return tally

    def _client(self, knock: Knock) -> Client:
        if knock.by == "nobody":
            self.nobody.cookies.clear()
            return self.nobody
        keeper = self.stage.keepers.get(knock.name, self.stage.persons[0])
        if knock.by == "unchecked":
            self.unchecked[keeper.label].cookies = keeper.client.cookies
            return self.unchecked[keeper.label]
        return keeper.client

    def _carried_out(self, knock: Knock) -> HttpResponse:
        extra = {"HTTP_" + key.upper().replace("-", "_"): value for key, value in knock.headers.items()}
        for bare in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            if f"HTTP_{bare}" in extra:
                extra[bare] = extra.pop(f"HTTP_{bare}")
        return self._client(knock).generic(knock.method, knock.path, knock.body, knock.content_type, **extra)

    def _keep_signed_in(self, knock: Knock, answer: HttpResponse) -> None:
        """A session lives in memory and is not rolled back: whoever was signed out signs in again."""
        if knock.by == "nobody":
            return
        person = self.stage.keepers.get(knock.name, self.stage.persons[0])
        own = knock.name.startswith(("account_", "mfa_", "entrance:", "ui:choose"))
        if own or "sessionid" in answer.cookies or "/account/" in answer.headers.get("Location", ""):
            renew(person)
