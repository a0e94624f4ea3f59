"""Forms of signals and screenings."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.people.law import law_on
from opora.regulations.signals.asking import screening_kinds, signs
from opora.school.pupils.models import SchoolClass

from .models import Concern, Screening, SignalTerms
from .roll import Pupil
from .services.concerns import psychologists
from .services.settings import LONGEST
from .terms import FIELDS

AREA = {"rows": 3}


class ConcernForm(forms.Form):
    """A concern in two minutes: who, what was noticed, how urgent."""

    child = forms.ChoiceField(label="Обучающийся", widget=forms.RadioSelect, error_messages={
        "required": "Выберите обучающегося из списка.",
        "invalid_choice": "Такого обучающегося в классах вашей школы нет. Выберите имя из списка.",
    })  # fmt: skip
    signs = forms.MultipleChoiceField(label="Что заметили", required=False, widget=forms.CheckboxSelectMultiple)
    seen = forms.CharField(
        label="Что увидели или услышали", required=False, max_length=5000, widget=forms.Textarea(attrs=AREA),
        help_text="Факты: что, где, при ком. Выводов и диагнозов не нужно",
    )  # fmt: skip
    suicide_risk = forms.BooleanField(
        label="Есть признаки суицидального риска", required=False,
        help_text="Председатель консилиума узнает сразу; кроме него и психолога отметку никто не увидит",
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label="Когда нужна помощь", choices=Concern.Urgency.choices[::-1], initial="soon", widget=forms.RadioSelect
    )
    noticed_on = forms.DateField(label="Когда замечено")

    def __init__(self, *args: Any, offered: list[Pupil], every: list[Pupil], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["child"]).choices = [(one.public_id, one.name) for one in every]
        self.offered = offered
        ticked = cast(forms.MultipleChoiceField, self.fields["signs"])
        ticked.choices = [(one.code, one.title) for one in signs(law_on(today))]
        self.fields["noticed_on"].initial = today

    @property
    def details(self) -> dict[str, Any]:
        """As the service takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "child"}
        return {**given, "child_id": self.cleaned_data["child"]}


class PsychologistField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user.full_name)


class SendForm(forms.Form):
    """To which psychologist and by when."""

    psychologist = PsychologistField(Position.objects.none(), label="Педагог-психолог", to_field_name="public_id")
    due_on = forms.DateField(label="Обследовать до")
    decision = forms.CharField(
        label="Что важно учесть", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [one.pk for one in psychologists(actor, today)]
        field = cast("forms.ModelChoiceField[Position]", self.fields["psychologist"])
        field.queryset = Position.objects.visible_to(actor).filter(pk__in=held).select_related("user")
        field.empty_label = None if len(held) == 1 else "Выберите психолога"


class DeclineForm(forms.Form):
    """Why nothing is examined, and what the author is told."""

    reason = forms.CharField(
        label="Почему обследование не нужно", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    answer = forms.CharField(
        label="Ответ автору", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExaminationForm(forms.Form):
    """What the psychologist did and found."""

    held_on = forms.DateField(label="Проведено")
    methods = forms.CharField(label="Методики", required=False, max_length=3000, widget=forms.Textarea(attrs=AREA))
    findings = forms.CharField(
        label="Что установлено", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Читают председатель консилиума, руководитель Службы и директор; автор сигнала не видит",
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label="Подтвердился ли сигнал", required=False, widget=forms.RadioSelect,
        choices=[("confirmed", "подтвердился — нужно внеплановое заседание консилиума"),
                 ("not_confirmed", "не подтвердился — сигнал закрывается")],
    )  # fmt: skip
    answer = forms.CharField(
        label="Ответ автору сигнала", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="На что обращать внимание, без результатов. Пустой — скажем только, подтвердился ли сигнал",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "draft" not in self.data and not typed.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", "Выберите: подтвердился сигнал или нет.")
        return typed

    @property
    def written(self) -> dict[str, Any]:
        """The part that is kept while it is being written."""
        return {name: self.cleaned_data[name] for name in ("held_on", "methods", "findings")}

    @property
    def details(self) -> dict[str, Any]:
        confirmed = self.cleaned_data["outcome"] == "confirmed"
        return {**self.written, "confirmed": confirmed, "answer": self.cleaned_data["answer"]}


class OfScreening(forms.Form):
    """What a screening is called and when it was."""

    kind = forms.ChoiceField(label="Вид", widget=forms.RadioSelect, initial="testing")
    title = forms.CharField(
        label="Название", max_length=200, required=False, help_text="Пустое — по виду и дате",
    )  # fmt: skip
    held_on = forms.DateField(label="Проведено")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.code, one.title) for one in screening_kinds(law_on(today))]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
        self.fields["held_on"].initial = today

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not typed.get("title") and typed.get("kind") and typed.get("held_on"):
            words = str(Screening.Kind(typed["kind"]).label)
            typed["title"] = f"{words[:1].upper()}{words[1:]}, {typed['held_on']:%d.%m.%Y}"
        return typed


class ScreeningForm(OfScreening):
    """A screening entered by class."""

    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label="Класс", to_field_name="public_id", empty_label="Выберите класс"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[SchoolClass]", self.fields["school_class"])
        rows = SchoolClass.objects.visible_to(actor)
        newest = rows.order_by("-year").values_list("year", flat=True).first()
        field.queryset = rows.filter(year=newest).order_by("title") if newest else rows.none()


class TableForm(OfScreening):
    """A screening brought in as a table."""

    upload = forms.FileField(label="Таблица XLSX")

    def clean_upload(self) -> Any:
        """What is no table at all is said here, beside the field; what is inside is read by the worker."""
        file = self.cleaned_data["upload"]
        if not str(file.name).lower().endswith(".xlsx"):
            raise forms.ValidationError("Это не таблица XLSX. Сохраните её в Excel как «Книга Excel (.xlsx)».")
        return file


class SettleForm(forms.Form):
    """Why results need no meeting."""

    words = forms.CharField(
        label="Почему заседание не нужно", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class TermsForm(forms.Form):
    """Working days for each step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS.values():
            known: Any = SignalTerms._meta.get_field(name)
            label = str(known.verbose_name)
            self.fields[name] = forms.IntegerField(
                label=f"{label[:1].upper()}{label[1:]}", min_value=0, max_value=LONGEST
            )
