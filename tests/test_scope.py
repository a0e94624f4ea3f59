"""The third layer alone, over every model, every form and two requests at once. Its rules: tests/test_walls.py."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django import forms
from django.db import connection

from opora.foundation.organisations.scope import Unscoped, nowhere, scope, within
from opora.people.children.models import Child
from tests.cast import child_of
from tests.permissions.canaries import owned_models


@pytest.fixture
def two(cast: Any) -> tuple[Child, Child]:
    return child_of(cast.commission, "Наш"), child_of(cast.other, "Чужой")


class ChooseForm(forms.Form):
    """Declared long before anybody asks, like every form of the product."""

    child = forms.ModelChoiceField(queryset=Child.objects.all())


@pytest.mark.django_db
def test_outside_of_an_organisation_a_query_of_any_model_raises():
    asked: list[Any] = [list, lambda rows: rows.count(), lambda rows: rows.exists(), lambda rows: rows.update(id=1)]
    for model in owned_models():
        for ask in asked:
            with nowhere(), pytest.raises(Unscoped):
                ask(model._default_manager.all())


def test_the_list_of_a_form_holds_the_rows_of_whoever_asks(cast, two):
    ours, theirs = two
    with within(cast.commission):
        assert list(ChooseForm().fields["child"].queryset) == [ours]
        assert ChooseForm({"child": ours.pk}).is_valid()
        assert not ChooseForm({"child": theirs.pk}).is_valid()
    with within(cast.other):
        assert ChooseForm({"child": theirs.pk}).is_valid()


def test_an_error_leaves_the_outer_scope(cast):
    with within(cast.commission):
        outer = scope()
        with pytest.raises(ZeroDivisionError), within(cast.other):
            raise ZeroDivisionError
        assert scope() == outer


@pytest.mark.django_db(transaction=True)
def test_a_thread_begins_in_no_organisation_and_does_not_change_the_scope_of_another(cast):
    """Two requests at once: each in the scope of its own actor, and a new thread inherits none."""
    child_of(cast.commission, "Наш"), child_of(cast.other, "Чужой")
    said: dict[str, Any] = {}
    both = threading.Barrier(2, timeout=20)

    def work(name: str, place: Any) -> None:
        try:
            try:
                list(Child.objects.all())
            except Unscoped:
                said[f"{name} unscoped"] = True
            with within(place):
                both.wait()
                said[name] = [child.last_name for child in Child.objects.all()]
                both.wait()
        finally:
            connection.close()

    threads = [
        threading.Thread(target=work, args=("ours", cast.commission)),
        threading.Thread(target=work, args=("theirs", cast.other)),
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert said == {"ours unscoped": True, "theirs unscoped": True, "ours": ["Наш"], "theirs": ["Чужой"]}
