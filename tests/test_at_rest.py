"""What a found disk tells, and what is left of an erased child. The long runs are in `tests/trust`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from opora.commission.attestation.models import AttestationConclusion
from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import TakenText
from opora.commission.conclusions.services import conclusion_sign, opinion_add, text_save
from opora.commission.conclusions.tests.stage import DAY, DIAGNOSIS, FEATURES_TEXT, discussed, ready
from opora.commission.findings.models import Finding
from opora.commission.instruments.models import ScoredInstrument
from opora.commission.intake.models import PaperFile
from opora.commission.intake.services import paper_attach
from opora.commission.methods.models import MethodUse
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.files.services import file_read
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults, snapshot_is_whole
from opora.foundation.vault import keyring
from opora.foundation.vault.models import PersonKey
from opora.foundation.vault.services import key_destroy
from opora.foundation.worksheets.models import EarlierText
from opora.people.children.models import Disability, Family
from opora.records.documents.services import paper_read
from tests import cast as people
from tests.permissions.house import CANARY, found
from tests.trust import canaries
from tests.trust.rotation import rotate_under_load

INSIDE = "тайна-в-файле"
OVER = "решение врачей позже"
SPOKEN = [f"{one}-молвлено" for one in (
    "признак", "источник", "пометка", "ответ", "взятое", "условие", "каталожное", "поверх", "опечатка",
)]  # fmt: skip
PDF = f"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%{INSIDE}\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()


@pytest.fixture
def schooled(db: None):
    """A house of the permission tests: a commission and a school in one, with a row of every kind."""
    place = people.organisation("territorial_commission", "ПМПК Лесного района")
    return found(place, "h-", CANARY, people.organisation("school", "Школа № 7", works_here=False))


@pytest.fixture
def signed(cast, daria_child):
    """A case with everything that is sealed: sheets, answers, an opinion, frozen papers, lines of journals, a scan."""
    case, at = discussed(cast, daria_child), {"organisation": cast.commission}
    Disability.objects.create(**at, child=daria_child, document_number="МСЭ-1")
    Family.objects.create(**at, child=daria_child, notes="развод")
    EarlierText.objects.create(**at, person_id=daria_child.public_id, section_id="x", version=1, text="прежнее")
    scan = SimpleUploadedFile(f"{INSIDE}.pdf", PDF, content_type="application/pdf")
    paper_attach(actor=cast.actor(cast.anna), paper=case.papers.get(), upload=scan, on=timezone.localdate())
    draft = ready(cast, case)
    _engine_rows(cast, case, draft)
    opinion_add(actor=cast.actor(cast.gleb), conclusion=draft, text="Особое мнение психолога")
    section = draft.sections.get(code="other_conditions")
    text_save(actor=cast.actor(cast.boris), section=section, text="Надомное обучение.", base_version=section.version)
    reasons = {one.key: OVER for one in problems_of(draft, DAY) if one.warns}
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY, reasons=reasons)


def _engine_rows(cast, case, draft):
    """What a specialist records beside the texts: findings, methods, answers, a text of the catalogue, ГИА."""
    at, sheet = {"organisation": cast.commission}, case.examinations.get(specialist=cast.vera)
    noted = {"examination": sheet, "recorded_by": cast.vera}
    Finding.objects.create(**at, **noted, code="individual_features", value=SPOKEN[0], source=f"parents: {SPOKEN[1]}")
    MethodUse.objects.create(**at, examination=sheet, code="8.2.06", title="Рисунок человека", note=SPOKEN[2])
    ScoredInstrument.objects.create(
        **at, examination=sheet, instrument="family_risk", edition="2016", filled_on=DAY, user=cast.vera,
        answers={"birth_unmarried": SPOKEN[3]},
    )  # fmt: skip
    TakenText.objects.create(**at, conclusion=draft, place="equipment", code="x", text=SPOKEN[4], user=cast.boris)
    AttestationConclusion.objects.create(
        **at, case=case, level="9", answers={"special": SPOKEN[5]}, taken={"x": {"text": SPOKEN[6]}},
        basis={"signed_over": [{"reason": SPOKEN[7]}]}, annul_reason=SPOKEN[8],
    )  # fmt: skip


def kept() -> bytes:
    return b"".join(path.read_bytes() for path in Path(configured.FILES_ROOT).rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def no_files_of_other_tests():
    shutil.rmtree(configured.FILES_ROOT, ignore_errors=True)


def test_the_database_and_the_files_tell_nothing_that_is_special(cast, signed):
    paper_read(actor=cast.actor(cast.anna), snapshot=signed.snapshot)
    words, planted = canaries.plant(rows=1)
    told = "\n".join(canaries.read_by_the_product())
    stored = canaries.rows_as_stored() + kept()
    known = [*words, *SPOKEN, OVER, DIAGNOSIS, FEATURES_TEXT, INSIDE, "Особое мнение психолога", "аграмматизм"]

    assert len(planted) > 30
    assert [one for one in words if one not in told] == []
    assert [one for one in known if one.encode() in stored] == []
    assert b"%PDF" not in stored
    assert cast.commission.short_name.encode() in stored, "the search can see"


def test_every_sealed_text_of_a_real_child_is_reached_by_the_canaries(schooled):
    words, planted = canaries.plant(rows=1)
    stored = canaries.rows_as_stored() + kept()

    assert {name for name, count in planted.items() if not count} == set()
    assert [one for one in words if one.encode() in stored] == []


def pages(signed) -> dict[str, str]:
    case = signed.case
    return {
        "child": reverse("children:child", args=[case.child.public_id]),
        "case": reverse("cases:case", args=[case.public_id]),
        "conclusion": reverse("conclusions:sheet", args=[signed.public_id]),
        "journal": reverse("journals:examined"),
        "papers": reverse("intake:papers", args=[case.public_id]),
    }


def test_an_erased_child_leaves_pages_that_open_and_registers_that_hold(cast, signed, as_user, caplog):
    boris, child = as_user(cast.boris), signed.case.child
    paper_read(actor=cast.actor(cast.boris), snapshot=signed.snapshot)
    before = {name: boris.get(url).content.decode() for name, url in pages(signed).items()}
    assert DIAGNOSIS in before["child"]
    assert "Данилов" in before["journal"]

    key_destroy(actor=cast.actor(cast.boris), person_id=child.public_id)

    for name, url in pages(signed).items():
        answer = boris.get(url)
        assert answer.status_code == 200, name
        for word in (DIAGNOSIS, FEATURES_TEXT, INSIDE):
            assert word not in answer.content.decode(), name
    assert list(faults()) == []
    line = Entry.objects.in_series("examined", DAY.year).get()
    assert (line.content, line.salt) == ({}, ""), "nobody can try names against the commitment"
    for erased in (
        lambda: file_read(PaperFile.objects.get().file),
        lambda: paper_read(actor=cast.actor(cast.boris), snapshot=signed.snapshot),
    ):
        keyring.forget()
        with pytest.raises(Refusal) as refused:
            erased()
        assert refused.value.code == "erased"
    assert "Incident" not in caplog.text


def test_erasing_one_child_leaves_the_others(cast, signed):
    other = discussed(cast, people.child_of(cast.commission, "Иванов", "Илья"), number=77)

    key_destroy(actor=cast.actor(cast.boris), person_id=signed.case.child.public_id)
    keyring.forget()

    assert other.child.diagnoses.get().text == DIAGNOSIS
    assert other.application.reason


def test_a_changed_line_of_a_register_is_a_fault_and_not_an_erasure(cast, signed):
    line = Entry.objects.in_series("examined", DAY.year).get()
    other = Entry.objects.in_series("protocol", DAY.year).values_list("content", flat=True).get()
    Entry.objects.filter(pk=line.pk).update(content=other)

    assert [(one.series.code, one.reason) for one in faults()] == [("examined", "содержание изменено")]


def test_a_frozen_paper_under_anothers_seal_is_not_whole(signed):
    type(signed.snapshot).objects.filter(pk=signed.snapshot.pk).update(
        content=type(signed.snapshot).objects.values_list("content", flat=True).get(pk=signed.school_snapshot.pk)
    )
    signed.snapshot.refresh_from_db(fields=["sha256"])

    assert not snapshot_is_whole(type(signed.snapshot).objects.get(pk=signed.snapshot.pk))


@pytest.mark.parametrize("spoilt", ["flipped", "moved", "in the clear", "cut"])
def test_a_file_opens_only_as_it_was_sealed(cast, signed, spoilt):
    scan = SimpleUploadedFile("другой.pdf", PDF, content_type="application/pdf")
    paper = signed.case.papers.get()
    paper_attach(actor=cast.actor(cast.anna), paper=paper, upload=scan, on=timezone.localdate())
    first, second = (Path(one.file.content.path) for one in PaperFile.objects.order_by("pk"))
    stored = PaperFile.objects.order_by("pk")[0].file
    sealed = first.read_bytes()
    assert file_read(stored) == PDF
    first.write_bytes(
        {
            "flipped": sealed[:-1] + bytes([sealed[-1] ^ 1]), "moved": second.read_bytes(), "in the clear": PDF,
            "cut": sealed[:20],
        }[spoilt]
    )  # fmt: skip

    with pytest.raises(Refusal) as refused:
        file_read(stored)
    assert refused.value.code == "file_broken"


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_key_leaves_no_trace_in_the_file_or_its_journal():
    place = Organisation.objects.create(kind="school", full_name="ТПМПК", short_name="ТПМПК", works_here=True)
    keyring.provide(place.pk, [f"child-{at}" for at in range(20)])
    wrapped = PersonKey.objects.get(person_id="child-7").wrapped.encode()

    def on_the_disk() -> bytes:
        if connection.vendor != "sqlite":  # there the next vacuum overwrites the old row
            return canaries.rows_as_stored()
        database = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))

    assert wrapped in on_the_disk()
    key_destroy(actor=SystemActor(place), person_id="child-7")

    assert wrapped not in on_the_disk()


@pytest.mark.django_db(transaction=True)
def test_the_master_key_is_changed_while_people_write_and_read(settings, tmp_path):
    settings.MASTER_KEYS_FILE = tmp_path / "master.keys"
    place = Organisation.objects.create(kind="school", full_name="ТПМПК", short_name="ТПМПК", works_here=True)

    figures = rotate_under_load(place, seconds=0.6, rotations=2, rest=0.03)

    assert figures.held, f"{figures}\n{''.join(figures.failures[:1])}"
