"""The answer to a request for information: given, refused, or to be made clear."""

from __future__ import annotations

from typing import Literal, TypedDict

from opora.records.documents.forms._shared.form import Form, Sheet


class _Head(TypedDict, total=False):
    number: str
    """«12/2026»."""
    date: str
    """ISO."""
    addressee: str
    """Official name of the body, or the name of the representative; nominative."""
    addressee_person: str
    """«судья, Орлова А. Б.»: post and name of whoever signed the request."""
    addressee_address: str
    request: str
    """«письменный запрос № 12 от 01.11.2026»."""


class DisclosureAnswerData(_Head, Sheet, total=False):
    """The letter. A letter that refuses or asks never tells whether the child is known to the commission (2.19)."""

    decision: Literal["give", "refuse", "clarify"]
    to_family: bool
    """The answer goes to a representative of the child: what is said to strangers is left out."""
    child_name: str
    """Genitive."""
    birth_date: str
    """ISO."""
    text: str
    """What is told in the letter itself."""
    categories: list[str]
    """Kinds of data in the words of 2.19."""
    papers: list[str]
    """Titles of the enclosed papers."""
    reason: str
    """Why not, or what has to be made clear."""
    clause: str
    signer_position: str
    signer_name: str
    contact_phone: str


FORM = Form(
    code="disclosure_answer",
    title="Ответ на запрос сведений",
    source="раздел 1 (МСЭ); приложение 2, п. 2.19",
    orientation="portrait",
    data=DisclosureAnswerData,
)
