"""`opora components`: what the program is made of, as CycloneDX 1.6 JSON. No network, no clock: the same each time."""

from __future__ import annotations

import argparse
import base64
import importlib.metadata
import json
import re
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import opora

ROOT = Path(opora.__file__).resolve().parents[2]
SHORT = 60  # a longer «licence» is the text of one
# How authors write their licences, and the identifiers of SPDX.
SPDX = {
    "mit": "MIT", "mit license": "MIT", "bsd": "BSD-3-Clause", "bsd license": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause", "apache software license": "Apache-2.0", "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0", "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}  # fmt: skip
_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=(?P<kind>\w+):(?P<digest>[0-9a-f]+)")
Part = dict[str, Any]


def run(asked: argparse.Namespace) -> int:
    """Write the list to a file or to the standard output."""
    told = inventory(asked.root)
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if asked.output is None:
        print(text, end="")
        return 0
    asked.output.write_text(text, encoding="utf-8")
    print(f"Записано: {asked.output}, составных частей: {len(told['components'])}")
    return 0


def inventory(root: Path = ROOT) -> Part:
    """Build the list from the locks that lie in `root` and from what is installed."""
    parts = sorted([*python_parts(root), *npm_parts(root)], key=lambda part: str(part["bom-ref"]))
    known = {str(part["bom-ref"]) for part in parts}
    itself = f"pkg:pypi/opora@{opora.__version__}"
    edges = {itself: {ref for ref in _needed("opora") if ref in known}}
    for part in parts:
        edges[str(part["bom-ref"])] = {ref for ref in part.pop("needs") if ref in known}
    digest = json.dumps(parts, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "metadata": {
            "component": {
                "type": "application", "bom-ref": itself, "name": "opora", "version": opora.__version__, "purl": itself,
            }
        },
        "components": parts,
        "dependencies": [{"ref": ref, "dependsOn": sorted(edges[ref])} for ref in sorted(edges)],
    }  # fmt: skip


def python_parts(root: Path) -> Iterator[Part]:
    """Each package of the lock, with its hashes; where there is no lock, each installed one that opora needs."""
    lock = root / "requirements.lock"
    if not lock.exists():
        for name in sorted(_asked()):
            yield _python_part(name, importlib.metadata.version(name), [])
        return
    for entry in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8")):
        found = _LOCKED.match(entry)
        if found:
            hashes = sorted(f"{one['kind']}:{one['digest']}" for one in _HASH.finditer(entry))
            yield _python_part(canonicalize_name(found["name"]), found["version"], hashes)


def _python_part(name: str, version: str, hashes: list[str]) -> Part:
    """A lock allows several files of one version (one per platform): all their hashes are told."""
    purl = f"pkg:pypi/{name}@{version}"
    part: Part = {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "scope": "required",
        "properties": [{"name": "opora:allowed-file", "value": digest} for digest in hashes], "needs": _needed(name),
    }  # fmt: skip
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return part
    if told["Summary"]:
        part["description"] = told["Summary"]
    return part | {"licenses": _licenses(told)}


def _licenses(told: Any) -> list[Part]:
    expression = told.get("License-Expression")
    if expression:
        return [{"expression": expression}]
    named = (told.get("License") or "").strip()
    classified = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or [] if one.startswith("License :: ")]
    if "Permission is hereby granted, free of charge" in named:
        return [_license("MIT")]
    vague = not named or len(named) > SHORT or "\n" in named or named.lower() == "dual license"
    return [_license(one) for one in (classified if vague else [named])]


def _license(name: str) -> Part:
    known = SPDX.get(name.lower())
    return {"license": {"id": known} if known else {"name": name}}


def _needed(name: str) -> set[str]:
    """References of the packages that an installed one asks for on this machine."""
    return {f"pkg:pypi/{one}@{importlib.metadata.version(one)}" for one in _required(name, _asked().get(name, set()))}


def _required(name: str, extras: set[str]) -> dict[str, set[str]]:
    """Installed packages that one with these extras asks for, each with the extras that it is asked for with."""
    found = dict[str, set[str]]()
    for one in map(Requirement, importlib.metadata.requires(name) or [] if _is_installed(name) else []):
        wanted = one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        if wanted and _is_installed(one.name):
            found.setdefault(canonicalize_name(one.name), set()).update(one.extras)
    return found


@cache
def _asked() -> dict[str, set[str]]:
    """Everything that opora needs, directly or not, with the extras asked for."""
    found, waiting = dict[str, set[str]](), ["opora"]
    while waiting:
        name = waiting.pop()
        for one, extras in _required(name, found.get(name, set())).items():
            if one not in found or not extras <= found[one]:
                found[one] = found.get(one, set()) | extras
                waiting.append(one)
    return found


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def npm_parts(root: Path) -> Iterator[Part]:
    """Each package of package-lock.json, if it lies there; those for the tests alone are marked as excluded."""
    lock = root / "package-lock.json"
    if not lock.exists():
        return
    packages: dict[str, Part] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    versions = {path.rpartition("node_modules/")[2]: one.get("version", "") for path, one in packages.items() if path}
    for path, one in packages.items():
        if not path:
            continue
        name = path.rpartition("node_modules/")[2]
        purl, licence = _npm_purl(name, one["version"]), one.get("license", "")
        yield {
            "type": "library", "bom-ref": purl, "name": name, "version": one["version"], "purl": purl,
            "scope": "excluded" if one.get("dev") else "required",
            "hashes": [_integrity(text) for text in one["integrity"].split()],
            "licenses": [{"expression": licence} if " " in licence else _license_id(licence)] if licence else [],
            "needs": {_npm_purl(need, versions[need]) for need in one.get("dependencies", {}) if need in versions},
        }  # fmt: skip


def _license_id(licence: str) -> Part:
    return {"license": {"id": licence}}


def _npm_purl(name: str, version: str) -> str:
    return f"pkg:npm/{name.replace('@', '%40')}@{version}"


def _integrity(text: str) -> Part:
    kind, _, digest = text.partition("-")
    return {"alg": kind.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}
