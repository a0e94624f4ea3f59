"""The wall stands in the services too, found by their signatures: every service that is handed a row, three times.

By a stranger with every role of his own organisation; by a colleague who does not work with the child; by one to
whom an emergency has opened it for reading. Each is refused before anything is written.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.conclusions.models import ConclusionSection
from opora.foundation.access import actions, knowledge
from opora.foundation.access.models import EmergencyAccess
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import person_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.worksheets.models import Section
from opora.school.programmes.models import Programme

from .canaries import owned_models
from .house import PDF
from .savepoints import cell
from .world import STRANGER, World

Service = Callable[..., Any]
# Parts of other services, which have asked before them; nothing else calls these.
INNER = {
    "entry_add": "writes the line of a deed that its service has allowed; its subject is any row of that deed",
    "booking_release": "frees the hour of a booking that `booking_cancel`, `booking_miss` or a withdrawal has locked",
    "papers_list": "a step of `application_submit`",
    "papers_refresh": "a step of `application_change`",
    "brought_leave": "ends a conclusion within the deed by which a pupil leaves",
    "card_end": "ends a card within the deed by which a pupil leaves or its processing stops",
    "member_end": "ends a place in a group within the deed by which a pupil leaves or its processing stops",
    "sheet_make": "the empty sheet of `presentation_start` and `presentation_request`, which have asked",
}
# Without the rows that they may be handed they make a new one at the actor's own place: there is nothing to refuse.
OF_ONE_S_OWN = {"bank_item_save", "meeting_plan", "material_save", "plan_open", "cabinet_save", "contact_make"}
# About the access itself, whosever child it opened: its owner and the head, who knows all (tests of emergencies).
OF_THE_ACCESS = {"emergency_close", "emergency_review"}
OPTIONAL_ROWS = {"existing", "item", "teacher", "draft"}  # given too, though the service would do without
GIVEN = {"kind": "child_data", "action": "case.receive"}  # words that are looked up before anything else
# Reading and printing: what an emergency is for.
READS = {
    "file_contents_print", "paper_copy", "paper_issue", "paper_print", "paper_read", "school_paper_open",
    "transfers_print",
}  # fmt: skip
# A row of any kind: one of those that it may be.
STANDS_FOR: dict[type[Owned], type[Owned]] = {Section: ConclusionSection, Owned: Programme}
ALL_ROLES = frozenset(Role)
BY_NAME = inspect.Parameter.KEYWORD_ONLY


def services() -> Iterator[tuple[str, Service, dict[str, type[Owned]]]]:
    """Public functions of all `services` with an `actor` and a row: name, function, rows by parameter."""
    for config in apps.get_app_configs():
        if config.name.startswith("opora.") and importlib.util.find_spec(f"{config.name}.services"):
            package = importlib.import_module(f"{config.name}.services")
            for module in [package, *_parts(package)]:
                yield from _of_module(module)


def _parts(package: types.ModuleType) -> list[types.ModuleType]:
    names = [one.name for one in pkgutil.iter_modules(getattr(package, "__path__", []))]
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def _of_module(module: types.ModuleType) -> Iterator[tuple[str, Service, dict[str, type[Owned]]]]:
    for name, service in inspect.getmembers(module, inspect.isfunction):
        bare = inspect.unwrap(service)
        actor = inspect.signature(bare).parameters.get("actor")
        if name.startswith("_") or bare.__module__ != module.__name__ or actor is None or actor.kind is not BY_NAME:
            continue
        hints = {key: kind for key, kind in typing.get_type_hints(bare).items() if key != "return"}
        rows = {key: kind for key, hint in hints.items() if (kind := _row_in(hint)) is not None}
        if rows:
            yield name, service, rows


def _row_in(hint: Any) -> type[Owned] | None:
    kinds = typing.get_args(hint) if typing.get_args(hint) else (hint,)
    return next((one for one in kinds if inspect.isclass(one) and issubclass(one, Owned)), None)


def _by_name() -> dict[str, tuple[Service, dict[str, type[Owned]]]]:
    """Services of two rooms may bear one name: the second one is called with its room, so that neither is left out."""
    found: dict[str, tuple[Service, dict[str, type[Owned]]]] = {}
    for name, service, rows in services():
        room = inspect.unwrap(service).__module__.partition(".services")[0].rpartition(".")[2]
        found[f"{room}.{name}" if name in found else name] = (service, rows)
    return found


SERVICES = _by_name()


def arguments(world: World, service: Service, rows: dict[str, type[Owned]]) -> dict[str, Any]:
    """Values of the right kind for every parameter: rows of the own commission, all of one child where that can be."""
    bare = inspect.unwrap(service)
    hints, given = typing.get_type_hints(bare), {}
    for key, parameter in inspect.signature(bare).parameters.items():
        if key == "actor" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if key in rows and (parameter.default is parameter.empty or key in OPTIONAL_ROWS):
            row = row_of(world, STANDS_FOR.get(rows[key], rows[key]))
            given[key] = [row] if typing.get_origin(hints[key]) in (Collection, Iterable, Sequence) else row
        elif parameter.default is parameter.empty:
            given[key] = GIVEN.get(key) or _value(world, hints[key])
    return given


def row_of(world: World, model: type[Owned]) -> Owned:
    """A row of the own commission; the test of a model without one would try nothing."""
    rows = model._default_manager.filter(organisation=world.house.place).order_by("pk")
    found = rows.last()
    assert found is not None, f"the world has no row of {model._meta.label}"
    return typing.cast(Owned, found)


def _value(world: World, hint: Any) -> Any:
    simple: dict[Any, Any] = {
        date: timezone.localdate(), time: time(9), bool: True, int: 1, str: "текст", User: world.house.anna,
        Organisation: world.house.place,
    }  # fmt: skip
    kinds = [one for one in (typing.get_args(hint) or (hint,)) if one is not type(None)]
    kind = typing.get_origin(hint) if typing.get_origin(hint) not in (None, typing.Union, types.UnionType) else kinds[0]
    if kind in simple:
        return simple[kind]
    if kind is UploadedFile or typing.get_origin(kind) is UploadedFile:
        return SimpleUploadedFile("скан.pdf", PDF, content_type="application/pdf")
    if inspect.isclass(kind) and issubclass(kind, str):
        return next(iter(kind)) if issubclass(kind, models.TextChoices) else kind("текст")
    if inspect.isclass(kind) and issubclass(kind, Mapping):
        return {}
    return [] if inspect.isclass(kind) and issubclass(kind, Iterable) else lambda *args: None


def refused(world: World, name: str, actor: Actor) -> str:
    """Empty when the service refuses and writes nothing; else what happened."""
    service, rows = SERVICES[name]
    with cell() as tried:
        given = arguments(world, service, rows)
        tried.clear()
        try:
            service(actor=actor, **given)
        except PermissionDenied:
            pass
        except Refusal as refusal:
            if refusal.code != "stranger":
                return f"{name}: refused, but for another reason: {refusal.code}"
        except Exception as error:
            return f"{name}: {type(error).__name__}: {error}"
        else:
            return f"{name}: done"
        return f"{name}: refused, and yet it wrote {tried[0]}" if tried else ""


def about_a_child(world: World, name: str) -> bool:
    service, rows = SERVICES[name]
    with cell():
        return any(person_of(one) for one in rows_in(arguments(world, service, rows)))


def rows_in(given: dict[str, Any]) -> list[Owned]:
    """All rows that a service is handed, also within a list."""
    every = [one for value in given.values() for one in (value if isinstance(value, list) else [value])]
    return [one for one in every if isinstance(one, Owned)]


@pytest.mark.django_db
def test_every_service_refuses_the_row_of_another_commission(world: World, record_property: Any):
    zakhar = Actor(
        user=world.person("other, every role").user, organisation=world.foreign.place, roles=ALL_ROLES, sworn=True
    )
    passed = [
        fault for name in SERVICES if name not in {*INNER, *OF_ONE_S_OWN} and (fault := refused(world, name, zakhar))
    ]
    record_property("matrix_services", len(SERVICES))

    assert len(SERVICES) > 95
    assert not passed, "\n".join(passed)


@pytest.fixture
def colleague(world: World, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Somebody of the same commission whose roles allow everything, and who yet works with other children."""
    monkeypatch.setattr(knowledge, "knows_all", lambda actor: actor.user is None)
    return Actor(user=world.person(STRANGER).user, organisation=world.house.place, roles=ALL_ROLES, sworn=True)


