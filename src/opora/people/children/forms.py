"""Forms of a child's record. They check form; sense is checked by the services, whose refusals come back here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from django import forms
from django.db.models import Model
from django.forms import BaseForm
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.people.naming import NameCase, decline
from opora.regulations.edition import edition_for

from . import validation
from .models import (
    Child,
    Diagnosis,
    Disability,
    Enrolment,
    Family,
    Guardian,
    Guardianship,
    Named,
    PreventionRecord,
    Sex,
)
from .services.children import CASE_TITLES

ADDRESSES = "known-addresses"
SCHOOLS = "known-schools"
OPTION_FREE = {"autocomplete": "off"}
PARENT_DOCUMENT = "свидетельство о рождении"


def sex_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Пол", choices=Sex.choices, widget=forms.RadioSelect, required=False)


def names_checked(form: BaseForm) -> None:
    """Bring the parts of a name into their usual form; what is no name is said beside its field."""
    for field in validation.NAME_FIELDS:
        if form.cleaned_data.get(field):
            try:
                form.cleaned_data[field] = validation.name(form.cleaned_data[field], field)
            except Refusal as refusal:
                form.add_error(field, refusal.message)


def sex_found(form: BaseForm, by_kinship: Mapping[str, str] | None = None) -> None:
    """Take the sex from the kinship or the patronymic when it is not marked; ask only when neither tells it."""
    typed = form.cleaned_data
    told = (by_kinship or {}).get(typed.get("kinship", "")) or validation.sex_by_patronymic(
        typed.get("middle_name", "")
    )
    typed["sex"] = typed.get("sex") or told
    if not typed["sex"]:
        form.add_error("sex", "Отметьте пол: по отчеству его не понять.")


def law_titles(*vocabularies: str, on: date | None = None) -> list[tuple[str, str]]:
    """Code and title of the values of the edition's lists, one list after another."""
    law = edition_for(on or timezone.localdate())
    return [pair for code in vocabularies for pair in law.vocabulary(code).pairs]


class Suggesting(forms.TextInput):
    """A line with suggestions from a `<datalist>` that stands on the page."""

    def __init__(self, source: str) -> None:
        super().__init__(attrs={"list": source, **OPTION_FREE})


Row = TypeVar("Row", bound=Model)


class Draft(forms.ModelForm[Row]):
    """The fields of a row without its constraints: these belong to the whole row, which only the service knows."""

    def _post_clean(self) -> None:
        """Build no row here: the service does, and its refusals come back into the form."""


class ChildForm(Draft[Child]):
    """Who the child is, where he lives, by which document."""

    sex = sex_field()

    class Meta:
        model = Child
        fields = (
            "last_name", "first_name", "middle_name", "former_last_name", "sex", "birth_date", "citizenship",
            "registered_address", "registration", "actual_address", "identity_kind", "identity_number",
            "identity_issued", "insurance_number", "medical_policy", "lives_with",
        )  # fmt: skip
        widgets = {
            "last_name": forms.TextInput(attrs={"autofocus": True, **OPTION_FREE}),
            "first_name": forms.TextInput(attrs=OPTION_FREE),
            "middle_name": forms.TextInput(attrs=OPTION_FREE),
            "registered_address": Suggesting(ADDRESSES),
            "actual_address": Suggesting(ADDRESSES),
            "insurance_number": forms.TextInput(attrs={"inputmode": "numeric", **OPTION_FREE}),
            "medical_policy": forms.TextInput(attrs={"inputmode": "numeric", **OPTION_FREE}),
            "lives_with": Suggesting("known-households"),
        }

    def clean(self) -> dict[str, Any]:
        names_checked(self)
        sex_found(self)
        return self.cleaned_data


class GuardianForm(Draft[Guardian]):
    """A representative and who he is to the child."""

    kinship = forms.ChoiceField(label="Кем приходится", choices=Guardianship.Kinship.choices)
    sex = sex_field()
    authority_document = forms.CharField(
        label="Документ о полномочиях", max_length=200, initial=PARENT_DOCUMENT,
        widget=Suggesting("known-authorities"),
    )  # fmt: skip
    authority_number = forms.CharField(label="Номер документа", max_length=60, required=False)
    authority_issued_on = forms.DateField(label="Дата документа", required=False)

    class Meta:
        model = Guardian
        fields = (
            "last_name", "first_name", "middle_name", "sex", "birth_date", "phone", "email", "identity_kind",
            "identity_series", "identity_number", "identity_issued", "registered_address", "education",
            "occupation", "notes",
        )  # fmt: skip
        widgets = {
            "phone": forms.TextInput(attrs={"type": "tel", **OPTION_FREE}),
            "registered_address": Suggesting(ADDRESSES),
            "identity_kind": Suggesting("known-documents"),
            "education": Suggesting("known-educations"),
        }

    def clean(self) -> dict[str, Any]:
        names_checked(self)
        sex_found(self, {Guardianship.Kinship.MOTHER: Sex.FEMALE, Guardianship.Kinship.FATHER: Sex.MALE})
        return self.cleaned_data

    @property
    def person(self) -> dict[str, Any]:
        """What belongs to the person."""
        return {key: self.cleaned_data[key] for key in self.Meta.fields}

    @property
    def authority(self) -> dict[str, Any]:
        """What belongs to his powers."""
        names = ("authority_document", "authority_number", "authority_issued_on")
        return {key: self.cleaned_data[key] for key in names}


