"""Production: its cookies, its TLS, its static files, and `check --deploy`. Run in a process with its settings.

Headers over every address: `tests/permissions/test_headers.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("production")  # one place is made for all of them
REPOSITORY = Path(__file__).resolve().parents[1]
VISIT = """
import json, django
django.setup()
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from opora.foundation.accounts.models import User

user = User(username="anna", last_name="Алексеева", first_name="Анна")
user.set_password("a long enough password")
user.save()
answers = {}
browser = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})

def told(name, response):
    answers[name] = {
        "status": response.status_code, "headers": dict(response.headers),
        "cookies": {key: cookie.OutputString() for key, cookie in response.cookies.items() if cookie.value},
    }

told("plain", browser.get("/account/sign-in/"))
told("door", browser.get("/account/sign-in/", secure=True))
token = browser.cookies["__Host-csrftoken"].value
sent = {"login": "anna", "password": "a long enough password", "csrfmiddlewaretoken": token}
told("signed in", browser.post("/account/sign-in/", sent, secure=True, headers={"referer": "https://127.0.0.1/"}))
told("missing", browser.get("/nothing/", secure=True))
told("static", browser.get(staticfiles_storage.url("ui/opora.css"), secure=True))
print(json.dumps(answers))
"""


def run(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OPORA_", "DJANGO_"))}
    place = {"OPORA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "opora.config.settings.production"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        env=clean | place | more,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    home = tmp_path_factory.mktemp("production")
    made = run(home, "-m", "opora.config.cli", "init")
    assert made.returncode == 0, made.stdout + made.stderr
    visit = run(home, "-c", VISIT)
    assert visit.returncode == 0, visit.stderr
    return json.loads(visit.stdout.splitlines()[-1])


def test_without_tls_one_is_led_to_tls(answers):
    assert answers["plain"]["status"] == 301
    assert answers["plain"]["headers"]["Location"].startswith("https://")
    assert answers["plain"]["cookies"] == {}


@pytest.mark.parametrize("name", ["door", "signed in", "missing", "static"])
def test_the_browser_is_told_to_stay_on_tls(answers, name):
    assert answers[name]["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_cookies_belong_to_this_host_and_travel_over_tls_alone(answers):
    cookies = answers["door"]["cookies"] | answers["signed in"]["cookies"]

    assert answers["signed in"]["status"] == 302
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(cookies)
    for name, cookie in cookies.items():
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "path=/", "samesite=lax"} <= parts, cookie
        assert not any(part.startswith("domain=") for part in parts), cookie
        assert "httponly" in parts or name == "__Host-csrftoken", cookie


def test_static_files_are_kept_by_the_browser_and_pages_are_not(answers):
    static = answers["static"]["headers"]

    assert answers["static"]["status"] == 200
    assert "immutable" in static["Cache-Control"]
    assert int(static["Cache-Control"].split("max-age=")[1].split(",")[0]) >= 31_536_000
    assert "Access-Control-Allow-Origin" not in static
    assert static["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert {one["headers"]["Cache-Control"] for name, one in answers.items() if name != "static"} == {
        "no-store, private"
    }


def test_check_deploy_has_nothing_to_say(tmp_path):
    checked = run(
        tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        OPORA_SECRET_KEY="Q7-" + "fJ2kd0Xw9sLpA4vTzR6mYc1HbG8uEn3i" * 2, OPORA_HOSTS="opora.example.org",
    )  # fmt: skip

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 silenced" in checked.stdout


@pytest.mark.parametrize("secret", ["", "django-insecure-short"])
def test_check_deploy_refuses_a_bad_secret(tmp_path, secret):
    checked = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", OPORA_SECRET_KEY=secret)

    assert checked.returncode != 0
