"""Forms of passports. Sense is checked by the services, whose refusals come back here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from .models import FamilyFact, PassportRow, SocialPassport


class BeginForm(forms.Form):
    """On which day the passport stands."""

    on = forms.DateField(label="На какой день", initial=timezone.localdate)


class CommentsForm(forms.Form):
    """Words beside the figures."""

    comments = forms.CharField(
        label="Примечания", required=False, max_length=SocialPassport._meta.get_field("comments").max_length,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="Без имён детей",
    )  # fmt: skip


class RemarksForm(forms.Form):
    """What has to be mended."""

    remarks = forms.CharField(
        label="Что исправить", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), help_text="Без имён детей"
    )


class RowForm(forms.Form):
    """A row of the passport; what it is counted from is not typed."""

    title = forms.CharField(label="Строка", max_length=300)
    section = forms.CharField(label="Раздел", max_length=120, widget=forms.TextInput(attrs={"list": "sections"}))
    of_family = forms.BooleanField(
        label="О семье в целом", required=False, initial=True,
        help_text="Отметка у одного ребёнка верна и для его братьев и сестёр",
    )  # fmt: skip
    field_class = forms.ChoiceField(
        label="Кто видит, о ком это", required=False, choices=PassportRow.Seen.choices, initial=PassportRow.Seen.FAMILY
    )
    order = forms.IntegerField(label="Место в паспорте", required=False, min_value=1, max_value=9999)
    is_retired = forms.BooleanField(label="Больше не считать", required=False)

    def __init__(self, *args: Any, row: PassportRow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is None:
            del self.fields["order"], self.fields["is_retired"]
        elif not row.code.startswith("own_"):
            del self.fields["of_family"], self.fields["field_class"]

    def clean_order(self) -> int:
        order = self.cleaned_data["order"]
        return int(order) if order is not None else int(self.get_initial_for_field(self.fields["order"], "order") or 1)


class NoteForm(forms.Form):
    """Words beside one fact."""

    note = forms.CharField(
        label="Примечание",
        required=False,
        max_length=FamilyFact._meta.get_field("note").limit,  # type: ignore[union-attr]
    )
