"""SQLite chooses its way through a query by the sizes of tables, and learns them only when it is told to look.

Without that it takes the organisation for the narrowest condition of all, and reads the table of a whole school for
one programme. PostgreSQL looks by itself.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from .schedule import Tell, work


def is_wanted() -> bool:
    """On SQLite, unless it was built to keep samples of values: those are names, and would outlive an erased card."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA compile_options")
        return not {"ENABLE_STAT3", "ENABLE_STAT4"} & {row[0] for row in cursor.fetchall()}


@work("measuring", "Размеры таблиц", timedelta(days=1), wanted=is_wanted)
def measure(tell: Tell) -> str:
    """Counts alone are kept, of no row and of no person.

    Every index is read to its end (a third of a second for a year of a school). A sample of the first rows would take
    an organisation that owns the whole table for one that owns as many rows as were looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 0")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM sqlite_stat1")
        return f"измерено {cursor.fetchone()[0]}"
