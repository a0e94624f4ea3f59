"""Every field about a child says what becomes of it when the card is destroyed (security rules, item 11).

A text, a date, a JSON or a file is sealed with the key of the child, or cleared, or kept with a reason. A new field
that says nothing fails here.
"""

from __future__ import annotations

import pytest
from django.db import models

from opora.foundation.files.models import StoredFile
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.foundation.vault.models import PersonKey
from opora.people.children.models import Guardian
from opora.people.clearing import person_models

TELLING = (models.CharField, models.TextField, models.JSONField, models.DateField, models.TimeField, models.FileField)
SEALED = (SealedTextField, SealedJSONField)
# Its own service destroys it.
APART = {PersonKey}
MODELS = sorted({*person_models(), Guardian} - APART, key=lambda model: model._meta.label)


def told(model: type[models.Model]) -> list[models.Field]:
    """Fields that can tell something of a person; the random public id tells nothing."""
    return [field for field in model._meta.local_fields if isinstance(field, TELLING) and field.name != "public_id"]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def test_the_rule_is_not_empty():
    assert len(MODELS) > 30
    assert sum(len(told(model)) for model in MODELS) > 150


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_field_says_what_becomes_of_it(model):
    silent = [
        field.name
        for field in told(model)
        if field.name not in model.cleared_on_erasure
        and field.name not in model.kept_on_erasure
        and not isinstance(field, SEALED)
    ]
    assert silent == []


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_nothing_is_both_cleared_and_kept_nor_kept_without_a_reason(model):
    assert set(model.cleared_on_erasure) & set(model.kept_on_erasure) == set()
    assert all(reason.strip() for reason in model.kept_on_erasure.values())


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_word_of_it_is_a_field(model):
    names = {field.name for field in model._meta.get_fields()}
    assert {*model.cleared_on_erasure, *model.kept_on_erasure, *model.cleared_on_withdrawal} <= names


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_what_goes_with_a_withdrawal_goes_with_the_card_too(model):
    for name in model.cleared_on_withdrawal:
        file = model._meta.get_field(name).related_model is StoredFile
        assert file or name in model.cleared_on_erasure, name


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_what_is_kept_is_no_free_text(model):
    """A box for many words is never kept: whatever was typed there may name somebody."""
    boxes = {
        field.name for field in told(model) if isinstance(field, models.TextField) and not isinstance(field, SEALED)
    }
    assert boxes & set(model.kept_on_erasure) == set()
