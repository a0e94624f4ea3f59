"""Every row about a child belongs to one organisation and is read through one door (decisions 2 and 3)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation, Owned
from opora.people.children.models import Child, Guardian

PERSONS = (Child, Guardian, Case)
WITHOUT_ADDRESS = {
    "children.NameWord": "an index of the search box: it has no page of its own",
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("opora.")]


def is_about_a_child(model: type[models.Model]) -> bool:
    points = any(
        field.is_relation and isinstance(field.related_model, type) and issubclass(field.related_model, PERSONS)
        for field in model._meta.fields
    )
    return points or model in PERSONS or hasattr(model, "person_id")


ABOUT_A_CHILD = [model for model in OURS if is_about_a_child(model) and model._meta.label != "audit.Event"]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def test_the_rule_is_not_empty():
    assert len(ABOUT_A_CHILD) > 15


@pytest.mark.parametrize("model", ABOUT_A_CHILD, ids=label)
def test_a_row_about_a_child_belongs_to_one_organisation(model):
    owner = model._meta.get_field("organisation")

    assert owner.related_model is Organisation
    assert not owner.null


@pytest.mark.parametrize("model", ABOUT_A_CHILD, ids=label)
def test_a_row_about_a_child_has_a_random_address(model):
    if model._meta.label in WITHOUT_ADDRESS:
        return
    assert model._meta.get_field("public_id").unique


OWNED = [model for model in OURS if any(field.name == "organisation" for field in model._meta.fields)]


@pytest.mark.parametrize("model", [*ABOUT_A_CHILD, *(one for one in OWNED if issubclass(one, Owned))], ids=label)
def test_nobody_and_the_operator_see_nothing_about_a_child(model):
    """`none()` is known without a query: neither nobody, nor someone without the undertaking, nor the operator."""
    place = Organisation(pk=1)
    unsworn = Actor(user=None, organisation=place, roles=frozenset({Role.COMMISSION_HEAD}))
    operator = Actor(user=None, organisation=place, roles=frozenset({Role.OPERATOR}), sworn=True)
    refused = [None, Actor(user=None, organisation=None)]
    if model in ABOUT_A_CHILD:
        refused += [unsworn, operator]

    for actor in refused:
        assert model.objects.visible_to(actor).query.is_empty(), actor


@pytest.mark.parametrize("model", [one for one in OURS if issubclass(one, Owned)], ids=label)
def test_no_field_of_a_person_is_unique_in_the_whole_table(model):
    """A global unique key on personal data tells a stranger that the person is known here."""
    for field in model._meta.fields:
        if field.unique and not field.primary_key and not field.is_relation:
            assert field.name == "public_id"
