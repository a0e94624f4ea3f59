"""The form of an own method, and an age as people write it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from opora.regulations.methods.entries import ADULT

from .models import OwnMethod

_AGE = re.compile(
    r"(?:(?P<years>\d{1,2}(?:[.,]5)?)\s*(?:г|год|года|лет|л)?\.?)?\s*(?:(?P<months>\d{1,3})\s*(?:м|мес|месяц|месяца|месяцев)\.?)?",
    re.IGNORECASE,
)


class AgeField(forms.Field):
    """«4», «2,5», «1 год 6 мес.», «18 мес.» as full months; empty gives `otherwise`."""

    def __init__(self, *, otherwise: int, **options: Any) -> None:
        self.otherwise = otherwise
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> int:
        text = str(value or "").strip()
        if not text:
            return self.otherwise
        only_months = re.fullmatch(r"(\d{1,3})\s*(?:м|мес|месяц|месяца|месяцев)\.?", text, re.IGNORECASE)
        if only_months:
            return int(only_months[1])
        found = _AGE.fullmatch(text)
        if found is None or not found["years"]:
            raise ValidationError("Напишите возраст так: 4, или 2,5, или 1 год 6 мес.")
        return int(float(found["years"].replace(",", ".")) * 12) + int(found["months"] or 0)

    def prepare_value(self, value: Any) -> str:
        if not isinstance(value, int):
            return str(value or "")
        if value == self.otherwise:
            return ""
        years, months = divmod(value, 12)
        return " ".join(filter(None, (str(years) if years and not months else f"{years} г." if years else "",
                                      f"{months} мес." if months else "")))  # fmt: skip


class OwnMethodForm(forms.ModelForm[OwnMethod]):
    from_months = AgeField(
        label="Возраст от", otherwise=0, help_text="Лет; можно 2,5 или 1 год 6 мес. Пусто — с рождения"
    )
    to_months = AgeField(label="Возраст до", otherwise=ADULT, help_text="Пока не исполнилось. Пусто — до 18 лет")

    class Meta:
        model = OwnMethod
        fields = ("title", "speciality", "from_months", "to_months", "note", "is_preliminary")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speciality = self.fields["speciality"]
        speciality.choices = [("", "любой специалист"), *speciality.choices[1:]]  # type: ignore[attr-defined]
