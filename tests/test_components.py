"""What the program is made of: locked by hash, listed by a command, under licences that suit."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from opora.config.cli import main
from opora.config.cli.components import inventory

REPOSITORY = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def entries(lock: str) -> list[str]:
    text = (REPOSITORY / lock).read_text(encoding="utf-8").rstrip("\n")
    return re.split(r"\n(?=\S)", text)


def npm() -> dict[str, dict]:
    packages = json.loads((REPOSITORY / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {path: one for path, one in packages.items() if path}


def licences(part: dict) -> list[str]:
    return [one.get("expression") or one["license"].get("id") or one["license"]["name"] for one in part["licenses"]]


@pytest.fixture(scope="module")
def told():
    return inventory(REPOSITORY)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock):
    for entry in entries(lock):
        assert PINNED.match(entry), entry[:80]
        first, *rest = (line.rstrip(" \\") for line in entry.splitlines())
        assert rest, f"{first}: no hash"
        assert all(re.fullmatch(r"\s+--hash=sha256:[0-9a-f]{64}", line) for line in rest), entry[:200]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock):
    text = (REPOSITORY / lock).read_text(encoding="utf-8")

    assert not re.search(r"https?://|--(?:extra-)?index|--find-links|--trusted-host|^-", text, re.MULTILINE)


@pytest.mark.parametrize(("lock", "extra"), [("requirements.lock", ""), ("requirements-dev.lock", "dev")])
def test_what_the_project_asks_for_is_locked_within_its_bounds(lock, extra):
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {found[1]: found[2] for entry in entries(lock) if (found := PINNED.match(entry))}
    asked = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else [])]

    for one in map(Requirement, asked):
        name = canonicalize_name(one.name)
        assert name in pinned, f"{name} is not locked: make lock"
        assert one.specifier.contains(pinned[name], prereleases=True), name


def test_every_npm_package_has_its_hash_and_no_address():
    for path, one in npm().items():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", one["integrity"]), path
        assert "resolved" not in one, path


def test_packages_are_installed_by_hash_and_run_no_scripts():
    recipe = (REPOSITORY / "Makefile").read_text(encoding="utf-8")

    assert recipe.count("--require-hashes -r") == 2
    for line in recipe.splitlines():
        if "pip install" in line and "-r" in line:
            assert "--require-hashes" in line
        if "npm ci" in line:
            assert "--ignore-scripts" in line


def test_the_list_has_every_locked_package_once(told):
    refs = [part["bom-ref"] for part in told["components"]]
    pinned = {f"pkg:pypi/{found[1]}@{found[2]}" for one in entries(LOCKS[0]) if (found := PINNED.match(one))}
    packages = {
        f"pkg:npm/{path.rpartition('node_modules/')[2].replace('@', '%40')}@{one['version']}"
        for path, one in npm().items()
    }

    assert len(refs) == len(set(refs))
    assert set(refs) == pinned | packages


def test_the_list_has_the_shape_of_cyclonedx(told):
    assert (told["bomFormat"], told["specVersion"], told["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told["serialNumber"])
    for part in told["components"]:
        assert set(part) <= {
            "type", "bom-ref", "name", "version", "purl", "scope", "description", "licenses", "hashes", "properties",
        }  # fmt: skip
        assert part["type"] == "library"
        assert part["scope"] in ("required", "optional", "excluded")
        assert part["purl"] == part["bom-ref"]
        assert part.get("hashes") or part.get("properties"), part["name"]
        for one in part.get("hashes", []):
            assert one["alg"] == "SHA-512"
            assert re.fullmatch(r"[0-9a-f]{128}", one["content"])
        expressions = [one for one in part["licenses"] if "expression" in one]
        assert not expressions or len(part["licenses"]) == 1, "an expression stands alone"
        assert all(SPDX.fullmatch(one["expression"]) for one in expressions), part["name"]


def test_the_edges_of_the_list_lead_to_its_parts(told):
    refs = {part["bom-ref"] for part in told["components"]} | {told["metadata"]["component"]["bom-ref"]}
    edges = {one["ref"]: one["dependsOn"] for one in told["dependencies"]}

    assert set(edges) == refs
    assert {needed for needs in edges.values() for needed in needs} <= refs
    assert any(needed.startswith("pkg:pypi/django@") for needed in edges[told["metadata"]["component"]["bom-ref"]])


def test_every_part_tells_its_licence_and_none_is_agpl(told):
    assert [part["name"] for part in told["components"] if not part.get("licenses")] == []
    for part in told["components"]:
        for licence in licences(part):
            assert not re.search(r"AGPL|Affero|SSPL|Commons Clause|BUSL|Elastic", licence, re.IGNORECASE), part["name"]
            assert not re.match(r"GPL", licence), part["name"]


def test_a_forbidden_licence_would_be_seen(tmp_path):
    package = {"version": "1.0", "integrity": "sha512-" + "A" * 86 + "==", "license": "AGPL-3.0-only"}
    lock = {"packages": {"": {}, "node_modules/a": package}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    part = next(one for one in inventory(tmp_path)["components"] if one["name"] == "a")

    assert licences(part) == ["AGPL-3.0-only"]


def test_the_list_is_the_same_each_time_and_is_written_by_the_command(told, tmp_path, capsys):
    written = tmp_path / "components.json"

    assert main(["components", "-o", str(written)]) == 0
    assert str(len(told["components"])) in capsys.readouterr().out
    assert json.loads(written.read_text(encoding="utf-8")) == told
    first = written.read_bytes()
    assert main(["components"]) == 0
    assert capsys.readouterr().out.encode() == first


def test_without_a_lock_what_is_installed_is_listed(tmp_path):
    assert {"django", "cryptography"} <= {part["name"] for part in inventory(tmp_path)["components"]}
