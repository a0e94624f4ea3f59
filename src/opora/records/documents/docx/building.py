"""Builds the template of an editable copy from its layout: a Word file whose places are filled by `rendering.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from . import pieces as p
from .layouts import LAYOUTS

COPY_MARK = "Копия для правки, не подписанный документ"
OFFICIAL_USE = "Для служебного пользования"
FONT = "Times New Roman"
_WIDTH = 17.0  # centimetres between the margins
_LINE = "______________________"


@cache
def template_of(code: str) -> bytes:
    """The template of a form, built once for the process."""
    layout = LAYOUTS[code]
    document = Document()
    _sheet(document, layout)
    if layout.head:
        _letterhead(document)
    for piece in layout.pieces:
        _DRAWN[type(piece)](document, piece)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _sheet(document: Any, layout: p.Layout) -> None:
    section = document.sections[0]
    long, short = Cm(29.7), Cm(21)
    section.page_width, section.page_height = (long, short) if layout.wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.wide else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Cm(1.5 if layout.wide else 2.5), Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.9)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11.5)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.paragraph_format.space_after = Pt(4)
    known = document.core_properties
    known.title, known.author, known.comments, known.language = layout.title, "", "", "ru-RU"
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(head, f"{COPY_MARK}. {OFFICIAL_USE}", size=9, bold=True)
    foot = section.footer.paragraphs[0]
    _run(foot, f"{layout.title}, стр.\u00a0", size=9)
    _page_number(foot)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _run(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)


def _line(document: Any, text: str = "", *, bold: bool = False, size: float = 0, centre: bool = False) -> Any:
    paragraph = document.add_paragraph()
    if text:
        _run(paragraph, text, bold=bold, size=size)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _letterhead(document: Any) -> None:
    for value, bold, size in (
        ("letterhead.founder", False, 9), ("letterhead.full_name", True, 0), ("letterhead.address", False, 9),
        ("letterhead|contacts", False, 9),
    ):  # fmt: skip
        _line(document, f"{{%p if {value} %}}")
        _line(document, f"{{{{ {value} }}}}", bold=bold, size=size, centre=True)
        _line(document, "{%p endif %}")


def _place(value: str, shape: str = "") -> str:
    """Where a value stands: an expression is put into braces, a fragment with braces of its own stays."""
    if "{" in value:
        return value
    return f"{{{{ ({value}){shape} }}}}"


def _title(document: Any, piece: p.Title) -> None:
    for line in piece.lines:
        _line(document, line, bold=True, size=13, centre=True).paragraph_format.keep_with_next = True


def _caption(document: Any, piece: p.Caption) -> None:
    paragraph = _line(document, piece.text, bold=True)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)


def _words(document: Any, piece: p.Words) -> None:
    paragraph = _line(document, piece.text, size=9 if piece.small else 0, bold=piece.bold)
    if piece.right:
        paragraph.paragraph_format.left_indent = Cm(9.4)


def _value(document: Any, piece: p.Value) -> None:
    if piece.optional:
        _line(document, f"{{%p if {piece.value} %}}")
    paragraph = document.add_paragraph()
    if piece.caption:
        _run(paragraph, f"{piece.caption} ", bold=piece.bold)
    _run(paragraph, _place(piece.value, "|ruled"))
    if piece.right:
        paragraph.paragraph_format.left_indent = Cm(9.4)
    if piece.optional:
        _line(document, "{%p endif %}")


def _each(document: Any, piece: p.Each) -> None:
    _line(document, f"{{%p for row in {piece.rows}|rows %}}")
    _line(document, ("{{ loop.index }}. " if piece.numbered else "") + _place(piece.value))
    _line(document, "{%p endfor %}")


def _parts(document: Any, piece: p.Parts) -> None:
    chosen = f"{piece.rows}|rows|without('{piece.skip}')"
    _line(document, f"{{%p for row in {chosen} %}}")
    _line(document, "{%p if row.part and row.part != loop.previtem.part %}")
    _line(document, "{{ row.part }}", bold=True)
    _line(document, "{%p endif %}")
    paragraph = document.add_paragraph()
    _run(paragraph, "{% if row.title %}{{ row.title }}: {% endif %}", bold=True)
    _run(paragraph, "{{ row.text }}")
    _line(document, "{%p endfor %}")


def _table(document: Any, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(table: Any, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False, size: float = 0) -> Any:
    row = table.add_row()
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        _run(cell.paragraphs[0], text, bold=bold, size=size)
    return row


def _pairs(document: Any, piece: p.Pairs) -> None:
    widths = (5.9, _WIDTH - 5.9)
    table = _table(document, widths)
    for caption, value in piece.rows:
        _row(table, (caption, _place(value)), widths)
    _line(document)


def _grid(document: Any, piece: p.Grid) -> None:
    table = _table(document, piece.widths)
    head = _row(table, piece.captions, piece.widths, bold=True, size=8.5)
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    if piece.parts:
        _control(table, f"for part in {piece.parts}|rows", piece.widths)
        _control(table, f"if {piece.title}", piece.widths)
        merged = table.add_row()
        whole = merged.cells[0].merge(merged.cells[-1])
        _run(whole.paragraphs[0], _place(piece.title), italic=True, size=8.5)
        _control(table, "endif", piece.widths)
    _control(table, f"for row in {piece.rows}|rows", piece.widths)
    row = _row(table, [_place(cell) for cell in piece.cells], piece.widths, size=8.5)
    whole_row = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole_row)
    _control(table, "endfor", piece.widths)
    if piece.parts:
        _control(table, "endfor", piece.widths)
    _line(document)


def _control(table: Any, command: str, widths: Sequence[float]) -> None:
    _row(table, (f"{{%tr {command} %}}", *("",) * (len(widths) - 1)), widths)


def _figures(document: Any, piece: p.Figures) -> None:
    """Sections with their words and tables. A row is «показатель — сейчас, год назад» for each of its measures."""
    _line(document, f"{{%p for part in {piece.parts}|rows %}}")
    _line(document, "{{ loop.index }}. {{ part.title }}", bold=True)
    _line(document, "{%p if part.text %}")
    _line(document, "{{ part.text }}")
    _line(document, "{%p endif %}")
    _line(document, "{%p for one in part.tables|rows %}")
    _line(document, "{{ one.title }}", bold=True, size=10)
    widths = (6.2, 10.8)
    table = _table(document, widths)
    _control(table, "for row in one|figure_rows", widths)
    _row(table, ("{{ row.label }}", f"{{{{ row|figures(one, {piece.before}) }}}}"), widths, size=8.5)
    _control(table, "endfor", widths)
    _line(document, "{{ one.note }}", size=9)
    _line(document, "{%p endfor %}")
    _line(document, "{%p endfor %}")


def _signed(document: Any, position: str, name: str, day: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(8)
    place = f"{position} {_LINE} / {_place(name, '|ruled')}".strip()
    _run(paragraph, place + (f" {_place(day, '|day_or_blank')}" if day else ""))


def _signature(document: Any, piece: p.Signature) -> None:
    _signed(document, piece.position, piece.name, piece.day)


def _signatures(document: Any, piece: p.Signatures) -> None:
    _line(document, f"{{%p for row in {piece.rows}|rows %}}")
    _signed(document, _place(piece.position) if piece.position else "", piece.name, piece.day)
    _line(document, "{%p endfor %}")


_DRAWN: dict[type, Callable[[Any, Any], None]] = {
    p.Title: _title, p.Caption: _caption, p.Words: _words, p.Value: _value, p.Each: _each, p.Parts: _parts,
    p.Pairs: _pairs, p.Grid: _grid, p.Signature: _signature, p.Signatures: _signatures, p.Figures: _figures,
}  # fmt: skip
