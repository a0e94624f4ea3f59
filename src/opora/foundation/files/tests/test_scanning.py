"""The antivirus of the place: what it finds is refused, and when it is silent nothing is accepted."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.foundation.access.refusals import Refusal
from opora.foundation.files import scanning
from opora.foundation.files.models import StoredFile
from opora.foundation.files.scanning import scan
from opora.foundation.files.services import file_keep, file_store
from tests.trust import clamd
from tests.trust.corpus import HOSTILE
from tests.trust.corpus.making import EICAR, pdf


@pytest.mark.parametrize("family", ["tcp", "unix"])
def test_a_virus_is_found_and_a_clean_file_passes(family, settings):
    with clamd.running(clamd.honest, family) as settings.CLAMD:
        scan(pdf(), "Справка")
        scan(b"0" * 3_000_000, "Скан")
        with pytest.raises(Refusal, match="найден вирус") as refused:
            scan(b"0" * scanning.CHUNK + EICAR, "Справка")

    assert refused.value.code == "infected"


@pytest.mark.parametrize("name", clamd.MISBEHAVING)
def test_without_a_verdict_nothing_is_accepted(name, settings, monkeypatch):
    monkeypatch.setattr(scanning, "PATIENCE", 0.4)
    with clamd.running(clamd.MISBEHAVING[name]) as settings.CLAMD, pytest.raises(Refusal) as refused:
        scan(pdf(), "Справка")

    assert refused.value.code == "scanner_silent"
    assert "проверка на вирусы сейчас не работает" in refused.value.message


@pytest.mark.parametrize(
    "address",
    ["tcp:127.0.0.1:1", "unix:/nowhere/clamd.ctl", "unix:", "tcp:", "tcp:192.0.2.1:3310", "tcp:a.example:3310", "on"],
)
def test_an_address_that_does_not_answer_or_is_elsewhere_accepts_nothing(address, settings):
    settings.CLAMD = address
    with pytest.raises(Refusal) as refused:
        scan(pdf(), "Справка")

    assert refused.value.code == "scanner_silent"


def test_a_file_too_large_for_the_antivirus_is_not_accepted(settings, monkeypatch):
    monkeypatch.setattr(clamd, "LIMIT", 1000)
    with clamd.running(clamd.honest) as settings.CLAMD, pytest.raises(Refusal) as refused:
        scan(b"0" * 3_000_000, "Скан")

    assert refused.value.code == "scanner_silent"


@pytest.mark.parametrize("one", [one for one in HOSTILE if one.code == "infected"], ids=lambda one: one.name)
def test_an_upload_with_a_virus_is_not_kept(cast, settings, one):
    with clamd.running(clamd.honest) as settings.CLAMD, pytest.raises(Refusal, match="вирус"):
        file_store(actor=cast.actor(cast.anna), upload=SimpleUploadedFile("скан.pdf", one.make()))

    assert not StoredFile.objects.exists()


def test_an_upload_is_not_kept_while_the_antivirus_is_silent(cast, settings):
    settings.CLAMD = "tcp:127.0.0.1:1"
    with pytest.raises(Refusal, match="приложите файл позже"):
        file_store(actor=cast.actor(cast.anna), upload=SimpleUploadedFile("скан.pdf", pdf()))

    assert not StoredFile.objects.exists()


def test_the_papers_of_the_product_itself_do_not_wait_for_the_antivirus(cast, settings):
    settings.CLAMD = "tcp:127.0.0.1:1"

    assert file_keep(actor=cast.actor(cast.anna), data=pdf(), title="Заключение").pk


def test_what_was_found_does_not_write_into_the_log_what_it_likes(settings, caplog):
    with clamd.running(clamd.saying(b"stream: \nBreak In\x1b[0m FOUND\0")) as settings.CLAMD, pytest.raises(Refusal):
        scan(pdf(), "Данилов Миша")

    assert "Данилов" not in caplog.text
    assert "?Break?In" in caplog.text
