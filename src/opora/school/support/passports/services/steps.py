"""The steps of both paths; at the last one the figures freeze."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.services import snapshot_freeze

from ...approval.steps import Path, remarks_of
from .. import events
from ..checks import blocks_of
from ..content import FORM, passport_content
from ..flow import CLASS_FLOW, SCHOOL_FLOW
from ..models import FigureChild, PassportFigure, SocialPassport
from ..permissions import NOT_OWN, NOT_PEDAGOGUE, leads_passports, may_fill
from ..sums import Count, counts_now
from .beginning import passport_lock

BATCH = 2000


def _of_a_class(actor: Actor, passport: SocialPassport) -> SocialPassport:
    require_own(actor, passport)
    if passport.school_class_id is None:
        raise PermissionDenied("Это паспорт учреждения.")
    return passport_lock(passport)


def _of_the_school(actor: Actor, passport: SocialPassport) -> SocialPassport:
    require_own(actor, passport)
    if passport.school_class_id is not None:
        raise PermissionDenied("Это паспорт класса.")
    return passport_lock(passport)


SCHOOL = Path(
    SCHOOL_FLOW, events.PASSPORT_MOVED, "паспорта", _of_the_school, lambda actor, passport: leads_passports(actor),
    NOT_PEDAGOGUE, lambda passport, row: {
        "deed": row.deed, "status": str(row.target), "scope": passport.scope, "on": f"{passport.on:%d.%m.%Y}",
    },
)  # fmt: skip
CLASS = replace(SCHOOL, flow=CLASS_FLOW, lock=_of_a_class)
TEACHER = replace(
    CLASS, may_write=lambda actor, passport: may_fill(actor, passport.school_class), owner_writes=NOT_OWN
)  # fmt: skip


@transaction.atomic
def class_passport_submit(*, actor: Actor, passport: SocialPassport, on: date | None = None) -> SocialPassport:
    """«Готово»: the class teacher gives the passport to the service. Raises PermissionDenied, Refusal."""
    fresh, row = TEACHER.step(actor, passport, "class_passport.submit")
    found = blocks_of(actor, fresh)
    if found:
        raise Refusal("blocked", found[0])
    return TEACHER.take(actor, fresh, row, remarks="")


@transaction.atomic
def class_passport_accept(*, actor: Actor, passport: SocialPassport, on: date | None = None) -> SocialPassport:
    """The service accepts it; its figures freeze. Raises PermissionDenied, Refusal."""
    return _freeze(CLASS, actor, passport, "class_passport.accept", on)


@transaction.atomic
def class_passport_return(*, actor: Actor, passport: SocialPassport, remarks: str) -> SocialPassport:
    """Back to the class teacher, with what has to be mended."""
    return _back(CLASS, actor, passport, "class_passport.return", remarks)


@transaction.atomic
def passport_submit(*, actor: Actor, passport: SocialPassport, on: date | None = None) -> SocialPassport:
    """The passport of the institution goes to the director. Raises PermissionDenied, Refusal."""
    return SCHOOL.take(actor, *SCHOOL.step(actor, passport, "passport.submit"), remarks="")


@transaction.atomic
def passport_approve(*, actor: Actor, passport: SocialPassport, on: date | None = None) -> SocialPassport:
    """The director approves; its figures freeze. Raises PermissionDenied, Refusal."""
    return _freeze(SCHOOL, actor, passport, "passport.approve", on)


@transaction.atomic
def passport_return(*, actor: Actor, passport: SocialPassport, remarks: str) -> SocialPassport:
    """Back to the service, with what has to be mended."""
    return _back(SCHOOL, actor, passport, "passport.return", remarks)


def _back(
    path: Path[SocialPassport], actor: Actor, passport: SocialPassport, action: str, remarks: str
) -> SocialPassport:  # fmt: skip
    fresh, row = path.step(actor, passport, action)
    return path.take(actor, fresh, row, remarks=remarks_of(remarks, row))


def _freeze(
    path: Path[SocialPassport], actor: Actor, passport: SocialPassport, action: str, on: date | None
) -> SocialPassport:  # fmt: skip
    fresh, row = path.step(actor, passport, action)
    counts = counts_now(fresh)
    _keep(fresh, counts)
    fresh.approved_on, fresh.approved_by = max(on or timezone.localdate(), fresh.on), actor.user
    content = dict(passport_content(fresh, counts))
    fresh.snapshot = snapshot_freeze(actor=actor, form=FORM, subject=fresh, content=content)
    return path.take(actor, fresh, row, "approved_on", "approved_by", "snapshot")


def _keep(passport: SocialPassport, counts: list[Count]) -> None:
    """The figures and the children behind them, row by row of the database in bulk."""
    at = {"organisation": passport.organisation}
    made = PassportFigure.objects.bulk_create(
        PassportFigure(
            **at, passport=passport, row=one.row, families=one.families, children=one.children, pupils=one.pupils
        )
        for one in counts
    )  # fmt: skip
    FigureChild.objects.bulk_create(
        (
            FigureChild(**at, figure=figure, child_id=child)
            for figure, one in zip(made, counts, strict=True)
            for child in sorted(one.behind)
        ),
        batch_size=BATCH,
    )
