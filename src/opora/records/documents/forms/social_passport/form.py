"""The social passport of a class and of the institution: three counters in each row."""

from __future__ import annotations

from typing import TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.support.passports.content import SocialPassportPaper


class EarlierRow(TypedDict):
    """What an earlier passport says in the same row."""

    families: int
    children: int
    pupils: int


class SocialPassportData(Sheet, SocialPassportPaper, total=False):
    """Figures without names: what the room of passports writes, and what is laid beside it for a comparison."""

    earlier_on: str
    """ISO day of the earlier passport; empty prints one year alone."""
    earlier_year: str
    """«2025/26»."""
    earlier: dict[str, EarlierRow]
    """By the code of the row; a row that the earlier passport did not have is left out."""
    checks: list[str]
    """What does not add up, in sentences; printed on a passport that nobody has approved yet."""
    withheld: str
    """Why some rows are left out for this reader."""


FORM = Form(
    code="social_passport",
    title="Социальный паспорт",
    source="Положение о Службе сопровождения, п. 5.1; строки — по практике школ",
    orientation="portrait",
    data=SocialPassportData,
)
