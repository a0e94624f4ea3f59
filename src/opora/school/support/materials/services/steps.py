"""Who may write in a material, and the steps of its path."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.accounts.roles import Role

from ...approval.steps import Path, Row, remarks_of
from .. import events
from ..flow import FLOW, WHOSE, WRITERS, is_step_of
from ..models import Material

OWNER_WRITES = f"Материал ведёт {WHOSE}."


def may_write(actor: Actor, material: Material) -> bool:
    """Whoever brought a material in keeps it, the head of the service keeps every one."""
    if isinstance(actor, SystemActor) or actor.has(Role.SERVICE_HEAD):
        return True
    author = material.author
    return bool(actor.roles & WRITERS and author and actor.user and author.user_id == actor.user.pk)


def material_lock(actor: Actor, material: Material) -> Material:
    """The material read anew and locked. Raises PermissionDenied for one of another organisation."""
    require_own(actor, material)
    return Material.objects.select_for_update(of=("self",)).select_related("author").get(pk=material.pk)


def open_require(actor: Actor, material: Material) -> Material:
    """Lock a material whose words the actor may change now. Raises PermissionDenied, Refusal."""
    require(actor, "material.write")
    fresh = material_lock(actor, material)
    if not may_write(actor, fresh):
        raise PermissionDenied(OWNER_WRITES)
    if not fresh.is_open:
        how = "Нажмите «Внести изменения»." if fresh.status == Material.Status.IN_USE else ""
        raise Refusal("not_open", f"Материал сейчас {fresh.get_status_display()}: его не меняют. {how}".strip())
    return fresh


PATH = Path(FLOW, events.MATERIAL_MOVED, "материала", material_lock, may_write, OWNER_WRITES)


def _step(actor: Actor, material: Material, action: str) -> tuple[Material, Row]:
    fresh, row = PATH.step(actor, material, action)
    if not is_step_of(fresh, action):
        raise PATH.impossible(fresh, row)
    return fresh, row


@transaction.atomic
def material_use(*, actor: Actor, material: Material) -> Material:
    """A method or a material is offered from now on. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *_step(actor, material, "material.use"), remarks="")


@transaction.atomic
def material_submit(*, actor: Actor, material: Material, on: date) -> Material:
    """A programme or a project is handed in; one of the head goes straight to the director. Raises Refusal."""
    fresh, row = _step(actor, material, "material.submit")
    if fresh.kind == Material.Kind.PROGRAMME and not fresh.topics.exists():
        raise Refusal("no_topics", "В рабочей программе нет ни одной темы.", row.clause)
    PATH.take(actor, fresh, row, remarks="", submitted_on=on)
    return material_examine(actor=actor, material=fresh, on=on) if actor.has(Role.SERVICE_HEAD) else fresh


@transaction.atomic
def material_examine(*, actor: Actor, material: Material, on: date) -> Material:
    """Examined by the head of the service. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *_step(actor, material, "material.examine"), examined_on=on)


@transaction.atomic
def material_approve(*, actor: Actor, material: Material, on: date) -> Material:
    """Approved by the director: it is in use. Raises PermissionDenied, Refusal."""
    fresh, row = _step(actor, material, "material.approve")
    return PATH.take(actor, fresh, row, approved_on=on, approved_by=actor.user)


@transaction.atomic
def material_return(*, actor: Actor, material: Material, remarks: str) -> Material:
    """Back to its author with remarks. Raises PermissionDenied, Refusal without remarks."""
    fresh, row = _step(actor, material, "material.return")
    return PATH.take(actor, fresh, row, remarks=remarks_of(remarks, row), examined_on=None)


@transaction.atomic
def material_change(*, actor: Actor, material: Material) -> Material:
    """An approved programme or project is opened for changes and has to be approved anew. Raises Refusal."""
    fresh, row = _step(actor, material, "material.change")
    return PATH.take(actor, fresh, row, examined_on=None, approved_on=None, approved_by=None)


@transaction.atomic
def material_retire(*, actor: Actor, material: Material) -> Material:
    """Offered no more; what was done with it stays. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *_step(actor, material, "material.retire"))


@transaction.atomic
def material_restore(*, actor: Actor, material: Material) -> Material:
    """Offered again. Raises PermissionDenied, Refusal."""
    return PATH.take(actor, *_step(actor, material, "material.restore"))
