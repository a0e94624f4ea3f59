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
from opora.foundation.access.routes import person_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.audit.services import record
from opora.foundation.audit.vocabulary import EventType
from opora.foundation.files.services import file_keep, file_read
from opora.foundation.organisations.models import Owned
from opora.foundation.registers.models import Snapshot
from opora.foundation.registers.services import snapshot_is_whole
from opora.foundation.vault.fields import is_erased
from opora.people.children.models import Child

from . import events
from .builders import CASE_FORMS, data_transfers, file_contents, non_disclosure
from .builders.printed import PrintedForm
from .builders.school import NOT_HIS, SCHOOL_FORMS, SchoolForm, school_form, subject_of
from .docx import LAYOUTS, render_docx
from .forms import FORMS
from .models import IssuedPaper
from .rendering import RenderingError, render_pdf

logger = logging.getLogger("opora.incidents")


@transaction.atomic
def paper_print(*, actor: Actor, code: str, subject: Owned, on: date) -> bytes:
    """Print a form of a case or of a row of the school from today's data, for signature or as a draft.

    Raises Refusal for an unknown form, for a draft of what does not exist, and when the paper cannot be made.
    """
    form = _allowed(actor, subject, code)
    pdf = rendered(form.blank, form.build(subject, actor, on))
    _note(events.PAPER_PRINTED, actor, subject, form.blank)
    return pdf


@transaction.atomic
def paper_copy(*, actor: Actor, code: str, subject: Owned, on: date) -> bytes:
    """An editable copy of a paper of the school: of the signed one where there is one. It is marked as a copy.

    Raises Refusal as `paper_print`, and for a paper that has no editable copy.
    """
    form = _allowed(actor, subject, code)
    if form.blank not in LAYOUTS or not isinstance(form, SchoolForm):
        raise Refusal("no_copy", "Копии для правки у этого документа нет.")
    snapshot = form.signed(subject)
    if snapshot is not None:
        _require_whole(snapshot)
    data = render_docx(form.blank, dict(snapshot.content if snapshot else form.build(subject, actor, on)))
    _note(events.PAPER_COPIED, actor, subject, form.blank)
    return data


def school_paper_open(*, actor: Actor, code: str, subject: Owned, on: date) -> bytes:
    """A paper of the school: the stored file of the signed one, else a print of today's data."""
    form = _allowed(actor, subject, code)
    snapshot = form.signed(subject) if isinstance(form, SchoolForm) else None
    if snapshot is not None:
        return paper_read(actor=actor, snapshot=snapshot)
    return paper_print(actor=actor, code=code, subject=subject, on=on)


def _allowed(actor: Actor, subject: Owned, code: str) -> PrintedForm:
    """The form, for whoever may print it of this row. Raises PermissionDenied, Refusal for an unknown form."""
    form = CASE_FORMS.get(code) if isinstance(subject, Case) else school_form(subject, code)
    require(actor, form.action if form else "paper.read")
    require_own(actor, subject, reading=True)
    if form is None:
        raise Refusal("unknown_form", "Такого бланка нет.")
    withheld = form.withheld_from(actor, subject)
    if withheld:
        raise PermissionDenied(withheld)
    return form


def _note(event: EventType, actor: Actor, subject: Owned, code: str) -> None:
    record(event, actor=actor, subject=subject, person_id=person_of(subject), form=code, title=FORMS[code].title)


@transaction.atomic
def file_contents_print(*, actor: Actor, child: Child, on: date) -> bytes:
    """Print the contents of a child's file (annex 2.14)."""
    require(actor, "paper.print")
    require_own(actor, child, reading=True)
    pdf = rendered("file_contents", file_contents.build_for_child(child, actor, on))
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
    pdf = rendered("data_transfers", data_transfers.build_for_child(child, actor, on))
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
    pdf = rendered("non_disclosure", non_disclosure.build(user, actor.at, held))
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
    pdf = rendered(locked.form, locked.content, at=int(locked.at.timestamp()))
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
    _require_reader(actor, snapshot)
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


def _require_reader(actor: Actor, snapshot: Snapshot) -> None:
    """A signed paper of the school is for those who may read its row whole. Raises PermissionDenied."""
    require(actor, "paper.read")
    require_own(actor, snapshot, reading=True)
    forms = [form for form in SCHOOL_FORMS.values() if form.blank == snapshot.form]
    if not forms:
        return
    forms = [form for form in forms if form.is_issued]
    if not forms:
        raise Refusal("in_parts", "Этот документ открывают со страницы, на которой его составили.")
    row = subject_of(snapshot)
    withheld = [form.withheld_from(actor, row) if isinstance(row, form.model) else NOT_HIS for form in forms]
    if all(withheld):
        raise PermissionDenied(withheld[0])


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


def rendered(code: str, data: Mapping[str, Any], *, at: int | None = None) -> bytes:
    """The PDF of a form, or an incident: Refusal carries its number."""
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
