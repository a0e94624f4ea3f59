"""`opora regulations`: the rules of the law without the browser. Facts from a file in, JSON with clauses out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opora.regulations.edition import Edition

BAD_FILE = 2
LIMIT = 64 * 1024 * 1024  # bytes of a file of facts
PURE = {
    "advise": "варианты программы с доводами за и против, чего не хватает, противоречия",
    "check": "проверки заключения перед подписанием",
    "term": "срок следующего обследования и напоминания",
    "lag": "отставание в эпикризных сроках",
    "score": "подсчёт анкеты или шкалы, пункт за пунктом",
    "methods": "методики по специальности и возрасту",
    "conditions": "специальные условия по признакам и программе",
    "directions": "направления коррекционной работы по специалистам",
}


def options(one: argparse.ArgumentParser) -> None:
    """What `opora regulations` may be asked."""
    one.add_argument(
        "deed", choices=(*PURE, "editions", "replay"),
        help="; ".join(f"{name} — {words}" for name, words in PURE.items())
        + "; editions — редакции закона; replay — подписанные заключения по сегодняшним правилам",
    )  # fmt: skip
    one.add_argument("--facts", type=Path, help="файл JSON: один случай или перечень случаев")
    one.add_argument("--on", default="", help="день, на который спрашивают: 2026-11-22; иначе день из файла")
    one.add_argument("--organisation", default="", help="краткое наименование организации, для replay")
    one.add_argument("--limit", type=int, default=0, help="сколько заключений пересмотреть, для replay; 0 — все")
    one.add_argument("--workers", type=int, default=2, help="сколько процессов работает, для replay")
    one.add_argument("--json", type=Path, help="записать отчёт replay в файл, иначе на экран")


def run(asked: argparse.Namespace) -> int:
    """Carry out one deed. Exit code 2 with sentences on standard error for a file or an option that is wrong."""
    from opora.regulations.door.requests import BadCase
    from opora.regulations.loading import RegulationError

    try:
        on = _day(asked.on)
        if asked.deed == "editions":
            return _print(_editions())
        if asked.deed == "replay":
            return _replay(asked, on)
        return _print(_answer(asked.deed, asked.facts, on))
    except BadCase as bad:
        for fault in bad.faults:
            print(fault, file=sys.stderr)
    except (_Refused, RegulationError) as refused:
        print(refused, file=sys.stderr)
    return BAD_FILE


class _Refused(Exception):
    """A sentence for whoever typed the command."""


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        raise _Refused(f"--on {text}: нужна дата вида 2026-11-22.") from None


def _answer(deed: str, path: Path | None, on: date | None) -> Any:
    from opora.regulations.door.answering import answer_all

    return answer_all(deed, _read(path), on=on, today=date.today())


def _read(path: Path | None) -> Any:
    if path is None:
        raise _Refused("Назовите файл: --facts ФАЙЛ.json")
    try:
        if path.stat().st_size > LIMIT:
            raise _Refused(f"{path}: файл больше {LIMIT // 1024 // 1024} МБ.")
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _Refused(f"{path}: файл не читается ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise _Refused(f"{path}: нужен текст в кодировке UTF-8.") from None
    except json.JSONDecodeError as error:
        raise _Refused(f"{path}: не JSON, строка {error.lineno}, знак {error.colno}.") from None
    except RecursionError:
        raise _Refused(f"{path}: слишком много вложенных скобок.") from None


def _editions() -> dict[str, Any]:
    from opora.regulations.edition import edition, edition_codes

    return {"call": "editions", "editions": [_described(edition(code)) for code in edition_codes()]}


def _described(law: Edition) -> dict[str, Any]:
    from opora.regulations.acts.register import counts, rules

    entries: dict[str, int] = counts(rules(law))
    entries["act"] = len(law.tables.get("act", {}))
    return {
        "code": law.code,
        "title": law.title,
        "clause": law.clause,
        "valid_from": law.valid_from.isoformat(),
        "entries": entries,
        "unverified": [
            {
                "table": one.table, "code": one.code, "title": one.title, "clause": one.clause, "note": one.note,
                "inherited": one.inherited, "advice": one.advice,
            }
            for one in law.unverified
        ],
    }  # fmt: skip


def _replay(asked: argparse.Namespace, on: date | None) -> int:
    import django

    django.setup()
    from opora.commission.conclusions.replaying import NoOrganisation, replay_all

    if asked.limit < 0 or not 1 <= asked.workers <= 64:
        raise _Refused("--limit — не меньше 0, --workers — от 1 до 64.")
    try:
        report = replay_all(asked.organisation, limit=asked.limit, workers=asked.workers, on=on or date.today())
    except NoOrganisation as unknown:
        raise _Refused(str(unknown)) from None
    if asked.json is None:
        return _print(report)
    try:
        asked.json.write_text(_text(report), encoding="utf-8")
    except OSError as error:
        raise _Refused(f"{asked.json}: не записать ({error.strerror}).") from None
    print(f"Пересмотрено заключений: {report['judged']}, без разницы: {report['same']}. Отчёт: {asked.json}")
    return 0


def _text(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _print(answer: Any) -> int:
    sys.stdout.buffer.write(_text(answer).encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0
