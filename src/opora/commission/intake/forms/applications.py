"""The application and its signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardianship
from opora.regulations.edition import Edition

from ..models import Application
from ..services.applications import TEXT_LIMIT

KIND = (("", "первичное"), ("1", "повторное"))


class ApplicationForm(forms.Form):
    """What is asked at the first visit; the usual answers stand in it already."""

    applicant = forms.ChoiceField(label="Заявитель", widget=forms.RadioSelect)
    is_repeat = forms.ChoiceField(label="Обращение", choices=KIND, required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Причина обращения", max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Словами родителя: что беспокоит, зачем нужно заключение",
    )  # fmt: skip
    request = forms.CharField(
        label="Запрос родителя", max_length=TEXT_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Войдёт в журнал записи. Пусто — в журнал войдёт причина обращения",
    )  # fmt: skip
    initiator = forms.ChoiceField(label="Кем направлен")
    sender = forms.CharField(
        label="Какая организация направила", max_length=120, required=False,
        widget=forms.TextInput(attrs={"list": "senders", "autocomplete": "off"}),
    )  # fmt: skip
    has_referral = forms.BooleanField(label="Письменное направление есть", required=False)
    source = forms.ChoiceField(label="Откуда обращение", choices=Application.Source.choices)
    filing = forms.ChoiceField(label="Документы поданы", choices=Application.Filing.choices)
    needs_psychiatrist = forms.BooleanField(label="Нужен врач-психиатр", required=False)
    wants_copies = forms.BooleanField(label="Родитель просит копии заключения и особых мнений", required=False)
    on = forms.DateField(label="Дата обращения")

    def __init__(self, *args: Any, child: Child, guardians: list[Guardianship], law: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["reason"].widget.attrs["autofocus"] = True
        self._guardians = {one.guardian.public_id: one.guardian for one in guardians}
        self.fields["applicant"].choices = [  # type: ignore[attr-defined]
            (one.guardian.public_id, f"{one.guardian.full_name} — {one.get_kinship_display()}") for one in guardians
        ]
        self.fields["initiator"].choices = [  # type: ignore[attr-defined]
            (choice.code, choice.title) for choice in law.vocabulary("initiator").choices
        ]

    def clean_applicant(self) -> Any:
        return self._guardians[self.cleaned_data["applicant"]]

    def clean_is_repeat(self) -> bool:
        return bool(self.cleaned_data["is_repeat"])

    def answers(self) -> dict[str, Any]:
        """Fields for the services, without the sender and the date."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("sender", "on")}

    @staticmethod
    def offered(answers: dict[str, Any], on: date) -> dict[str, Any]:
        """Initial values of the form from model values."""
        sender: Organisation | None = answers.get("referred_by")
        applicant = answers.get("applicant")
        return (
            {"source": "visit", "filing": "in_person", "wants_copies": True, "on": on}
            | answers
            | {
                "applicant": applicant.public_id if applicant else "",
                "is_repeat": "1" if answers.get("is_repeat") else "",
                "sender": sender.short_name if sender else "",
            }
        )


class ReceiveForm(forms.Form):
    """The signed application and both consents: three dates, three scans."""

    application_on = forms.DateField(label="Заявление подписано")
    application_scan = forms.FileField(label="Скан заявления", required=False)
    consent_child_on = forms.DateField(label="Согласие на данные ребёнка подписано", required=False)
    consent_child_scan = forms.FileField(label="Скан согласия на данные ребёнка", required=False)
    consent_guardian_on = forms.DateField(label="Согласие на данные родителя подписано", required=False)
    consent_guardian_scan = forms.FileField(label="Скан согласия на данные родителя", required=False)

    def scans(self) -> dict[str, Any]:
        """Uploads by the keys of `application_receive`."""
        return {
            name: upload
            for name in ("application", "consent_child", "consent_guardian")
            if (upload := self.cleaned_data.get(f"{name}_scan"))
        }
