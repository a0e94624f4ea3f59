"""`make screenshots`: pictures of the running product for the README.

A demonstration is built in a temporary home, served on a free loopback port and looked at as people look at it: the
secretary's desk, a case and the board of the day, a specialist's sheet, the head's conclusion; the day of a school's
psychologist, the desk of the head of a support service and its analysis of the year.
"""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from tests.machine import CHROMIUM, CHROMIUM_FLAGS

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs/pictures"
SIZE = {"width": 1366, "height": 768}
LIMIT = 200 * 1024
WAIT = 90  # seconds for the server to answer


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """A fresh demonstration; gives the address of its server and the password of its people."""
    with tempfile.TemporaryDirectory(prefix="opora-pictures-") as home:
        environment = os.environ | {"OPORA_HOME": home, "DJANGO_SETTINGS_MODULE": "opora.config.settings.demo"}
        environment.pop("OPORA_DATABASE_URL", None)
        opora = [sys.executable, "-m", "opora.config.cli"]
        told = subprocess.run([*opora, "demo"], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        password = told.split("Пароль у всех один: ")[1].split()[0]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [*opora, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            yield address, password
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str) -> None:
    for _ in range(WAIT * 2):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return  # it answers, though not everything is well: the worker is not running here
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the demonstration did not start")


def signed_in(browser: Any, address: str, login: str, password: str) -> Any:
    """A page of that person, signed in by the door."""
    page = browser.new_context(locale="ru-RU", base_url=address, viewport=SIZE).new_page()
    page.goto("/account/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def picture(page: Any, name: str) -> None:
    """Write what the person sees as a small PNG."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.fonts.status === 'loaded'")
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    target = TARGET / f"{name}.png"
    seen.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)
    if target.stat().st_size > LIMIT:
        raise RuntimeError(f"{target.name}: {target.stat().st_size} bytes, more than {LIMIT}")
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB")


def take_service(browser: Any, address: str, password: str) -> None:
    specialist, head = (signed_in(browser, address, login, password) for login in ("specialist-1", "sluzhba-1"))
    specialist.get_by_role("link", name="Мой день").first.click()
    specialist.locator("main").get_by_role("link", name=re.compile("мин")).last.click()  # a day on which work was done
    picture(specialist, "day")
    head.goto("/service/")
    picture(head, "service")
    head.goto("/analysis/")
    head.locator("tbody .row-link").first.click()
    picture(head, "analysis")


def take(browser: Any, address: str, password: str) -> None:
    secretary, head = (signed_in(browser, address, login, password) for login in ("sekretar", "rukovoditel"))
    picture(secretary, "desk")
    head.goto("/cases/?status=discussion")
    head.locator("tbody .row-link").first.click()
    picture(head, "case")
    head.get_by_role("link", name="Черновик заключения").click()
    picture(head, "conclusion")
    secretary.goto("/sessions/?sort=-day")
    secretary.get_by_role("row").filter(has_text="идёт").first.locator(".row-link").click()
    picture(secretary, "board")
    board = secretary.url.removeprefix(address)
    for login in ("defektolog", "logoped", "psiholog", "socpedagog", "vrach"):
        member = signed_in(browser, address, login, password)
        member.goto(board)
        own = member.get_by_role("link", name=re.compile("Продолжить лист"))
        if own.count():
            own.first.click()
            picture(member, "sheet")
            return
    raise RuntimeError("no specialist has an open sheet today")


def main() -> None:
    from playwright.sync_api import sync_playwright

    TARGET.mkdir(parents=True, exist_ok=True)
    with demonstration() as (address, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        take(browser, address, password)
        take_service(browser, address, password)
        browser.close()


if __name__ == "__main__":
    main()
