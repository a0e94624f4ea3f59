"""Forms of classes, places in them and consents. Sense is checked by the services, whose refusals come back here."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import SCHOOL_ROLES
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Enrolment, Guardian, Sex

from .models import ExaminationConsent, SchoolClass
from .services import Brought

LEVELS = (Enrolment.Level.PRESCHOOL, Enrolment.Level.PRIMARY, Enrolment.Level.BASIC, Enrolment.Level.SECONDARY)


def teachers_at(organisation: Organisation, on: date) -> list[Position]:
    """Who may be given a class: each person of the school once, class teachers first."""
    posts = Position.objects.filter(organisation=organisation, role__in=SCHOOL_ROLES).held_on(on).select_related("user")
    first: dict[int, Position] = {}
    for post in sorted(posts, key=lambda one: (one.role != "class_teacher", one.user.last_name, one.pk)):
        first.setdefault(post.user_id, post)
    return list(first.values())


class TeacherField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


def offer_teachers(field: Any, posts: list[Position]) -> None:
    field.queryset = Position.objects.filter(pk__in=[one.pk for one in posts]).select_related("user")


class ClassForm(forms.Form):
    """A class: its title as it is said («4а»), and its teacher."""

    title = forms.CharField(label="Класс или группа", max_length=20, help_text="Например: 4а или «Ромашка»")
    teacher = TeacherField(
        Position.objects.none(), label="Классный руководитель, воспитатель", required=False, empty_label="пока нет",
        to_field_name="public_id",
    )  # fmt: skip
    level = forms.ChoiceField(
        label="Уровень", required=False, choices=[("", "по номеру класса"), *((one.value, one.label) for one in LEVELS)]
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_teachers(self.fields["teacher"], teachers_at(organisation, timezone.localdate()))


class NewPupilForm(forms.Form):
    """A child and one representative in six fields; what can be told from a patronymic is not asked."""

    name = forms.CharField(label="Фамилия, имя, отчество ребёнка", max_length=240)
    birth_date = forms.DateField(label="Дата рождения")
    sex = forms.ChoiceField(label="Пол", required=False, choices=[("", "по отчеству"), *Sex.choices], initial="")
    guardian = forms.CharField(
        label="Родитель или другой представитель", max_length=240, required=False,
        help_text="Фамилия, имя, отчество; можно внести позже",
    )  # fmt: skip
    phone = forms.CharField(label="Телефон представителя", max_length=60, required=False)
    on = forms.DateField(label="В классе с", initial=timezone.localdate)

    def pupil(self, looked_at: frozenset[str] = frozenset()) -> Brought:
        """What was typed, taken apart."""
        typed = self.cleaned_data
        last, first, middle = _parts(typed["name"])
        guardian = _parts(typed["guardian"])
        return Brought(
            last_name=last, first_name=first, middle_name=middle, birth_date=typed["birth_date"], sex=typed["sex"],
            guardian_last_name=guardian[0], guardian_first_name=guardian[1], guardian_middle_name=guardian[2],
            guardian_phone=typed["phone"], looked_at=looked_at,
        )  # fmt: skip

    def clean_name(self) -> str:
        return _two_words(self.cleaned_data["name"])

    def clean_guardian(self) -> str:
        return _two_words(self.cleaned_data["guardian"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("phone") and not data.get("guardian") and "guardian" not in self.errors:
            self.add_error("guardian", "Чей это телефон?")
        return data


def _parts(name: str) -> tuple[str, str, str]:
    words = name.split()
    return (*words[:2], " ".join(words[2:])) if len(words) > 1 else ("", "", "")  # type: ignore[return-value]


def _two_words(name: str) -> str:
    if name.strip() and len(name.split()) < 2:
        raise forms.ValidationError("Нужны хотя бы фамилия и имя.")
    return name


class PasteForm(forms.Form):
    """A list of a class out of a table."""

    text = forms.CharField(
        label="Список детей", max_length=60000, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "wrap": "off"}),
        help_text="Скопируйте столбцы из Excel: фамилия, имя, отчество, дата рождения; дальше, если есть, "
        "родитель и телефон",
    )  # fmt: skip
    on = forms.DateField(label="В классе с", initial=timezone.localdate)


class PlaceForm(forms.Form):
    """Into which class and from which day."""

    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label="Класс", to_field_name="public_id", empty_label="выберите"
    )
    on = forms.DateField(label="С какого дня", initial=timezone.localdate)

    def __init__(self, *args: Any, rooms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[SchoolClass]", self.fields["school_class"]).queryset = rooms


class LeaveForm(forms.Form):
    """The last day and where the child goes."""

    on = forms.DateField(label="Последний день", initial=timezone.localdate)
    destination = forms.CharField(
        label="Куда переходит", max_length=400, required=False,
        help_text="Название новой организации, если оно известно",
    )  # fmt: skip


class ConsentForm(forms.Form):
    """What the representative answered, on which day."""

    answer = forms.ChoiceField(
        label="Ответ", choices=ExaminationConsent.Answer.choices, initial=ExaminationConsent.Answer.GIVEN,
        widget=forms.RadioSelect,
    )  # fmt: skip
    guardian = forms.ModelChoiceField(Guardian.objects.none(), label="Кто подписал", empty_label=None)
    signed_on = forms.DateField(label="Дата подписи", initial=timezone.localdate)
    medium = forms.ChoiceField(
        label="Форма", choices=ExaminationConsent.Medium.choices, initial=ExaminationConsent.Medium.PAPER,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = forms.CharField(
        label="Условия или причина отказа", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    scan = forms.FileField(label="Скан", required=False, help_text="PDF, JPEG или PNG; можно приложить позже")

    def __init__(self, child: Child, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Guardian]", self.fields["guardian"])
        present = child.guardianships.filter(ended_on=None).order_by("-is_main", "pk").values("guardian")
        field.queryset = Guardian.objects.filter(pk__in=present)
        field.to_field_name = "public_id"


class ClassConsentsForm(forms.Form):
    """One day for all papers that the class brought back; the children are ticks on the page."""

    signed_on = forms.DateField(label="Дата подписи", initial=timezone.localdate)


class WithdrawForm(forms.Form):
    """The day on which the consent was taken back."""

    withdrawn_on = forms.DateField(label="Отозвано", initial=timezone.localdate)


class ScanForm(forms.Form):
    """The signed paper."""

    scan = forms.FileField(label="Скан", help_text="PDF, JPEG или PNG")


class ClassListForm(forms.Form):
    """A list of children as a table, of one class or of many."""

    upload = forms.FileField(label="Таблица XLSX или CSV")
    placed_on = forms.DateField(label="В классе с", initial=timezone.localdate)
