"""`opora keys`: the master keys that open the keys of children's files."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def run(asked: argparse.Namespace) -> int:
    """Carry out `check`, `rotate` or `retire`; exit code 1 with a sentence when it cannot be done."""
    import django

    django.setup()
    from opora.foundation.access.refusals import Refusal
    from opora.foundation.vault.masters import MasterKeyMissing

    deeds: dict[str, Callable[[argparse.Namespace], int]] = {"check": _check, "rotate": _rotate, "retire": _retire}
    try:
        return deeds[asked.deed](asked)
    except (Refusal, MasterKeyMissing) as no:
        print(no)
        return 1


def _check(asked: argparse.Namespace) -> int:
    from opora.foundation.vault import masters
    from opora.foundation.vault.services import masters_in_use, unreadable_keys

    known, used = masters.load(), masters_in_use()
    where = "переменная OPORA_MASTER_KEYS" if masters.is_given_by_environment() else f"файл {masters.path()}"
    print(f"Мастер-ключи: {where}")
    for name in known.keys:
        print(f"  {name}: закрывает ключей карт — {used[name]}{', действующий' if name == known.current else ''}")
    bad = list(unreadable_keys())
    print(f"Не открываются: {len(bad)}" if bad else f"Все ключи карт ({used.total()}) открываются.")
    return 1 if bad else 0


def _rotate(asked: argparse.Namespace) -> int:
    from opora.foundation.accounts.actors import SystemActor
    from opora.foundation.vault.services import master_rotate

    done = master_rotate(actor=SystemActor(), new=not asked.no_new)
    print(f"Действует мастер-ключ {done.master_id}, им перешифровано ключей карт: {done.count}.")
    print("Сохраните копию файла ключей отдельно от базы; прежний ключ уберёт opora keys retire.")
    return 0


def _retire(asked: argparse.Namespace) -> int:
    from opora.foundation.accounts.actors import SystemActor
    from opora.foundation.vault.services import master_retire

    if not asked.id:
        print("Укажите, какой мастер-ключ вывести: opora keys retire ИМЯ (имена показывает opora keys check).")
        return 1
    master_retire(actor=SystemActor(), master_id=asked.id)
    print(f"Мастер-ключ {asked.id} убран из файла. Копии базы, снятые до его смены, без него не прочитать.")
    return 0
