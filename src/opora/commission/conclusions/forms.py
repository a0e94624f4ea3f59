"""Forms of conclusions. The form of answers is built from the edition of the case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from opora.people.children.models import Guardian
from opora.regulations.checks.subject import Found
from opora.regulations.edition import Edition
from opora.regulations.entries import ProgrammeVariant

from .answers import ANSWERS, BY_CODE, TEXT_LIMIT, Answer, choices_of, title_of
from .models import Handover
from .models.overrides import REASON_LIMIT

FORM_ID = "answers"
UNEXPLAINED = "Напишите причину."
APPEARED = "Это замечание появилось, пока страница была открыта. Прочтите его и напишите причину."
MANY = 4  # more choices than this are a select
SHORT_TEXTS = {"blank_number": 40}
PLACEHOLDERS = {
    "assistant_reason": "для чего нужен",
    "tutor_reason": "для чего нужен",
    "variant_term": "например, на период начального общего образования",
}
HINTS = {
    "orientation": "Только для программ «с ориентировкой на код»",
    "programme_section": "Только для вариантов, у которых есть отделения",
}


class FlatJson(forms.JSONField):
    """JSON of answers; one that is nested deeper than the parser goes is wrong, not a crash."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError("Данные формы повреждены: обновите страницу.") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return initial


class AnswersForm(forms.Form):
    """Chosen answers; every field belongs to the HTML form «answers», wherever on the sheet it stands."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"form": FORM_ID}))
    base = FlatJson(widget=forms.HiddenInput(attrs={"form": FORM_ID}), max_length=60_000)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for answer in ANSWERS:
            self.fields[answer.code] = _field(edition, answer)

    @classmethod
    def showing(cls, edition: Edition, values: dict[str, Any], version: int) -> AnswersForm:
        """The form as it is shown: what is answered, and what it was when the person saw it."""
        shown = {code: _shown(BY_CODE[code], value) for code, value in values.items()}
        return cls(edition=edition, initial=shown | {"version": version, "base": values})

    def values(self) -> dict[str, Any]:
        """Answers as they are kept (see `answers`)."""
        return {answer.code: _kept(answer, self.cleaned_data[answer.code]) for answer in ANSWERS}

    def clean_base(self) -> dict[str, Any]:
        base = self.cleaned_data["base"]
        if not isinstance(base, dict):
            raise forms.ValidationError("Обновите страницу: прежние ответы не переданы.")
        return {code: value for code, value in base.items() if code in BY_CODE}


def _shown(answer: Answer, value: Any) -> Any:
    if answer.kind == "yes_no":
        return "" if value is None else "yes" if value else "no"
    return date.fromisoformat(value) if answer.kind == "date" and value else value


def _kept(answer: Answer, value: Any) -> Any:
    if answer.kind == "yes_no":
        return {"yes": True, "no": False}.get(value)
    if answer.kind == "date":
        return value.isoformat() if value else ""
    return value


def _field(edition: Edition, answer: Answer) -> forms.Field:
    field = _plain_field(edition, answer)
    field.help_text = HINTS.get(answer.code, "")
    return field


def _plain_field(edition: Edition, answer: Answer) -> forms.Field:
    attrs = {"form": FORM_ID}
    label = title_of(edition, answer)
    match answer.kind:
        case "flag":
            return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=attrs))
        case "date":
            return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs=attrs))
        case "yes_no":
            return _choice(label, _yes_no(edition, answer), attrs)
        case "programme":
            return forms.ChoiceField(
                label=label, required=False, choices=[("", "не выбрана"), *_programmes(edition, answer)],
                widget=forms.Select(attrs=attrs),
            )  # fmt: skip
        case "choices":
            widget = forms.CheckboxSelectMultiple(attrs=attrs)
            pairs = choices_of(edition, answer)
            return forms.MultipleChoiceField(label=label, required=False, choices=pairs, widget=widget)
        case "choice":
            return _choice(label, choices_of(edition, answer), attrs)
    limit = SHORT_TEXTS.get(answer.code, TEXT_LIMIT)
    hint = {"placeholder": PLACEHOLDERS[answer.code]} if answer.code in PLACEHOLDERS else {}
    line = forms.TextInput(attrs={**attrs, **hint, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=limit, widget=line)


def _choice(label: str, pairs: list[tuple[str, str]], attrs: dict[str, str]) -> forms.ChoiceField:
    if len(pairs) > MANY:
        choices = [("", "не выбрано"), *pairs]
        return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.Select(attrs=attrs))
    return forms.ChoiceField(label=label, required=False, choices=pairs, widget=forms.RadioSelect(attrs=attrs))


def _yes_no(edition: Edition, answer: Answer) -> list[tuple[str, str]]:
    field = edition.conclusion_section(answer.section).field(answer.code)
    yes, no = edition.vocabulary(field.vocabulary).pairs[:2]
    return [("yes", yes[1]), ("no", no[1])]


def _programmes(edition: Edition, answer: Answer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Coded variants by category of children, all others by level of education."""
    groups: dict[str, list[tuple[str, str]]] = {}
    categories = {one.code: one.title for one in edition.categories}
    levels = {one.code: one.title for one in edition.levels}
    offered = edition.variants if answer.code == "orientation" else edition.programmes
    for one in offered:
        group = f"АООП: {categories[one.category]}" if one.kind == "variant" else levels[one.level].capitalize()
        groups.setdefault(group, []).append((one.code, _caption(one)))
    return list(groups.items())


