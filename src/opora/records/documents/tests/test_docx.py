"""Editable copies: captions as the PDF has them, values as they were typed, a mark that nothing of it is signed."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.table import Table

from opora.records.documents.docx import LAYOUTS, pieces, render_docx
from opora.records.documents.docx.building import COPY_MARK, OFFICIAL_USE
from opora.records.documents.forms import FORMS
from opora.records.documents.rendering import render_pdf
from opora.records.documents.tests.paper_text import text_of

CODES = sorted(LAYOUTS)
TYPED = ["«<&>»", "<b>жирно</b>", "{{ 7*7 }}", "{% for %}", "a & b", "]]>", "#{x}", "{{ child_name }}"]


def sample(code: str) -> dict[str, Any]:
    return json.loads((FORMS[code].folder / "sample.json").read_text(encoding="utf-8"))


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def words(document: Any) -> str:
    said = []
    for block in document.iter_inner_content():
        said += [cell.text for row in block.rows for cell in row.cells] if isinstance(block, Table) else [block.text]
    return "\n".join(said)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


def everywhere(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, list):
        return [everywhere(item, text) for item in value]
    return {key: everywhere(item, text) for key, item in value.items()} if isinstance(value, dict) else value


def captions(code: str) -> list[str]:
    """Every fixed word of a layout."""
    found: list[str] = []
    for piece in LAYOUTS[code].pieces:
        match piece:
            case pieces.Title():
                found += piece.lines
            case pieces.Caption() | pieces.Words():
                found.append(piece.text)
            case pieces.Value():
                found.append(piece.caption)
            case pieces.Pairs():
                found += [caption for caption, _ in piece.rows]
            case pieces.Grid():
                found += piece.captions
            case pieces.Signature() if "{" not in piece.position:
                found.append(piece.position)
    return [one for one in found if one]


@cache
def printed(code: str) -> str:
    """The words of the PDF of the same form: filled, with no answer of the parents, and blank."""
    both = (render_pdf(code, data, timestamp=0) for data in (sample(code), sample(code) | {"parents_answer": ""}, {}))
    return squeezed("".join(text_of(pdf, layout=False) for pdf in both))


@pytest.mark.parametrize("code", CODES)
def test_captions_stand_in_the_pdf_of_the_same_form_too(code):
    missing = [one for one in captions(code) if squeezed(one).rstrip(":_") not in printed(code)]
    assert not missing


@pytest.mark.parametrize("code", CODES)
def test_the_sample_stands_in_the_copy_with_nothing_of_the_template(code):
    document = opened(render_docx(code, sample(code)))
    text = words(document)
    for caption in captions(code):
        assert caption in text
    assert not re.search(r"[{][{%]|[%}][}]", text)
    assert "None" not in text


@pytest.mark.parametrize("code", CODES)
def test_every_page_says_that_it_is_a_copy_for_official_use(code):
    section = opened(render_docx(code, sample(code))).sections[0]
    head = "".join(paragraph.text for paragraph in section.header.paragraphs)
    assert COPY_MARK in head
    assert OFFICIAL_USE in head


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("typed", TYPED)
def test_what_was_typed_stands_as_it_was_typed(code, typed):
    assert typed in words(opened(render_docx(code, everywhere(sample(code), typed))))


@pytest.mark.parametrize("code", CODES)
def test_what_no_word_file_may_hold_stands_as_its_code(code):
    text = words(opened(render_docx(code, everywhere(sample(code), "до\u202eпосле\x07\x00 \ufffe"))))
    assert "до[U+202E]после[U+0007][U+0000] [U+FFFE]" in text


@pytest.mark.parametrize("code", CODES)
def test_an_empty_copy_is_a_blank(code):
    document = opened(render_docx(code, {}))
    assert captions(code)[0] in words(document)
    assert opened(render_docx(code, dict.fromkeys(sample(code)))) is not None


def test_a_plan_of_two_hundred_lines_is_whole_and_repeats_its_head():
    data = sample("support_programme")
    line = data["plan"][0]["lines"][0]
    data["plan"] = [
        {"title": f"Задача {n}", "lines": [line | {"number": str(n * 20 + k)} for k in range(20)]} for n in range(10)
    ]
    table = opened(render_docx("support_programme", data)).tables[-1]
    numbers = [row.cells[0].text for row in table.rows]
    assert len(numbers) == 1 + 10 + 200
    assert {str(n) for n in range(200)} <= set(numbers)
    assert table.rows[0]._tr.trPr.xpath("./w:tblHeader")


def test_the_form_of_the_annex_has_fifteen_rows_and_seven_columns():
    first, plan = opened(render_docx("support_programme", sample("support_programme"))).tables
    assert len(first.rows) == 15
    assert len(plan.columns) == 7


def test_nobody_stands_as_the_author_of_a_copy():
    known = opened(render_docx("support_programme", {})).core_properties
    assert known.author == ""
    assert known.comments == ""
