"""Forms of drawing up and agreeing. They check form; sense is checked by the services, whose refusals come back."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Guardian, Guardianship

from .models import Activity, Agreement, Audience, Direction, Programme, Scale
from .plan import responsible_label
from .services import curators_on

STAFF = "staff"  # the id of the list of suggestions on the sheet


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post by the name of its holder."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.full_name}, {obj.inner_caption}"


class ActivityField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A line of the plan by its words."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title[:80])


class GuardianField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A representative by name; one alone is chosen already."""


class CuratorForm(forms.Form):
    """Who is named the curator."""

    curator = PostField(Position.objects.none(), label="Куратор", empty_label="Выберите")

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(PostField, self.fields["curator"])
        field.queryset = cast("QuerySet[Any]", curators_on(actor, today))
        field.to_field_name = "public_id"


class BeginForm(CuratorForm):
    """A programme begins: curator, difficulty, first day."""

    kind = forms.ChoiceField(
        label="Сложность", choices=Programme.Kind.choices, initial=Programme.Kind.ORDINARY, widget=forms.RadioSelect
    )
    starts_on = forms.DateField(label="Начало программы")


class TermForm(forms.Form):
    """Kind and term; an empty end means the shortest one."""

    kind = forms.ChoiceField(label="Сложность", choices=Programme.Kind.choices, required=False)
    starts_on = forms.DateField(label="Начало", required=False)
    ends_on = forms.DateField(label="Окончание", required=False)
    for_all_study = forms.BooleanField(label="на всё время обучения", required=False)

    def __init__(self, *args: Any, with_kind: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_kind:
            del self.fields["kind"]


class GoalForm(forms.Form):
    title = forms.CharField(label="Цель", max_length=1000, widget=forms.Textarea(attrs={"rows": 1}))


class TaskForm(forms.Form):
    title = forms.CharField(label="Задача", max_length=1000, widget=forms.Textarea(attrs={"rows": 1}))
    direction = forms.ChoiceField(label="Направление помощи", choices=Direction.choices)


class CriterionForm(forms.Form):
    title = forms.CharField(label="Критерий", max_length=500, widget=forms.Textarea(attrs={"rows": 1}))
    measure = forms.CharField(label="Чем и как измеряется", max_length=500, required=False)
    scale = forms.ChoiceField(label="Шкала", choices=Scale.choices)
    starts_at = forms.DecimalField(label="Сейчас", max_digits=6, decimal_places=1, required=False, localize=True)
    wanted = forms.DecimalField(label="Должно стать", max_digits=6, decimal_places=1, required=False, localize=True)


class ActivityForm(forms.Form):
    """A line of the plan; `responsible` is typed: a colleague of the list, or somebody of another organisation."""

    audience = forms.ChoiceField(label="Для кого", choices=Audience.choices)
    title = forms.CharField(label="Мероприятие", max_length=1000, widget=forms.Textarea(attrs={"rows": 1}))
    form = forms.CharField(label="Форма проведения", max_length=200, required=False)
    participants = forms.CharField(label="Участники", max_length=500, required=False)
    responsible = forms.CharField(
        label="Ответственный", max_length=300, required=False,
        widget=forms.TextInput(attrs={"list": STAFF, "autocomplete": "off"}),
    )  # fmt: skip
    starts_on = forms.DateField(label="С", required=False)
    ends_on = forms.DateField(label="По", required=False)
    frequency = forms.CharField(label="Как часто", max_length=120, required=False)
    planned_result = forms.CharField(
        label="Планируемый результат", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )


LINE_FORMS: dict[str, type[forms.Form]] = {
    "goal": GoalForm, "task": TaskForm, "activity": ActivityForm, "criterion": CriterionForm,
}  # fmt: skip


def staff_of(actor: Actor, day: date) -> list[Position]:
    """Who may answer for an activity: everybody who works here on the day."""
    held = Position.objects.visible_to(actor).held_on(day).select_related("user")
    return list(held.order_by("user__last_name", "pk"))


def post_label(post: Position) -> str:
    return f"{post.user.short_name}, {post.inner_caption}"


def line_values(part: str, cleaned: dict[str, Any], staff: list[Position], line: object = None) -> dict[str, Any]:
    """What a service takes: the typed name is a colleague's post where it is one, else an outside person."""
    values = dict(cleaned)
    if part != "activity" or "responsible" not in values:
        return values
    typed = " ".join(values["responsible"].replace("\u00a0", " ").split())
    if isinstance(line, Activity) and typed == responsible_label(line).replace("\u00a0", " "):
        values["responsible"], values["outside"] = line.responsible, line.outside
        return values
    values["responsible"] = _colleague(typed, staff)
    values["outside"] = "" if values["responsible"] else typed
    return values


def _colleague(typed: str, staff: list[Position]) -> Position | None:
    """Whose name was typed, with the post or without it, in whatever case; None for nobody or for namesakes."""

    def plain(words: str) -> str:
        return words.replace("\u00a0", " ").casefold()

    wanted = plain(typed)
    exact = [post for post in staff if plain(post_label(post)) == wanted]
    named = [post for post in staff if wanted in (plain(post.user.short_name), plain(post.user.full_name))]
    found = exact or named
    return found[0] if len({post.user_id for post in found}) == 1 else None


class ProposalForm(forms.Form):
    """What the family proposes, in its own words."""

    text = forms.CharField(label="Предложение словами семьи", max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    guardian = GuardianField(Guardian.objects.none(), label="Кто предлагает", required=False,
                             empty_label="сам обучающийся")  # fmt: skip
    made_on = forms.DateField(label="Когда")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_guardians(self, programme)


class AnswerForm(forms.Form):
    """The curator's answer to a proposal."""

    answer = forms.CharField(
        label="Ответ семье", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    activity = ActivityField(Activity.objects.none(), label="Учтено в мероприятии", required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Any]", self.fields["activity"])
        field.queryset = Activity.objects.filter(programme=programme)
        field.to_field_name = "public_id"
        field.empty_label = "не выбрано"


class AgreementForm(forms.Form):
    """A representative's answer under the programme."""

    guardian = GuardianField(Guardian.objects.none(), label="Кто ответил", empty_label=None)
    answer = forms.ChoiceField(label="Ответ", choices=Agreement.Answer.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Слова родителя, причина отказа", max_length=3000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    signed_on = forms.DateField(label="Подписано")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_guardians(self, programme)


def _offer_guardians(form: forms.Form, programme: Programme) -> None:
    field = cast("forms.ModelChoiceField[Any]", form.fields["guardian"])
    links = Guardianship.objects.filter(child=programme.child, ended_on__isnull=True)
    field.queryset = Guardian.objects.filter(organisation=programme.organisation_id, pk__in=links.values("guardian"))
    field.to_field_name = "public_id"


class ReasonForm(forms.Form):
    """One reason."""

    reason = forms.CharField(label="Причина", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
