"""What may be brought in, and what is told to the person when it may not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from opora.foundation.access.refusals import Refusal
from opora.foundation.files.inspection import DOCX, ODT, XLSX, clean_title
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_read, file_store
from opora.foundation.files.views import respond_file
from tests.trust.corpus.making import docx, odt, pdf, picture, png, types, xlsx

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
pytestmark = pytest.mark.django_db


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
        (docx(), DOCX),
        (xlsx(), XLSX),
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
        (b"<html><script>alert(1)</script></html>", "wrong_type", "не документ и не снимок, а страница"),
        (b"What is this?", "wrong_type", "не документ и не снимок"),
        (b"MZ\x90\x00", "wrong_type", "а программа"),
        (b"GIF89a" + b"0" * 50, "wrong_type", "Подойдут PDF"),
        (PDF[:-8], "broken", "не до конца"),
        (PDF.replace(b"<<>>", b"<</JavaScript 2 0 R>>"), "active_content", "в нём есть программа"),
        (picture()[:60], "broken", "повреждён"),
        (docx(("word/vbaProject.bin", b"x")), "macros", "макрос"),
        (docx(listed=types("a.macroEnabled.main+xml")), "wrong_type", "другого вида"),
        (docx(("big", b"0" * 40_000_000)), "zip_bomb", "распаковке"),
        (docx(("../../etc/passwd", b"x")), "broken", "повреждён"),
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
        store(png(9000, 9000, (b"IDAT", b"")), "снимок.png")


def test_a_photo_loses_its_place_and_keeps_its_orientation(store):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "where it was taken"
    stored = store(picture(size=(40, 20), exif=exif), "photo.jpg")
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
        ("\u2066слева\u2069 \u200fсправа\ufeff.pdf", "слева справа"),
        ("д" * 300 + ".pdf", "д" * 120),
        ("<script>alert(1)</script>.pdf", "script>"),
        ("...", "Файл"),
        (".pdf", "Файл"),
        ("", "Файл"),
    ],
)
def test_the_name_to_show_is_harmless(name, title):
    assert clean_title(name) == title


def test_an_archive_with_spoiled_bytes_is_called_broken(cast):
    whole = docx()
    spoiled = whole[:50] + b"\xff" * 12 + whole[62:]
    with pytest.raises(Refusal) as refused:
        file_store(actor=cast.actor(cast.anna), upload=SimpleUploadedFile("справка.docx", spoiled))
    assert refused.value.code == "broken"


def test_three_signs_that_came_about_by_chance_in_a_scan_do_not_refuse_it(store):
    chance = pdf(b"<</Length 24/Filter/DCTDecode>>stream\n\xff\xd8\x91/3D \x07\x99\x11/3D/\xff\xd9\nendstream")
    scene = pdf("<</Type/Annot/Subtype /3D /Rect[0 0 9 9]>>")

    assert store(chance).size == len(chance)
    with pytest.raises(Refusal) as refused:
        store(scene)
    assert refused.value.code == "active_content"