@pytest.mark.django_db
def test_every_service_refuses_a_colleague_who_does_not_work_with_the_child(world: World, colleague: Actor):
    about = [name for name in SERVICES if name not in set(INNER) | OF_THE_ACCESS and about_a_child(world, name)]

    assert len(about) > 70
    passed = [fault for name in about if (fault := refused(world, name, colleague))]
    assert not passed, "\n".join(passed)


@pytest.mark.django_db
def test_in_an_emergency_every_service_that_changes_something_refuses(world: World, colleague: Actor):
    with cell():
        for case in world.house.cases.values():
            EmergencyAccess.objects.create(
                organisation=world.house.place, user=colleague.user, reason="Проба", person_id=case.child.public_id,
                expires_at=timezone.now() + timedelta(hours=1),
            )  # fmt: skip
        about = [
            name for name in SERVICES if name not in set(INNER) | READS | OF_THE_ACCESS and about_a_child(world, name)
        ]
        passed = [fault for name in about if (fault := refused(world, name, colleague))]
        actions.require_own(colleague, world.house.cases[Status.SIGNED].child, reading=True)
    assert not passed, "\n".join(passed)


@pytest.mark.django_db
def test_the_list_is_made_from_the_services_and_the_world_has_a_row_for_each(world: World):
    assert set(INNER) <= set(SERVICES)
    assert {"place_save", "template_save", "file_remove", "file_return", "paper_read", "position_end"} <= set(SERVICES)
    assert {model for _, rows in SERVICES.values() for model in rows.values()} - set(STANDS_FOR) <= set(owned_models())
