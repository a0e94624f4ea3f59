"""Forms of conclusions on ГИА. The form of answers is built from the edition of the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from opora.commission.conclusions.forms import FlatJson, RecipientForm
from opora.regulations.attestation.entries import AttestationQuestion
from opora.regulations.edition import Edition

from .answers import EXAM_FORMS, FIRST_YEAR, LAST_YEAR, LIST_LIMIT, TEXT_LIMIT, choices_of, questions_of, subjects_of
from .models import AttestationConclusion

MANY = 4  # more choices than this are a select
SUBJECT = "subject_"


class AnswersForm(forms.Form):
    """Answers of the sheet; the subjects have a field each."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    base = FlatJson(widget=forms.HiddenInput, max_length=60_000)

    def __init__(self, *args: Any, edition: Edition, level: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.questions = edition, questions_of(edition)
        for one in self.questions:
            if one.kind != "subjects":
                self.fields[one.code] = _field(edition, one)
                continue
            choices = [("", "не сдаёт"), *(dict(choices_of(edition, one)) | named_form(level)).items()]
            for subject in subjects_of(edition):
                self.fields[SUBJECT + subject.code] = forms.ChoiceField(
                    label=subject.title, required=False, choices=choices, initial=""
                )

    @classmethod
    def showing(cls, edition: Edition, values: dict[str, Any], version: int) -> AnswersForm:
        """The form as it is shown: what is answered, and what it was when the person saw it."""
        shown = {code: _shown(edition, code, value) for code, value in values.items() if code != "subjects"}
        shown |= {SUBJECT + code: form for code, form in values["subjects"].items()}
        return cls(edition=edition, level=values["level"], initial=shown | {"version": version, "base": values})

    def values(self) -> dict[str, Any]:
        """Answers as they are kept (see `answers`)."""
        found: dict[str, Any] = {}
        for one in self.questions:
            if one.kind == "subjects":
                forms_of = {code.code: self.cleaned_data[SUBJECT + code.code] for code in subjects_of(self.edition)}
                found[one.code] = {code: form for code, form in forms_of.items() if form}
            else:
                found[one.code] = _kept(one, self.cleaned_data[one.code])
        return found

    def clean_base(self) -> dict[str, Any]:
        base = self.cleaned_data["base"]
        if not isinstance(base, dict):
            raise forms.ValidationError("Обновите страницу: прежние ответы не переданы.")
        known = {one.code for one in self.questions}
        return {code: value for code, value in base.items() if code in known}


def named_form(level: str) -> dict[str, str]:
    """The ordinary form of examination by its name at the level; nothing while the level is not chosen."""
    return {"state": EXAM_FORMS[level]} if level in EXAM_FORMS else {}


def _shown(edition: Edition, code: str, value: Any) -> Any:
    kinds = {one.code: one.kind for one in questions_of(edition)}
    return date.fromisoformat(value) if kinds[code] == "date" and value else value


def _kept(question: AttestationQuestion, value: Any) -> Any:
    if question.kind == "date":
        return value.isoformat() if value else ""
    if question.kind == "number":
        return value or ""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _field(edition: Edition, one: AttestationQuestion) -> forms.Field:
    field = _plain(edition, one)
    field.help_text = one.hint
    return field


def _plain(edition: Edition, one: AttestationQuestion) -> forms.Field:
    pairs = choices_of(edition, one)
    match one.kind:
        case "flag":
            return forms.BooleanField(label=one.title, required=False)
        case "date":
            return forms.DateField(label=one.title, required=False)
        case "number":
            return forms.IntegerField(label=one.title, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
        case "choices":
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(label=one.title, required=False, choices=pairs, widget=widget)
        case "choice" if len(pairs) > MANY:
            return forms.ChoiceField(label=one.title, required=False, choices=[("", "не выбрано"), *pairs])
        case "choice":
            return forms.ChoiceField(label=one.title, required=False, choices=pairs, widget=forms.RadioSelect)
        case "list":
            area = forms.Textarea(attrs={"rows": 5})
            return forms.CharField(label=one.title, required=False, max_length=LIST_LIMIT, widget=area)
    line = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=one.title, required=False, max_length=TEXT_LIMIT, widget=line)


class HandOverForm(RecipientForm):
    """Whom, how and when the conclusion was given."""

    way = forms.ChoiceField(label="Как", choices=AttestationConclusion.Way.choices, widget=forms.RadioSelect)
    on = forms.DateField(label="Когда")
