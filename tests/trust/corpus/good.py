"""What people honestly bring: none of it may be refused."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable

import openpyxl
from PIL import Image

from .making import docx, field, object_stream, odt, page, pdf, picture, relations, stream


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return picture(exif=exif)


def _several() -> bytes:
    """Phones keep a small picture beside the large one and call the file JPEG."""
    made = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(
        made, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30), "blue")]
    )
    return made.getvalue()


def _palette(**save: int) -> bytes:
    made = io.BytesIO()
    Image.new("P", (400, 300)).save(made, "PNG", **save)
    return made.getvalue()


def _workbook() -> bytes:
    made, book = io.BytesIO(), openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Фамилия", "Балл", "Итог | всего"])
    sheet.append(["Данилов", 4, "=SUM(B2:B3)"])
    sheet["A4"].hyperlink = "https://a.example/"
    book.save(made)
    return made.getvalue()


def _scan(body: bytes, packing: str) -> bytes:
    """A page that is one picture, as scanners write it."""
    return pdf(
        stream(f"/Type/XObject/Subtype/Image/Width 400/Height 300/ColorSpace/DeviceRGB/Filter/{packing}", body),
        stream("/Filter/FlateDecode", zlib.compress(b"q 595 0 0 842 0 0 cm /Im0 Do Q")),
    )


def _black_scan() -> bytes:
    return _scan(zlib.compress(bytes(30_000_000)), "FlateDecode")


def _by_letters() -> bytes:
    body = base64.a85encode(zlib.compress(b"BT /F1 12 Tf 72 720 Td (Page) Tj ET")) + b"~>"
    return pdf(stream("/Filter[/ASCII85Decode/FlateDecode]", body))


def _signed() -> bytes:
    mark = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 10 20 30]/Contents<00>>>"
    return pdf(mark, catalog="/AcroForm<</SigFlags 3/Fields[4 0 R]>>")


def _linked() -> bytes:
    return pdf(
        "<</Type/Annot/Subtype/Link/A<</S/URI/URI(https://a.example/)>>>>", "<</First 4 0 R/Last 4 0 R/Count 1>>"
    )


def _letter() -> bytes:
    links = relations(
        ("hyperlink", "https://a.example/", "External"), ("hyperlink", "mailto:a@a.example", "External"),
        ("image", "media/image1.png", ""), ("styles", "/word/styles.xml", ""),
    )  # fmt: skip
    return docx(
        ("word/_rels/document.xml.rels", links),
        ("word/media/image1.png", picture("PNG")),
        ("word/styles.xml", "<?xml version='1.0'?><w:styles xmlns:w='a'/>"),
        ("docProps/thumbnail.emf", b"\x01\0\0\0"),
        body=field(' HYPERLINK "https://a.example/" ', " PAGE "),
    )


def _text_document() -> bytes:
    return odt(
        ("META-INF/manifest.xml", "<?xml version='1.0'?><manifest/>"),
        ("Pictures/1.png", picture("PNG")),
        inside='<text:p><text:a xlink:href="https://a.example/">а</text:a></text:p>'
        '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>',
    )


GOOD: list[tuple[str, Callable[[], bytes], str]] = [
    ("jpeg in colour", picture, "jpg"),
    ("jpeg in grey", lambda: picture(mode="L"), "jpg"),
    ("jpeg for print (CMYK)", lambda: picture(mode="CMYK"), "jpg"),
    ("progressive jpeg", lambda: picture(progressive=True), "jpg"),
    ("jpeg of a turned phone", _turned, "jpg"),
    ("several pictures in one jpeg", _several, "jpg"),
    ("jpeg of 24 million dots", lambda: picture("JPEG", (6000, 4000)), "jpg"),
    ("png in colour", lambda: picture("PNG"), "png"),
    ("png with a see-through ground", lambda: picture("PNG", mode="RGBA"), "png"),
    ("png in black and white", lambda: picture("PNG", mode="1"), "png"),
    ("png of 16 bits", lambda: picture("PNG", mode="I;16"), "png"),
    ("png with a palette", _palette, "png"),
    ("png with a see-through palette", lambda: _palette(transparency=0), "png"),
    ("A4 at 600 dots an inch", lambda: picture("PNG", (4961, 7016), "RGB"), "png"),
    ("pdf of one page", pdf, "pdf"),
    ("pdf with blanks behind its end", lambda: pdf(end=b"%%EOF\r\n\0\0\n"), "pdf"),
    ("pdf with packed objects", lambda: pdf(object_stream("<</Type/Font/BaseFont/A#20B>>")), "pdf"),
    ("scan as jpeg in pdf", lambda: _scan(picture(), "DCTDecode"), "pdf"),
    ("black scan in pdf", _black_scan, "pdf"),
    ("pdf packed into letters", _by_letters, "pdf"),
    ("pdf with an electronic signature", _signed, "pdf"),
    ("pdf with links and contents", _linked, "pdf"),
    ("docx of one page", docx, "docx"),
    ("docx with links, picture, fields", _letter, "docx"),
    ("docx with a table of 8 MB",
     lambda: docx(body=page("".join(map("<w:tr><w:tc>Имя {}</w:tc></w:tr>".format, range(200_000))))), "docx"),
    ("xlsx with a formula", _workbook, "xlsx"),
    ("odt with a link and a picture", _text_document, "odt"),
]  # fmt: skip
