"""Forms of staff and undertakings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from opora.foundation.access.services import LETTERHEAD
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role, Speciality
from opora.foundation.organisations.models import Organisation

AT_SCHOOL = (
    Role.CLASS_TEACHER, Role.SCHOOL_SPECIALIST, Role.CURATOR, Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.DIRECTOR,
)  # fmt: skip


def roles_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Roles that make sense at this kind of organisation."""
    if organisation.is_commission:
        wanted = [*sorted(COMMISSION_ROLES), Role.EXTERNAL_EXPERT, Role.OPERATOR]
    elif organisation.kind in (Organisation.Kind.SCHOOL, Organisation.Kind.KINDERGARTEN):
        wanted = [*AT_SCHOOL, Role.OPERATOR]
    else:
        wanted = [role for role in Role if role not in COMMISSION_ROLES and role is not Role.PARENT]
    return [(str(role.value), str(role.label)) for role in map(Role, wanted)]


class AppointmentForm(forms.Form):
    """A new employee with a login, or one more post of a person who works here already."""

    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Уже работает у нас",
        required=False,
        empty_label="новый сотрудник",
        to_field_name="public_id",
    )
    last_name = forms.CharField(label="Фамилия", max_length=80, required=False)
    first_name = forms.CharField(label="Имя", max_length=80, required=False)
    middle_name = forms.CharField(label="Отчество", max_length=80, required=False)
    username = forms.CharField(label="Логин", max_length=60, required=False, help_text="Латинскими буквами: ivanova")
    role = forms.ChoiceField(label="Роль")
    speciality = forms.ChoiceField(
        label="Специальность", required=False, choices=[("", "—"), *Speciality.choices],
        help_text="Для специалистов комиссии и школы",
    )  # fmt: skip
    medical_speciality = forms.CharField(label="Врачебная специальность", max_length=80, required=False)
    title = forms.CharField(label="Должность", max_length=160, required=False)
    started_on = forms.DateField(label="Работает с", initial=timezone.localdate)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(positions__organisation=organisation).distinct()
        self.fields["user"].queryset = staff  # type: ignore[attr-defined]
        self.fields["role"].choices = roles_of(organisation)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("user"):
            for name in ("last_name", "first_name", "username"):
                if not data.get(name):
                    self.add_error(name, "Заполните для нового сотрудника.")
        if data.get("role") == Role.COMMISSION_SPECIALIST and not data.get("speciality"):
            self.add_error("speciality", "Укажите специальность: по ней составляется лист обследования.")
        if data.get("role") == Role.SCHOOL_SPECIALIST and not data.get("speciality"):
            self.add_error("speciality", "Укажите специальность: по ней поручают обследование.")
        return data


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """What stands on the letterhead; the service saves it."""

    class Meta:
        model = Organisation
        fields = LETTERHEAD
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 2}), "full_name": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "full_name": "Как в уставе: печатается на бланках",
            "letterhead": "Учредитель: первая строка бланка",
            "district": "Город или район, где работает организация",
        }


class EndForm(forms.Form):
    """The last day of a post."""

    ended_on = forms.DateField(label="Последний день", initial=timezone.localdate)


class UndertakingForm(forms.Form):
    """The day on which the paper was signed."""

    signed_on = forms.DateField(label="Подписано", initial=timezone.localdate)
