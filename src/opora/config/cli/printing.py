"""`opora form CODE --case N -o FILE`: a paper of a case without the browser."""

from __future__ import annotations

import argparse


def run(asked: argparse.Namespace) -> int:
    """Write the PDF; exit code 1 with a Russian sentence when there is no such case or form."""
    import django

    django.setup()
    from opora.records.documents.command import write_form

    number, _, year = asked.case.partition("/")
    if not number.isdigit() or (year and not year.isdigit()):
        print("Номер дела — число или число/год, например 12/2026.")
        return 1
    try:
        write_form(asked.code, int(number), int(year) if year else None, asked.organisation, asked.output)
    except LookupError as missing:
        print(missing.args[0])
        return 1
    print(f"Записано: {asked.output}")
    return 0
