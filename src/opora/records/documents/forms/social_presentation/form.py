"""Presentation of the social pedagogue."""

from __future__ import annotations

from opora.records.documents.forms._shared.form import Form
from opora.records.documents.forms._shared.presentation import PresentationData


class SocialPresentationData(PresentationData, total=False):
    """As the shared presentation."""


FORM = Form(
    code="social_presentation",
    title="Представление социального педагога",
    source="приложение 2, п. 2.9; состав разделов — практика",
    orientation="portrait",
    data=SocialPresentationData,
)
