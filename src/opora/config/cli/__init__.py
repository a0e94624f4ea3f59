"""The `opora` command: everything that whoever keeps the machine needs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from . import assets, checking, initial, printing, serving

Command = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """All calls with their options; `docs/howto/opora-command.md` is tested against it."""
    top = argparse.ArgumentParser(prog="opora", description="Опора: комиссия, консилиум и служба сопровождения")
    calls = top.add_subparsers(dest="call", required=True, metavar="команда")

    def call(name: str, help_text: str, run: Command) -> argparse.ArgumentParser:
        one = calls.add_parser(name, help=help_text, description=help_text)
        one.set_defaults(run=run)
        return one

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

    call("worker", "запустить обработчик долгих работ", serving.worker)

    one = call("demo", "наполнить пустую базу вымышленными данными и показать учётные записи", initial.demo)
    one.add_argument("--reset", action="store_true", help="стереть демонстрационную базу и начать заново")

    call("check", "проверить базу, файлы, журналы и часы", checking.run)

    one = call("form", "напечатать бланк дела в PDF", printing.run)
    one.add_argument("code", help="код бланка, например conclusion")
    one.add_argument("--case", required=True, help="номер дела: 12 или 12/2026")
    one.add_argument("--organisation", default="", help="краткое наименование, если комиссий несколько")
    one.add_argument("-o", "--output", type=Path, required=True, help="куда записать PDF")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call and return its exit code. Messages for people are Russian, on standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings.production")
    asked = parser().parse_args(arguments)
    run: Command = asked.run
    try:
        return run(asked)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
