"""The XML of an office document: no entities, nothing that is fetched from outside, no fields that run programs."""

from __future__ import annotations

import re
import xml.sax
from typing import IO, Any, NoReturn
from xml.sax.handler import ContentHandler, feature_namespaces

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from .verdicts import active, broken

DEPTH = 256
ADVICE = "Сохраните его в PDF и приложите снова."
_FIELDS = re.compile(r"\b(?:DDEAUTO|DDE|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE)\s", re.IGNORECASE)
_DDE_FORMULA = re.compile(r"^[\s=+@-]*\w+\|.*!|\b(?:WEBSERVICE|FILTERXML|CALL|REGISTER\.ID)\s*\(", re.IGNORECASE)
_OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
_RUNNING_LINK = re.compile(r"\s*(?:javascript:|vbscript:|data:|ms-|file://[^/]|\\)", re.IGNORECASE)
# An element of an ODF document that loads what its xlink:href names as soon as the document is opened.
_LOADING = {"image", "object", "object-ole", "plugin", "applet", "floating-frame", "section-source", "table-source",
            "fill-image", "background-image", "audio", "video", "dde-source", "font-face-uri", "cell-range-source",
            "database-source-sql", "script"}  # fmt: skip
_PROGRAMS = {"event-listener", "script", "dde-connection-decl", "dde-source", "object-ole", "applet", "plugin",
             "ddelink", "webpublishitem", "oleobject", "control-pr"}  # fmt: skip
_FIELD_TEXT = {"instrtext", "delinstrtext"}
_FORMULAS = {"f", "definedname", "formula1", "formula2"}


def require_harmless(page: IO[bytes], name: str, title: str) -> None:
    """Read one member to its end. Raises Refusal for a document type, an entity, an outside link, a program."""
    reader: Any = defusedxml.sax.make_parser()  # type: ignore[no-untyped-call]
    reader.forbid_dtd = True
    reader.setFeature(feature_namespaces, False)
    watcher = _Watcher(name, title)
    reader.setContentHandler(watcher)
    try:
        reader.parse(page)
    except DefusedXmlException as error:
        raise active(title, "его разметка читает другие файлы или разворачивается в огромный текст", ADVICE) from error
    except (xml.sax.SAXException, UnicodeError, LookupError) as error:
        raise broken(title) from error


class _Watcher(ContentHandler):
    """Looks at elements as they pass; keeps only the text of fields and formulas."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.title = title
        self.relations = name.lower().endswith(".rels")
        self.manifest = name.lower() == "meta-inf/manifest.xml"
        self.depth = 0
        self.collecting = ""
        self.field_text: list[str] = []
        self.formula: list[str] = []

    def startElement(self, name: str, attrs: Any) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise broken(self.title)
        local = name.rpartition(":")[2].lower()
        if self.relations:
            self._relation(local, attrs)
        elif local in _PROGRAMS:
            self._refuse("в нём есть программа или связь с другой программой")
        elif self.manifest and local == "encryption-data":
            self._refuse("он защищён паролем")
        elif local in _LOADING:
            self._loading(attrs)
        elif local == "fldchar":
            self.field_text.append(" ")
        elif local == "fldsimple":
            self._field("".join(attrs.getValue(key) for key in attrs.getNames() if key.endswith("instr")) + " ")
        self.collecting = local if local in _FIELD_TEXT or local in _FORMULAS else ""

    def characters(self, content: str) -> None:
        if self.collecting in _FIELD_TEXT:
            self.field_text.append(content)
        elif self.collecting:
            self.formula.append(content)

    def endElement(self, name: str) -> None:
        self.depth -= 1
        if self.formula and _DDE_FORMULA.search("".join(self.formula)):
            self._refuse("его формулы обращаются к другим программам")
        self.formula.clear()
        self.collecting = ""

    def endDocument(self) -> None:
        self._field("".join(self.field_text) + " ")

    def _field(self, text: str) -> None:
        if _FIELDS.search(text):
            self._refuse("его поля обращаются к другим файлам или программам")

    def _relation(self, local: str, attrs: Any) -> None:
        """Only a hyperlink, which a person follows, may lead outside (ECMA-376, part 2, relationships)."""
        if local != "relationship":
            return
        kind, target = attrs.get("Type", ""), attrs.get("Target", "")
        inner = attrs.get("TargetMode", "Internal").lower() != "external"
        if kind.endswith("/hyperlink"):
            if _RUNNING_LINK.match(target):
                self._refuse("его ссылка запускает программу или открывает файл на компьютере")
        elif not inner or _OUTSIDE.match(target):
            self._refuse("он загружает шаблон или рисунок из другого места")
        elif kind.rpartition("/")[2].lower() in ("oleobject", "package", "afchunk", "control", "vbaproject"):
            self._refuse("в него вложен другой файл")

    def _loading(self, attrs: Any) -> None:
        href = next((attrs.getValue(key) for key in attrs.getNames() if key.endswith(":href")), "")
        if _OUTSIDE.match(href) or href.startswith(".."):
            self._refuse("он загружает рисунок или текст из другого места")

    def _refuse(self, what: str) -> NoReturn:
        raise active(self.title, what, ADVICE)
