"""Printing for signature, and issuing of what was signed."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.commission.cases.models import Case
from opora.foundation.access.actions import require, require_own
from opora.foundation.access.events import UNDERTAKING_PRINTED
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.services import record
from opora.foundation.files.services import file_keep, file_read
from opora.foundation.registers.models import Snapshot
from opora.foundation.registers.services import snapshot_is_whole
from opora.foundation.vault.fields import is_erased
from opora.people.children.models import Child

from . import events
from .builders import CASE_FORMS, data_transfers, file_contents, non_disclosure
from .forms import FORMS
from .models import IssuedPaper
from .rendering import RenderingError, render_pdf

logger = logging.getLogger("opora.incidents")


@transaction.atomic
def paper_print(*, actor: Actor, code: str, case: Case, on: date) -> bytes:
    """Print a form of a case from today's data, for signature or as a draft.

    Raises Refusal for an unknown form, for a draft of what does not exist, and when the paper cannot be made.
    """
    require(actor, "paper.print")
    require_own(actor, case, reading=True)
    form = CASE_FORMS.get(code)
    if form is None:
        raise Refusal("unknown_form", "Такого бланка нет.")
    withheld = form.withheld_from(actor)
    if withheld:
        raise PermissionDenied(withheld)
    pdf = _rendered(code, form.build(case, actor, on))
    record(
        events.PAPER_PRINTED, actor=actor, subject=case, person_id=case.person_id, form=code, title=FORMS[code].title
    )
    return pdf


@transaction.atomic
def file_contents_print(*, actor: Actor, child: Child, on: date) -> bytes:
    """Print the contents of a child's file (annex 2.14)."""
    require(actor, "paper.print")
    require_own(actor, child, reading=True)
    pdf = _rendered("file_contents", file_contents.build_for_child(child, actor, on))
    record(
        events.PAPER_PRINTED, actor=actor, subject=child, person_id=child.person_id,
        form="file_contents", title=FORMS["file_contents"].title,
    )  # fmt: skip
    return pdf


@transaction.atomic
def transfers_print(*, actor: Actor, child: Child, on: date) -> bytes:
    """Print for the parent to whom the child's data was given (C-09, C-10)."""
    require(actor, "disclosure.view")
    require_own(actor, child, even_frozen=True, reading=True)
    pdf = _rendered("data_transfers", data_transfers.build_for_child(child, actor, on))
    record(
        events.PAPER_PRINTED, actor=actor, subject=child, person_id=child.person_id,
        form="data_transfers", title=FORMS["data_transfers"].title,
    )  # fmt: skip
    return pdf


@transaction.atomic
def undertaking_print(*, actor: Actor, user: User, on: date) -> bytes:
    """Print the undertaking of annex 2.19: one's own, or a colleague's by those who record it."""
    if actor.user != user:
        require(actor, "undertaking.record")
    held = Position.objects.filter(organisation=actor.at, user=user).held_on(on).order_by("pk").first()
    if held is None:
        raise Refusal("no_position", "Этот человек не работает в вашей организации.")
    pdf = _rendered("non_disclosure", non_disclosure.build(user, actor.at, held))
    record(UNDERTAKING_PRINTED, actor=actor, subject=held)
    return pdf


@transaction.atomic
def paper_issue(*, actor: Actor, snapshot: Snapshot, even_frozen: bool = False) -> IssuedPaper:
    """Make the file of a frozen paper, once; ever after the same file is returned (decision 7).

    `even_frozen` is for what the law demands of a child whose processing is stopped. Raises Refusal when the content
    is no longer what was signed: nothing is made of it.
    """
    require(actor, "paper.read")
    require_own(actor, snapshot, even_frozen=even_frozen, reading=True)
    locked = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
    _require_whole(locked)
    ready = IssuedPaper.objects.filter(snapshot=locked).select_related("file", "snapshot").first()
    if ready is not None:
        return ready
    if locked.form not in FORMS:
        raise Refusal("unknown_form", "Для этого документа нет бланка.")
    pdf = _rendered(locked.form, locked.content, at=int(locked.at.timestamp()))
    title = FORMS[locked.form].title
    stored = file_keep(actor=actor, data=pdf, title=title, person_id=locked.person_id)
    issued = IssuedPaper(organisation=locked.organisation, snapshot=locked, file=stored)
    issued.full_clean()
    issued.save()
    record(
        events.PAPER_ISSUED, actor=actor, subject=issued, person_id=locked.person_id,
        form=locked.form, title=title, sha256=stored.sha256,
    )  # fmt: skip
    return issued


def paper_read(*, actor: Actor, snapshot: Snapshot) -> bytes:
    """The stored bytes of a frozen paper, verified twice: the content it was made of and the file itself.

    A paper that fails is an incident: it is logged and recorded, and Refusal carries the number.
    """
    try:
        with transaction.atomic():
            issued = paper_issue(actor=actor, snapshot=snapshot)
            data = file_read(issued.file)
            record(
                events.PAPER_READ, actor=actor, subject=issued, person_id=issued.person_id,
                form=snapshot.form, title=_title(snapshot.form),
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.code in ("snapshot_broken", "file_broken"):
            _record_broken(actor, snapshot)
        raise
    return data


@transaction.atomic
def _record_broken(actor: Actor, snapshot: Snapshot) -> None:
    record(
        events.PAPER_BROKEN, actor=actor, subject=snapshot, person_id=snapshot.person_id,
        form=snapshot.form, title=_title(snapshot.form),
    )  # fmt: skip


def _require_whole(snapshot: Snapshot) -> None:
    if snapshot_is_whole(snapshot):
        return
    if is_erased(snapshot, "content"):
        raise Refusal("erased", "Документ стёрт по закону вместе с данными ребёнка.")
    number = _incident()
    logger.error("Incident %s: snapshot %s does not match its hash", number, snapshot.public_id)
    raise Refusal(
        "snapshot_broken",
        "Содержание документа не сходится с тем, что было подписано, поэтому он не выдан. "
        f"Сообщите администратору номер {number}.",
    )


def _rendered(code: str, data: Mapping[str, Any], *, at: int | None = None) -> bytes:
    try:
        return render_pdf(code, dict(data), timestamp=int(time.time()) if at is None else at)
    except RenderingError as error:
        number = _incident()
        logger.error("Incident %s: form %s was not rendered", number, code, exc_info=error)
        raise Refusal(
            "not_rendered", f"Документ не удалось подготовить. Сообщите администратору номер {number}."
        ) from error


def _incident() -> str:
    number = f"{secrets.randbelow(10**8):08d}"
    return f"{number[:4]}-{number[4:]}"


def _title(code: str) -> str:
    return FORMS[code].title if code in FORMS else code
