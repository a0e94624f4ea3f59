"""The inputs: each field of each form with each kind of value, whole forms, and requests of a wrong shape."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.utils import timezone

from opora.foundation.identifiers import public_id

from .payloads import HOSTILE, LONG, PATHS, VALUES
from .reading import Field, Form
from .stage import Stage, postable, route_of, routes

URLENCODED, BOUNDARY = "application/x-www-form-urlencoded", "----opora"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
Sent = dict[str, list[str]]


@dataclass
class Knock:
    """One request. `by` is the person of the route, «nobody», «unchecked» (the token of the form is asked for)."""

    kind: str
    name: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = URLENCODED
    headers: dict[str, str] = field(default_factory=dict)
    by: str = ""


def encoded(sent: Sent) -> bytes:
    """A form as bytes that need not be text."""
    pairs = [(name, one.encode("utf-8", "surrogatepass")) for name, values in sent.items() for one in values]
    return urlencode(pairs).encode()


def multipart(sent: Sent, files: list[tuple[str, str, str, bytes]] = []) -> bytes:  # noqa: B006
    parts = []
    for name, values in sent.items():
        for one in values:
            data = one.encode("utf-8", "surrogatepass")
            parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + data)
    for name, file, kind, data in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        parts.append(head.encode("utf-8", "surrogatepass") + f"Content-Type: {kind}\r\n\r\n".encode() + data)
    return b"\r\n".join(parts) + f"\r\n--{BOUNDARY}--\r\n".encode()


def plausible(one: Field) -> str:
    """What a person would type there, so that the one wrong value gets as far as it can."""
    name = one.name.rpartition("-")[2]
    today = timezone.localdate()
    if "birth" in name:
        return "15.01.1985" if "guardian" in one.name else "15.01.2020"
    if name == "on" or name.endswith(("_on", "date", "since", "until")) or name in ("day", "first", "last"):
        return f"{today:%d.%m.%Y}"
    known = {"phone": "89001234567", "email": "proba@example.org", "starts": "10:00", "ends": "11:00"}
    if name in known:
        return known[name]
    return "12" if one.kind == "number" else "Проба"


def ready(form: Form) -> Sent:
    """The form as it would be sent when everything in it is well."""
    sent = form.filled()
    for one in form.typed():
        if not any(sent.get(one.name, [])):
            sent[one.name] = [plausible(one)]
    sent.pop("csrfmiddlewaretoken", None)
    return sent


class Maker:
    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.random = stage, Random(seed)
        self.forms = list(postable(stage))
        self.bodies = {name: ready(form) for name, form in self.forms}
        self.gets = [name for name in routes() if (known := route_of(name)) is None or "GET" in known.methods]

    def inputs(self, count: int) -> Iterator[Knock]:
        """More than half are single fields; the rest whole forms and requests of a wrong shape, all kinds by turns."""
        singles, others = self._singles(), self._shapes()
        for number in range(count):
            yield next(singles) if number % 8 < 5 else next(others)

    def _singles(self) -> Iterator[Knock]:
        """Each field of each form with each kind, in an order of chance, again and again."""
        every = [
            (name, field_name, kind)
            for name, form in self.forms
            for field_name in [*form.fields, "unknown"]
            for kind in VALUES
            if field_name != "csrfmiddlewaretoken"
        ]
        while True:
            self.random.shuffle(every)
            for name, field_name, kind in every:
                value = VALUES[kind](self.random)
                yield self._post(f"field: {kind}", name, {**self.bodies[name], field_name: [value]})

    def _post(self, kind: str, name: str, sent: Sent, **rest: Any) -> Knock:
        sent = {**sent, "form_key": [public_id()]} if "form_key" in sent and kind != "field: wrong ids" else sent
        if self.random.random() < 0.5:
            body, content_type = encoded(sent), URLENCODED
        else:
            body, content_type = multipart(sent), MULTIPART
        return Knock(kind, name, "POST", self.stage.address(name), body, content_type, **rest)

    def _shapes(self) -> Iterator[Knock]:
        makers: list[Callable[[], Knock]] = [
            self.whole, self.query, self.query, self.query, self.headers, self.headers, self.cookies, self.method,
            self.wrong_row, self.wrong_type, self.broken_multipart, self.doubled, self.files, self.no_token,
            self.background, self.crowd, self.path,
        ]  # fmt: skip
        for make in itertools.cycle(makers):
            yield make()

    def _form(self) -> tuple[str, Form]:
        return self.random.choice(self.forms)

    def _value(self) -> tuple[str, str]:
        kind = self.random.choice(list(VALUES))
        return kind, VALUES[kind](self.random)

    def whole(self) -> Knock:
        """One kind in every field that a person types into, or in all of them."""
        name, form = self._form()
        value = self._value()[1][: LONG // 8]
        names = form.fields if self.random.random() < 0.5 else [one.name for one in form.typed()]
        spoiled = {one: [value] for one in names if one not in ("csrfmiddlewaretoken", "form_key")}
        return self._post("whole form", name, self.bodies[name] | spoiled)

    def query(self) -> Knock:
        """The queries of lists, and the parameters that any page might listen to."""
        name = self.random.choice(self.gets if self.random.random() < 0.3 else list(self.stage.queries) or self.gets)
        known = self.stage.queries.get(name, {})
        asked: Sent = {}
        for key in {*known, "page", "sort", "format", "q"} if self.random.random() < 0.8 else {"next", "x[]", "on"}:
            if self.random.random() < 0.5:
                value = self._value()[1][:3000]
                offered = [*known.get(key, []), "csv", "xlsx", "print", "-1", "0", "last", "9" * 20]
                asked[key] = [value if self.random.random() < 0.6 else self.random.choice(offered)]
        if self.random.random() < 0.1:
            asked = {f"k{number}": ["x"] for number in range(2500)}
        path = f"{self.stage.address(name)}?{encoded(asked).decode()}"
        if self.random.random() < 0.1:
            path += self.random.choice(("&&&==", "&%", "&%zz=%ff", "&=", "?", "#", "&a=%ed%a0%80", ";a=1"))
        headers = {"HX-Request": "true"} if self.random.random() < 0.3 else {}
        return Knock("query", name, "GET", path, headers=headers)

    def headers(self) -> Knock:
        name = self.random.choice(list(routes()))
        value = self._value()[1].encode("utf-8", "surrogatepass").decode("latin-1")[:2000]
        value = "".join(sign for sign in value if sign not in "\x00\r\n")  # no server lets these through
        junk = {
            "Host": ("evil.example", "127.0.0.1:99999", "[::1", "localhost\x7f", "a" * 300, "", "127.0.0.1@evil"),
            "Accept-Language": ("x" * 600, "ru;q=zzz", "*;q=9" * 90, "zh-" * 200, "../../ru", value),
            "Accept": ("text/html;q=\xff", "*" * 3000, value), "Accept-Encoding": ("gzip;q=x,,,", "br" * 900, value),
            "X-Forwarded-For": ("' OR 1=1", "::::", "1.2.3.4, " * 400, value), "X-Forwarded-Host": ("evil.example",),
            "X-Forwarded-Proto": ("https", "javascript", value), "Forwarded": ("for=\"_x\";host=evil", value),
            "X-Real-Ip": ("1", value), "User-Agent": ("", "\xff" * 500, value), "Referer": ("javascript:x", value),
            "Origin": ("null", "http://evil.example", value), "Range": ("bytes=5-1", "bytes=-9999999999", value),
            "If-Modified-Since": ("Sat, 99 Foo 0000", "Mon, 01 Jan 0001 00:00:00 GMT", value),
            "If-None-Match": (value,),
            "Content-Length": ("x", "-1", "", "1e3"), "Content-Type": ("text/html; charset=no-such", value, ";;;"),
            "HX-Request": ("true", value), "HX-Target": (value,), "HX-Current-Url": ("http://[", "//x", value),
            "HX-Trigger": (value,), "HX-Prompt-URI-AutoEncoded": ("true",), "X-Requested-With": ("fetch", value),
            "X-HTTP-Method-Override": ("DELETE",), "Authorization": ("Basic !!!", "Bearer " + value),
            "X-CSRFToken": (value,), "Transfer-Encoding": ("chunked",), "Upgrade": ("websocket",),
        }  # fmt: skip
        picked = self.random.sample(sorted(junk), 3)
        method = "POST" if (declared := route_of(name)) and declared.methods == ("POST",) else "GET"
        return Knock("headers", name, method, self.stage.address(name),
                     headers={one: self.random.choice(junk[one]) for one in picked})  # fmt: skip

    def cookies(self) -> Knock:
        """The session of a stranger: quoted signs of a cookie reach the program as what they mean, NUL included."""
        name = self.random.choice(self.gets)
        value = self.random.choice((
            '"\\000"', '"\\000abc"', "x" * 4000, "../../x", '"', "a=b=c", "\xff\xfe", '"\\342\\200\\250"', "sessionid",
            quote(HOSTILE)[:500], '"\\777"', "'; DROP TABLE django_session;--", '"\\355\\240\\275"', "",
        ))  # fmt: skip
        key = self.random.choice(("sessionid", "csrftoken", "messages", "low_vision", "key_hints", "django_language"))
        return Knock(
            "cookies", name, "GET", self.stage.address(name), headers={"Cookie": f"{key}={value}"}, by="nobody"
        )

    def method(self) -> Knock:
        name = self.random.choice(list(routes()))
        method = self.random.choice(
            ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "post", "HEAD", "PROPFIND", "X" * 99)
        )
        return Knock("methods", name, method, self.stage.address(name), b'{"a":1}', "application/json")

    def wrong_row(self) -> Knock:
        """Rows of others, rows that never were, addresses that are no address."""
        named = [name for name, pattern in routes().items() if "public_id" in pattern.pattern.converters]
        name = self.random.choice([one for one in named if route_of(one)])
        declared = route_of(name)
        assert declared is not None
        keys = (public_id(), "x", "0" * 14, "a" * 2000, "а", "\x00", "'", "..%2f", "%", "🙂", "-1", "None", "\u202e")
        path = self.stage.foreign_address(name)
        if self.random.random() < 0.7:
            key = quote(self.random.choice(keys), safe="")
            path = self.stage.address(name, "thekey").replace("thekey", key)
        method = self.random.choice(declared.methods)
        body = encoded(self.bodies.get(name, {})) if method == "POST" else b""
        return Knock("wrong rows", name, method, path, body)

    def wrong_type(self) -> Knock:
        name, _ = self._form()
        body, kind = self.random.choice((
            (json.dumps(dict.fromkeys(self.bodies[name], "x")).encode(), "application/json"),
            (b"[" * 50_000, "application/json"),
            (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "text/xml"),
            (encoded(self.bodies[name]), "text/plain"), (encoded(self.bodies[name]), "multipart/form-data"),
            (encoded(self.bodies[name]), MULTIPART), (multipart(self.bodies[name]), URLENCODED), (b"\xff\xfe\x00",
            URLENCODED),
            (encoded(self.bodies[name]), f"{URLENCODED}; charset=utf-7"), (encoded(self.bodies[name]),
            f"{URLENCODED}; charset=x"),
            (encoded(self.bodies[name]), f"{URLENCODED}; charset=utf-16"), (b"a" * 6_000_000, URLENCODED), (b"%",
            URLENCODED),
            (b"&" * 4000, URLENCODED), (b"%ff=%fe&%00=%00", URLENCODED), (b"", ""), (b"\x1f\x8b\x08", URLENCODED),
        ))  # fmt: skip
        return Knock("content types", name, "POST", self.stage.address(name), body, kind)

    def broken_multipart(self) -> Knock:
        name, form = self._form()
        files = [(one.name, "a.pdf", "application/pdf", b"%PDF-") for one in form.fields.values() if one.kind == "file"]
        whole = multipart(self.bodies[name], files)
        body = self.random.choice((
            whole[: self.random.randint(0, len(whole))], whole.replace(b"\r\n", b"\n"), whole.replace(b"form-data",
            b"x"),
            whole.replace(b"name=", b"nom="), b"--" + whole, whole.replace(BOUNDARY.encode(), b"other", 1),
            whole.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%"), whole * 2,
            whole.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain; charset=x\r\n\r\n"), b"\r\n" * 3000,
            whole.replace(b'name="', b'name*=utf-8\'\'%ff%00;name="'), whole.replace(b'"\r\n', b'\r\n'),
            whole.replace(b"Content-Disposition", b"X" * 9000 + b": y\r\nContent-Disposition", 1),
        ))  # fmt: skip
        bare = "multipart/form-data; boundary="
        kinds = (MULTIPART, MULTIPART, bare, f'{bare}"{"x" * 300}"', f"{bare}\xff", "multipart/mixed; boundary=x")
        kind = self.random.choice(kinds)
        return Knock("broken multipart", name, "POST", self.stage.address(name), body, kind)

    def doubled(self) -> Knock:
        """Each field twice, or hundreds of times, or under names that some readers take for lists."""
        name, _ = self._form()
        sent = {key: [*values, self._value()[1][:500], *values] for key, values in self.bodies[name].items()}
        if self.random.random() < 0.5:
            sent |= {
                f"{key}{end}": values for key, values in list(sent.items()) for end in ("[]", "[0]", ".x", "__class__")
            }
        return self._post("doubled fields", name, sent)

    def files(self) -> Knock:
        """Files in places of files and of texts, texts in places of files; their names too are input."""
        name, form = self._form()
        holders = [one.name for one in form.fields.values() if one.kind == "file"] or list(form.fields) or ["file"]
        holder = self.random.choice(holders if self.random.random() < 0.8 else [*form.fields, "unknown"])
        title = self.random.choice((
            *PATHS, "", ".", "а" * 3000 + ".pdf", "скан.pdf\x00.exe", "a\\\"b.pdf", "\u202efdp.exe", "=cmd.pdf",
            "<b>.pdf",
            "con.pdf", "скан.pdf", "{{7*7}}.pdf", "\ud83d.pdf", "a;filename=b.pdf", " .pdf", "%00.pdf", "🙂.png",
        ))  # fmt: skip
        kind = self.random.choice(
            ("application/pdf", "text/html", "image/svg+xml", "", "x/y; charset=\xff", "multipart/mixed")
        )
        data = self.random.choice((
            b"", b"\x00", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction 1 0 R>>endobj\n%%EOF",
            b"PK\x03\x04" * 90,
            b"PK\x05\x06" + b"\x00" * 18, b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, b"\xff\xd8\xff\xe0" * 40,
            b"GIF89a" + b"\xff" * 40,
            b"<script>alert(1)</script>", b"<svg onload='alert(1)'/>", b"BM" + b"\xff" * 60, b"{\\rtf1",
            b"\xd0\xcf\x11\xe0" * 200,
            self.random.randbytes(2000), b"II*\x00" + b"\xff" * 90, b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        ))  # fmt: skip
        title = title.replace('"', "%22").replace("\r", "").replace("\n", "")
        sent = {key: values for key, values in self.bodies[name].items() if key != holder}
        times = self.random.choice((1, 1, 1, 30, 150))
        body = multipart(sent, [(holder, title, kind, data)] * times)
        return Knock("files", name, "POST", self.stage.address(name), body, MULTIPART)

    def no_token(self) -> Knock:
        name, _ = self._form()
        token = self.random.choice(("", "x", "\x00", "a" * 64, "🙂" * 32))
        return self._post("no form token", name, self.bodies[name] | {"csrfmiddlewaretoken": [token]}, by="unchecked")

    def background(self) -> Knock:
        """The requests of scripts: saving as one types, presence, htmx."""
        name, _ = self._form()
        _, value = self._value()
        sent = {
            one: [value[: LONG // 8]] if self.random.random() < 0.4 else kept for one, kept in self.bodies[name].items()
        }
        sent |= {"version": [self.random.choice(("", "-1", "9" * 30, "x", "²", "1.5", "\x00", "0"))]}
        headers = self.random.choice(({"X-Requested-With": "fetch"}, {"HX-Request": "true"}))
        return self._post("background", name, sent, headers=headers)

    def crowd(self) -> Knock:
        """More fields than anybody has, longer names than anybody gives."""
        name, _ = self._form()
        count, width = self.random.choice(((2500, 1), (1500, 8), (1, 60_000), (400, 100)))
        return self._post("many fields", name, {f"{number}{'n' * width}": ["x"] for number in range(count)})

    def path(self) -> Knock:
        """Addresses that are nowhere."""
        start = self.random.choice(
            ("/", "/children/", "/cases/", "/static/", "/papers/", "/account/", "/healthz", "/admin/")
        )
        _, value = self._value()
        path = start + quote(value[:1500].encode("utf-8", "surrogatepass"), safe="/.")
        return Knock("addresses", "nowhere", self.random.choice(("GET", "GET", "POST", "HEAD")), path)
