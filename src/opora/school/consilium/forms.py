"""Forms of the consilium."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian
from opora.people.law import law_on
from opora.regulations.consilium.reading import choices_of, title_of

from .models import AgendaItem, ConsiliumMeeting, ConsiliumSettings, Participant, ReferralToCommission
from .services import composition_on

TOPICS = "consilium-topics"
PAPERS = "направление на ПМПК\nхарактеристика обучающегося\nкопия коллегиального заключения"


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague with his post."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.full_name}, {obj.inner_caption}"


class PostsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Colleagues with their posts."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.full_name}, {obj.inner_caption}"


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    field.to_field_name = "public_id"


def posts_of(actor: Actor, day: date) -> QuerySet[Position]:
    """Posts that may sit at a meeting of a day, one for each colleague."""
    keys = [one.pk for one in composition_on(actor, day)]
    return Position.objects.filter(pk__in=keys).select_related("user").order_by("user__last_name", "pk")


class MeetingForm(forms.Form):
    """Day, time and place; the rest is as last time."""

    day = forms.DateField(label="День")
    starts = forms.TimeField(label="Время", required=False, widget=forms.TimeInput(format="%H:%M"))
    place = forms.CharField(label="Место", max_length=120, required=False)
    purpose = forms.CharField(
        label="Тематика", max_length=300, required=False, help_text="Войдёт в протокол и журнал заседаний",
        widget=forms.TextInput(attrs={"list": TOPICS, "autocomplete": "off"}),
    )  # fmt: skip
    chair = PostField(Position.objects.none(), label="Председатель", required=False, empty_label="председатель ППк")
    secretary = PostField(Position.objects.none(), label="Секретарь", required=False, empty_label="не назначен")

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "secretary"):
            _offer(self, name, posts_of(actor, today))


class KindForm(MeetingForm):
    """A new meeting: planned unless said otherwise."""

    kind = forms.ChoiceField(
        label="Вид", choices=ConsiliumMeeting.Kind.choices, initial="planned", widget=forms.RadioSelect
    )
    field_order = ("day", "starts", "place", "kind", "purpose", "chair", "secretary")


class CallForm(forms.Form):
    """An unplanned meeting about one child."""

    day = forms.DateField(label="День")
    starts = forms.TimeField(label="Время", required=False, widget=forms.TimeInput(format="%H:%M"))
    place = forms.CharField(label="Место", max_length=120, required=False)
    ground = forms.ChoiceField(label="Основание", choices=AgendaItem.Ground.choices)
    words = forms.CharField(label="Что случилось", max_length=1000, required=False, widget=_area())


class ItemForm(forms.Form):
    """Why the child is on the agenda."""

    ground = forms.ChoiceField(label="Основание", choices=AgendaItem.Ground.choices)
    ground_words = forms.CharField(label="Подробнее", max_length=1000, required=False, widget=_area())


class InviteForm(forms.Form):
    """Somebody for the talk about one child."""

    kind = forms.ChoiceField(
        label="Кого", choices=Participant.Kind.choices, initial=Participant.Kind.STAFF, widget=forms.RadioSelect
    )
    position = PostField(Position.objects.none(), label="Сотрудник", required=False, empty_label="не выбран")
    guardian = forms.ModelChoiceField(
        Guardian.objects.none(), label="Представитель ребёнка", required=False, empty_label="не выбран"
    )
    body = forms.ModelChoiceField(
        Organisation.objects.none(), label="Организация", required=False, empty_label="не выбрана"
    )
    name = forms.CharField(label="Фамилия, имя, отчество специалиста", max_length=160, required=False)
    competence = forms.CharField(label="По какому вопросу", max_length=200, required=False)
    through_commission = forms.BooleanField(
        label="через КДНиЗП", required=False, help_text="Специалистов органов профилактики приглашают через КДНиЗП"
    )
    invited_on = forms.DateField(label="Приглашение отправлено", required=False)

    def __init__(self, *args: Any, actor: Actor, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "position", posts_of(actor, item.meeting.day))
        bonds = item.child.guardianships.filter(ended_on__isnull=True).values("guardian")
        _offer(self, "guardian", Guardian.objects.filter(pk__in=bonds))
        _offer(self, "body", Organisation.objects.exclude(pk=actor.at.pk).order_by("short_name"))


class DecisionForm(forms.Form):
    """What the meeting decides."""

    outcome = forms.ChoiceField(label="Решение", choices=AgendaItem.Outcome.choices, widget=forms.RadioSelect)
    recommendation = forms.ChoiceField(
        label="Рекомендации", required=False, widget=forms.RadioSelect,
        choices=[("", "не нужны"), *AgendaItem.Recommendation.choices],
    )  # fmt: skip
    leading = PostField(Position.objects.none(), label="Ведущий специалист", required=False, empty_label="не назначен")

    def __init__(self, *args: Any, actor: Actor, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "leading", posts_of(actor, item.meeting.day))


class ParentsForm(forms.Form):
    """What the parents said."""

    parents_answer = forms.ChoiceField(
        label="Родители", choices=AgendaItem.ParentsAnswer.choices, widget=forms.RadioSelect
    )
    parents_words = forms.CharField(
        label="Своими словами", max_length=5000, required=False, widget=_area(),
        help_text="Если согласны не со всем — с чем именно",
    )  # fmt: skip


class SignForm(forms.Form):
    """An own signature."""

    dissent = forms.CharField(
        label="Особое мнение", max_length=5000, required=False, widget=_area(),
        help_text="Если не согласны с заключением; войдёт в него и в протокол",
    )  # fmt: skip


class ToldForm(forms.Form):
    """When the parents read the opinion; what those say who were absent."""

    on = forms.DateField(label="Родители ознакомлены, копия выдана")
    answer = forms.ChoiceField(
        label="Что сказали", required=False,
        choices=[("", "не записано"), *(one for one in AgendaItem.ParentsAnswer.choices if one[0] != "absent")],
    )  # fmt: skip
    words = forms.CharField(label="Своими словами", max_length=5000, required=False, widget=_area(2))

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.parents_answer != AgendaItem.ParentsAnswer.ABSENT:
            del self.fields["answer"], self.fields["words"]


class TeachersForm(forms.Form):
    """Which teachers were told."""

    teachers = PostsField(
        Position.objects.none(), label="Кто ознакомлен", widget=forms.CheckboxSelectMultiple, required=False
    )
    on = forms.DateField(label="Когда")

    def __init__(self, *args: Any, posts: QuerySet[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "teachers", posts)


class ReferralForm(forms.Form):
    """Where, why, with which papers."""

    commission = forms.ModelChoiceField(Organisation.objects.none(), label="ПМПК", empty_label="Выберите ПМПК")
    purpose = forms.CharField(
        label="Цель направления", max_length=1000, widget=forms.TextInput(attrs={"list": "referral-purposes"})
    )
    reasons = forms.CharField(label="Причина направления", max_length=3000, widget=_area(4))
    papers = forms.CharField(
        label="Что передано родителю", max_length=3000, required=False, widget=_area(4), initial=PAPERS,
        help_text="Один документ — одна строка. Представления специалистов на руки не выдают",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        commissions = Organisation.objects.commissions().order_by("short_name")
        _offer(self, "commission", commissions)
        if commissions.count() == 1:
            cast("forms.ModelChoiceField[Any]", self.fields["commission"]).empty_label = None


class AnswerForm(forms.Form):
    """What the parent said of the referral."""

    guardian = forms.ModelChoiceField(Guardian.objects.none(), label="Кто", empty_label=None)
    answer = forms.ChoiceField(
        label="Ответ", choices=ReferralToCommission.Answer.choices, widget=forms.RadioSelect, initial="agreed"
    )
    on = forms.DateField(label="Когда")
    words = forms.CharField(
        label="Своими словами", max_length=3000, required=False, widget=_area(),
        help_text="Обязательно, если не согласен",
    )  # fmt: skip

    def __init__(self, *args: Any, child: Child, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bonds = child.guardianships.filter(ended_on__isnull=True).values("guardian")
        _offer(self, "guardian", Guardian.objects.filter(pk__in=bonds))


class AnnulForm(forms.Form):
    """Why a number is annulled."""

    reason = forms.CharField(label="Почему аннулируется", max_length=300, widget=_area(2))
    on = forms.DateField(label="Когда")


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The statute of the school."""

    deputy = PostField(
        Position.objects.none(), label="Заместитель председателя", required=False, empty_label="не назначен"
    )
    secretary = PostField(
        Position.objects.none(), label="Секретарь консилиума", required=False, empty_label="не назначен"
    )

    class Meta:
        model = ConsiliumSettings
        fields = (
            "act", "deputy", "secretary", "quorum_percent", "meetings_months", "protocol_days", "teachers_days",
            "first_control_months", "second_control_months",
        )  # fmt: skip
        localized_fields = ("first_control_months", "second_control_months")

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("deputy", "secretary"):
            _offer(cast(forms.Form, self), name, posts_of(actor, today))
            row = getattr(self.instance, name)
            self.initial[name] = row.public_id if row else ""


def topics(day: date) -> Sequence[str]:
    """Topics of meetings that are offered while one types."""
    return [one.title for one in choices_of(law_on(day), "consilium_topic")]


def purposes(day: date) -> Sequence[str]:
    """Purposes of a referral that are offered."""
    return [one.title for one in choices_of(law_on(day), "referral_reason")]


def outcome_title(item: AgendaItem) -> str:
    return title_of(law_on(item.meeting.day), "consilium_outcome", item.outcome)
