"""The log says what failed and where in the program; never whom it was about.

Two things carry names into logs: the words of an exception («Key (last_name)=(…) already exists») and the address or
host that somebody typed. Neither is written; the incident number and the places in the code are.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutAddresses(logging.Filter):
    """Puts the name of the page in place of the address, for the messages of Django about a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            page = match.view_name if match else "no page"
            record.msg = "%s %s at %s"
            record.args = (getattr(record, "status_code", "refused"), getattr(request, "method", "?"), page)
        elif record.name.startswith("django.security"):
            record.msg, record.args = "suspicious request: %s", (record.name.rpartition(".")[2],)
        return True


class WithoutWords(logging.Formatter):
    """Writes the kinds of exceptions and the places they passed, without their words; one line for one message."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have left its own there
        written = super().format(record)
        record.exc_text = None
        return written

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, ei: ExcInfo) -> str:
        if ei[0] is None:
            return ""
        return "\n".join(_lines(traceback.TracebackException(*ei, lookup_lines=False)))


def _lines(trace: traceback.TracebackException) -> Iterator[str]:
    earlier = trace.__cause__ or (None if trace.__suppress_context__ else trace.__context__)
    if earlier is not None:
        yield from _lines(earlier)
        yield "and then"
    for frame in trace.stack:
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    kind = trace.exc_type
    yield f"{kind.__module__}.{kind.__qualname__}" if kind else "an exception"
