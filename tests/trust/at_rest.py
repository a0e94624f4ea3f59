"""`python -m tests.trust.at_rest`: whoever finds the disk or a backup finds no diagnosis.

A made-up region is built through the services, its texts marked by canaries; then every sealed field of every table
gets canaries, and files are attached. Searched are the raw database (the SQLite file with its journal, or the output
of pg_dump) and the folder of files. The product has to find all canaries, the search one that stands in the clear.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from tests import postgres

CHILDREN, CASES = 60, 64
PDF = b"%%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%%s\n%%%%EOF\n"


def main() -> int:
    """Run the proof on SQLite, and on PostgreSQL where there is one."""
    if "--here" in sys.argv:
        return _here()
    worst = _run("sqlite", "")
    if postgres.programs():
        with postgres.server() as url:
            worst |= _run("postgresql", url)
    return worst


def _run(name: str, url: str) -> int:
    with tempfile.TemporaryDirectory(prefix="opora-at-rest-") as home:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "opora.config.settings.demo", "OPORA_HOME": home, "OPORA_SECRET_KEY": "proof",
            "OPORA_MASTER_KEYS": "", "OPORA_MASTER_KEYS_FILE": f"{home}/master.keys", "OPORA_FILES": f"{home}/files",
            "OPORA_DATABASE_URL": url or f"sqlite:///{home}/opora.sqlite3",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.trust.at_rest", "--here"]
        code = subprocess.run(command, env=environment, check=False).returncode
    print(f"{name}: {'held' if code == 0 else 'BROKEN'}", flush=True)
    return code


def _here() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from opora.foundation.organisations.scope import beyond_walls

    call_command("migrate", verbosity=0)
    with beyond_walls():
        return _searched()


def _searched() -> int:
    from .canaries import plant, read_by_the_product

    marks = build_marked()
    insides, names = attach(30)
    words, planted = plant()
    told = "\n".join(read_by_the_product())
    canaries = {
        **dict.fromkeys(words, "field"),
        **dict.fromkeys(marks, "story"),
        **dict.fromkeys([*insides, *names], "file"),
    }
    control = plant_in_the_clear()
    stored, files = disk(), list(kept_files())
    lost = [one for one in (*words, *marks, *names) if one not in told]
    found = [one for one in canaries if one.encode() in stored or any(one.encode() in data for data in files)]
    secret = keys_found(stored)
    unsealed = [data for data in files if not data.startswith(b"opora-v1")]
    empty = [name for name, count in planted.items() if not count]
    print(
        f"canaries: {len(canaries)} in {len(planted)} sealed fields, {len(marks)} of them told by the story; "
        f"bytes searched: {len(stored) + sum(map(len, files)):,} in database and {len(files)} files; "
        f"found: {len(found)}; files in the clear: {len(unsealed)}; keys in the clear: {secret}; "
        f"lost to the product: {len(lost)}; fields without a row: {empty or 0}; "
        f"control in the clear {'found' if control.encode() in stored else 'NOT FOUND'}"
    )
    held = not (found or lost or secret or unsealed or empty) and files and control.encode() in stored
    return 0 if held else 1


def build_marked() -> list[str]:
    """The demonstration with a canary in every text of its stories; returns those that some child bears."""
    from opora.demo import region, stories
    from opora.demo.profiles import PROFILES
    from opora.foundation.organisations.models import Organisation
    from opora.foundation.worksheets.models import EarlierText
    from opora.people.children.models import Child

    from .canaries import erased, read_by_the_product, word

    marks: list[str] = []

    def marked(text: str) -> str:
        marks.append(word())
        return f"{text} {marks[-1]}"

    def all_marked(texts: dict[str, Any]) -> dict[str, Any]:
        return {key: all_marked(one) if isinstance(one, dict) else marked(one) for key, one in texts.items()}

    profiles = [
        replace(
            one, diagnosis=marked(one.diagnosis), reason=marked(one.reason), features=marked(one.features),
            conditions=all_marked(one.conditions), directions=all_marked(one.directions), sheets=all_marked(one.sheets),
        )
        for one in PROFILES
    ]  # fmt: skip
    with (
        mock.patch.object(region, "PROFILES", profiles),
        mock.patch.multiple(stories, SOCIAL=all_marked(stories.SOCIAL), DOCTOR=all_marked(stories.DOCTOR)),
    ):
        region.build(children=CHILDREN, cases=CASES)
    for place in Organisation.objects.filter(works_here=True):
        for child in Child.objects.filter(organisation=place).exclude(public_id__in=erased(place))[:3]:
            EarlierText.objects.create(
                organisation=place, person_id=child.public_id, section_id="x", version=1, text="x"
            )
        _beside_the_sheets(place, erased(place))
    told = "\n".join(read_by_the_product())
    return [one for one in marks if one in told]


def _beside_the_sheets(place: Any, gone: set[str]) -> None:
    """What the stories may leave out: methods, an instrument, texts of the catalogue, reasons, conclusions on ГИА."""
    from django.db.models import Q

    from opora.commission.attestation.models import AttestationConclusion
    from opora.commission.conclusions.models import CheckOverride, Conclusion, TakenText
    from opora.commission.instruments.models import ScoredInstrument
    from opora.commission.methods.models import MethodUse

    own: dict[str, Any] = {"organisation": place}
    drawn_up = Conclusion.objects.filter(**own).exclude(Q(case__child__public_id__in=gone) | Q(state="annulled"))
    for conclusion in drawn_up.select_related("case", "visit__session")[:3]:
        sheet = conclusion.case.examinations.select_related("specialist").earliest("pk")
        MethodUse.objects.create(**own, examination=sheet, code="8.2.06", title="Рисунок человека")
        ScoredInstrument.objects.create(
            **own, examination=sheet, instrument="family_risk", edition=conclusion.case.edition,
            filled_on=conclusion.visit.session.day, user=sheet.specialist,
        )  # fmt: skip
        TakenText.objects.create(**own, conclusion=conclusion, place="equipment", code="magnifier", text="Лупа")
        CheckOverride.objects.create(**own, conclusion=conclusion, code="home_schooling", by=sheet.specialist)
        AttestationConclusion.objects.get_or_create(**own, case=conclusion.case)


def attach(count: int) -> tuple[list[str], list[str]]:
    """Scans that speak in the clear inside, under telling names, and the PDFs of signed papers; insides and names."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from opora.commission.conclusions.models import Conclusion
    from opora.commission.intake.models import Paper
    from opora.commission.intake.services import paper_attach
    from opora.foundation.accounts.actors import SystemActor
    from opora.records.documents.services import paper_issue

    from .canaries import word

    insides, names = [], []
    open_papers = Paper.objects.filter(case__status__in=("papers", "ready", "booked")).select_related("case__child")
    for paper in open_papers[:count]:
        inside, name = word(), word()
        insides.append(inside)
        names.append(name)
        upload = SimpleUploadedFile(f"справка {name}.pdf", PDF % inside.encode(), content_type="application/pdf")
        paper_attach(actor=SystemActor(paper.organisation), paper=paper, upload=upload, on=timezone.localdate())
    for conclusion in Conclusion.objects.filter(state="signed").select_related("organisation", "protocol_snapshot")[:3]:
        if conclusion.protocol_snapshot is not None:
            paper_issue(actor=SystemActor(conclusion.organisation), snapshot=conclusion.protocol_snapshot)
    return insides, names


