"""Faults that pass: the disk is full, the database is away, the clock is set back, the server starts anew.

Each function returns the sentences of what did not go as promised; none is good.
"""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path
from typing import Any

from .clients import Answer, get, post
from .place import Place, tiny_disk

YESTERDAY = Path(__file__).parent / "yesterday"
BALLAST = "ballast"
CHILDREN = 24  # as in the short runs, so that a place is made once


class Observed:
    """Collects what went wrong, and the figures on the way."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.figures: list[str] = []

    def expect(self, true: bool, what: str) -> None:
        if not true:
            self.wrong.append(what)


def _save(place: Place, world: dict[str, Any], text: str, version: int, *, plain: bool = False) -> Answer:
    fields = {"text": text, "version": str(version), "csrfmiddlewaretoken": "a" * 32}
    path = f"/sessions/sections/{world['sections'][0]}/"
    return post(place.port, path, world["specialist"], fields, plain=plain)


def _register(place: Place, world: dict[str, Any], index: int) -> Answer:
    child = world["children"][index]
    fields = world["application"] | {
        "applicant": child["guardian"], "reason": "Трудности", "form_key": f"key-{child['child']}",
    }  # fmt: skip
    return post(place.port, f"/intake/new/{child['child']}/", world["registrar"], fields, plain=True)


def _header(answer: Answer, name: str) -> str:
    return next((value for key, value in answer.headers.items() if key.lower() == name.lower()), "")


def _is_clear_page(seen: Observed, answer: Answer, status: set[int], words: str, what: str) -> None:
    seen.expect(answer.status in status, f"{what}: {answer.status} instead of {sorted(status)}")
    seen.expect(words in answer.body, f"{what}: the page does not say «{words}»: {answer.body[:200]!r}")
    seen.expect(bool(_header(answer, "X-Incident")), f"{what}: no number of the incident")
    seen.expect(bool(_header(answer, "Retry-After")), f"{what}: nothing says when to come again")
    seen.expect("Traceback" not in answer.body, f"{what}: a trace is shown")


def _is_kept(seen: Observed, answer: Answer, text: str, what: str) -> None:
    seen.expect(text in answer.body, f"{what}: what was typed is not given back")
    seen.expect("Отправить ещё раз" in answer.body, f"{what}: no button to send it again")


def disk_full(megabytes: int = 48) -> Observed | None:
    """A full disk under database, files and journal of SQLite. None where no file system may be mounted."""
    seen = Observed()
    with tiny_disk(megabytes) as disk:
        if disk is None:
            return None
        with Place("sqlite", home=disk / "home") as place:
            world = place.made(children=CHILDREN)
            place.open()
            seen.expect(_save(place, world, "до", 0).status == 200, "disk: the first save")
            _fill(disk / BALLAST)
            long = "Текст при полном диске. " * 800
            refused, base = _until_refused(place, world, long)
            _is_clear_page(seen, refused, {507}, "Кончилось место на диске", "full disk, in the background")
            page = _save(place, world, long, base, plain=True)
            _is_clear_page(seen, page, {507}, "Кончилось место на диске", "full disk, a page")
            _is_kept(seen, page, "Текст при полном диске", "full disk")
            (disk / BALLAST).unlink()
            begun = time.monotonic()
            again = _save(place, world, long, base)
            seen.expect(again.status == 200, f"space is back: {again.status} {again.body[:100]!r}")
            seen.expect(_register(place, world, 0).status == 302, "space is back: a registration")
            seen.figures.append(f"served {time.monotonic() - begun:.1f} s after space was freed, without a restart")
            _is_sound(seen, place, {world["sections"][0]: [base + 1, long.strip("\n")]})
    return seen


def _fill(path: Path) -> None:
    """Take all the space there is."""
    handle, size = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 1024 * 1024
    try:
        while size:
            try:
                os.write(handle, b"\0" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                size //= 2
    finally:
        os.close(handle)


def _until_refused(place: Place, world: dict[str, Any], text: str) -> tuple[Answer, int]:
    """The log of SQLite has some space of its own: fill that too, a section each time.

    Gives the answer and the version of the section that was refused: the first one was saved before.
    """
    base = 1
    for _ in range(200):
        answer = _save(place, world, text, base)
        if answer.status != 200:
            break
        base = 0
        world["sections"] = [*world["sections"][1:], world["sections"][0]]
        _fill(place.home.parent / BALLAST)
    return answer, base


def database_away() -> Observed:
    """PostgreSQL is stopped and started again; server and worker are never restarted."""
    seen = Observed()
    with Place("postgresql") as place:
        assert place.postgres is not None
        world = place.made(children=CHILDREN)
        place.open()
        seen.expect(_save(place, world, "до", 0).status == 200, "database: the first save")
        starts = (place.server.starts, place.worker.starts)
        place.postgres.stop(by=2)
        _is_clear_page(
            seen,
            _save(place, world, "во время", 1),
            {503},
            "База данных не отвечает",
            "database away, in the background",
        )
        page = _save(place, world, "Набранное во время", 1, plain=True)
        _is_clear_page(seen, page, {503}, "База данных не отвечает", "database away, a page")
        _is_kept(seen, page, "Набранное во время", "database away")
        _is_clear_page(
            seen,
            get(place.port, "/cases/", world["registrar"]),
            {503},
            "База данных не отвечает",
            "database away, a list",
        )
        seen.expect(get(place.port, "/healthz").status == 503, "healthz says nothing of the database")
        time.sleep(3)  # the worker asks for work meanwhile
        place.postgres.start()
        begun = time.monotonic()
        answers = [_save(place, world, "после", 1).status for _ in range(1)]
        seen.expect(answers == [200], f"database back: {answers}")
        for _ in range(16):  # every thread of every process finds its way back
            seen.expect(get(place.port, "/cases/", world["registrar"]).status == 200, "database back: a list")
        seen.figures.append(f"served {time.monotonic() - begun:.1f} s after the database was back, without a restart")
        seen.expect(_register(place, world, 0).status == 302, "database back: a registration")
        seen.expect(place.server.alive() and place.worker.alive(), "server or worker has died")
        seen.expect((place.server.starts, place.worker.starts) == starts, "server or worker was restarted")
        _is_sound(seen, place, {world["sections"][0]: [2, "после"]})
    return seen


def clock_back(database: str = "sqlite") -> Observed:
    """The clock of server, worker and commands goes back by a day, by a time-machine in each of their processes."""
    seen = Observed()
    with Place(database) as place:
        world = place.made(children=CHILDREN)
        place.open()
        seen.expect(_save(place, world, "сегодня", 0).status == 200, "clock: a save today")
        seen.expect(_register(place, world, 0).status == 302, "clock: a registration today")
        place.server.stop()
        place.worker.stop()
        for process in (place.server, place.worker):
            process.environment["PYTHONPATH"] = _with_yesterday(process.environment)
        place.open()
        seen.expect(_save(place, world, "вчера", 1).status == 200, "clock back: a save in the same session")
        world["application"] |= {"on": _yesterday()}
        seen.expect(_register(place, world, 1).status == 302, "clock back: a registration")
        for path in ("/", "/cases/", "/children/"):
            seen.expect(get(place.port, path, world["registrar"]).status == 200, f"clock back: {path}")
        told = place.opora("check", PYTHONPATH=_with_yesterday(place.environment))
        seen.expect(told.returncode == 1 and "Часы: отстают" in told.stdout, f"opora check is silent: {told.stdout}")
        seen.expect("цепочки целы" in told.stdout, "clock back: the journals do not agree")
        place.server.stop()
        place.worker.stop()
        for process in (place.server, place.worker):
            process.environment["PYTHONPATH"] = place.environment.get("PYTHONPATH", "")
        place.open()
        seen.expect(_save(place, world, "снова сегодня", 2).status == 200, "clock right again: a save")
        seen.expect(_register(place, world, 2).status in (200, 302), "clock right again: a registration")
        _is_sound(seen, place, {world["sections"][0]: [3, "снова сегодня"]})
    return seen


def _with_yesterday(environment: dict[str, str]) -> str:
    return os.pathsep.join(filter(None, (str(YESTERDAY), environment.get("PYTHONPATH", ""))))


def _yesterday() -> str:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    return f"{datetime.now(ZoneInfo('Europe/Moscow')) - timedelta(days=1):%d.%m.%Y}"


def server_restart(database: str = "sqlite") -> Observed:
    """Sessions, texts and accepted forms outlive a restart of the server."""
    seen = Observed()
    with Place(database) as place:
        world = place.made(children=CHILDREN)
        place.open()
        seen.expect(_save(place, world, "до", 0).status == 200, "restart: a save")
        first = _register(place, world, 0)
        place.server.kill_all()
        assert place.server.running is not None
        place.server.running.wait()
        place.server.start()
        place.wait_open()
        seen.expect(get(place.port, "/cases/", world["registrar"]).status == 200, "the session ended with the server")
        again = _register(place, world, 0)
        same = (again.status, _header(again, "Location")) == (first.status, _header(first, "Location"))
        seen.expect(same, "a form was accepted twice")
        seen.expect(_save(place, world, "после", 1).status == 200, "the version of a section is gone")
        _is_sound(seen, place, {world["sections"][0]: [2, "после"]})
    return seen


def _is_sound(seen: Observed, place: Place, sections: dict[str, list[Any]]) -> None:
    counted = place.script("counted")
    for section, expected in sections.items():
        found = counted["sections"].get(section)
        seen.expect(found == expected, f"section {section}: {json.dumps(found, ensure_ascii=False)[:80]}")
    cases = sorted(counted["cases"])
    for name in ("entries", "events", "applications"):
        seen.expect(sorted(counted[name]) == cases, f"{name} and cases differ")
    seen.expect(not counted["faults"], f"journals: {counted['faults']}")