class FirstGuardianForm(GuardianForm):
    """The representative who comes with a new child; they usually live together."""

    same_address = forms.BooleanField(label="Зарегистрирован там же, где ребёнок", required=False, initial=True)


class EnrolmentForm(Draft[Enrolment]):
    """Where the child studies; the organisation is chosen from the directory or named for the first time."""

    school = forms.CharField(
        label="Образовательная организация", max_length=400, required=False, widget=Suggesting(SCHOOLS),
        help_text="Выберите из подсказок; новая организация добавится в справочник",
    )  # fmt: skip

    class Meta:
        model = Enrolment
        fields = ("level", "group", "class_teacher", "programme", "study_form", "started_on", "history")
        labels = {"started_on": "Учится здесь с"}
        widgets = {"history": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = cast(forms.ChoiceField, self.fields["level"])
        level.choices = [("", "выберите"), *Enrolment.Level.choices]

    field_order = ("level", "school", "group", "class_teacher", "programme", "study_form", "started_on", "history")

    def clean_group(self) -> str:
        return validation.title(self.cleaned_data["group"])

    @property
    def details(self) -> dict[str, Any]:
        """All but the organisation."""
        return {key: self.cleaned_data[key] for key in self.Meta.fields}


class FamilyForm(Draft[Family]):
    """What the commission asks about the family, by the lists of the edition in force."""

    kinds = forms.MultipleChoiceField(
        label="Семья", required=False, widget=forms.CheckboxSelectMultiple, choices=lambda: family_kinds()
    )

    class Meta:
        model = Family
        fields = ("children_count", "home_language", "notes")
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    field_order = ("kinds", "children_count", "home_language", "notes")


def family_kinds() -> list[tuple[str, str]]:
    return law_titles("family_kind", "family_status")


class DisabilityForm(Draft[Disability]):
    """A certificate of disability."""

    class Meta:
        model = Disability
        fields = (
            "document_number", "issued_by", "valid_from", "valid_to", "rehabilitation_number", "rehabilitation_to",
        )  # fmt: skip
        labels = {"valid_from": "Установлена с", "valid_to": "Действует по"}
        help_texts = {"valid_to": "Пусто — бессрочно"}


class DiagnosisForm(Draft[Diagnosis]):
    """A diagnosis from a medical paper."""

    class Meta:
        model = Diagnosis
        fields = ("kind", "text", "source", "icd10", "consented")
        widgets = {"icd10": Suggesting("known-icd10")}
        help_texts = {"icd10": "Только с письменного согласия родителя (прил. 2.5)"}


class PreventionForm(Draft[PreventionRecord]):
    """Registration with a prevention body."""

    class Meta:
        model = PreventionRecord
        fields = ("body", "started_on", "ended_on")
        labels = {"started_on": "На учёте с", "ended_on": "Снят с учёта"}


class EndForm(forms.Form):
    """The day on which something ended."""

    ended_on = forms.DateField(label="Дата", initial=timezone.localdate)


class NamesForm(forms.Form):
    """A full name in its cases: what the rules give stands in the field and can be corrected."""

    def __init__(self, person: Named, sex: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = dict(by_rules(person, sex))
        for case, form in self.rules.items():
            self.fields[str(case)] = forms.CharField(
                label=CASE_TITLES[case].capitalize(), max_length=250, required=False,
                initial=person.declined.get(str(case)) or form, help_text=QUESTIONS[case],
            )  # fmt: skip

    @property
    def corrections(self) -> dict[str, str]:
        """Only what differs from the rules, so that the rest keeps following them."""
        typed = ((str(case), self.cleaned_data[str(case)].strip(), form) for case, form in self.rules.items())
        return {case: text for case, text, form in typed if text and text != form}


QUESTIONS = {
    NameCase.GENITIVE: "Заявление кого?",
    NameCase.DATIVE: "Выдано кому?",
    NameCase.ACCUSATIVE: "Обследовали кого?",
    NameCase.INSTRUMENTAL: "Подписано кем?",
    NameCase.PREPOSITIONAL: "Сведения о ком?",
}


def by_rules(person: Named, sex: str) -> Iterable[tuple[NameCase, str]]:
    """The cases of a name as the rules make them."""
    for case in CASE_TITLES:
        yield case, decline(person.last_name, person.first_name, person.middle_name, sex=sex, case=case)
