"""Forms of brought conclusions and their duties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Speciality
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.people.law import law_on
from opora.regulations.duties.offering import KindOffers, conditions_by_kind
from opora.regulations.edition import Edition
from opora.regulations.entries import ProgrammeVariant

from .models import BroughtConclusion, SchoolDuty
from .offers import DutyDraft, drafts_of_lines

LINES_LIMIT = 20_000
HOURS = "hours_"
LESSONS_BY = (
    Speciality.SPEECH_THERAPIST, Speciality.PSYCHOLOGIST, Speciality.DEFECTOLOGIST, Speciality.SOCIAL_PEDAGOGUE,
    Speciality.HEARING_TEACHER, Speciality.VISION_TEACHER,
)  # fmt: skip
YES_NO = (("yes", "да, обучающийся с ОВЗ"), ("no", "нет"))
NO_CODE_HINT = "Без диагнозов и кодов МКБ-10: школе их не передают"


class LinesField(forms.CharField):
    """«Ввести списком»: one line is one duty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="Условия списком", max_length=LINES_LIMIT, widget=forms.Textarea(attrs={"rows": 5}),
            help_text="Одна строка — одно условие, например: «Логопед — 2 часа в неделю». " + NO_CODE_HINT, **options,
        )  # fmt: skip


class PaperForm(forms.Form):
    """What stands in the conclusion and what the parents say of it."""

    guardian = forms.ModelChoiceField(label="Кто принёс", queryset=Guardian.objects.none())
    number = forms.CharField(label="№ заключения", max_length=40)
    signed_on = forms.DateField(label="Дата заключения")
    brought_on = forms.DateField(label="Когда принесли", initial=timezone.localdate)
    presented_before = forms.BooleanField(
        label="Заключение уже принимала другая школа, или семья учится по нему", required=False
    )
    commission = forms.ModelChoiceField(
        label="Какая ПМПК", queryset=Organisation.objects.none(), required=False, empty_label="другая — написать ниже"
    )
    commission_title = forms.CharField(label="Другая ПМПК", max_length=300, required=False)
    has_limitations = forms.ChoiceField(
        label="Обучающийся с ОВЗ", choices=YES_NO, widget=forms.RadioSelect, initial="yes"
    )
    programme = forms.ChoiceField(label="Образовательная программа", required=False)
    orientation = forms.ChoiceField(
        label="С ориентировкой на код", required=False,
        help_text="Только для программ, которые опираются на вариант АООП",
    )  # fmt: skip
    programme_title = forms.CharField(label="Программа, которой нет в перечне", max_length=500, required=False)
    valid_until = forms.DateField(label="Действует до", required=False)
    next_on = forms.DateField(
        label="Следующее обследование", required=False, help_text="Напомним за три месяца и за месяц"
    )
    parents_answer = forms.ChoiceField(
        label="Согласны ли родители", choices=BroughtConclusion.ParentsAnswer.choices, widget=forms.RadioSelect,
        initial=BroughtConclusion.ParentsAnswer.AGREE,
    )  # fmt: skip
    parents_words = forms.CharField(
        label="С чем не согласны", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(
        label="Заметка", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_CODE_HINT,
    )  # fmt: skip

    def __init__(self, child: Child, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        self.law = law_on(timezone.localdate())
        links = child.guardianships.filter(ended_on=None).select_related("guardian")
        guardian = cast("forms.ModelChoiceField[Guardian]", self.fields["guardian"])
        guardian.queryset = Guardian.objects.filter(pk__in=[one.guardian_id for one in links])
        guardian.to_field_name, guardian.empty_label = "public_id", None
        commission = cast("forms.ModelChoiceField[Organisation]", self.fields["commission"])
        commission.queryset = Organisation.objects.commissions()
        commission.to_field_name = "public_id"
        last = BroughtConclusion.objects.filter(organisation=child.organisation, commission__isnull=False)
        usual = last.select_related("commission").order_by("-pk").first()
        if usual and usual.commission:
            self.initial.setdefault("commission", usual.commission.public_id)
        cast(forms.ChoiceField, self.fields["programme"]).choices = [
            ("", "не указана или нет в перечне"), *programme_choices(self.law, self.law.programmes)
        ]  # fmt: skip
        cast(forms.ChoiceField, self.fields["orientation"]).choices = [
            ("", "не нужно"), *programme_choices(self.law, self.law.variants)
        ]  # fmt: skip

    def _is_used(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def asks_presented(self) -> bool:
        """The question is shown when the dates have raised it."""
        return self._is_used("presented_before")

    @property
    def has_other_commission(self) -> bool:
        """Whether the line for a commission out of the directory stands open."""
        return self._is_used("commission_title") or not self["commission"].value()

    @property
    def has_other_programme(self) -> bool:
        """Whether the fields of rarer programmes stand open."""
        return self._is_used("orientation", "programme_title")

    @classmethod
    def initial_of(cls, brought: BroughtConclusion) -> dict[str, Any]:
        """What is known of a conclusion that is corrected."""
        names = (
            "number", "signed_on", "brought_on", "commission_title", "programme", "orientation", "programme_title",
            "valid_until", "next_on", "parents_answer", "parents_words", "note",
        )  # fmt: skip
        return {name: getattr(brought, name) for name in names} | {
            "guardian": brought.guardian.public_id,
            "commission": brought.commission.public_id if brought.commission else "",
            "has_limitations": "yes" if brought.has_limitations else "no",
        }

    @property
    def fields_given(self) -> dict[str, Any]:
        """Cleaned values under the names of `BroughtFields`."""
        names = [name for name in PaperForm.base_fields if name != "presented_before"]
        return {name: self.cleaned_data[name] for name in names} | {
            "has_limitations": self.cleaned_data["has_limitations"] == "yes"
        }


class BroughtForm(PaperForm):
    """The paper and the conditions that it names, on one page."""

    scan = forms.FileField(
        label="Скан заключения", required=False, help_text="PDF, JPEG или PNG, без листа с диагнозом"
    )
    conditions = forms.MultipleChoiceField(label="Условия", required=False, widget=forms.CheckboxSelectMultiple)
    lines = LinesField(required=False)

    def __init__(self, child: Child, *args: Any, **kwargs: Any) -> None:
        super().__init__(child, *args, **kwargs)
        for speciality in LESSONS_BY:
            self.fields[HOURS + speciality.value] = forms.DecimalField(
                label=speciality.label, required=False, min_value=Decimal("0.1"), max_value=40, max_digits=4,
                decimal_places=1, widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )  # fmt: skip
        self.shelf = shelf_of(
            self.law, child, str(self.data.get("programme", "")), str(self.data.get("orientation", ""))
        )
        cast(forms.MultipleChoiceField, self.fields["conditions"]).choices = [
            (offer.code, offer.text) for one in self.shelf for offer in one.offers
        ]

    @property
    def ticked(self) -> list[str]:
        """Codes of the ticked conditions, also in a form with mistakes."""
        return self.data.getlist("conditions") if hasattr(self.data, "getlist") else []

    @property
    def lessons(self) -> list[forms.BoundField]:
        """A field of weekly hours for each specialist."""
        return [self[HOURS + one.value] for one in LESSONS_BY]

    def drafts(self) -> list[DutyDraft]:
        """All duties of the page in the order of the conclusion's sections."""
        wanted = set(self.cleaned_data["conditions"])
        ticked = [
            DutyDraft(one.kind.code, offer.text, code=offer.code)
            for one in self.shelf
            for offer in one.offers
            if offer.code in wanted
        ]
        lessons = [
            DutyDraft(SchoolDuty.Kind.LESSONS, f"Занятия: {one.label}", speciality=one.value, hours=hours)
            for one in LESSONS_BY
            if (hours := self.cleaned_data.get(HOURS + one.value))
        ]
        return [*ticked, *lessons, *drafts_of_lines(self.cleaned_data["lines"], timezone.localdate())]


class LinesForm(forms.Form):
    """More conditions of a conclusion."""

    lines = LinesField()


class AnswerForm(forms.Form):
    """What the parents say of the conditions."""

    parents_answer = PaperForm.base_fields["parents_answer"]
    parents_words = PaperForm.base_fields["parents_words"]
    on = forms.DateField(label="Когда ответили", initial=timezone.localdate)


class EndForm(forms.Form):
    """Why a conclusion obliges no more."""

    reason = forms.ChoiceField(
        label="Почему", widget=forms.RadioSelect,
        choices=[one for one in BroughtConclusion.EndReason.choices if one[0] != "replaced"],
    )  # fmt: skip
    on = forms.DateField(label="С какого дня", initial=timezone.localdate)


class DutyForm(forms.Form):
    """One condition: words, who answers, by when."""

    title = forms.CharField(
        label="Что нужно создать", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_CODE_HINT
    )
    hours = forms.DecimalField(
        label="Часов в неделю", required=False, min_value=Decimal("0.1"), max_value=40, max_digits=4, decimal_places=1
    )
    responsible = forms.ModelChoiceField(
        label="Кто отвечает", queryset=Position.objects.none(), required=False, empty_label="не назначен"
    )
    due_on = forms.DateField(label="Срок")

    def __init__(self, positions: Sequence[Position], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Position]", self.fields["responsible"])
        field.queryset = Position.objects.filter(pk__in=[one.pk for one in positions]).select_related("user")
        field.to_field_name = "public_id"


class MarkForm(forms.Form):
    """How a condition stands."""

    state = forms.ChoiceField(label="Состояние", choices=SchoolDuty.State.choices)
    reason = forms.CharField(label="Почему", max_length=1000, required=False)


def programme_choices(law: Edition, offered: Iterable[ProgrammeVariant]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Coded variants by category of learners, other programmes by level of education."""
    groups: dict[str, list[tuple[str, str]]] = {}
    categories = {one.code: one.title for one in law.categories}
    levels = {one.code: one.title for one in law.levels}
    for one in offered:
        group = f"АООП: {categories[one.category]}" if one.kind == "variant" else levels[one.level].capitalize()
        groups.setdefault(group, []).append((one.code, one.short if one.needs_orientation else one.title))
    return list(groups.items())


def shelf_of(law: Edition, child: Child, programme: str, orientation: str, on: date | None = None) -> list[KindOffers]:
    """Conditions to tick for a programme and the child's age; an unknown programme offers what suits everybody."""
    known = {one.code for one in law.programmes}
    leans = {one.code for one in law.variants}
    return list(
        conditions_by_kind(
            law,
            programme=programme if programme in known else "",
            orientation=orientation if orientation in leans else "",
            born=child.birth_date,
            on=on or timezone.localdate(),
        )
    )
