"""Making, checking and restoring a backup. Sentences for people go through `tell`."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from opora import __version__
from opora.foundation.registers import erasures
from opora.foundation.vault import masters
from opora.regulations.edition import edition_codes

from .archive import DATABASE, ERASURES, FILES, Reader, Writer
from .database import Database, NotPossible, database_here, same_or_broken
from .keys import KeyRing

FORMAT = 1
SUFFIX = ".backup"
WORKPLACE = ".backup-"
PIECE = 1024 * 1024
Tell = Callable[[str], None]


def key_ring(path: Path | None = None) -> KeyRing:
    return KeyRing(path or Path(settings.HOME) / "backup.key")


def backup_name(now: datetime) -> str:
    """Sorts by time: a UTC moment, so that a change of the clock's zone never overwrites."""
    return f"opora-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


def backup_make(target: Path, *, now: datetime) -> tuple[Path, dict[str, Any]]:
    """Write a backup into a file or a folder, read it back, and only then give it its name.

    Returns its path and manifest. Raises NotPossible, NoKey, Broken or OSError; then nothing is left behind.
    """
    target = target / backup_name(now) if target.is_dir() else target
    if target.exists():
        raise NotPossible(f"{target.name} уже есть: резервная копия ничего не заменяет.")
    ring, database = key_ring(), database_here()
    _sweep(target.parent)
    unfinished = target.with_name(target.name + ".part")
    _share_erasures(target.parent)
    try:
        with _workplace(target.parent) as workplace, unfinished.open("wb") as file:
            unfinished.chmod(0o600)
            with database.copy(workplace) as copy:
                writer = Writer(file, ring.key_now())
                about = copy.about()
                writer.part(DATABASE, copy.stream())
            # The files come after the database: what it names was there before, and nothing is ever rewritten.
            lines = erasures.home_log().read_bytes() if erasures.home_log().exists() else b""
            writer.part(ERASURES, [lines])
            for path in _stored():
                writer.part(FILES + path.relative_to(settings.FILES_ROOT).as_posix(), _pieces(path))
            writer.finish(_manifest(database, now) | about)
            file.flush()
            os.fsync(file.fileno())
        manifest = backup_check(unfinished, ring)
        unfinished.replace(target)
        _settle(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return target, manifest


def backup_check(path: Path, ring: KeyRing) -> dict[str, Any]:
    """Open every chunk, compare every hash, have the database read by its own program. Returns the manifest."""
    with path.open("rb") as file, _workplace(path.parent) as workplace:
        reader = Reader(file, ring)
        database = database_here()
        for part in reader:
            if part.name == DATABASE:
                _check_database(database, part.data, workplace)
    if reader.manifest.get("format") != FORMAT:
        raise NotPossible("Копия сделана более новой версией Опоры: обновите программу.")
    return reader.manifest


def _check_database(database: Database, data: Iterator[bytes], workplace: Path) -> None:
    first = next(data, b"")
    kind = {b"SQLite": "sqlite", b"PGDMP": "postgresql"}.get(first[:6] if first[:6] == b"SQLite" else first[:5])
    if kind == database.vendor:
        database.check(_chain(first, data), workplace)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def backup_restore(path: Path, ring: KeyRing, *, without_master_keys: bool, tell: Tell) -> dict[str, Any]:
    """Fill an empty place from a backup: first the whole archive is checked, then it is unpacked and compared.

    Raises NotPossible when the place is not empty or master keys are missing. Tables of an older version are brought
    up to date and erasures repeated by the caller (`opora restore`).
    """
    database = database_here(to_fill=True)
    _require_empty(database)
    manifest = backup_check(path, ring)
    if manifest["vendor"] != database.vendor:
        raise NotPossible(
            f"Копия снята с {manifest['vendor']}, а здесь {database.vendor}: задайте такую же OPORA_DATABASE_URL."
        )
    _require_master_keys(manifest, without_master_keys, tell)
    unfinished_mark().touch(mode=0o600)
    with path.open("rb") as file, _workplace(path.parent) as workplace:
        for part in Reader(file, ring):
            if part.name == DATABASE:
                database.fill(part.data, workplace)
            elif part.name == ERASURES:
                _bring_erasures(path, b"".join(part.data), workplace, tell)
            else:
                _put(Path(settings.FILES_ROOT) / part.name.removeprefix(FILES), part.data)
    same_or_broken(manifest, database.about())
    return manifest


def unfinished_mark() -> Path:
    """While this file is there a restore has not come to its end, and nothing is served."""
    return Path(settings.HOME) / "restore-unfinished"


def _bring_erasures(path: Path, inside: bytes, workplace: Path, tell: Tell) -> None:
    """Put together the lists of erasures: of the archive, beside it, of the place itself."""
    listed = workplace / ERASURES
    listed.write_bytes(inside)
    beside = [one / erasures.FILE for one in (path.parent, Path(settings.BACKUP_DIR or path.parent))]
    if not any(one.exists() for one in (*beside, erasures.home_log())):
        tell("Рядом с копией нет erasures.log: стирания, сделанные после неё, повторить не по чему.")
    erasures.merge(erasures.home_log(), listed, *beside)


def old_removed(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups of a folder, by their names; other files are never touched."""
    ours = sorted(folder.glob(f"opora-????????T??????Z{SUFFIX}"))
    old = ours[:-keep] if keep > 0 else []
    for path in old:
        path.unlink()
    return old


def _manifest(database: Database, now: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": __version__,
        "editions": list(edition_codes()),
        "vendor": database.vendor,
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
    }


@contextmanager
def _workplace(beside: Path) -> Iterator[Path]:
    """A private folder in the place, where a clear copy is no worse kept than the original; without a place, beside
    the archive."""
    home = Path(settings.HOME)
    with tempfile.TemporaryDirectory(dir=home if home.is_dir() else beside, prefix=WORKPLACE) as folder:
        yield Path(folder)


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed has left behind; a running one is younger than a day."""
    yesterday = time.time() - 24 * 60 * 60
    left = [*Path(settings.HOME).glob(f"{WORKPLACE}*"), *folder.glob(f"opora-*{SUFFIX}.part")]
    for path in left:
        if path.stat().st_mtime < yesterday:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _stored() -> Iterator[Path]:
    root = Path(settings.FILES_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("probe-"):
            yield path


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
    except FileNotFoundError:
        return  # taken back by a deed that was undone meanwhile


def _put(target: Path, data: Iterator[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("xb") as file:
        target.chmod(0o600)
        for piece in data:
            file.write(piece)
        os.fsync(file.fileno())


def _share_erasures(folder: Path) -> None:
    """Keep the list of erasures beside the backups too: a lost machine takes its own copy with it."""
    if erasures.home_log().exists() and folder.resolve() != Path(settings.HOME).resolve():
        erasures.merge(folder / erasures.FILE, erasures.home_log())


def _require_empty(database: Database) -> None:
    files = Path(settings.FILES_ROOT)
    if not database.is_empty():
        raise NotPossible("Здесь уже есть база: восстановление идёт только в пустое место.")
    if files.exists() and any(path.is_file() for path in files.rglob("*")):
        raise NotPossible("В папке файлов уже что-то лежит: восстановление идёт только в пустое место.")


def _require_master_keys(manifest: dict[str, Any], without: bool, tell: Tell) -> None:
    missing = sorted(set(manifest.get("master_keys", [])) - master_keys_here())
    if not missing:
        return
    if not without:
        raise NotPossible(
            f"Нет главных ключей {', '.join(missing)}: без них диагнозы, тексты и файлы не прочесть. Положите "
            "master.keys в папку места или повторите с --without-master-keys."
        )
    tell(f"ВНИМАНИЕ: нет главных ключей {', '.join(missing)} — диагнозы, тексты и файлы останутся закрытыми.")


def master_keys_here() -> set[str]:
    """Ids of the master keys that are at hand."""
    try:
        return set(masters.load().keys)
    except masters.MasterKeyMissing:
        return set()


def _settle(folder: Path) -> None:
    """Wait until the new name itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
