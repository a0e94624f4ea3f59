"""PDF files that act by themselves, hide something, or exhaust the reader."""

from __future__ import annotations

import base64
import binascii
import zlib

from .making import docx, object_stream, pdf, stream

JS = "<</S/JavaScript/JS(app.alert\\(1\\))>>"


def _text_packed(kind: str) -> bytes:
    inner = zlib.compress(b"10 0 " + JS.encode())
    body = base64.a85encode(inner) + b"~>" if kind == "ASCII85Decode" else binascii.hexlify(inner) + b">"
    return stream(f"/Type/ObjStm/N 1/First 5/Filter[/{kind}/FlateDecode]", body)


def _twice() -> bytes:
    body = binascii.hexlify(base64.a85encode(b"10 0 " + JS.encode()) + b"~>") + b">"
    return pdf(stream("/Type/ObjStm/N 1/First 5/Filter[/ASCIIHexDecode/ASCII85Decode]", body))


def _cut_in_two() -> bytes:
    """The name lies across the border of two portions."""
    return pdf(object_stream(" " * (1024 * 1024 - 12) + JS))


def _odd(packing: str) -> bytes:
    return pdf(stream(f"/Type/ObjStm/N 1/First 5{packing}", zlib.compress(b"10 0 " + JS.encode())))


def _bomb() -> bytes:
    body = zlib.compress(b"1" * 60_000_000)
    return pdf(*(stream("/Type/ObjStm/N 1/First 5/Filter/FlateDecode", body) for _ in "12345"))


def _image_bomb() -> bytes:
    body = zlib.compress(bytes(60_000_000))
    return pdf(*(stream("/Subtype/Image/Filter/FlateDecode", body) for _ in "12345"))


ACTIVE = "active_content"
PDF = [
    ("pdf with a program", "at opening", lambda: pdf(catalog=f"/OpenAction {JS}"), ACTIVE),
    ("pdf with a program", "in the tree of names", lambda: pdf(catalog="/Names<</JavaScript 4 0 R>>"), ACTIVE),
    ("pdf with a program", "name written by codes", lambda: pdf(JS.replace("/Java", "/J#61v#61")), ACTIVE),
    ("pdf with a program", "all of the name by codes",
     lambda: pdf("<</S/" + "".join(f"#{sign:02x}" for sign in b"JavaScript") + ">>"), ACTIVE),
    ("pdf with a program", "in a packed object", lambda: pdf(object_stream(JS)), ACTIVE),
    ("pdf with a program", "in a packed object without its kind", lambda: pdf(object_stream(JS, "")), ACTIVE),
    ("pdf with a program", "in what calls itself a picture",
     lambda: pdf(object_stream(JS, "/Type/XObject/Subtype/Image/Width 1/Height 1")), ACTIVE),
    ("pdf with a program", "behind 20 kilobytes of blanks",
     lambda: pdf(object_stream(JS, "/Subtype/Image", b" \0\n" * 7000)), ACTIVE),
    ("pdf with a program", "behind a remark", lambda: pdf(object_stream(JS, "/Subtype/Image", b"% a\n")), ACTIVE),
    ("pdf with a program", "behind a false end of a stream", lambda: _odd("/X(endstream)/Filter/FlateDecode"), ACTIVE),
    ("pdf with a program", "as letters and packed", lambda: pdf(_text_packed("ASCII85Decode")), ACTIVE),
    ("pdf with a program", "as digits and packed", lambda: pdf(_text_packed("ASCIIHexDecode")), ACTIVE),
    ("pdf with a program", "across two portions", _cut_in_two, ACTIVE),
    ("pdf with a program", "inside a stream that is not packed",
     lambda: pdf(stream("", b"10 0 obj" + JS.encode() + b"endobj")), ACTIVE),
    ("pdf with a program", "with a film", lambda: pdf("<</S/Rendition/JS(1)>>"), ACTIVE),
    ("pdf with a program", "form of Adobe", lambda: pdf(catalog="/AcroForm<</XFA[(a) 4 0 R]>>"), ACTIVE),
    ("pdf that reaches out", "starts a program", lambda: pdf("<</S/Launch/F(cmd.exe)>>"), ACTIVE),
    ("pdf that reaches out", "sends a form", lambda: pdf("<</S/SubmitForm/F(http://a.example)>>"), ACTIVE),
    ("pdf that reaches out", "opens a file elsewhere", lambda: pdf("<</S/GoToR/F(//host/share)>>"), ACTIVE),
    ("pdf that reaches out", "reads data in", lambda: pdf("<</S/ImportData/F(a.fdf)>>"), ACTIVE),
    ("pdf with an attachment", "a file",
     lambda: pdf("<</Type/EmbeddedFile>>", catalog="/Names<</EmbeddedFiles 4 0 R>>"), ACTIVE),
    ("pdf with an attachment", "a collection", lambda: pdf(catalog="/Collection<</View/T>>"), ACTIVE),
    ("pdf with an attachment", "a scene", lambda: pdf("<</Subtype/RichMedia>>"), ACTIVE),
    ("pdf that cannot be read", "password", lambda: pdf("<</Filter/Standard/V 1/R 2>>", trailer="/Encrypt 4 0 R"),
     "encrypted"),
    ("pdf that cannot be read", "cut off", lambda: pdf()[:-10], "broken"),
    ("pdf that cannot be read", "rare packing", lambda: _odd("/Filter/LZWDecode"), "too_complex"),
    ("pdf that cannot be read", "packing with a forecast",
     lambda: _odd("/Filter/FlateDecode/DecodeParms<</Predictor 12>>"), "too_complex"),
    ("pdf that cannot be read", "letters upon letters", _twice, "too_complex"),
    ("bomb", "300 MB of objects in a pdf", _bomb, "too_complex"),
    ("bomb", "300 MB of picture in a pdf", _image_bomb, "too_complex"),
    ("bomb", "three million streams in a pdf", lambda: pdf(b"stream\n" * 2_800_000), "too_complex"),
    ("two in one", "pdf and archive", lambda: pdf() + docx(), "polyglot"),
    ("two in one", "pdf and archive that ends like a pdf", lambda: pdf() + docx(comment=b"%%EOF"), "polyglot"),
    ("two in one", "pdf and a page of the web", lambda: pdf() + b"<html><script>1</script></html>", "polyglot"),
    ("two in one", "page of the web before a pdf", lambda: b"<!--\n" + pdf(), "wrong_type"),
]  # fmt: skip
