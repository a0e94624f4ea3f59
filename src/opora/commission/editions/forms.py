"""Forms by which a value of the law is confirmed, corrected, annulled."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from opora.regulations.acts.register import acts, citations
from opora.regulations.edition import Edition
from opora.regulations.entries import Entry, Unverified
from opora.regulations.readers import UNITS as KNOWN_UNITS

from .describing import FIELDS, FORMS, PRESENCE, UNITS

# What may be confirmed of an entry, by its table; of any other the wording.
CONFIRMABLE = {
    "term": ("value", "unit", "counts_from"),
    "paper": ("presence", "form", "parent_text"),
    "programme": ("title", "short"),
    "act": ("title", "status"),
    "question": (),
}


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ValueForm(forms.Form):
    """The value by the official text, its act and point, the day since when it holds."""

    act = forms.ChoiceField(label="Документ")
    point = forms.CharField(label="Пункт документа", max_length=120, help_text="Например: п. 22 Положения")
    since = forms.DateField(label="Действует с")
    note = forms.CharField(
        label="Пояснение", max_length=500, required=False, widget=_area(),
        help_text="Что сказано в документе и чем это отличается от прежнего",
    )  # fmt: skip

    def __init__(self, *args: Any, law: Edition, table: str, entry: Entry | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law, self.entry = law, entry
        listed = [(one.code, one.short) for one in acts(law)]
        self.fields["act"] = forms.ChoiceField(label="Документ", choices=[("", "Выберите документ"), *listed])
        self.value_names = CONFIRMABLE.get(table, ("title",)) if entry else ()
        for name in self.value_names:
            self.fields[name] = _field(name, entry)
        self.fields["note"].required = not self.value_names
        self.order_fields([*self.value_names, "act", "point", "since", "note", "reason"])

    def clean_point(self) -> str:
        point = str(self.cleaned_data["point"]).strip()
        if ";" in point:
            raise forms.ValidationError("Один документ и один пункт, без точки с запятой.")
        return point

    @property
    def values(self) -> dict[str, Any]:
        """Confirmed fields of the entry."""
        return {name: self.cleaned_data[name] for name in self.value_names}

    @property
    def clause(self) -> str:
        """«приказ Минпросвещения России № 763, п. 22 Положения»."""
        act = next(one for one in acts(self.law) if one.code == self.cleaned_data["act"])
        return f"{act.short}, {self.cleaned_data['point']}"


class CorrectionForm(ValueForm):
    """The same with the reason of the correction."""

    reason = forms.CharField(label="Почему исправляете", max_length=500, widget=_area(2))


class AnnulForm(forms.Form):
    """Why a confirmation is taken back."""

    reason = forms.CharField(label="Почему отменяете", max_length=500, widget=_area(2))


def _field(name: str, entry: Entry | None) -> forms.Field:
    label = FIELDS.get(name, name).capitalize()
    if name == "unit":
        return forms.ChoiceField(label=label, choices=[(one, UNITS[one][2]) for one in KNOWN_UNITS])
    if name == "presence":
        return forms.ChoiceField(label=label, choices=list(PRESENCE.items()))
    if name == "form":
        return forms.ChoiceField(label=label, choices=list(FORMS.items()))
    if name == "status":
        known = (("in_force", "действует"), ("repealed", "утратил силу"), ("replaced", "заменён другим документом"))
        return forms.ChoiceField(label=label, choices=known)
    if isinstance(getattr(entry, name, None), int):
        return forms.IntegerField(label=label, min_value=0, max_value=1000)
    return forms.CharField(label=label, max_length=1000, widget=_area(2), required=name != "counts_from")


def initial_of(law: Edition, doubt: Unverified | None, entry: Entry | None, clause: str, since: date) -> dict[str, Any]:
    """What the form offers: the value in use, else the recalled one; the act that the doubt names."""
    named = citations(law, clause)
    offered: dict[str, Any] = {"act": named[-1].act if named else "", "since": since}
    for name in CONFIRMABLE.get(doubt.table if doubt else "", ("title",)):
        value = getattr(entry, name, None)
        offered[name] = ", ".join(value) if isinstance(value, tuple) else value
    return offered
