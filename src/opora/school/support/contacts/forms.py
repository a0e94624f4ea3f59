"""Forms of requests for help."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.people.disclosures.models import Disclosure

from .models import OutsideContact
from .services import GIVEN

BODIES = "known-bodies"
USUAL_WAIT = timedelta(days=30)
MOST = 500


def bodies() -> list[tuple[str, str]]:
    """The directory for the suggestions."""
    rows = Organisation.objects.order_by("short_name").values_list("short_name", "district")
    return list(rows[:MOST])


def body_named(name: str) -> Organisation | None:
    """The organisation of the directory that a typed name means."""
    wanted = " ".join(name.split())
    rows = Organisation.objects.filter(short_name__iexact=wanted) | Organisation.objects.filter(
        full_name__iexact=wanted
    )
    return rows.first()


def requests_of(actor: Actor, child: Child) -> list[Disclosure]:
    """Written requests and court decisions about the child by which it is decided to give, for whoever keeps those.

    That a court or the police has asked is itself nothing for everybody who works with the child.
    """
    if not may(actor, "disclosure.view"):
        return []
    rows = Disclosure.objects.of(child.organisation).filter(
        child=child, decision=Disclosure.Decision.GIVE, state__in=GIVEN, recipient__isnull=False
    )
    return list(rows.select_related("recipient").order_by("-request_on", "-pk"))


def _due_day() -> date:
    return timezone.localdate() + USUAL_WAIT


class ContactForm(forms.Form):
    """Where, what, until when; about a child also why it may be told."""

    kind = forms.ChoiceField(label="О чём", choices=OutsideContact.Kind.choices, widget=forms.RadioSelect)
    body = forms.CharField(
        label="Куда", max_length=300, required=False, help_text="Начните название: организация найдётся в справочнике",
        widget=forms.TextInput(attrs={"list": BODIES, "autocomplete": "off"}),
    )  # fmt: skip
    asked = forms.CharField(label="О чём просим", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    ground = forms.ChoiceField(
        label="Почему можно передать сведения", choices=OutsideContact.Ground.choices, widget=forms.RadioSelect,
        initial=OutsideContact.Ground.CONSENT,
    )  # fmt: skip
    guardian = forms.ModelChoiceField(
        label="Кто согласился", queryset=Guardian.objects.none(), required=False, to_field_name="public_id",
        empty_label="не выбран",
    )  # fmt: skip
    consent_on = forms.DateField(label="Когда дано согласие", required=False)
    disclosure = forms.ChoiceField(label="Запрос или решение суда", required=False)
    asked_on = forms.DateField(label="Когда", initial=timezone.localdate)
    due_on = forms.DateField(label="Ответ ждём до", required=False, initial=_due_day)

    def __init__(self, actor: Actor, child: Child | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        if child is None:
            for name in ("ground", "guardian", "consent_on", "disclosure"):
                del self.fields[name]
            kinds = [one for one in OutsideContact.Kind.choices if one[0] != OutsideContact.Kind.HELP]
            cast(forms.ChoiceField, self.fields["kind"]).choices = kinds
            self.fields["kind"].initial = OutsideContact.Kind.CONSULTATION
            self.fields["asked"].help_text = "Без имён детей"
            return
        self.fields["kind"].initial = OutsideContact.Kind.HELP
        links = list(child.guardianships.filter(ended_on=None).select_related("guardian"))
        guardian = cast("forms.ModelChoiceField[Guardian]", self.fields["guardian"])
        guardian.queryset = Guardian.objects.filter(pk__in=[one.guardian_id for one in links])
        main = next((one.guardian for one in links if one.is_main), None)
        guardian.initial = main.public_id if main else ""
        self.requests = {one.public_id: one for one in requests_of(actor, child)}
        cast(forms.ChoiceField, self.fields["disclosure"]).choices = [
            ("", "не выбран"),
            *((key, f"{one.request_title}, {one.recipient_short}") for key, one in self.requests.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.child is None or data.get("ground") != OutsideContact.Ground.CONSENT:
            return data
        if not data.get("guardian"):
            self.add_error("guardian", "Выберите, кто из родителей согласился.")
        if not data.get("consent_on") and not self.errors.get("consent_on"):
            self.add_error("consent_on", "Укажите, когда дано согласие.")
        elif data.get("asked_on") and data.get("consent_on") and data["consent_on"] > data["asked_on"]:
            self.add_error("consent_on", "Согласие даётся не позже обращения.")
        return data

    @property
    def given(self) -> dict[str, Any]:
        """Cleaned values as `contact_make` takes them."""
        data = self.cleaned_data
        known = {name: data[name] for name in ("kind", "asked", "asked_on", "due_on")}
        body = body_named(data["body"]) if data["body"] else None
        known |= {"child": self.child, "body": body, "body_title": "" if body else data["body"]}
        if self.child is None:
            return known
        known["ground"] = data["ground"]
        if data["ground"] == OutsideContact.Ground.CONSENT:
            known["consent_note"] = f"{data['guardian'].full_name}, {data['consent_on']:%d.%m.%Y}"
        if data["ground"] == OutsideContact.Ground.REQUEST:
            known["disclosure"] = self.requests.get(data["disclosure"])
        return known


class ChangeForm(forms.Form):
    asked = ContactForm.base_fields["asked"]
    due_on = forms.DateField(label="Ответ ждём до", required=False)


class AnswerForm(forms.Form):
    """What came back."""

    outcome = forms.ChoiceField(
        label="Итог", widget=forms.RadioSelect,
        choices=[one for one in OutsideContact.Outcome.choices if one[0] != "waiting"], initial="helped",
    )  # fmt: skip
    answer = forms.CharField(
        label="Что ответили, чем помогли", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    answered_on = forms.DateField(label="Когда", initial=timezone.localdate)
    scan = forms.FileField(label="Скан ответа", required=False, help_text="PDF, JPEG или PNG")
