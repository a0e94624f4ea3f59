"""The antivirus of the place, where there is one: ClamAV's daemon, asked over its socket.

`OPORA_CLAMD` is `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. When it is set and does not answer, nothing is
accepted. The protocol (clamd(8), INSTREAM): the command, then chunks with their length before them, then a zero
length; one line comes back.
"""

from __future__ import annotations

import logging
import socket
import struct
import time

from django.conf import settings

from opora.foundation.access.refusals import Refusal

CHUNK = 256 * 1024
PATIENCE = 15.0  # seconds for all of it: one person waits, and on SQLite the other writers too
ANSWER_LIMIT = 4096
logger = logging.getLogger("opora.incidents")


class ScannerSilent(Exception):
    """The antivirus did not answer, or answered what it cannot mean."""


def scan(data: bytes, title: str) -> None:
    """Let the antivirus look, if the place has one. Raises Refusal when it finds something or does not answer."""
    address = settings.CLAMD
    if not address:
        return
    try:
        found = _ask(address, data)
    except (OSError, ScannerSilent) as error:
        logger.error("The antivirus at OPORA_CLAMD gave no verdict: %s", type(error).__name__)
        raise Refusal(
            "scanner_silent",
            f"Файл «{title}» не принят: проверка на вирусы сейчас не работает. "
            "Сообщите администратору и приложите файл позже.",
        ) from error
    if found:
        logger.error("The antivirus found %s in an upload", found)
        raise Refusal(
            "infected",
            f"Файл «{title}» не принят: в нём найден вирус. Проверьте компьютер, на котором его создали.",
        )


def _ask(address: str, data: bytes) -> str:
    """Return the name of what was found, or an empty string. Raises OSError or ScannerSilent."""
    until = time.monotonic() + PATIENCE
    with _connected(address) as line:
        try:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                line.settimeout(_left(until))
                piece = data[start : start + CHUNK]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            logger.warning("The antivirus hung up before the end of a file")  # it may have said why: read it
        answer = b""
        while not answer.endswith((b"\0", b"\n")) and len(answer) < ANSWER_LIMIT:
            line.settimeout(_left(until))
            part = line.recv(ANSWER_LIMIT)
            if not part:
                break
            answer += part
    verdict = answer.rstrip(b"\0\r\n").decode("ascii", errors="replace")
    if verdict == "stream: OK":
        return ""
    if verdict.startswith("stream: ") and verdict.endswith(" FOUND"):
        return "".join(sign if sign.isalnum() or sign in ".-_" else "?" for sign in verdict[8:-6])[:80]
    raise ScannerSilent


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connected(address: str) -> socket.socket:
    kind, _, place = address.partition(":")
    if kind == "unix" and place:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(place)
        except BaseException:
            line.close()
            raise
        return line
    host, _, port = place.rpartition(":")
    if kind == "tcp" and host in ("127.0.0.1", "localhost", "[::1]") and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
    raise ScannerSilent  # elsewhere the children's papers would travel in the clear
