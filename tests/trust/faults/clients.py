"""People who save and register over HTTP as their browsers do: what was not acknowledged is sent again, the same."""

from __future__ import annotations

import http.client
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32  # the cookie and the header of the CSRF check agree
PATIENCE = 60.0  # seconds after which an unacknowledged write is called lost


@dataclass
class Answer:
    status: int
    body: str
    headers: dict[str, str]


def get(port: int, path: str, cookie: str = "", timeout: float = 30) -> Answer:
    return _ask(port, "GET", path, cookie, None, {}, timeout)


def post(
    port: int, path: str, cookie: str, fields: dict[str, str], *, plain: bool = False, timeout: float = 40
) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
    if not plain:
        headers["X-Requested-With"] = "fetch"
    return _ask(port, "POST", path, cookie, urlencode(fields), headers, timeout)


def _ask(
    port: int, method: str, path: str, cookie: str, body: str | None, headers: dict[str, str], timeout: float
) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        sent = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "Connection": "close"} if cookie else {"Connection": "close"}
        connection.request(method, path, body=body, headers=sent | headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode(errors="replace"), dict(answer.getheaders()))
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


class Budget:
    """How many writes are still to be made, and how many were acknowledged."""

    def __init__(self, writes: int) -> None:
        self._left, self._lock = writes, threading.Lock()
        self.acknowledged = 0

    def take(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def done(self) -> None:
        with self._lock:
            self.acknowledged += 1


@dataclass
class Person(threading.Thread):
    """One client. `texts` and `registered` are what the server has acknowledged to him."""

    number: int
    port: int
    world: dict[str, Any]
    budget: Budget
    children: list[dict[str, str]]
    sections: list[str]
    versions: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    registered: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    retries: int = 0
    served: float = 0.0  # the beginning of the last request that was acknowledged
    pages: int = 0  # refusals in the product's own words: 503 and 507
    over: bool = False

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        try:
            count = 0
            while self.budget.take() and not self.over:
                count += 1
                if self.children and count % 10 == 0:
                    self._register(self.children.pop())
                else:
                    self._save(
                        self.sections[count % len(self.sections)], f"{self.number}: запись {count}. Речь «ясная»."
                    )
        except Exception as error:  # a client that dies would otherwise hide what it has not written
            self.problems.append(f"client {self.number}: {error!r}")

    def _save(self, section: str, text: str) -> None:
        version = self.versions.get(section, 0)
        fields = {"text": text, "version": str(version)}
        answer = self._until_acknowledged(f"/sessions/sections/{section}/", self.world["specialist"], fields, {200})
        if answer is None:
            return
        if f'"version": {version + 1}' not in answer.body:
            self.problems.append(f"{section}: version {version + 1} expected: {answer.body[:80]}")
        self.versions[section], self.texts[section] = version + 1, text
        self.budget.done()

    def _register(self, child: dict[str, str]) -> None:
        fields = self.world["application"] | {
            "applicant": child["guardian"], "reason": f"Трудности, {self.number}", "form_key": f"key-{child['child']}",
        }  # fmt: skip
        path = f"/intake/new/{child['child']}/"
        answer = self._until_acknowledged(path, self.world["registrar"], fields, {302}, plain=True)
        if answer is None:
            return
        location = answer.headers.get("Location", answer.headers.get("location", ""))
        if "/receive/" not in location:
            self.problems.append(f"registration led to {location}")
        self.registered[child["child"]] = location
        self.budget.done()

    def _until_acknowledged(
        self, path: str, cookie: str, fields: dict[str, str], good: set[int], *, plain: bool = False
    ) -> Answer | None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.over:
            begun = time.monotonic()
            try:
                answer = post(self.port, path, cookie, fields, plain=plain)
            except OSError:
                self.retries += 1
                time.sleep(0.05 + random.random() / 10)
                continue
            if answer.status in good:
                self.served = begun
                return answer
            if answer.status < 500:
                self.problems.append(f"{path}: {answer.status} {answer.body[:120]!r}")
                return None
            self.retries += 1
            if answer.status in (503, 507) and answer.headers.get("X-Incident", answer.headers.get("x-incident")):
                self.pages += 1
            else:
                self.problems.append(f"{path}: {answer.status} {answer.body[:120]!r}")
            time.sleep(0.05 + random.random() / 5)
        self.problems.append(f"{path}: not acknowledged for {PATIENCE:.0f} s")
        return None
