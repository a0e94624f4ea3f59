"""Office documents with programs, attachments, outside links, entities, and archives that lie."""

from __future__ import annotations

import struct
import zipfile

from .making import EICAR, docx, field, odt, packed, page, pdf, picture, relations, types, xlsx

ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)
) + "]>"  # fmt: skip
OUTSIDE = "http://a.example/t.dotm"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


def _settings(kind: str, target: str = OUTSIDE, mode: str = "External") -> bytes:
    return docx(("word/_rels/settings.xml.rels", relations((kind, target, mode))))


def _twice() -> bytes:
    return docx(("word/document.xml", page("<w:p/>")))


def _overlapping() -> bytes:
    """All entries of the directory point at one packed member: a few kilobytes become gigabytes."""
    data = docx(("word/media/a.bin", b"\0" * 900_000), ("word/media/b.bin", b"\0" * 900_000))
    first, second = (data.index(b"PK\x03\x04", data.index(b"word/media/%s.bin" % name) - 40) for name in (b"a", b"b"))
    at = data.rindex(b"word/media/b.bin") - 4
    assert struct.unpack("<I", data[at : at + 4])[0] == second
    return data[:at] + struct.pack("<I", first) + data[at + 4 :]


def _lying_size() -> bytes:
    """The directory says 10 bytes, the member unpacks to a million."""
    data = docx(("word/media/a.bin", b"\0" * 1_000_000))
    at = data.rindex(b"word/media/a.bin") - 46 + 24
    return data[:at] + struct.pack("<I", 10) + data[at + 4 :]


def _spoiled() -> bytes:
    data = docx(method=zipfile.ZIP_STORED)
    return data.replace("Выписка".encode(), "Выпивка".encode())


def _locked() -> bytes:
    data = bytearray(docx())
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    return bytes(data)


def _pdf_inside() -> bytes:
    return packed([("a", pdf()), ("[Content_Types].xml", types()), ("word/document.xml", page())], zipfile.ZIP_STORED)


def _odt_image(href: str) -> bytes:
    return odt(inside=f'<draw:frame><draw:image xlink:href="{href}"/></draw:frame>')


