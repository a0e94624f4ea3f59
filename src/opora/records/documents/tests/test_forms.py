"""Every form: its sample matches the golden text, and no data can break it."""

import json
import os
import re
import shutil
import subprocess
import threading
from typing import Any, get_type_hints

import pytest

from opora.records.documents.forms import FORMS
from opora.records.documents.rendering import render_pdf

CODES = sorted(FORMS)
COMMANDS = [
    "#panic()",
    "#eval(1+1)",
    "*звёзды*",
    "$x^2$",
    "{{ 7*7 }}",
    "{% now %}",
    "<script>alert(1)</script>",
    "= Заголовок",
    "#import",
    "\\ud800",
    "// not a comment",
    "@ref",
    "`raw`",
    "~",
    "C:\\temp\\#set",
]

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils (pdftotext)")


# Where a form without a name of its own takes a very long value.
INSIDE: dict[str, tuple[str | int, ...]] = {
    "booking_journal": ("rows", 0, "request"),
    "consultations_journal": ("rows", 0, "outcome"),
    "diagnostics_journal": ("rows", 0, "result"),
    "disclosure_journal": ("rows", 0, "given"),
    "examined_journal": ("sessions", 0, "rows", 0, "recommendations"),
    "group_journal": ("groups", 0, "outcome"),
    "individual_journal": ("rows", 0, "result"),
    "meetings_journal": ("rows", 0, "topic"),
    "missing_papers": ("missing", 0, "why"),
    "opinions_journal": ("rows", 0, "opinion"),
    "referrals_journal": ("rows", 0, "reason"),
    "service_statistics": ("parts", 0, "tables", 0, "note"),
    "social_passport": ("comments",),
    "support_card": ("problems",),
    "work_plan": ("parts", 0, "lines", 0, "title"),
    "work_schedule": ("days", 0, "lines", 0, "note"),
    "year_analysis": ("sections", 0, "text"),
}


