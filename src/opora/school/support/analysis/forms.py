"""Forms of the analysis: a line of the problem analysis, what came of last year's, the words of a step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from opora.foundation.access.models import Position

from ..materials.models import WorkDirection
from .models import Problem

SENTENCE = 600  # signs


class ProblemForm(forms.Form):
    """One line: problem, cause, what is done, who answers, by when."""

    problem = forms.CharField(label="Проблема", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    cause = forms.CharField(label="Причина", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    measure = forms.CharField(
        label="Что сделаем", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    responsible = forms.ChoiceField(label="Ответственный", required=False)
    due_on = forms.DateField(label="Срок", required=False)

    def __init__(
        self, staff: Iterable[Position], data: Any = None, *, line: Problem | None = None, **options: Any
    ) -> None:
        key = line.public_id if line else "new"
        super().__init__(data, auto_id=f"problem-{key}-%s", **options)
        self.line = line
        posts = list(staff)
        chosen = line.responsible if line else None
        if chosen is not None and all(one.pk != chosen.pk for one in posts):
            posts.append(chosen)  # somebody who has left since
        self.posts = {one.public_id: one for one in posts}
        labels = [(one.public_id, f"{one.user.short_name}, {one.inner_caption}") for one in posts]
        self.fields["responsible"].choices = [("", "—"), *labels]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, staff: Iterable[Position], line: Problem) -> ProblemForm:
        """The form of a saved line."""
        responsible = line.responsible.public_id if line.responsible else ""
        initial = {
            "problem": line.problem, "cause": line.cause, "measure": line.measure, "responsible": responsible,
            "due_on": line.due_on,
        }  # fmt: skip
        return cls(staff, initial=initial, line=line)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return self.cleaned_data | {"responsible": self.posts.get(self.cleaned_data["responsible"])}


class CameForm(forms.Form):
    """What became of a problem of the last year."""

    came = forms.ChoiceField(label="Что стало", required=False, choices=(("", "не отмечено"), *Problem.Came.choices))
    came_words = forms.CharField(label="Чем подтверждается", max_length=500, required=False)

    def __init__(self, line: Problem, data: Any = None, **options: Any) -> None:
        super().__init__(data, auto_id=f"came-{line.public_id}-%s", **options)
        self.line = line

    @classmethod
    def of(cls, line: Problem) -> CameForm:
        return cls(line, initial={"came": line.came, "came_words": line.came_words})


class DirectionForm(forms.Form):
    """Under which direction a measure stands in the plan."""

    direction = forms.ChoiceField(label="Направление", choices=WorkDirection.choices)


class SentenceForm(forms.Form):
    sentence = forms.CharField(max_length=SENTENCE)


class YearForm(forms.Form):
    year = forms.IntegerField(label="Учебный год", min_value=2000, max_value=2100)


class RemarksForm(forms.Form):
    remarks = forms.CharField(label="Что исправить", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
