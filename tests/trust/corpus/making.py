"""How the files are put together."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

PAYLOAD = b"<script>alert('OPORA-PAYLOAD')</script>"
# The agreed test text of all antivirus programs, in two halves so that no scanner stops at this page.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
Members = list[tuple[str, bytes | str]]


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), mode: str = "RGB", **save: Any) -> bytes:
    made = io.BytesIO()
    image = Image.linear_gradient("L").resize(size)
    (image.convert(mode) if mode not in ("I;16",) else Image.new(mode, size, 40_000)).save(made, kind, **save)
    return made.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: tuple[bytes, bytes], depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of the given chunks, whose header may lie about its size."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [png_chunk(b"IHDR", header), *(png_chunk(*chunk) for chunk in chunks), png_chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose frame header promises other dimensions than it has."""
    data = picture()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def jpeg_segment(data: bytes, marker: bytes, body: bytes) -> bytes:
    return data[:2] + marker + struct.pack(">H", len(body) + 2) + body + data[2:]


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = comment
    return made.getvalue()


def types(main: str = WORD + "document.main+xml", extra: str = "") -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{extra}</Types>'
    )


def relations(*rows: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{i}" Type="{RELATION}{kind}" Target="{target}"{mode and f" TargetMode={mode!r}"}/>'
        for i, (kind, target, mode) in enumerate(rows)
    ).replace("'", '"')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{space}">{listed}</Relationships>'


def page(inside: str = "<w:p><w:r><w:t>Выписка</w:t></w:r></w:p>", before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {NS}><w:body>{inside}</w:body></w:document>'


def docx(*members: tuple[str, bytes | str], body: str = "", listed: str = "", **save: Any) -> bytes:
    base: Members = [
        ("[Content_Types].xml", listed or types()),
        ("_rels/.rels", relations(("officeDocument", "word/document.xml", ""))),
        ("word/document.xml", body or page()),
    ]
    return packed([*base, *members], **save)


def field(*texts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return page(f"<w:p>{mark.format('begin')}{runs}{mark.format('end')}</w:p>")


ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(*members: tuple[str, bytes | str], inside: str = "<text:p>Выписка</text:p>", mimetype: str = ODT_TYPE) -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content {ODF}><office:scripts/>'
        f"<office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    )
    return packed([("mimetype", mimetype), ("content.xml", content), *members])


def xlsx(*members: tuple[str, bytes | str], cell: str = "<v>1</v>") -> bytes:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    sheet = f'<?xml version="1.0"?><worksheet><sheetData><row><c>{cell}</c></row></sheetData></worksheet>'
    base: Members = [
        ("[Content_Types].xml", types(main)),
        ("xl/workbook.xml", '<?xml version="1.0"?><workbook/>'),
        ("xl/worksheets/sheet1.xml", sheet),
    ]
    return packed([*base, *members])


def stream(header: str, body: bytes) -> bytes:
    return f"<<{header} /Length {len(body)}>>\nstream\n".encode() + body + b"\nendstream"


def pdf(*objects: bytes | str, catalog: str = "", trailer: str = "", end: bytes = b"%%EOF\n") -> bytes:
    """A PDF of one empty page and the given objects, numbered from 4 on, with a true table."""
    base = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]  # fmt: skip
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, one in enumerate([*base, *objects], start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + (one.encode() if isinstance(one, str) else one) + b"\nendobj\n"
    start = len(made)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{rows}".encode()
    return made + f"trailer\n<</Size {len(places) + 1}/Root 1 0 R {trailer}>>\nstartxref\n{start}\n".encode() + end


def object_stream(inside: str, header: str = "/Type/ObjStm", lead: bytes = b"") -> bytes:
    """Objects packed into a stream, where a search of the bytes does not see them."""
    pairs = b"10 0 "
    body = zlib.compress(lead + pairs + inside.encode())
    return stream(f"{header}/N 1/First {len(lead) + len(pairs)}/Filter/FlateDecode", body)
