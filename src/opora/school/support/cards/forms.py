"""Forms of support cards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from opora.foundation.access.models import Position

from .grounds import Offer
from .models import CardNote, DecisionVote, SupportCard
from .services.deciding import REVIEW_AFTER

TEXT = 5000
Ground = SupportCard.Ground


def post_choices(posts: Iterable[Position]) -> list[tuple[str, str]]:
    return [(one.public_id, f"{one.user.short_name}, {one.inner_caption}") for one in posts]


class PostField(forms.ChoiceField):
    """One of the posts that the page gives; the cleaned value is the post itself."""

    def fill(self, posts: Iterable[Position]) -> None:
        self.posts = {one.public_id: one for one in posts}
        self.choices = post_choices(self.posts.values())

    def clean(self, value: Any) -> Any:
        return self.posts.get(super().clean(value))


def _review_day() -> date:
    return timezone.localdate() + REVIEW_AFTER


class ProposeForm(forms.Form):
    """Ground, difficulties, aims, lead: what the others need to say their word."""

    ground = forms.ChoiceField(label="Основание", widget=forms.RadioSelect)
    ground_note = forms.CharField(
        label="Реквизиты документа или чьё обращение", max_length=300, required=False,
        help_text="Например: «обращение мамы от 14.11.2026». Нужно, если основания нет в списке",
    )  # fmt: skip
    problems = forms.CharField(
        label="Трудности", max_length=TEXT, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Что видно в учении, поведении, развитии",
    )  # fmt: skip
    aims = forms.CharField(
        label="Цели и задачи сопровождения", max_length=TEXT, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    lead = PostField(label="Кто ведёт карту")
    review_on = forms.DateField(label="Пересмотреть", initial=_review_day)

    def __init__(self, offers: list[Offer], posts: list[Position], *args: Any, own: Position | None = None) -> None:
        super().__init__(*args)
        self.offers = {one.key: one for one in offers}
        typed = [
            (str(Ground.REQUEST), "обращение родителей или педагогов — написать ниже"),
            (str(Ground.REHABILITATION), "ИПРА ребёнка-инвалида — написать ниже"),
        ]
        choices = [(one.key, one.words) for one in offers]
        cast(forms.ChoiceField, self.fields["ground"]).choices = [*choices, *typed]
        if offers:
            self.fields["ground"].initial = offers[0].key
        cast(PostField, self.fields["lead"]).fill(posts)
        if own is not None:
            self.fields["lead"].initial = own.public_id

    @property
    def given(self) -> dict[str, Any]:
        """Cleaned values as `card_propose` takes them."""
        data = dict(self.cleaned_data)
        chosen = data.pop("ground")
        return data | {"offer": self.offers.get(chosen), "ground": chosen if chosen not in self.offers else ""}


class AskForm(forms.Form):
    """A question to all specialists."""

    text = forms.CharField(label="Предложение", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))


class AnewForm(AskForm):
    text = forms.CharField(
        label="Что изменилось с прошлого решения", max_length=3000, widget=forms.Textarea(attrs={"rows": 5})
    )
    review_on = forms.DateField(label="Пересмотреть", initial=_review_day)


class ReviewForm(forms.Form):
    text = forms.CharField(
        label="Что достигнуто, что дальше", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    review_on = forms.DateField(label="Пересмотреть ещё раз", initial=_review_day)


class CloseForm(AskForm):
    close_reason = forms.ChoiceField(
        label="Почему", widget=forms.RadioSelect,
        choices=[one for one in SupportCard.CloseReason.choices if one[0] != "left"],
    )  # fmt: skip
    text = forms.CharField(label="Итог сопровождения", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))


class VoteForm(forms.Form):
    answer = forms.ChoiceField(choices=[one for one in DecisionVote.Answer.choices if one[0] in ("agree", "against")])
    words = forms.CharField(max_length=2000, required=False)


class ExcuseForm(forms.Form):
    reason = forms.CharField(max_length=500, required=False)


class NoteForm(forms.Form):
    """What is seen on a day in one sphere."""

    sphere = forms.ChoiceField(label="Сфера", choices=CardNote.Sphere.choices)
    dynamics = forms.ChoiceField(
        label="Динамика", choices=CardNote.Dynamics.choices, widget=forms.RadioSelect, initial="same"
    )
    on = forms.DateField(label="Когда", initial=timezone.localdate)
    text = forms.CharField(label="Что видно", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class LeadForm(forms.Form):
    lead = PostField(label="Кто ведёт карту")

    def __init__(self, posts: list[Position], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PostField, self.fields["lead"]).fill(posts)