ACTIVE = "active_content"
DOCUMENTS = [
    ("macro", "vba", lambda: docx(("word/vbaProject.bin", OLE)), "macros"),
    ("macro", "vba under another name", lambda: docx(("word/a.bin", OLE)), ACTIVE),
    ("macro", "docm renamed",
     lambda: docx(listed=types("application/vnd.ms-word.document.macroEnabled.main+xml")), "wrong_type"),
    ("macro", "vba named in the list of kinds",
     lambda: docx(listed=types(extra='<Default Extension="b" ContentType="application/vnd.ms-office.vbaProject"/>')),
     "wrong_type"),
    ("macro", "active control", lambda: docx(("word/activeX/activeX1.xml", "<a/>")), "macros"),
    ("macro", "sheet of macros", lambda: xlsx(("xl/macrosheets/sheet1.xml", "<a/>")), "macros"),
    ("macro", "basic in odt", lambda: odt(("Basic/Standard/Module1.xml", "<a/>")), "macros"),
    ("macro", "python in odt", lambda: odt(("Scripts/python/a.py", "import os")), "macros"),
    ("macro", "odt that listens",
     lambda: odt(inside='<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:a"/>'),
     ACTIVE),
    ("outside link", "template", lambda: _settings("attachedTemplate"), ACTIVE),
    ("outside link", "template that does not say it is outside",
     lambda: _settings("attachedTemplate", mode=""), ACTIVE),
    ("outside link", "template of a share", lambda: _settings("attachedTemplate", "\\\\host\\share\\a.dotm"), ACTIVE),
    ("outside link", "picture", lambda: _settings("image", "http://a.example/track.png"), ACTIVE),
    ("outside link", "object", lambda: _settings("oleObject", "mhtml:http://a.example!x-usc:a"), ACTIVE),
    ("outside link", "frame", lambda: _settings("frame", "//a.example/f.docx"), ACTIVE),
    ("outside link", "piece of a page", lambda: _settings("aFChunk", "/word/a.xhtml", ""), ACTIVE),
    ("outside link", "link that runs", lambda: _settings("hyperlink", "javascript:alert(1)"), ACTIVE),
    ("outside link", "link to a share", lambda: _settings("hyperlink", "file://host/share/a.exe"), ACTIVE),
    ("outside link", "picture of odt", lambda: _odt_image("http://a.example/track.png"), ACTIVE),
    ("outside link", "picture of odt from a disk", lambda: _odt_image("../../../etc/passwd"), ACTIVE),
    ("outside link", "section of odt",
     lambda: odt(inside='<text:section><text:section-source xlink:href="file:///etc/passwd"/></text:section>'), ACTIVE),
    ("outside link", "external book", lambda: xlsx(("xl/externalLinks/externalLink1.xml", "<a/>")), ACTIVE),
    ("field that runs", "dde", lambda: docx(body=field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe ")), ACTIVE),
    ("field that runs", "dde in pieces", lambda: docx(body=field(" DD", "EAU", "TO cmd ")), ACTIVE),
    ("field that runs", "dde as a simple field",
     lambda: docx(body=page('<w:fldSimple w:instr="DDE cmd a"/>')), ACTIVE),
    ("field that runs", "text from a file", lambda: docx(body=field(" INCLUDETEXT c:\\\\a.txt ")), ACTIVE),
    ("field that runs", "dde in a cell", lambda: xlsx(cell="<f>cmd|'/c calc'!A0</f>"), ACTIVE),
    ("field that runs", "call to the web in a cell",
     lambda: xlsx(cell="<f>WEBSERVICE(&quot;http://a.example&quot;)</f>"), ACTIVE),
    ("attachment", "object", lambda: docx(("word/embeddings/oleObject1.bin", OLE)), ACTIVE),
    ("attachment", "program as a picture", lambda: docx(("word/media/image1.png", b"MZ\x90\0")), ACTIVE),
    ("attachment", "archive as a picture", lambda: docx(("word/media/image1.png", docx())), ACTIVE),
    ("attachment", "svg", lambda: docx(("word/media/image1.svg", b"<!-- a --><svg onload='alert(1)'/>")), ACTIVE),
    ("attachment", "page of the web as a picture", lambda: docx(("word/media/image1.png", b" <html>")), ACTIVE),
    ("attachment", "object of odt", lambda: odt(("Object 1/content.xml", "<a/>")), ACTIVE),
    ("xml entity", "file", lambda: docx(body=page("&x;", ENTITY)), ACTIVE),
    ("xml entity", "file, in odt", lambda: odt(("styles.xml", f"<?xml version='1.0'?>{ENTITY}<a>&x;</a>")), ACTIVE),
    ("xml entity", "outside type",
     lambda: docx(body=page(before='<!DOCTYPE a SYSTEM "http://a.example/a.dtd">')), ACTIVE),
    ("xml entity", "billion laughs", lambda: docx(body=page("&a9;", LAUGHS)), ACTIVE),
    ("xml entity", "billion laughs in the links", lambda: docx(("word/_rels/a.rels", LAUGHS + "<a>&a9;</a>")), ACTIVE),
    ("xml entity", "two thousand levels", lambda: docx(body=page("<w:p>" * 2_000 + "</w:p>" * 2_000)), "broken"),
    ("xml entity", "UTF-7", lambda: docx(body='<?xml version="1.0" encoding="UTF-7"?><a/>'), "broken"),
    ("bomb", "40 MB of noughts", lambda: docx(("word/media/a.bin", b"0" * 40_000_000)), "zip_bomb"),
    ("bomb", "100 MB of text", lambda: docx(body=page("<w:p/>" * 17_000_000)), "zip_bomb"),
    ("bomb", "40 MB of words",
     lambda: docx(body=page("".join(map("<w:p>{}</w:p>".format, range(2_600_000))))), "zip_bomb"),
    ("bomb", "3,000 members", lambda: docx(*((f"word/{i}.bin", b"") for i in range(3000))), "zip_bomb"),
    ("bomb", "members that share their bytes", _overlapping, "zip_bomb"),
    ("bomb", "archive in archive", lambda: docx(("word/a.bin", packed([("b", b"0" * 30_000_000)]))), ACTIVE),
    ("lying archive", "size", _lying_size, "broken"),
    ("lying archive", "path upwards", lambda: docx(("../../etc/passwd", "a")), "broken"),
    ("lying archive", "path from the root", lambda: docx(("/etc/passwd", "a")), "broken"),
    ("lying archive", "path of a disk", lambda: docx(("C:\\a.txt", "a")), "broken"),
    ("lying archive", "one page twice", _twice, "polyglot"),
    ("lying archive", "spoiled bytes", _spoiled, "broken"),
    ("lying archive", "password", _locked, "encrypted"),
    ("lying archive", "cut off", lambda: docx()[:-30], "broken"),
    ("lying archive", "rare packing", lambda: docx(method=zipfile.ZIP_LZMA), "broken"),
    ("two in one", "pdf inside the first kilobyte", _pdf_inside, "polyglot"),
    ("two in one", "something behind the archive", lambda: docx() + b"<script>1</script>", "polyglot"),
    ("two in one", "something in the remark", lambda: docx(comment=b"<script>1</script>"), "polyglot"),
    ("two in one", "picture before an archive", lambda: picture() + docx(), "clean"),
    ("virus", "in a document", lambda: docx(("word/media/a.bin", EICAR), method=zipfile.ZIP_STORED), "infected"),
    ("virus", "in a pdf", lambda: pdf(EICAR), "infected"),
]  # fmt: skip
