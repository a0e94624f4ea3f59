"""No foreign key points upward: string references escape the import contracts, `_meta` sees them."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.people.children.models import Child

from .order import Order, upward_relations

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("opora.")]


def test_no_relation_points_upward():
    assert [str(found) for found in upward_relations(OURS, Order.read())] == []


def test_every_model_stands_on_a_floor_of_the_contract():
    order = Order.read()
    rooms = {order.rooms_of(model.__module__)[-1] for model in OURS}
    rooms -= {"opora.config.models"}  # the top floor is one room

    assert rooms <= set(order.rooms), "add the room to its contract in .importlinter"


@isolate_apps("opora.people.children")
def test_a_planted_relation_is_found():
    class Planted(models.Model):
        case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "children"

    Planted.__module__ = Child.__module__

    assert [str(found) for found in upward_relations([Planted], Order.read())] == [
        "children.Planted.case -> cases.Case"
    ]


@isolate_apps("opora.commission.cases")
def test_a_planted_many_to_many_between_rooms_is_found():
    class Planted(models.Model):
        conclusions = models.ManyToManyField(Conclusion, related_name="+")

        class Meta:
            app_label = "cases"

    Planted.__module__ = Case.__module__

    assert len(upward_relations([Planted], Order.read())) == 1


def test_two_houses_of_one_floor_never_know_each_other():
    order = Order.read()

    assert not order.may_know("opora.commission.cases.models", "opora.school.consilium.models")
    assert not order.may_know("opora.school.consilium.models", "opora.commission.cases.models")
