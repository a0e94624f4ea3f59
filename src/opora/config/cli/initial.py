"""`opora init` and `opora demo`: from nothing to a working place."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from opora.config.backup.keys import key_make


def run(asked: argparse.Namespace) -> int:
    """Make what is missing, keep what is there; safe to run again."""
    home = home_make()
    if key_make(home / "backup.key"):
        print("Создан ключ резервных копий backup.key: скопируйте его туда, где копий нет.")
    _migrate()
    if masters_make():
        print("Мастер-ключ создан (master.keys). Храните его копию отдельно от базы: без него её не прочитать.")
    _signing_key(home)
    print("База и папка файлов готовы.")
    return _found(asked) if getattr(asked, "organisation", "") else 0


def home_make() -> Path:
    """Make the folder of the place and its secrets, both private; returns the folder."""
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    if secrets_make(home / "secrets.env"):
        print("Секреты созданы; их может прочитать только владелец файла.")
    return home


def _signing_key(home: Path) -> None:
    """The key that seals the log; its public half is shown once and can be printed at any time."""
    from opora.foundation.evidence import keys

    if keys.key_make(home / keys.FILE):
        print(f"Создан ключ подписи журнала событий. Открытый ключ: {keys.public_keys()[-1]}")


def _found(asked: argparse.Namespace) -> int:
    """Found the first organisation with its head; the password is made here and shown once."""
    from django.core.exceptions import ValidationError

    from opora.foundation.access.refusals import Refusal
    from opora.foundation.access.services import organisation_found
    from opora.foundation.accounts.actors import SystemActor

    last, first, middle = [*asked.head.split(), "", "", ""][:3]
    if not (asked.login and last and first):
        print("Укажите --login и --head «Фамилия Имя Отчество» руководителя.")
        return 1
    password = secrets.token_urlsafe(9)
    try:
        organisation_found(
            actor=SystemActor(), kind=asked.kind, full_name=asked.organisation,
            short_name=asked.short or asked.organisation[:120], username=asked.login, password=password,
            head=(last, first, middle),
        )  # fmt: skip
    except ValidationError as error:
        print("Не получилось:", "; ".join(error.messages))
        return 1
    except Refusal as refusal:
        print(refusal)
        return 1
    print(f"Организация заведена. Логин руководителя: {asked.login}, первый пароль: {password}")
    print("После входа откройте «Сотрудники»: заполните сведения об организации и примите остальных.")
    return 0


def secrets_make(path: Path) -> bool:
    """Write the secrets file with mode 0600. Returns False when it exists already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"OPORA_SECRET_KEY={secrets.token_urlsafe(48)}\n")
    return True


def masters_make() -> bool:
    """Make the file of master keys unless it is there, or the environment gives them."""
    from opora.foundation.vault import masters

    return not masters.is_given_by_environment() and masters.make(masters.path())


def demo(asked: argparse.Namespace) -> int:
    """Fill an empty database with a made-up region; a second start keeps the data."""
    home = _home()
    os.environ["DJANGO_SETTINGS_MODULE"] = "opora.config.settings.demo"
    if asked.reset:
        for name in ("opora.sqlite3", "opora.sqlite3-wal", "opora.sqlite3-shm"):
            (home / name).unlink(missing_ok=True)
        shutil.rmtree(home / "files", ignore_errors=True)
    run(asked)
    from opora.demo.region import build, is_built
    from opora.demo.table import accounts_table
    from opora.foundation.organisations.scope import beyond_walls

    with beyond_walls():  # an empty database is filled for three commissions at once
        if is_built():
            print("Демонстрационные данные сохранены с прошлого раза (make demo-reset — начать заново).")
        else:
            print("Создаётся учебная область: два года работы трёх комиссий и школ. Это занимает несколько минут.")
            build(tell=_bar())
            print()
        print(accounts_table())
    return 0


def _bar() -> Callable[[float], None]:
    """A progress line that is redrawn only when its figure changes."""
    shown = -1

    def tell(done: float) -> None:
        nonlocal shown
        percent = int(done * 100)
        if percent != shown and sys.stdout.isatty():
            shown = percent
            print(f"\r{'█' * (percent // 4):<25} {percent} %", end="", flush=True)

    return tell


def _home() -> Path:
    from opora.config.settings import base

    return base.HOME


def _migrate() -> None:
    from .owner import as_owner

    as_owner()
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    Path(settings.FILES_ROOT).mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
