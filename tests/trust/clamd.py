"""A small server that speaks the protocol of clamd and knows the test text; and others that misbehave."""

from __future__ import annotations

import socket
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .corpus.making import EICAR

LIMIT = 25 * 1024 * 1024
Behaviour = Callable[[socket.socket], None]


def _exactly(line: socket.socket, count: int) -> bytes:
    read = b""
    while len(read) < count:
        part = line.recv(count - len(read))
        if not part:
            raise ConnectionError
        read += part
    return read


def honest(line: socket.socket) -> None:
    """INSTREAM as the daemon does it: chunks with their length before them up to a zero, one answer."""
    if _exactly(line, 10) != b"zINSTREAM\0":
        line.sendall(b"UNKNOWN COMMAND\0")
        return
    content = b""
    while size := struct.unpack("!L", _exactly(line, 4))[0]:
        if len(content) + size > LIMIT:
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
        content += _exactly(line, size)
    line.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


def silent(line: socket.socket) -> None:
    """Takes everything and says nothing."""
    with suppress(OSError):
        while line.recv(65536):
            pass


def dripping(line: socket.socket) -> None:
    """Says a letter at a time for ever, so that no single wait is long."""
    with suppress(OSError):
        while True:
            line.sendall(b"s")
            time.sleep(0.05)


def saying(answer: bytes) -> Behaviour:
    def speak(line: socket.socket) -> None:
        with suppress(OSError):
            _exactly(line, 10)
            while size := struct.unpack("!L", _exactly(line, 4))[0]:
                _exactly(line, size)
            line.sendall(answer)

    return speak


def hanging_up(line: socket.socket) -> None:
    """Closes the line before the file is told."""


MISBEHAVING: dict[str, Behaviour] = {
    "silent": silent,
    "dripping": dripping,
    "hangs up": hanging_up,
    "says nothing and closes": saying(b""),
    "garbage": saying(b"\x00\xff\xfe garbage \x00"),
    "an error": saying(b"INSTREAM size limit exceeded. ERROR\0"),
    "good words of another kind": saying(b"stream: OK, I think\0"),
    "half an answer": saying(b"stream: O"),
}


@contextmanager
def running(behave: Behaviour, family: str = "tcp") -> Iterator[str]:
    """Yield the address for OPORA_CLAMD."""
    with tempfile.TemporaryDirectory(prefix="opora-clamd-") as folder:
        if family == "unix":
            door = socket.socket(socket.AF_UNIX)
            door.bind(str(Path(folder, "clamd.ctl")))
            address = f"unix:{folder}/clamd.ctl"
        else:
            door = socket.socket()
            door.bind(("127.0.0.1", 0))
            address = f"tcp:127.0.0.1:{door.getsockname()[1]}"
        door.listen()

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = door.accept()
                    threading.Thread(target=_one, args=(line, behave), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield address
        finally:
            door.close()


def _one(line: socket.socket, behave: Behaviour) -> None:
    with line, suppress(OSError):
        behave(line)
