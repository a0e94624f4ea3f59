"""The `opora` command: everything that whoever keeps the machine needs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from opora.verification.__main__ import options as verify_options

from . import accounts, assets, backup, checking, components, evidence, initial, keys, printing, regulations, serving

Command = Callable[[argparse.Namespace], int]
Call = Callable[[str, str, Command], argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """All calls with their options; `docs/howto/opora-command.md` is tested against it."""
    top = argparse.ArgumentParser(prog="opora", description="Опора: комиссия, консилиум и служба сопровождения")
    calls = top.add_subparsers(dest="call", required=True, metavar="команда")

    def call(name: str, help_text: str, run: Command) -> argparse.ArgumentParser:
        one = calls.add_parser(name, help=help_text, description=help_text)
        one.set_defaults(run=run)
        return one

    _beginning(call)
    _keeping(call)
    return top


def _beginning(call: Call) -> None:
    """From nothing to a running site."""
    one = call("assets", "собрать оформление и шрифты из установленных пакетов npm", assets.run)
    one.add_argument("--modules", type=Path, default=Path("node_modules"), help="папка node_modules")

    one = call("init", "создать секреты, базу, папку файлов и таблицы; по желанию — первую организацию", initial.run)
    one.add_argument("--organisation", default="", help="официальное полное наименование первой организации")
    one.add_argument("--short", default="", help="её краткое наименование")
    one.add_argument(
        "--kind", default="territorial_commission", help="вид: territorial_commission, central_commission, school, …"
    )
    one.add_argument("--head", default="", help="руководитель: «Фамилия Имя Отчество»")
    one.add_argument("--login", default="", help="логин руководителя; первый пароль будет показан один раз")

    one = call("serve", "запустить сайт (granian)", serving.serve)
    one.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="адрес, иначе HOST")
    one.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="порт, иначе PORT")
    one.add_argument("--workers", type=int, default=2, help="сколько процессов отвечает")
    one.add_argument("--with-worker", action="store_true", help="запустить рядом и обработчик долгих работ")

    one = call("worker", "запустить обработчик долгих и ежедневных работ", serving.worker)
    one.add_argument("--beside", type=int, default=0, help="номер процесса, с концом которого закончить работу")

    one = call("demo", "наполнить пустую базу вымышленными данными и показать учётные записи", initial.demo)
    one.add_argument("--reset", action="store_true", help="стереть демонстрационную базу и начать заново")


def _keeping(call: Call) -> None:
    """What whoever keeps the machine does later."""
    one = call("password", "выдать новый пароль тому, кому некому помочь", accounts.password)
    one.add_argument("login", help="логин")
    one.add_argument("--drop-second-factor", action="store_true", help="сбросить и второй фактор: он утерян")

    swept = "принятые формы, законченные сеансы, старые попытки входа, брошенные списки детей"
    call("clean", f"убрать отслужившее: {swept}", accounts.clean)

    call("check", "проверить базу, файлы, журналы и часы", checking.run)

    one = call("backup", "снять резервную копию базы и файлов, закрытую ключом, и прочитать её обратно", backup.backup)
    one.add_argument("-o", "--output", type=Path, required=True, help="файл копии или папка для неё")

    backup.restore_options(
        call("restore", "восстановить пустое место из резервной копии или только проверить её", backup.restore)
    )

    evidence.options(call("evidence", "журнал событий: открытый ключ, отметка, выгрузка, проверка базы", evidence.run))

    verify_options(call("verify", "проверить файл выгрузки журнала; код 2 — файл не прочитан", evidence.verify))

    one = call("components", "перечислить составные части программы с лицензиями (CycloneDX 1.6)", components.run)
    one.add_argument("-o", "--output", type=Path, help="куда записать, иначе на экран")
    one.set_defaults(root=components.ROOT)

    call("erasures", "повторить стирания из erasures.log после восстановления базы другими средствами", backup.erasures)
    one = call("keys", "мастер-ключи: проверить (check), сменить на ходу (rotate), вывести прежний (retire)", keys.run)
    one.add_argument("deed", choices=("check", "rotate", "retire"), help="check, rotate или retire")
    one.add_argument("id", nargs="?", default="", help="имя прежнего мастер-ключа, для retire")
    one.add_argument("--no-new", action="store_true", help="не создавать новый ключ, а довести смену до конца")

    one = call("form", "напечатать бланк дела в PDF", printing.run)
    one.add_argument("code", help="код бланка, например conclusion")
    one.add_argument("--case", required=True, help="номер дела: 12 или 12/2026")
    one.add_argument("--organisation", default="", help="краткое наименование, если комиссий несколько")
    one.add_argument("-o", "--output", type=Path, required=True, help="куда записать PDF")

    regulations.options(
        call("regulations", "правила закона без браузера: признаки из файла, ответ в JSON с пунктами", regulations.run)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code. Messages for people are Russian, on standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings.production")
    asked = parser().parse_args(arguments)
    run: Command = asked.run
    try:
        return run(asked)
    except ImproperlyConfigured as fault:  # a typo in a file of the law, a missing secret: said without a trace
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
