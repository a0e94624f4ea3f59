"""What may be brought in, and what is told to the person when it may not."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.inspection import DOCX, ODT, clean_title
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_read, file_store
from opora.foundation.files.views import respond_file

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
pytestmark = pytest.mark.django_db


def picture(kind="JPEG", size=(40, 20), **save):
    made = io.BytesIO()
    Image.new("RGB", size, "white").save(made, kind, **save)
    return made.getvalue()


def office(*members, types=b"wordprocessingml.document.main+xml"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", "<w/>")
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def odt():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", "<office/>")
    return made.getvalue()


@pytest.fixture
def store(cast):
    def keep(data, name="Скан.pdf"):
        return file_store(actor=cast.actor(cast.anna), upload=SimpleUploadedFile(name, data))

    return keep


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (PDF, "application/pdf"),
        (picture(), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (office(), DOCX),
        (odt(), ODT),
    ],
)
def test_a_document_is_kept_under_a_random_name_with_its_hash(store, data, content_type):
    stored = store(data, "Данилов Миша.exe")
    assert stored.content_type == content_type
    assert "Данилов" not in stored.content.name
    assert file_read(stored)
    assert stored.title.startswith("Данилов Миша.")
    assert not stored.title.endswith(".exe")


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty_file", "пуст"),
        (b"<html><script>alert(1)</script></html>", "wrong_type", "не документ и не снимок"),
        (b"MZ\x90\x00", "wrong_type", "Подойдут PDF"),
        (b"GIF89a" + b"0" * 50, "wrong_type", "Подойдут PDF"),
        (PDF[:-8], "broken", "не до конца"),
        (PDF.replace(b"<<>>", b"<</JavaScript 2 0 R>>"), "active_content", "программы"),
        (picture()[:60], "broken", "повреждён"),
        (office(("word/vbaProject.bin", b"x")), "macros", "макрос"),
        (office(types=b"word.document.macroEnabled.main+xml"), "wrong_type", "другого вида"),
        (office(("big", b"0" * 40_000_000)), "zip_bomb", "распаковке"),
        (office(("../../etc/passwd", b"x")), "broken", "повреждён"),
        (b"PK\x03\x04garbage", "broken", "повреждён"),
    ],
)  # fmt: skip
def test_what_is_not_a_document_is_refused_in_words(store, data, code, words):
    with pytest.raises(Refusal) as refused:
        store(data, "снимок.jpg")
    assert refused.value.code == code
    assert words in refused.value.message
    assert not StoredFile.objects.exists()


def test_a_scan_of_52_megabytes_is_refused_with_its_size(store):
    with pytest.raises(Refusal, match=r"52\sМБ.*20\sМБ"):
        store(b"%PDF-" + b"0" * (52 * 1024 * 1024 - 5))


def test_a_flood_of_pixels_is_refused_before_it_is_unpacked(store):
    with pytest.raises(Refusal, match="300 точек"):
        store(picture("PNG", (9000, 9000)), "снимок.png")


def test_a_photo_loses_its_place_and_keeps_its_orientation(store):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "where it was taken"
    stored = store(picture(exif=exif), "photo.jpg")
    with Image.open(io.BytesIO(file_read(stored))) as kept:
        assert kept.size == (20, 40)
        assert not kept.getexif()


def test_a_file_of_a_deed_that_failed_leaves_the_disk(store):
    kept_names = []

    @transaction.atomic
    def deed():
        stored = store(PDF)
        kept_names.append((stored.content.storage, stored.content.name))
        assert stored.content.storage.exists(stored.content.name)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        deed()
    storage, name = kept_names[0]
    assert not storage.exists(name)


def test_a_committed_file_stays(store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        stored = store(PDF)
    assert stored.content.storage.exists(stored.content.name)


def test_a_changed_file_is_not_served(cast, store):
    stored = store(PDF)
    with open(stored.content.path, "ab") as kept:
        kept.write(b"!")
    with pytest.raises(Refusal, match="повреждён в хранилище"):
        respond_file(stored, actor=cast.actor(cast.anna))


def test_a_file_is_served_as_an_attachment_in_a_sandbox(cast, store):
    answer = respond_file(store(PDF, "Данилов.pdf"), actor=cast.actor(cast.anna))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Данилов" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("C:\\Сканы\\выписка.PDF", "выписка"),
        ("../../etc/passwd", "passwd"),
        ("отчёт\u202efdp.exe", "отчёт fdp"),
        ("a\x00b\r\n.jpg", "a b"),
        (".pdf", "Файл"),
        ("", "Файл"),
    ],
)
def test_the_name_to_show_is_harmless(name, title):
    assert clean_title(name) == title


def test_an_archive_with_spoiled_bytes_is_called_broken(cast):
    whole = office()
    spoiled = whole[:50] + b"\xff" * 12 + whole[62:]
    with pytest.raises(Refusal) as refused:
        file_store(actor=cast.actor(cast.anna), upload=SimpleUploadedFile("справка.docx", spoiled))
    assert refused.value.code == "broken"
