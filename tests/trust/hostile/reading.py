"""Forms as a browser reads them: addresses, fields, what stands in them, what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSENT = {"submit", "button", "reset", "image"}
TYPED = {"text", "textarea", "search", "tel", "email", "url", "number", "date", "time", "password"}
MACHINERY = {"csrfmiddlewaretoken", "form_key", "version", "next"}


@dataclass
class Field:
    """`values` is what the browser would send now; `options` what a choice offers."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED and self.name not in MACHINERY


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    def sent(self) -> dict[str, list[str]]:
        return {one.name: list(one.values) for one in self.fields.values() if one.kind != "file" and one.values}

    def filled(self) -> dict[str, list[str]]:
        """As sent, with the first choice taken where nothing is chosen yet."""
        sent = self.sent()
        for one in self.fields.values():
            choice = next((option for option in one.options if option), None)
            if choice is not None and not any(sent.get(one.name, [])) and one.kind != "checkbox":
                sent[one.name] = [choice]
        return sent

    def typed(self) -> list[Field]:
        return [one for one in self.fields.values() if one.is_typed]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is None or (tag != "option" and not given.get("name")):
            return
        elif tag == "option" and self.select is not None:
            self._option(given)
        elif tag == "select":
            self.select = self.inside.fields.setdefault(given["name"], Field(given["name"], "select"))
        elif tag == "textarea":
            self.area = self.inside.fields.setdefault(given["name"], Field(given["name"], "textarea", [""]))
        elif tag in ("input", "button"):
            self._input(given, given.get("type", "text" if tag == "input" else "submit"))

    def _input(self, given: dict[str, str], kind: str) -> None:
        assert self.inside is not None
        found = self.inside.fields.setdefault(given["name"], Field(given["name"], kind))
        value = given.get("value", "on" if kind == "checkbox" else "")
        if kind in ("checkbox", "radio") or kind in UNSENT:
            found.options.append(value)
        if kind not in ("checkbox", "radio") or "checked" in given:
            found.values.append(value)

    def _option(self, given: dict[str, str]) -> None:
        assert self.select is not None
        value = given.get("value", "")
        self.select.options.append(value)
        if "selected" in given:
            self.select.values.append(value)

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.values[0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            if self.area is not None:
                self.area.values[0] = self.area.values[0].removeprefix("\n")
            self.area = None


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms
