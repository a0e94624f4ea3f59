"""The key that seals backups: a file made by `opora init`, or a passphrase.

It is not the key of the data inside: special texts and files are sealed once more by master keys, which are never in
an archive. Whoever finds a backup needs both.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FILE, PASSPHRASE = "file", "passphrase"
SHORTEST_PASSPHRASE = 16
SCRYPT = {"n": 2**17, "r": 8, "p": 1}  # 128 MB and about half a second for each guess


class NoKey(Exception):
    """There is no key for the backup; the message is a Russian sentence."""


@dataclass(frozen=True)
class BackupKey:
    """`secret` never leaves the process; `kind` and `salt` (of a passphrase) stand in the header of the archive."""

    kind: str
    secret: bytes
    salt: bytes = b""

    @property
    def mark(self) -> str:
        """Eight characters that tell one key from another and nothing else."""
        return hashlib.sha256(b"opora backup key" + self.secret).hexdigest()[:8]

    def described(self) -> dict[str, Any]:
        about: dict[str, Any] = {"kind": self.kind, "mark": self.mark}
        return about | {"scrypt": SCRYPT, "kdf_salt": self.salt.hex()} if self.kind == PASSPHRASE else about


def key_make(path: Path) -> bool:
    """Write a new key with mode 0600. Returns False when there is one already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
    return True


def key_copy(source: Path, target: Path) -> None:
    """Let a restored place go on with the key of its backups."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(source.read_bytes())


@dataclass(frozen=True)
class KeyRing:
    """Where keys are looked for: the file, and `OPORA_BACKUP_PASSPHRASE`."""

    path: Path

    @property
    def passphrase(self) -> str:
        return os.environ.get("OPORA_BACKUP_PASSPHRASE", "")

    def key_now(self) -> BackupKey:
        """The key for a new archive: the passphrase when one is set, else the file. Raises NoKey."""
        if not self.passphrase:
            return self._from_file()
        if len(self.passphrase) < SHORTEST_PASSPHRASE:
            raise NoKey(f"Парольная фраза OPORA_BACKUP_PASSPHRASE короче {SHORTEST_PASSPHRASE} знаков.")
        return _from_passphrase(self.passphrase, secrets.token_bytes(16), **SCRYPT)

    def key_for(self, described: dict[str, Any]) -> BackupKey:
        """The key that a header asks for. Raises NoKey when it is not here, ValueError for a damaged header."""
        if described["kind"] == FILE:
            key = self._from_file()
        elif described["kind"] != PASSPHRASE or described["scrypt"] != SCRYPT:
            raise ValueError(described["kind"])
        elif not self.passphrase:
            raise NoKey("Архив закрыт парольной фразой: задайте её в OPORA_BACKUP_PASSPHRASE.")
        else:
            key = _from_passphrase(self.passphrase, bytes.fromhex(described["kdf_salt"]), **SCRYPT)
        if key.mark != described["mark"]:
            what = "другим ключом" if described["kind"] == FILE else "другой парольной фразой"
            raise NoKey(f"Архив закрыт {what} (метка {described['mark']}, а здесь {key.mark}).")
        return key

    def _from_file(self) -> BackupKey:
        try:
            secret = base64.b64decode(self.path.read_text(encoding="ascii").strip(), validate=True)
        except OSError as error:
            raise NoKey(f"Нет ключа резервных копий {self.path.name}: его создаёт opora init.") from error
        except ValueError as error:
            raise NoKey(f"Ключ резервных копий {self.path.name} повреждён.") from error
        if len(secret) != 32:
            raise NoKey(f"Ключ резервных копий {self.path.name} повреждён.")
        return BackupKey(FILE, secret)


def _from_passphrase(passphrase: str, salt: bytes, *, n: int, r: int, p: int) -> BackupKey:
    return BackupKey(PASSPHRASE, Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.encode()), salt)
