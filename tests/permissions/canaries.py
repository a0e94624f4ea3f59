"""A mark of its own in every text of every row, and where it is looked for in what an answer carries."""

from __future__ import annotations

import html
import io
import json
import logging
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.core import mail
from django.db import models, transaction
from django.http import HttpResponse

from opora.foundation.access.refusals import Refusal

# Words of the machine, not of a person: codes of the law and of the program, hashes, ids.
MACHINE = {
    "code", "subject_type", "subject_id", "person_id", "section_id", "salt", "commitment", "previous", "digest", "head",
    "sha256", "content_type", "form", "requirement", "edition", "initiator", "programme_code", "second_programme_code",
    "programme_section", "trigram", "kinds", "categories", "weekdays", "statement", "rows", "registers", "signature",
    "numbers", "journal", "counts", "faults", "identity_kind", "master_id", "wrapped", "set_aside", "details",
    "instrument", "table",
}  # fmt: skip
SHORTEST = 8
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d*")


class Marks:
    """`letters` and a number: the marks of one house. Remembers which field each stands in."""

    def __init__(self, letters: str, latin: str) -> None:
        self.letters, self.latin, self.where = letters, latin, dict[str, str]()
        self.pattern = re.compile(f"(?:{letters}|{latin})([0-9a-f]{{4}})", re.IGNORECASE)

    def next(self, where: str, latin: bool = False) -> str:
        number = f"{len(self.where):04x}"
        self.where[number] = where
        return f"{self.latin if latin else self.letters}{number}"

    def found(self, text: str) -> set[str]:
        """Fields whose marks are in the text."""
        return {self.where[one.lower()] for one in self.pattern.findall(text) if one.lower() in self.where}

    def inside(self, value: Any, where: str) -> Any:
        """JSON with every text in it marked; dates and numbers stay."""
        if isinstance(value, dict):
            return {key: self.inside(one, where) for key, one in value.items()} or {"note": self.next(where)}
        if isinstance(value, list):
            return [self.inside(one, where) for one in value]
        return self.next(where) if isinstance(value, str) and not _DATE.fullmatch(value) else value


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Fields that hold what a person said; a mark fits into them."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and field.name not in MACHINE | {"public_id"}
        and (getattr(field, "max_length", None) or SHORTEST) >= SHORTEST
    ]


def plant(marks: Marks, models_and_rows: dict[type[models.Model], Any], *, but: frozenset[str] = frozenset()) -> int:
    """Put a mark into each text of each row. Returns the number of marks."""
    before = len(marks.where)
    for model, rows in models_and_rows.items():
        fields = [field for field in text_fields(model) if field.name not in but]
        for row in rows if fields else ():
            for field in fields:
                where = f"{model._meta.label}.{field.name}"
                if isinstance(field, models.JSONField) or type(field).__name__ == "SealedJSONField":
                    setattr(row, field.name, marks.inside(getattr(row, field.name), where))
                elif isinstance(field, models.EmailField):
                    setattr(row, field.name, f"{marks.next(where, latin=True)}@example.org")
                else:
                    setattr(row, field.name, marks.next(where))
            with suppress(Refusal), transaction.atomic():  # of an erased child nothing is written any more
                row.save(update_fields=[field.name for field in fields])
    return len(marks.where) - before


def owned_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if any(one.column == "organisation_id" for one in model._meta.fields)]


def carried_by(response: HttpResponse) -> str:
    """Everything that an answer carries as text: body of any kind, headers, cookies."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    outside = unquote(" ".join(f"{name}: {value}" for name, value in response.headers.items()))
    cookies = unquote(response.cookies.output())
    return f"{_body(str(response.get('Content-Type', '')), content)}\n{outside}\n{cookies}"


def _body(kind: str, content: bytes) -> str:
    if content[:5] == b"%PDF-":
        run = subprocess.run(["pdftotext", "-q", "-", "-"], input=content, capture_output=True, check=False)
        return run.stdout.decode("utf-8", "replace") + content.decode("latin-1")
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
        return html.unescape("\n".join(parts))  # some writers of XML leave no letter but Latin ones as it is
    text = content.decode("utf-8", "replace")
    if kind.startswith("application/json") and text:
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text


@contextmanager
def overheard() -> Iterator[Callable[[], str]]:
    """What is written to logs and sent by mail inside the block; each asking empties it.

    From INFO on, while the product itself writes from WARNING on: what the framework tells at DEBUG is its innards.
    """
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, entry: logging.LogRecord) -> None:
            heard.append(self.format(entry))

    root, ear, level = logging.getLogger(), Ear(logging.INFO), logging.getLogger().level
    loud = [logging.getLogger(name) for name in ("opora", "django.request", "django.security", "django.template")]
    before = [(one, one.level) for one in loud]
    logging.disable(logging.NOTSET)
    root.addHandler(ear)
    for one in loud:
        one.setLevel(logging.INFO)

    def told() -> str:
        text = "\n".join(heard + [f"{one.subject}\n{one.body}\n{one.to}" for one in getattr(mail, "outbox", [])])
        heard.clear()
        return text

    try:
        yield told
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
        for one, was in before:
            one.setLevel(was)
