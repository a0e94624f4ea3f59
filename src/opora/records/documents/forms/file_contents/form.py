"""The contents list of a child's file."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class FilePaper(TypedDict, total=False):
    """One paper of the file."""

    title: str
    obligatory: bool
    """Obligatory, or «при наличии»."""
    kind: str
    """«оригинал», «заверенная копия»; ready to print."""
    present: bool
    date: str
    """ISO; date of the paper."""
    checked_by: str
    """Who compared the copy with the original."""
    checked_on: str
    """ISO."""
    sheets: int | str


class FileContentsData(Sheet, total=False):
    """The list; without ``papers`` the letter's own list is printed to be filled by hand."""

    file_number: str
    child_name: str
    birth_date: str
    """ISO."""
    cases: str
    """«№ 12 от 01.09.2025, № 128 от 02.11.2026»."""
    papers: list[FilePaper]
    total_papers: int | str
    total_sheets: int | str
    retain_until: str
    """ISO; ten years after the child turns eighteen."""
    compiled_on: str
    """ISO."""
    compiled_by: str


FORM = Form(
    code="file_contents",
    title="Опись карты ребенка, прошедшего обследование в ПМПК",
    source="приложение 2, п. 2.14",
    orientation="portrait",
    data=FileContentsData,
)
