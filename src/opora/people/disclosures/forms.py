"""Forms of requests for information."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Guardian

from .knowledge import ConsentCover
from .models import Category, Disclosure
from .services.receiving import ORAL
from .sources import Offer

K = Organisation.Kind
RECIPIENTS = "known-recipients"
ASKING_KINDS = (
    K.DISABILITY_BUREAU, K.COURT, K.PROSECUTOR, K.POLICE, K.JUVENILE_COMMISSION, K.GUARDIANSHIP_BODY, K.AUTHORITY,
    K.SOCIAL, K.MEDICAL, K.SCHOOL, K.KINDERGARTEN, K.SUPPORT_CENTRE, K.CENTRAL_COMMISSION, K.TERRITORIAL_COMMISSION,
    K.OTHER,
)  # fmt: skip
SCAN_HINT = "PDF, JPEG или PNG"
GROUNDS = [*Disclosure.Ground.choices, (ORAL, "звонок или устная просьба")]


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReceiveForm(forms.Form):
    """A request as it came."""

    ground = forms.ChoiceField(label="Что пришло", choices=GROUNDS, widget=forms.RadioSelect, initial="request")
    recipient_name = forms.CharField(
        label="Кто просит", max_length=400, required=False,
        help_text="Название организации; новая попадёт в справочник",
        widget=forms.TextInput(attrs={"list": RECIPIENTS, "autocomplete": "off"}),
    )  # fmt: skip
    recipient_kind = forms.ChoiceField(
        label="Вид организации", required=False, help_text="Нужен, если её нет в справочнике",
        choices=[("", "не указан"), *((kind.value, kind.label) for kind in ASKING_KINDS)],
    )  # fmt: skip
    recipient_address = forms.CharField(
        label="Адрес для ответа", max_length=300, required=False, help_text="Для новой организации"
    )
    guardian = forms.ModelChoiceField(
        label="Представитель ребёнка", queryset=Guardian.objects.none(), required=False, to_field_name="public_id",
        empty_label="не он", help_text="Если сведения просит сама семья",
    )  # fmt: skip
    asked_by_name = forms.CharField(label="Кто подписал запрос", max_length=160, required=False)
    asked_by_post = forms.CharField(label="Его должность", max_length=200, required=False)
    request_number = forms.CharField(label="№ запроса или дела", max_length=60, required=False)
    request_on = forms.DateField(label="Дата запроса или решения")
    received_on = forms.DateField(label="Поступил к нам")
    ground_clause = forms.CharField(
        label="Закон и статья", max_length=200, required=False, help_text="Если сведения требуют по закону"
    )
    asked = forms.CharField(label="Что просят сообщить", max_length=4000, widget=_area())
    due_on = forms.DateField(label="Ответить до", required=False, help_text="Если срок назван в запросе")
    scan = forms.FileField(label="Скан запроса", required=False, help_text=f"{SCAN_HINT}; можно приложить позже")

    def __init__(self, *args: Any, guardians: list[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Guardian]", self.fields["guardian"])
        field.queryset = Guardian.objects.filter(pk__in=[one.pk for one in guardians])

    @property
    def details(self) -> dict[str, Any]:
        """All but the organisation and the file, as the service takes them."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "scan" and not name.startswith("recipient_")
        }


class ScanForm(forms.Form):
    scan = forms.FileField(label="Скан запроса", help_text=SCAN_HINT)


class DecideForm(forms.Form):
    """The decision, what is given, whether the family knows."""

    decision = forms.ChoiceField(label="Решение", choices=Disclosure.Decision.choices, widget=forms.RadioSelect)
    papers = forms.MultipleChoiceField(
        label="Приложить документы", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Подписанные документы, как они были выданы",
    )  # fmt: skip
    categories = forms.MultipleChoiceField(
        label="Какие сведения передаются", choices=Category.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Только то, о чём спрашивают",
    )  # fmt: skip
    given_text = forms.CharField(
        label="Текст ответа", max_length=4000, required=False, widget=_area(4),
        help_text="Сведения, которых нет в приложенных документах",
    )  # fmt: skip
    extra = forms.FileField(label="Ещё один файл", required=False, help_text=SCAN_HINT)
    extra_title = forms.CharField(label="Как он называется", max_length=200, required=False)
    knowledge = forms.ChoiceField(
        label="Знает ли представитель", choices=Disclosure.Knowledge.choices, required=False, widget=forms.RadioSelect
    )
    told_on = forms.DateField(label="Когда сообщили", required=False)
    withheld_clause = forms.CharField(
        label="Что не разрешает сообщать", max_length=200, required=False, help_text="Закон и статья или решение суда"
    )
    reason = forms.CharField(
        label="Причина отказа или что уточнить", max_length=2000, required=False, widget=_area(),
        help_text="Войдёт в ответ; о самом ребёнке здесь не пишут",
    )  # fmt: skip
    on = forms.DateField(label="Дата ответа")

    def __init__(self, *args: Any, offers: list[Offer], cover: ConsentCover, family: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = cast(forms.MultipleChoiceField, self.fields["papers"])
        papers.choices = [(one.key, one.label) for one in offers]
        if not offers:
            del self.fields["papers"]
        possible = Disclosure.Knowledge
        hidden = set() if cover.covers else {possible.CONSENT.value}
        hidden |= set() if family else {possible.ASKED.value}
        knowledge = cast(forms.ChoiceField, self.fields["knowledge"])
        knowledge.choices = [(code, label) for code, label in possible.choices if code not in hidden]

    @property
    def details(self) -> dict[str, Any]:
        """All but the file, as the service takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "extra"}


class SendForm(forms.Form):
    way = forms.ChoiceField(label="Как отправлен", choices=Disclosure.Way.choices, widget=forms.RadioSelect)
    sent_on = forms.DateField(label="Когда отправлен")
    track_number = forms.CharField(label="Номер отправления", max_length=40, required=False, help_text="Для почты")


class AcknowledgeForm(forms.Form):
    on = forms.DateField(label="Когда получен адресатом")
    receipt = forms.FileField(label="Скан расписки или уведомления", required=False, help_text=SCAN_HINT)


class AnnulForm(forms.Form):
    reason = forms.CharField(label="Почему запрос аннулируется", max_length=2000, widget=_area())