def _caption(programme: ProgrammeVariant) -> str:
    return programme.short if programme.needs_orientation else programme.title


class OpinionForm(forms.Form):
    text = forms.CharField(
        label="Особое мнение", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Войдёт в протокол и заключение; в выписке для школы печатается только то, что оно заявлено",
    )  # fmt: skip
    expert = forms.CharField(
        label="Чьё мнение, если это независимый эксперт", max_length=200, required=False,
        widget=forms.TextInput(attrs={"placeholder": "фамилия, имя, отчество, должность"}),
    )  # fmt: skip


class ReasonField(forms.CharField):
    """Why a warning is signed over. One that the page did not show yet asks to be read first."""

    def __init__(self, *, check: str, has_appeared: bool) -> None:
        super().__init__(
            label=f"Почему подписываете: {check[:1].lower()}{check[1:]}", max_length=REASON_LIMIT,
            widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": UNEXPLAINED},
        )  # fmt: skip
        self.has_appeared = has_appeared

    def clean(self, value: Any) -> Any:
        if self.has_appeared:
            raise forms.ValidationError(APPEARED)
        return super().clean(value)


class SignForm(forms.Form):
    """The day of signing, and a reason beside each warning that stands on that day.

    A warning that the page did not show is refused with its own words; a reason that was typed for an earlier wording
    of the same check stays in the box.
    """

    on = forms.DateField(label="Дата протокола и заключения")

    def __init__(
        self, data: Any = None, *, today: date, session_day: date, warnings: Sequence[Found] = (), **kwargs: Any
    ) -> None:
        names = {_reason_name(one): one for one in warnings}
        appeared = [name for name in names if data is not None and name not in data]
        if appeared:
            data = data.copy()
            for name in appeared:
                data[name] = _reason_before(data, names[name], names)
        super().__init__(data, **kwargs)
        self.today, self.session_day, self.warnings = today, session_day, warnings
        for name, one in names.items():
            self.fields[name] = ReasonField(check=one.title, has_appeared=name in appeared)

    @property
    def explained(self) -> list[tuple[Found, forms.BoundField]]:
        """Each warning with the box of its reason."""
        return [(one, self[_reason_name(one)]) for one in self.warnings]

    @property
    def reasons(self) -> dict[str, str]:
        """Reasons by the keys of the warnings, as the service takes them."""
        return {one.key: self.cleaned_data[_reason_name(one)] for one in self.warnings}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("Эта дата ещё не наступила.")
        if on < self.session_day:
            raise forms.ValidationError(f"Заседание было позже, {self.session_day:%d.%m.%Y}.")
        return on


def _reason_name(one: Found) -> str:
    return f"reason-{one.key}"


def _reason_before(data: Any, one: Found, current: Collection[str]) -> str:
    """What was typed for the same check when it said something else."""
    beginning = f"reason-{one.code}-"
    return next((data[name] for name in data if name.startswith(beginning) and name not in current), "")


class AnnulForm(forms.Form):
    reason = forms.CharField(
        label="Почему заключение аннулируется", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Причина останется в журналах рядом с прежним номером",
    )  # fmt: skip


class RecipientForm(forms.Form):
    """Who gets the copy: a representative whose authority has not ended; the usual one is chosen already."""

    recipient = forms.ModelChoiceField(
        label="Кому", queryset=Guardian.objects.none(), empty_label=None, to_field_name="public_id"
    )

    def __init__(self, *args: Any, guardians: list[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        field.queryset = Guardian.objects.filter(pk__in=[one.pk for one in guardians])  # type: ignore[attr-defined]


class SendForm(RecipientForm):
    sent_on = forms.DateField(label="Отправлено")
    track_number = forms.CharField(label="Номер отправления", max_length=40, required=False)


class HandoverForm(RecipientForm):
    way = forms.ChoiceField(label="Как получена копия", choices=Handover.Way.choices, widget=forms.RadioSelect)
    received_on = forms.DateField(label="Когда получена")
    school_copy = forms.BooleanField(label="Выдана выписка для школы", required=False)
    opinions_given = forms.BooleanField(label="Выданы копии особых мнений", required=False)
    scan = forms.FileField(
        label="Скан подписи о получении или уведомления о вручении", required=False, help_text="PDF, JPEG или PNG"
    )

    def __init__(self, *args: Any, has_opinions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_opinions:
            del self.fields["opinions_given"]
