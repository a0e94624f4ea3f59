"""`opora backup` and `opora restore`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from . import checking, initial

NOT_INSIDE = (
    "В копии нет главных ключей (master.keys), ключа копий (backup.key), ключа подписи (signing.key) и secrets.env: "
    "храните их отдельно от копий. Без первых двух копию не прочесть, вместе с ними её прочтёт кто угодно."
)


def restore_options(one: argparse.ArgumentParser) -> None:
    """What `opora restore` may be asked."""
    one.add_argument("file", type=Path, help="файл копии")
    one.add_argument("--into", type=Path, help="папка места, иначе OPORA_HOME")
    one.add_argument("--key", type=Path, help="ключ копий, иначе backup.key в папке места")
    one.add_argument("--check-only", action="store_true", help="ничего не менять: открыть части, сверить отпечатки")
    one.add_argument(
        "--without-master-keys", action="store_true", help="восстановить, хотя главных ключей нет: тексты не прочесть"
    )


def backup(asked: argparse.Namespace) -> int:
    """Make a backup and check it; exit code 1 with a sentence when it cannot be made."""
    import django

    django.setup()
    from django.utils import timezone

    from opora.config.backup import database, keys, sealing, services

    try:
        path, manifest = services.backup_make(asked.output, now=timezone.now())
    except (database.NotPossible, keys.NoKey, sealing.Broken) as problem:
        print(problem)
        return 1
    except OSError as problem:
        print(f"Копия не записана: {problem.strerror or problem}.")
        return 1
    print(f"Записано и прочитано обратно: {path} ({path.stat().st_size // 1024 + 1} КБ)")
    _describe(manifest)
    print(NOT_INSIDE)
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Check a backup, or fill an empty place from it.

    Exit code 1 when it is refused, 2 when it was restored and `opora check` finds a fault.
    """
    if asked.into is not None:
        os.environ["OPORA_HOME"] = str(asked.into.absolute())
    import django

    if not asked.check_only:
        initial.home_make()
    django.setup()
    from opora.config.backup import database, keys, sealing, services

    ring = services.key_ring(asked.key)
    try:
        if asked.check_only:
            _describe(services.backup_check(asked.file, ring))
            print("Копия цела: каждая часть открывается, отпечатки сходятся.")
            return 0
        manifest = services.backup_restore(asked.file, ring, without_master_keys=asked.without_master_keys, tell=print)
    except (database.NotPossible, keys.NoKey, sealing.Broken) as problem:
        print(problem)
        return 1
    except OSError as problem:
        print(f"Не получилось: {problem.strerror or problem}.")
        return 1
    _describe(manifest)
    if asked.key is not None and not services.key_ring().path.exists():
        keys.key_copy(asked.key, services.key_ring().path)
    return _finish(asked)


def erasures(asked: argparse.Namespace) -> int:
    """Repeat what stands in `erasures.log`: after the database was restored by other means. Safe to run again."""
    import django

    django.setup()
    return 2 if _repeat_erasures() else 0


def _finish(asked: argparse.Namespace) -> int:
    """Bring the tables up to this version, repeat the erasures, let the place be served, check everything."""
    initial.run(argparse.Namespace(organisation=""))
    from opora.config.backup.services import unfinished_mark

    left = _repeat_erasures()
    unfinished_mark().unlink(missing_ok=True)
    found = checking.run(asked)
    return 2 if found or left else 0


def _repeat_erasures() -> int:
    """Repeat the erasures and say what was done; returns how many are left to people."""
    from django.utils.module_loading import autodiscover_modules

    from opora.foundation.registers.erasures import erasures_replay, home_log, read

    autodiscover_modules("services")  # the rooms that erase say there how to repeat it
    replayed = erasures_replay(read(home_log()))
    print(f"Повторено стираний: {replayed.done}.")
    for one in replayed.unknown:
        print(f"ПРОВЕРЬТЕ по акту: стирание {one.subject} от {one.at} было начато, его конец не записан.")
    for one in replayed.impossible:
        print(f"НЕ ПОВТОРЕНО: стирание {one.subject} от {one.at} ({one.kind}) — сделайте его по акту.")
    return len(replayed.unknown) + len(replayed.impossible)


def _describe(manifest: dict[str, Any]) -> None:
    files = sum(1 for part in manifest["parts"] if part["name"].startswith("files/"))
    print(
        f"Копия от {manifest['made_at']}, версия {manifest['version']}, {manifest['vendor']}: "
        f"строк {sum(manifest['rows'].values())}, файлов {files}, журналов {len(manifest['heads'])}."
    )
