"""Forms of the bank. They check form; sense is checked by the services, whose refusals come back here."""

from __future__ import annotations

from django import forms

from opora.foundation.accounts.roles import Speciality

from .models import Material, WorkDirection

NO_NAMES = "Без имён детей: банк читает вся Служба"


class MaterialForm(forms.ModelForm):  # type: ignore[type-arg]
    """A material; what its kind does not need may stay empty."""

    kind = forms.ChoiceField(label="Что это", choices=Material.Kind.choices, widget=forms.RadioSelect)
    direction = forms.ChoiceField(label="Направление", choices=WorkDirection.choices)
    speciality = forms.ChoiceField(label="Специалист", choices=[("", "для всех"), *Speciality.choices], required=False)

    class Meta:
        model = Material
        fields = (
            "kind", "title", "authors", "direction", "speciality", "age_from", "age_to", "aim", "annotation",
            "expected_result", "starts_on", "ends_on", "review_on",
        )  # fmt: skip
        widgets = {
            "aim": forms.Textarea(attrs={"rows": 2}),
            "annotation": forms.Textarea(attrs={"rows": 4}),
            "expected_result": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "age_from": "Возраст с, лет", "age_to": "до, лет", "starts_on": "Реализуется с",
            "ends_on": "по", "review_on": "Пересмотреть",
        }  # fmt: skip
        help_texts = {
            "annotation": NO_NAMES, "review_on": "Напомним на рабочем столе за месяц",
        }  # fmt: skip

    def _post_clean(self) -> None:
        """Nothing of the model is checked here: the service does it and says it in sentences."""


class RemarksForm(forms.Form):
    remarks = forms.CharField(label="Что исправить", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(forms.Form):
    next_on = forms.DateField(label="Следующий пересмотр")


class FileForm(forms.Form):
    upload = forms.FileField(label="Файл", help_text="PDF, DOCX, XLSX, ODT, JPEG или PNG")


class TopicForm(forms.Form):
    title = forms.CharField(label="Тема", max_length=300, required=False)
    hours = forms.DecimalField(label="Часов", max_digits=4, decimal_places=1, localize=True)