def sample(code: str) -> dict[str, Any]:
    return json.loads((FORMS[code].folder / "sample.json").read_text(encoding="utf-8"))


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    """Without white space, line-break marks and hyphens, which the layout may add."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b-\u00ad\u2010\f")


def everywhere(value: Any, text: str) -> Any:
    """The same structure with every free text replaced; dates, codes and flags stay."""
    if isinstance(value, str):
        return text
    if isinstance(value, list):
        return [everywhere(item, text) for item in value]
    if isinstance(value, dict):
        fixed = ("commission_kind", "papers", "study_form_grounds")
        return {
            key: item if key in fixed and not _holds_records(item) else everywhere(item, text)
            for key, item in value.items()
        }
    return value


def _holds_records(item: Any) -> bool:
    return isinstance(item, list) and bool(item) and isinstance(item[0], dict)


def pages_of(pdf: bytes) -> int:
    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return int(next(line for line in info.splitlines() if line.startswith("Pages:")).split()[1])


def words_outside_the_page(pdf: bytes) -> list[str]:
    """Words whose box leaves the sheet or its side margins."""
    outside, width, height = [], 0.0, 0.0
    for line in text_of(pdf, "-bbox").splitlines():
        if page := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            width, height = float(page[1]), float(page[2])
        elif word := re.search(
            r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line
        ):
            left, top, right, bottom = (float(word[n]) for n in range(1, 5))
            if left < 25 or right > width - 25 or top < 0 or bottom > height - 15:
                outside.append(word[5])
    return outside


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_sample_prints_the_golden_text(code):
    golden = FORMS[code].folder / "golden.txt"
    printed = text_of(render_pdf(code, sample(code), timestamp=0), "-layout")
    if os.environ.get("OPORA_WRITE_GOLDEN"):
        golden.write_text(printed, encoding="utf-8")
    assert printed.split() == golden.read_text(encoding="utf-8").split()


@pytest.mark.parametrize("code", CODES)
def test_sample_uses_only_described_keys(code):
    assert set(sample(code)) <= set(get_type_hints(FORMS[code].data))


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_empty_data_prints_a_blank_to_fill_by_hand(code):
    pdf = render_pdf(code, {}, timestamp=0)
    assert pages_of(pdf) <= 4
    assert render_pdf(code, everywhere(sample(code), ""), timestamp=0).startswith(b"%PDF-1.7")
    assert not words_outside_the_page(pdf)


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_nulls_print_like_missing_keys(code):
    assert render_pdf(code, dict.fromkeys(sample(code)), timestamp=0).startswith(b"%PDF-1.7")


@needs_poppler
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("word", ["слово ", "я" * 40 + " ", "W" * 500 + " "], ids=["words", "runs", "walls"])
def test_long_values_flow_and_never_leave_the_page(code, word):
    pdf = render_pdf(code, everywhere(sample(code), (word * 600)[:600].strip()), timestamp=0)
    assert not words_outside_the_page(pdf)


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_one_value_of_twenty_thousand_characters_prints_whole(code):
    data = whole = sample(code)
    path = INSIDE.get(code)
    long_text = " ".join(f"слово{n}" for n in range(2500))[:20000]
    if path is None:
        key = next(
            (name for name, value in data.items() if isinstance(value, str) and name.endswith("name")), "subject"
        )
        data[key] = long_text
    else:
        *above, last = path
        for step in above:
            data = data[step]
        data[last] = long_text
        data = whole
    pdf = render_pdf(code, data, timestamp=0)
    assert not words_outside_the_page(pdf)
    printed = squeezed(text_of(pdf))
    assert "слово1500" in printed
    assert "слово2000" in printed


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_commands_of_any_template_language_print_literally(code):
    for command in COMMANDS:
        printed = squeezed(text_of(render_pdf(code, everywhere(sample(code), command), timestamp=0)))
        assert squeezed(command) in printed, command


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_characters_that_cannot_be_drawn_print_as_their_codes(code):
    text = "до\u202eпосле \x07 \U0001f600 е\u0301 漢 \ufffe \u200f"
    printed = squeezed(text_of(render_pdf(code, everywhere(sample(code), text), timestamp=0)))
    assert "до[U+202E]после" in printed
    assert "[U+0007]" in printed
    assert "\u202e" not in printed
    assert "[U+1F600]" in printed or "\U0001f600" in printed


@pytest.mark.parametrize("code", CODES)
def test_same_data_and_timestamp_give_the_same_bytes(code):
    first = render_pdf(code, sample(code), timestamp=1_790_000_000)
    render_pdf(code, {}, timestamp=5)
    assert render_pdf(code, sample(code), timestamp=1_790_000_000) == first


def test_threads_share_a_form_without_mixing_data():
    expected = {n: render_pdf("conclusion", {"number": str(n)}, timestamp=0) for n in range(6)}
    got: dict[int, bytes] = {}

    def work(n: int) -> None:
        got[n] = render_pdf("conclusion", {"number": str(n)}, timestamp=0)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == expected


@needs_poppler
def test_school_extract_leaves_out_the_diagnosis_even_when_it_is_in_the_data():
    data = sample("conclusion") | {"diagnosis": "F80.1 тайный диагноз"}
    assert "тайный" in text_of(render_pdf("conclusion", data, timestamp=0))
    extract = render_pdf("conclusion_school", data, timestamp=0)
    assert "тайный" not in text_of(extract)
    assert "F80.1" not in text_of(extract)


@needs_poppler
def test_conclusion_is_numbered_through_and_carries_the_fixed_statement():
    printed = squeezed(text_of(render_pdf("conclusion", sample("conclusion"), timestamp=0)))
    places = [printed.index(f"{n}.{word}") for n, word in enumerate(SECTIONS, start=1)]
    assert places == sorted(places)
    assert squeezed("Претензий к процедуре обследования не имею.") in printed
    assert squeezed("С рекомендациями ознакомлен(а). Копия Заключения получена.") in printed


SECTIONS = [
    "Образовательная",
    "Формаобучения",
    "Режимобучения",
    "Формаполучения",
    "Обеспечениеархитектурной",
    "Предоставлениеуслугассистента",
    "Специальныетехнические",
    "Специальныеучебники",
    "Другиеспециальные",
    "Особыеусловия",
    "Направлениякоррекционно",
    "Срокповторного",
]


@needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_a_draft_says_so_on_its_pages_and_a_final_paper_does_not(code):
    assert "ПРОЕКТ. Не подписан" in text_of(render_pdf(code, sample(code) | {"draft": True}, timestamp=0))
    assert "ПРОЕКТ" not in text_of(render_pdf(code, sample(code), timestamp=0))


@needs_poppler
def test_pdf_is_tagged_and_archival():
    pdf = render_pdf("conclusion", sample("conclusion"), timestamp=0)
    info = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "Tagged:          yes" in info
    assert b"pdfaid:part>2<" in pdf
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "PTSerif" in fonts
