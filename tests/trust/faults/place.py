"""A place of its own for a proof: a folder, a database, the server and the worker as separate processes.

The supervisor does what a service manager does: it starts again what has died. Only processes that were started here
are ever killed, by their numbers.
"""

from __future__ import annotations

import atexit
import copy
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.postgres import _as_owner, free_port, programs

REPOSITORY = Path(__file__).resolve().parents[3]
RESTART = 0.5  # seconds, RestartSec of the service manager


_MADE: dict[int, tuple[Path, dict[str, Any]]] = {}


class Process:
    """One process in a session of its own, restarted by the supervisor while it is wanted."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, environment, log
        self.running: subprocess.Popen[bytes] | None = None
        self.wanted = False
        self.starts = 0

    def start(self) -> None:
        self.wanted = True
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, cwd=REPOSITORY, start_new_session=True
            )
        self.starts += 1

    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def children(self) -> list[int]:
        if self.running is None:
            return []
        with suppress(OSError):
            return [int(one) for one in Path(f"/proc/{self.running.pid}/task/{self.running.pid}/children")
                    .read_text().split()]  # fmt: skip
        return []

    def kill_one(self) -> bool:
        """Kill -9 one of the child processes."""
        for child in self.children()[-1:]:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
                return True
        return False

    def kill(self) -> bool:
        """Kill -9 the process alone; its children must notice by themselves."""
        if not self.alive() or self.running is None:
            return False
        self.running.kill()
        return True

    def kill_all(self) -> bool:
        """Kill -9 the process with all its children at once, as an out-of-memory killer or a service manager does."""
        if not self.alive() or self.running is None:
            return False
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)
        return True

    def stop(self, *, by: int = signal.SIGTERM) -> None:
        self.wanted = False
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(by)
            try:
                self.running.wait(timeout=15)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(self.running.pid, signal.SIGKILL)
                self.running.wait(timeout=15)


class Postgres(Process):
    """A server that promises what a real one promises: `synchronous_commit` is on, `fsync` too."""

    def __init__(self, home: Path) -> None:
        folder = programs()
        assert folder is not None
        self.folder, self.port, self.data = folder, free_port(), home / "data"
        self.owner = "postgres" if os.geteuid() == 0 else None
        home.mkdir(parents=True)
        if self.owner:
            shutil.chown(home, self.owner, self.owner)
        initdb = [str(folder / "initdb"), "-D", str(self.data), "-U", "opora", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync"]  # fmt: skip
        subprocess.run(_as_owner(initdb, self.owner), check=True, stdout=subprocess.DEVNULL, cwd=home)
        command = [str(folder / "postgres"), "-D", str(self.data)]
        for name, value in {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": home, "max_connections": 60,
            "synchronous_commit": "on", "fsync": "on",
        }.items():  # fmt: skip
            command += ["-c", f"{name}={value}"]
        super().__init__(_as_owner(command, self.owner), dict(os.environ), home / "postgres.log")
        self.log.touch(mode=0o666)

    @property
    def url(self) -> str:
        return f"postgres://opora@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        super().start()
        self.wait_ready()

    def wait_ready(self, seconds: float = 30) -> bool:
        ready = [str(self.folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "1"]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if subprocess.run(ready, check=False).returncode == 0:
                return True
            if not self.alive():
                return False
            time.sleep(0.1)
        return False

    def kill_one(self) -> bool:
        """Kill -9 one backend: the server must recover all of them."""
        for child in reversed(self.children()):
            with suppress(OSError):
                if b"127.0.0.1" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)
                    return True
        return False


class Place:
    """`database` is sqlite or postgresql. Use it in a `with`; everything is gone at its end."""

    def __init__(self, database: str, *, home: Path | None = None, workers: int = 2) -> None:
        self.database_kind = database
        self.root = Path(tempfile.mkdtemp(prefix="opora-faults-"))
        self.root.chmod(0o755)  # the owner of PostgreSQL passes through to his own folder
        self.home = home or self.root / "home"
        self.port, self.workers = free_port(), workers
        self.postgres = Postgres(self.root / "pg") if database == "postgresql" else None
        self.environment = self._environment()
        self.server = self._process("serve", "--port", str(self.port), "--workers", str(workers))
        self.worker = self._process("worker")
        self._over = threading.Event()
        self._supervisor: threading.Thread | None = None

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPORA_", "PYTEST_"))}
        kept |= {name: os.environ[name] for name in ("OPORA_ASSETS",) if name in os.environ}
        own = {
            "OPORA_HOME": str(self.home), "OPORA_TLS": "false", "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "opora.config.settings.production",
        }  # fmt: skip
        return kept | own | ({"OPORA_DATABASE_URL": self.postgres.url} if self.postgres else {})

    def _process(self, *arguments: str) -> Process:
        command = [sys.executable, "-m", "opora.config.cli", *arguments]
        return Process(command, self.environment, self.root / f"{arguments[0]}.log")

    def __enter__(self) -> Place:
        if self.postgres:
            self.postgres.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._supervisor:
            self._supervisor.join(timeout=30)
        for process in (self.server, self.worker, *([self.postgres] if self.postgres else [])):
            process.stop(by=signal.SIGINT if process is self.postgres else signal.SIGTERM)
        shutil.rmtree(self.root, ignore_errors=True)

    def opora(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "opora.config.cli", *arguments], env=self.environment | environment,
            capture_output=True, text=True, check=False, cwd=REPOSITORY,
        )  # fmt: skip

    def script(self, module: str, *arguments: str) -> Any:
        """Run a module of this package in the place and return the JSON that it prints last."""
        done = subprocess.run(
            [sys.executable, "-m", f"tests.trust.faults.{module}", *arguments], env=self.environment,
            capture_output=True, text=True, check=False, cwd=REPOSITORY,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"{module}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def made(self, children: int) -> dict[str, Any]:
        """Tables, people, a child on examination and children who wait to be registered.

        A place on SQLite that was made once is copied afterwards.
        """
        if self.postgres:
            return self._made(children)
        if children not in _MADE:
            world = self._made(children)
            kept = Path(tempfile.mkdtemp(prefix="opora-made-")) / "home"
            shutil.copytree(self.home, kept)
            atexit.register(shutil.rmtree, kept.parent, ignore_errors=True)
            _MADE[children] = (kept, world)
        else:
            shutil.copytree(_MADE[children][0], self.home, dirs_exist_ok=True)
        return copy.deepcopy(_MADE[children][1])

    def _made(self, children: int) -> dict[str, Any]:
        begun = self.opora("init")
        if begun.returncode != 0:
            raise RuntimeError(begun.stdout + begun.stderr)
        return self.script("seed", str(children))

    def open(self, *, worker: bool = True) -> None:
        self.server.start()
        if worker:
            self.worker.start()
        self.wait_open()

    def wait_open(self, seconds: float = 40) -> float:
        """Wait until the server answers in health; returns how long it took."""
        from .clients import get

        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            with suppress(OSError):
                if get(self.port, "/healthz").status == 200:
                    return time.monotonic() - begun
            time.sleep(0.1)
        raise RuntimeError(f"the server did not come up: {self.logs()[-3000:]}")

    def supervise(self) -> None:
        self._supervisor = threading.Thread(target=self._watch, daemon=True)
        self._supervisor.start()

    def _watch(self) -> None:
        processes = [self.server, self.worker, *([self.postgres] if self.postgres else [])]
        while not self._over.wait(0.1):
            for process in processes:
                if process.wanted and not process.alive() and not self._over.wait(RESTART):
                    process.start()

    def logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted(self.root.glob("*.log")))


@contextmanager
def tiny_disk(megabytes: int) -> Iterator[Path | None]:
    """A small file system in memory, or None where it may not be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="opora-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
        folder.rmdir()
