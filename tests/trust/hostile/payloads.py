"""Hostile values by kind. Each kind draws from `random.Random`, so that a seed gives the same run again."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from random import Random

# One text with everything that some engine might take for its own; the tests look for it word for word.
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TEMPLATE = "{{ 7*7 }}{% debug %}{{request.user.password}}"
TYPST = '#panic(1) #import "x" $x$ \\u{41} `r` = *b* _e_ @a <b> #read("/etc/passwd")'
HOSTILE = f"{MARKUP} {TEMPLATE} {TYPST} '\"--; 🙂"
LONG = 100_000

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://x","y")', "＝1+1",
    "＋1", "－1", "＠SUM(A1)", "=cmd|' /C calc'!A0", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", "'=1+1",
    '";=1+1;"', '"\r\n=1+1', "%0A=1+1",
)  # fmt: skip
DATES = (
    "01.01.0001", "31.12.9999", "29.02.2025", "29.02.2024", "00.00.0000", "32.13.2026", "1.1.1", "010101", "311299",
    "9999-12-31", "0001-01-01", "10000-01-01", "2026-W01", "-0001-01-01", "2026-11-21T00:00:00Z", "٢١.١١.٢٠٢٦",
    "21.11.2026\x00", "2026-02-30", "31.12.9999 23:59:60", "24:00", "99:99", "00:00:00.0000001", "20261121",
)  # fmt: skip
HUGE = (
    "9" * 400, "9" * 5000, "9223372036854775808", "2147483648", "1e400", "1e-400", "0x7fffffff", "1_000", "²", "٣",
    "Ⅷ", "½", "9" * 20, "NaN", "Infinity", "1,5", "1.0000000000000000000000001",
)  # fmt: skip
NEGATIVE = ("-1", "-0", "-2147483649", "-9223372036854775809", "--1", "-1.5", "-1e9", "−1", "0")
SQL = (
    "' OR '1'='1", "'; DROP TABLE children_child; --", "1) UNION SELECT password FROM accounts_user--", "%' AND 1=0",
    "\\'; SELECT pg_sleep(9)--", "%%%", "___", "%s%s%n", "$1", ":id", "?", "{0.__class__}", "%(x)s", "[a-", "(?R)(",
    "к" * 300 + "%", "a&b|c!", "'''", "\\",
)  # fmt: skip
SCRIPTS = (
    MARKUP, "<svg onload=alert(1)>", "javascript:alert(1)", "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>", "' autofocus onfocus=alert(1) x='", "<!--", "]]>", "<style>@import'x'</style>",
    "&lt;script&gt;", "&#x3c;script>", "<base href=//x>", "<meta http-equiv=refresh content=0>", "<form action=//x>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=\"data:text/html,x\">", "\u2028alert(1)", "</script>",
)  # fmt: skip
TEMPLATES = (
    TEMPLATE, "{{ 7*7 }}", "{% debug %}", "{% include '/etc/passwd' %}", "{# x", "{{", "{%", "${7*7}", "<%= 7*7 %>",
    "#{7*7}", "{{''.__class__.__mro__}}", "{% load x %}", "{{ request.session }}", "{% endblock %}",
)  # fmt: skip
TYPSTS = (
    TYPST, "#panic(1)", "#import \"@preview/x:1\": *", "#read(\"/etc/passwd\")", "$", "$ x", "\\", "`", "```", "#",
    "#{",
    "*", "_", "[", "]", "= Заголовок", "/ x: y", "@missing", "<label>", "//", "/*", "*/", "\\u{110000}", "#let x = x()",
)  # fmt: skip
PATHS = (
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "%2e%2e%2f", "....//",
    "\\\\host\\share", "C:\\con", "nul", ".", "..", "~root", "a/../../b", "%00", "http://169.254.169.254/",
    "//evil.example/x", "\u2025/", "a\u2215b",
)  # fmt: skip
BIDI = (
    "\u202eтекст\u202c", "\u2066\u2067\u2068\u2069", "\u200f\u200e\u061c", "\u202a" * 500, "א\u202eб", "\u206a\u206f",
    "\ufeff", "\u200b", "\u00ad" * 50, "\u115f", "\u3164", "\u180e", "\ufff9\ufffa\ufffb", "\ue000", "\ufffe\uffff",
    "\U000e0041", "\U0010ffff", "е\u0308" * 40, "З" + "\u0300" * 2000,
)  # fmt: skip
EMOJI = (
    "👩\u200d👩\u200d👧\u200d👦", "🏳️\u200d🌈", "🇷🇺", "👍🏿", "1️⃣", "\u200d", "\ufe0f", "🙂" * 3000, "🧑\u200d🦽\u200d➡️",
)  # fmt: skip
CONTROLS = tuple(f"а{chr(code)}б" for code in (*range(1, 32), 127, 128, 133, 0x2028, 0x2029))
BREAKS = ("a\r\nSet-Cookie: x=1", "a\nERROR root: поддельная строка", "\r\r\n\n", "\x1b[2Jскрыто", "\x08" * 40)


def _deep(random: Random) -> str:
    depth = random.choice((50, 1000, 20_000))
    return random.choice(
        ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth, "[" * depth, json.dumps({"a": [None] * 100}))
    )


def _nul(random: Random) -> str:
    return random.choice(("\x00", "Иван\x00", "\x00Иван", "а\x00б" * 200, "%00"))


def _surrogate(random: Random) -> str:
    return random.choice(("\ud83d", "Иван\udc00", "\udfff\ud800", "\ud83dx" * 100, "\udcff"))


def _long(random: Random) -> str:
    return random.choice('щx9 \n-."<') * LONG


def _noise(random: Random) -> str:
    """Any code points at all, as hypothesis would draw them."""
    ranges = ((0, 0x7F), (0x80, 0x7FF), (0x800, 0xFFFF), (0x10000, 0x10FFFF), (0x400, 0x45F))
    return "".join(chr(random.randint(*random.choice(ranges))) for _ in range(random.randint(1, 60)))


def _id(random: Random) -> str:
    letters = string.ascii_lowercase + string.digits
    return random.choice(
        ("", "1", "0", "-1", "null", "None", "undefined", "true", "[object Object]", "".join(random.choices(letters,
        k=14)),
         "00000000-0000-0000-0000-000000000000", "x" * 300, "{}", "[]", "1,2,3", "*")
    )  # fmt: skip


def _among(values: tuple[str, ...]) -> Callable[[Random], str]:
    return lambda random: random.choice(values)


VALUES: dict[str, Callable[[Random], str]] = {
    "NUL": _nul,
    "lone surrogates": _surrogate,
    "100,000 signs": _long,
    "deep JSON": _deep,
    "huge numbers": _among(HUGE),
    "negative numbers": _among(NEGATIVE),
    "dates": _among(DATES),
    "bidi and joiners": _among(BIDI),
    "emoji": _among(EMOJI),
    "control signs": _among(CONTROLS),
    "line breaks": _among(BREAKS),
    "SQL": _among(SQL),
    "templates": _among(TEMPLATES),
    "typst": _among(TYPSTS),
    "HTML and scripts": _among(SCRIPTS),
    "formulas": _among(FORMULAS),
    "paths": _among(PATHS),
    "wrong ids": _id,
    "any signs": _noise,
    "nothing": _among(("", " ", "\u00a0", "\n", "\t")),
}