def plant_in_the_clear() -> str:
    """A word that the search has to find: it can see."""
    from opora.foundation.organisations.models import Organisation

    from .canaries import word

    control = word()
    Organisation.objects.filter(works_here=True).update(address=f"ул. {control}")
    return control


def disk() -> bytes:
    """The database as it lies there."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        database = Path(settings.DATABASES["default"]["NAME"])
        return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))
    program = postgres.programs()
    assert program is not None
    dump = [str(program / "pg_dump"), "--no-owner", os.environ["OPORA_DATABASE_URL"]]
    return subprocess.run(dump, check=True, capture_output=True).stdout


def kept_files() -> Iterator[bytes]:
    from django.conf import settings

    yield from (path.read_bytes() for path in sorted(Path(settings.FILES_ROOT).rglob("*")) if path.is_file())


def keys_found(stored: bytes) -> int:
    """How many data keys and master keys stand in the database, as bytes, hex or base64."""
    import base64

    from opora.foundation.organisations.models import Organisation
    from opora.foundation.organisations.scope import within
    from opora.foundation.vault import keyring, masters
    from opora.foundation.vault.models import PersonKey

    secrets = list(masters.load().keys.values())
    for place in Organisation.objects.filter(works_here=True):
        with within(place):
            for key in PersonKey.objects.filter(organisation=place):
                found = keyring.key(key.public_id).secret
                secrets += [found] if found else []
    forms = [form for one in secrets for form in (one, one.hex().encode(), base64.b64encode(one))]
    return sum(form in stored for form in forms)


if __name__ == "__main__":
    sys.exit(main())
