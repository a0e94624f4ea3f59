"""What is no document at all, whatever its name says."""

from __future__ import annotations

import gzip

from .making import EICAR, ODT_TYPE, PAYLOAD, packed, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
GIF_JS = b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//"
TYPES = [
    ("page of the web", "html", lambda: b"<!DOCTYPE html><html>" + PAYLOAD + b"</html>", "wrong_type"),
    ("page of the web", "html after spaces and a mark", lambda: b"\xef\xbb\xbf \n<HTML>" + PAYLOAD, "wrong_type"),
    ("page of the web", "a bare script", lambda: PAYLOAD, "wrong_type"),
    ("page of the web", "mhtml", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "wrong_type"),
    ("page of the web", "html in UTF-16", lambda: "<html><script>alert(1)</script>".encode("utf-16"), "wrong_type"),
    ("svg and xml", "svg with a script", lambda: SVG, "wrong_type"),
    ("svg and xml", "svg behind an xml line", lambda: b'<?xml version="1.0"?>' + SVG, "wrong_type"),
    ("svg and xml", "svg, packed", lambda: gzip.compress(SVG), "wrong_type"),
    ("svg and xml", "xml with a style sheet", lambda: b'<?xml-stylesheet href="x.xsl"?><a/>', "wrong_type"),
    ("program", "windows", lambda: b"MZ\x90\x00" + b"\0" * 200, "wrong_type"),
    ("program", "linux", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 100, "wrong_type"),
    ("program", "shell", lambda: b"#!/bin/sh\nrm -rf /\n", "wrong_type"),
    ("program", "shortcut", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + b"\0" * 80, "wrong_type"),
    ("program", "php", lambda: b"<?php system($_GET['c']); ?>", "wrong_type"),
    ("old office", "doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "wrong_type"),
    ("old office", "rtf with an object", lambda: b"{\\rtf1{\\object\\objdata 0105}}", "wrong_type"),
    ("archive", "rar", lambda: b"Rar!\x1a\x07\x00" + b"\0" * 60, "wrong_type"),
    ("archive", "7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 60, "wrong_type"),
    ("archive", "plain zip", lambda: packed([("a.txt", "a")]), "wrong_type"),
    ("archive", "java", lambda: packed([("META-INF/MANIFEST.MF", "Main-Class: A")]), "wrong_type"),
    ("archive", "empty zip", lambda: packed([]), "wrong_type"),
    ("archive", "a book that calls itself odt", lambda: packed([("mimetype", ODT_TYPE + "-web")]), "wrong_type"),
    ("other picture", "gif that is a script", lambda: GIF_JS, "wrong_type"),
    ("other picture", "bmp", lambda: picture("BMP"), "wrong_type"),
    ("other picture", "webp", lambda: picture("WEBP"), "wrong_type"),
    ("other picture", "tiff", lambda: picture("TIFF"), "wrong_type"),
    ("other picture", "heic", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 60, "wrong_type"),
    ("virus", "the test text itself", lambda: EICAR, "wrong_type"),
]  # fmt: skip
