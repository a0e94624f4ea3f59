"""Calendar files by RFC 5545: lines end with CRLF and are folded at 75 octets, times are UTC. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75
PRODUCT = "-//Opora//Support service//RU"


@dataclass(frozen=True)
class CalendarEvent:
    """An event, repeated each `every` weeks until `until`, but for `without`. All moments know their zone."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str = ""
    every: int = 0
    until: datetime | None = None
    without: Sequence[datetime] = ()


def calendar_file(events: Iterable[CalendarEvent], *, title: str, stamp: datetime) -> bytes:
    """The whole file; `stamp` is the moment of its making."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(title)}",
    ]  # fmt: skip
    for one in events:
        lines += _event(one, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(one: CalendarEvent, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}"
    yield f"DTSTAMP:{moment(stamp)}"
    yield f"DTSTART:{moment(one.starts)}"
    yield f"DTEND:{moment(one.ends)}"
    if one.every and one.until is not None:
        yield f"RRULE:FREQ=WEEKLY;INTERVAL={one.every};UNTIL={moment(one.until)}"
    if one.without:
        yield f"EXDATE:{','.join(moment(day) for day in one.without)}"
    yield f"SUMMARY:{escaped(one.title)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    yield "END:VEVENT"


def moment(at: datetime) -> str:
    """20261121T064000Z."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Text as a value: backslashes, commas, semicolons and line ends are marked."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join("".join(sign for sign in part if sign >= " " or sign == "\t") for part in marked.splitlines())


def folded(line: str) -> Iterator[str]:
    """The line in parts of 75 octets at most, never inside a letter; each next part begins with a space."""
    part, size = "", 0
    for sign in line:
        length = len(sign.encode())
        if size + length > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + length
    yield part
