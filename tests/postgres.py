"""`python -m tests.postgres [pytest options]`: the tests on a PostgreSQL server of their own, raised by the migrations.

The server is made in a temporary folder, listens on loopback on a free port, and is stopped by its process id.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

APPLICATION = "opora_application"  # the role of requests: owns nothing, passes by no policy


def programs() -> Path | None:
    """The folder with initdb and postgres, or None where PostgreSQL is not installed."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_owner(command: list[str], owner: str | None) -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as the `postgres` user of the package."""
    return ["setpriv", f"--reuid={owner}", f"--regid={owner}", "--clear-groups", *command] if owner else command


@contextmanager
def server() -> Iterator[str]:
    """Yield the database URL of a fresh server."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL не установлен: поставьте пакет postgresql.")
    owner = "postgres" if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="opora-pg-"))
    if owner:
        shutil.chown(home, owner, owner)
    data, port = home / "data", free_port()
    initdb = [
        str(folder / "initdb"), "-D", str(data), "-U", "opora", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync",
    ]  # fmt: skip
    subprocess.run(_as_owner(initdb, owner), check=True, stdout=subprocess.DEVNULL, cwd=home)
    settings = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": home, "max_connections": 120,
        "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    }  # fmt: skip
    command = [str(folder / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    process = subprocess.Popen(
        _as_owner(command, owner), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home
    )
    try:
        ready = [str(folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
        for _ in range(60):
            if subprocess.run(ready, check=False).returncode == 0:
                break
        create = [str(folder / "psql"), "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "opora", "-d", "postgres"]
        subprocess.run([*create, "-c", f"CREATE ROLE {APPLICATION} NOLOGIN"], check=True, cwd=home)
        yield f"postgres://opora@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    with server() as url:
        environment = os.environ | {"OPORA_DATABASE_URL": url, "OPORA_DATABASE_ROLE": APPLICATION}
        command = [sys.executable, "-m", "pytest", "--migrations", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
