"""`opora password` and `opora clean`: the way in for whom nobody can help, and the sweeping up."""

from __future__ import annotations

import argparse


def password(asked: argparse.Namespace) -> int:
    """Give a new password, to be changed at sign-in; exit code 1 for an unknown login."""
    import django

    django.setup()
    from opora.foundation.access.refusals import Refusal
    from opora.foundation.entrance.services import access_restore

    try:
        fresh = access_restore(username=asked.login, drop_second_factor=asked.drop_second_factor)
    except Refusal as refusal:
        print(refusal)
        return 1
    print(f"Новый пароль для {asked.login}: {fresh}")
    print("Он показан один раз; при входе его нужно сменить. Прежние сеансы завершены.")
    return 0


def clean(asked: argparse.Namespace) -> int:
    """Delete what was kept for a while only, and say how much."""
    import django

    django.setup()
    from opora.config.sweeping import swept

    print("Удалено: " + ", ".join(f"{name} — {count}" for name, count in swept().items()) + ".")
    return 0
