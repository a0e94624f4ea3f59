"""A table of results: brought in, read and matched, looked at, confirmed, and only then written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record, record_each
from opora.foundation.files.inspection import XLSX
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_read, file_store
from opora.foundation.vault import keyring
from opora.people.children.models import Child
from opora.people.clearing import files_erase
from opora.people.law import law_on

from .. import events
from ..matching import chosen, lines_of
from ..models import Screening, ScreeningImport, ScreeningResult
from ..reading import SAMPLE, read_rows
from ..roll import roll
from .screenings import LONGEST_NOTE

DIRECT_SIZE = 32 * 1024  # a file of a class or two is read while the person waits
DIRECT_ROWS = 200
BATCH = 250
State = ScreeningImport.State
Start = Callable[[ScreeningImport], Any]


@transaction.atomic
def table_bring(
    *, actor: Actor, kind: str, title: str, held_on: date, upload: UploadedFile[Any], start: Start
) -> ScreeningImport:
    """Take a table in. A small one is read at once, a large one is handed to the worker by `start`. Raises Refusal."""
    require(actor, "screening.keep")
    if held_on > timezone.localdate():
        raise Refusal("bad_day", "Скрининг уже проведён: дата не позже сегодняшней.", field="held_on")
    stored = file_store(actor=actor, upload=upload)
    if stored.content_type != XLSX:
        raise Refusal("wrong_type", f"Нужна таблица XLSX. {SAMPLE}", field="upload")
    made = ScreeningImport(
        organisation=actor.at, kind=kind, title=" ".join(title.replace("\x00", "").split()), held_on=held_on,
        file=stored, run_by=actor.person,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(events.TABLE_BROUGHT, actor=actor, subject=made)
    if stored.size <= DIRECT_SIZE:
        return table_read(actor=actor, table=made)
    transaction.on_commit(lambda: start(made))
    return made


def table_read(*, actor: Actor, table: ScreeningImport) -> ScreeningImport:
    """Read the file and find out whom each row means; a failure is written into the table with words for the person."""
    require(actor, "screening.keep")
    require_own(actor, table)
    if table.state not in (State.WAITING, State.READING):
        return table
    _note(table, state=State.READING)
    try:
        rows = read_rows(file_read(table.file), table.file.title)
        lines = lines_of(rows, roll(actor), law_on(table.held_on))
        _note(table, state=State.READ, lines=lines, total=len(lines), done=len(lines))
    except Refusal as refusal:
        _note(table, state=State.FAILED, message=refusal.message[:300])
        files_erase(StoredFile.objects.filter(pk=table.file_id))
    return table


@transaction.atomic
def table_confirm(*, actor: Actor, table: ScreeningImport, choices: Mapping[int, str], start: Start) -> ScreeningImport:
    """Write what was read: the clear rows, and those where a name was picked (row number -> public id)."""
    require(actor, "screening.keep")
    require_own(actor, table)
    locked = ScreeningImport.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if locked.state != State.READ:
        raise Refusal("state", f"Эта таблица уже {locked.get_state_display()}.")
    lines = chosen(locked.lines, dict(choices))
    if not lines:
        raise Refusal("nothing", "В таблице нет ни одной строки, которую можно внести.")
    made = Screening(
        organisation=actor.at, kind=locked.kind, title=locked.title, held_on=locked.held_on, run_by=actor.person
    )
    made.full_clean()
    made.save()
    record(events.SCREENING_STARTED, actor=actor, subject=made, kind=made.get_kind_display())
    _note(locked, state=State.WRITING, lines=lines, total=len(lines), done=0, screening=made)
    if len(lines) <= DIRECT_ROWS:
        return table_write(actor=actor, table=locked)
    transaction.on_commit(lambda: start(locked))
    return locked


def table_write(*, actor: Actor, table: ScreeningImport) -> ScreeningImport:
    """Write a confirmed table, batch by batch, so that the page shows how far it is; going on where it broke off."""
    require(actor, "screening.keep")
    require_own(actor, table)
    if table.state != State.WRITING or table.screening is None:
        return table
    lines: list[dict[str, Any]] = list(table.lines)
    for first in range(0, len(lines), BATCH):
        with transaction.atomic():
            _write(actor, table.screening, lines[first : first + BATCH])
            _note(table, done=min(first + BATCH, len(lines)))
    with transaction.atomic():
        _note(table, state=State.DONE, lines=[])
        files_erase(StoredFile.objects.filter(pk=table.file_id))
        record(events.TABLE_WRITTEN, actor=actor, subject=table.screening, count=len(lines))
    return table


def _write(actor: Actor, screening: Screening, lines: list[dict[str, Any]]) -> None:
    """Rows of a batch that are not there yet. Whoever has left the school's cards since is left out."""
    wanted = [line["child"] for line in lines]
    there = set(screening.results.filter(child__public_id__in=wanted).values_list("child__public_id", flat=True))
    there |= set(Freeze.objects.in_force().filter(person_id__in=wanted).values_list("person_id", flat=True))
    children = {one.public_id: one for one in Child.objects.of(actor.at).filter(public_id__in=wanted)}
    made = [
        ScreeningResult(
            organisation=actor.at, screening=screening, child=children[line["child"]], level=line["level"],
            note=str(line["note"])[:LONGEST_NOTE], suicide_risk=bool(line["risk"]),
        )
        for line in lines
        if line["child"] in children and line["child"] not in there
    ]  # fmt: skip
    keyring.provide(actor.at.pk, [one.person_id for one in made if one.note])
    for one in made:
        one.clean_fields(exclude={"organisation", "screening", "child"})  # these were read a moment ago
    record_each(events.RESULT_RECORDED, actor=actor, subjects=ScreeningResult.objects.bulk_create(made))


@transaction.atomic
def table_cancel(*, actor: Actor, table: ScreeningImport) -> ScreeningImport:
    """Throw a table away before it is written. Raises Refusal for one that is being written or was."""
    require(actor, "screening.keep")
    require_own(actor, table)
    locked = ScreeningImport.objects.select_for_update(of=("self",)).get(pk=table.pk)
    if locked.state in (State.WRITING, State.DONE):
        raise Refusal("state", f"Эту таблицу уже не отбросить: {locked.get_state_display()}.")
    _note(locked, state=State.CANCELLED, lines=[])
    files_erase(StoredFile.objects.filter(pk=locked.file_id))
    record(events.TABLE_CANCELLED, actor=actor, subject=locked)
    return locked


def table_fail(*, table: ScreeningImport) -> None:
    """Write into a table that its work broke off; a written part stays and the rest can be brought again."""
    _note(table, state=State.FAILED, message="Работа прервалась. Загрузите таблицу ещё раз.", lines=[])
    files_erase(StoredFile.objects.filter(pk=table.file_id))


def _note(table: ScreeningImport, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(table, name, value)
    table.save(update_fields=list(changes))
