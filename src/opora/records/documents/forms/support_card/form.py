"""The card of psychological, pedagogical and social support of a child in complex support."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form, Sheet
from opora.school.support.cards.content import SupportCardPaper


class SupportCardData(Sheet, SupportCardPaper, total=False):
    """The card as its reader may read it on a day: what the room of cards writes."""

    programme: str
    """The individual programme beside it: «ИПС № 3/2026»; empty where there is none."""
    head_name: str
    """Head of the service."""


FORM = Form(
    code="support_card",
    title="Карта психолого-педагогического и социального сопровождения",
    source="Положение о Службе сопровождения, п. 5.1, п. 3.3; графы — по практике школ",
    orientation="portrait",
    data=SupportCardData,
)
