"""Files that come from outside."""

from __future__ import annotations

from ..mutant import Mutant, tests_of

ROOM = "foundation/files"
TESTS = "src/opora/foundation/files/tests"
UPLOADS, CORPUS, SCANNING = f"{TESTS}/test_uploads.py", f"{TESTS}/test_corpus.py", f"{TESTS}/test_scanning.py"
REFUSED = tests_of(UPLOADS, "test_what_is_not_a_document_is_refused_in_words")
HOSTILE = tests_of(CORPUS, "test_a_hostile_file_does_no_harm")

MUTANTS = (
    Mutant(
        "kind-by-the-name", "a file is taken for what it is, whatever its name says",
        f"{ROOM}/services.py", "    inspected = inspect(data, title)\n",
        '    by_name = (upload.name or "").endswith(".jpg")\n'
        '    inspected = Inspected("image/jpeg", data) if by_name else inspect(data, title)\n',
        REFUSED,
    ),
    Mutant(
        "size-without-a-cap", "a file over the limit is refused with its size",
        f"{ROOM}/services.py", "if size > settings.UPLOAD_LIMIT:", "if False:",
        tests_of(UPLOADS, "test_a_scan_of_52_megabytes_is_refused_with_its_size"),
    ),
    Mutant(
        "macros-taken", "a document with macros is refused",
        f"{ROOM}/office.py", "if _MACROS.search(member.filename):", "if False:", REFUSED,
    ),
    Mutant(
        "zip-bomb-unpacked", "a document that unpacks into too much is refused",
        f"{ROOM}/office.py", "or unpacked > UNPACKED or unpacked > packed * RATIO or", "or", REFUSED,
    ),
    Mutant(
        "zip-leads-outside", "a name inside a document leads nowhere",
        f"{ROOM}/office.py", 'if path.is_absolute() or ".." in path.parts or ":" in member.filename:', "if False:",
        REFUSED,
    ),
    Mutant(
        "entities-expanded", "the markup of a document reads no other file",
        f"{ROOM}/markup.py", "    reader.forbid_dtd = True\n",
        "    reader.forbid_dtd = reader.forbid_entities = reader.forbid_external = False\n", HOSTILE,
    ),
    Mutant(
        "outside-links-followed", "a document loads nothing from elsewhere",
        f"{ROOM}/markup.py", "elif not inner or _OUTSIDE.match(target):", "elif False:", HOSTILE,
    ),
    Mutant(
        "pdf-programs-taken", "a PDF with a program is refused",
        f"{ROOM}/portable.py", 'rb"/(JavaScript|Launch|', 'rb"/(Launch|', REFUSED,
    ),
    Mutant(
        "pdf-escapes-unread", "a program that hides in escapes is found",
        f"{ROOM}/portable.py",
        'return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), text) if b"#" in text else text', "return text",
        HOSTILE,
    ),
    Mutant(
        "pixel-flood-unpacked", "a flood of pixels is refused before it is unpacked",
        f"{ROOM}/pictures.py", "if source.width * source.height > limit or max(source.size) > SIDE:", "if False:",
        tests_of(UPLOADS, "test_a_flood_of_pixels_is_refused_before_it_is_unpacked"),
    ),
    Mutant(
        "picture-kept-as-it-came", "a photo loses the place where it was taken",
        f"{ROOM}/pictures.py", "_written(picture, jpeg=jpeg))", "_written(picture, jpeg=jpeg) and data)",
        tests_of(UPLOADS, "test_a_photo_loses_its_place_and_keeps_its_orientation"),
    ),
    Mutant(
        "scanner-fails-open", "while the antivirus is silent nothing is accepted",
        f"{ROOM}/scanning.py", '        logger.error("The antivirus at OPORA_CLAMD gave no verdict: %s",',
        '        return\n        logger.error("The antivirus at OPORA_CLAMD gave no verdict: %s",',
        tests_of(SCANNING, "test_without_a_verdict_nothing_is_accepted"),
    ),
    Mutant(
        "scanner-not-asked", "an upload is looked at by the antivirus of the place",
        f"{ROOM}/services.py", "    scan(data, title)\n", "",
        tests_of(SCANNING, "test_an_upload_with_a_virus_is_not_kept"),
    ),
    Mutant(
        "changed-file-served", "a file that was changed in the store is not served",
        f"{ROOM}/services.py", "if hashlib.sha256(data).hexdigest() != stored.sha256:", "if False:",
        tests_of(UPLOADS, "test_a_changed_file_is_not_served"),
    ),
    Mutant(
        "file-shown-in-the-page", "a file is served as an attachment",
        f"{ROOM}/views.py", "f'attachment; filename=", "f'inline; filename=",
        tests_of(UPLOADS, "test_a_file_is_served_as_an_attachment_in_a_sandbox"),
    ),
)  # fmt: skip
