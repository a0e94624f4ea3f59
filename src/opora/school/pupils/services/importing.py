"""A class list as a table: brought in, columns chosen, compared with the register, looked at, entered whole or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.inspection import clean_title
from opora.people.children.models import Child

from .. import events, titles
from ..columns import TITLES, guessed, head_of, lacks
from ..lines import BAD, LIKELY, Above, Line, compare, open_lines, read_lines, row_id, state_of
from ..models import ClassListImport, Placement, SchoolClass
from ..tables import read_cells
from .bringing import Brought, pupil_bring
from .classes import class_add
from .placing import pupil_place

DIRECT_ROWS = 200  # more are compared and entered by the worker
STEP = 50
State = ClassListImport.State
Start = Callable[[ClassListImport], Any]


@transaction.atomic
def class_list_bring(
    *, actor: Actor, school_class: SchoolClass | None, upload: UploadedFile[Any], placed_on: date | None = None
) -> ClassListImport:
    """Read the cells of a table and guess its columns; the file itself is not kept. Raises Refusal."""
    require(actor, "class.keep")
    if school_class is not None:
        require_own(actor, school_class)
    day, today = placed_on or timezone.localdate(), timezone.localdate()
    if day > today:
        raise Refusal("future", "Эта дата ещё не наступила.", field="placed_on")
    title = clean_title(upload.name or "")
    cells: Any = read_cells(upload.read(), title)
    head = head_of(cells)
    made = ClassListImport(
        organisation=actor.at, title=title[:200], school_class=school_class, placed_on=day, cells=cells, head=head,
        columns=guessed(cells, head, today), total=len(cells) - head - 1, run_by=actor.person,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(events.LIST_BROUGHT, actor=actor, subject=made)
    return made


@transaction.atomic
def class_list_map(*, actor: Actor, table: ClassListImport, columns: Sequence[str], start: Start) -> ClassListImport:
    """Take the columns as a person has set them; a small list is compared at once, a large one by the worker."""
    require(actor, "class.keep")
    require_own(actor, table)
    locked = _lock(table)
    _in_state(locked, State.CHOOSING, State.READ)
    kinds = list(columns)
    if any(kind not in TITLES for kind in kinds):
        raise Refusal("unknown", "Такого столбца нет.")
    lacking = lacks(kinds, has_room=locked.school_class is not None)
    if lacking:
        raise Refusal("columns", lacking)
    _note(locked, columns=kinds, state=State.CHECKING, lines=[], done=0, message="")
    if locked.total <= DIRECT_ROWS:
        return class_list_check(actor=actor, table=locked)
    transaction.on_commit(lambda: start(locked))
    return locked


def class_list_check(*, actor: Actor, table: ClassListImport) -> ClassListImport:
    """Read each row and find whom of the register it means; how far it is shows on the page."""
    require(actor, "class.keep")
    require_own(actor, table)
    if table.state != State.CHECKING:
        return table
    room = table.school_class.title if table.school_class else ""
    lines = list(read_lines(table.cells, table.head, table.columns, room, timezone.localdate()))
    _note(table, total=len(lines))
    above = Above()
    for number, line in enumerate(lines, 1):
        compare(actor, line, above)
        if number % STEP == 0:
            _note(table, done=number)
    with transaction.atomic():
        locked = _lock(table)
        if locked.state != State.CHECKING:  # thrown away while it was being compared
            return locked
        if lines:
            _note(locked, state=State.READ, lines=lines, done=len(lines))
        else:
            _note(locked, state=State.FAILED, message="Под заголовком нет ни одной строки с именем.", cells=[])
    return locked


@transaction.atomic
def class_list_confirm(
    *, actor: Actor, table: ClassListImport, looked_at: Collection[str], left_out: Collection[int], start: Start
) -> ClassListImport:
    """Enter the list: every row of it but those that a person has left out. Raises Refusal while a row is unclear."""
    require(actor, "class.keep")
    require_own(actor, table)
    locked = _lock(table)
    _in_state(locked, State.READ)
    lines = [one for one in open_lines(locked) if one["n"] not in left_out]
    settled = {*looked_at, *map(row_id, left_out)}
    unclear = [one["n"] for one in lines if state_of(one, settled) in (BAD, LIKELY)]
    if unclear:
        some = ", ".join(str(number) for number in unclear[:10])
        raise Refusal(
            "unclear", f"Список вносится целиком. Исправьте строки {some} в файле или отметьте их «не вносить»."
        )
    if not lines:
        raise Refusal("nothing", "Вносить нечего: все строки отмечены «не вносить».")
    _note(locked, state=State.WRITING, lines=lines, total=len(lines), done=0)
    if len(lines) <= DIRECT_ROWS:
        return class_list_write(actor=actor, table=locked)
    transaction.on_commit(lambda: start(locked))
    return locked


def class_list_write(*, actor: Actor, table: ClassListImport) -> ClassListImport:
    """Enter a confirmed list in one transaction: all of it, or nothing and the reason.

    `done` says at the end how many were entered: whoever was in the class already is not one of them.
    """
    require(actor, "class.keep")
    require_own(actor, table)
    at = 0
    with transaction.atomic():
        locked = _lock(table)
        if locked.state != State.WRITING:
            return locked
        try:
            with transaction.atomic():
                writing = _Writing(actor, locked)
                for line in locked.lines:
                    at = line["n"]
                    writing.enter(line)
                _note(locked, state=State.DONE, lines=[], cells=[], done=writing.count, message="")
                record(events.LIST_WRITTEN, actor=actor, subject=locked, count=writing.count)
        except (Refusal, ValidationError) as error:
            said = error.message if isinstance(error, Refusal) else " ".join(error.messages)
            _note(locked, state=State.READ, message=f"Строка {at}: {said} Ничего не внесено."[:300], done=0)
    return locked


@transaction.atomic
def class_list_cancel(*, actor: Actor, table: ClassListImport) -> ClassListImport:
    """Throw a list away before it is entered. Raises Refusal for one that is being entered or was."""
    require(actor, "class.keep")
    require_own(actor, table)
    locked = _lock(table)
    if locked.state in (State.WRITING, State.DONE):
        raise Refusal("state", f"Этот список уже не отбросить: {locked.get_state_display()}.")
    _note(locked, state=State.CANCELLED, lines=[], cells=[], message="")
    record(events.LIST_CANCELLED, actor=actor, subject=locked)
    return locked


def class_list_fail(*, table: ClassListImport) -> None:
    """Write into a list that its work broke off; nothing of it was entered."""
    words = "Работа прервалась, ничего не внесено. Загрузите список ещё раз."
    with transaction.atomic():
        locked = _lock(table)
        if locked.is_underway:
            _note(locked, state=State.FAILED, message=words, lines=[], cells=[])


class _Writing:
    """One list on its way into the register: classes by their titles, children made by it so far."""

    def __init__(self, actor: Actor, table: ClassListImport) -> None:
        self.actor, self.table, self.count = actor, table, 0
        self.year = titles.year_of(table.placed_on)
        self.made: set[str] = set()  # twins are no duplicates of each other
        rooms = SchoolClass.objects.visible_to(actor).of_year(self.year)
        self.rooms = {one.title: one for one in rooms.select_related("teacher__user")}
        if table.school_class is not None:
            self.rooms[table.school_class.title] = table.school_class

    def enter(self, line: Line) -> None:
        room = self._room(line["room"])
        if line["child"]:
            self._place(line["child"], room)
            return
        guardian = [*line["guardian"], "", "", ""][:3]
        child = pupil_bring(
            actor=self.actor, school_class=room, on=self.table.placed_on,
            pupil=Brought(
                last_name=line["last"], first_name=line["first"], middle_name=line["middle"], sex=line["sex"],
                birth_date=date.fromisoformat(line["born"]), guardian_last_name=guardian[0],
                guardian_first_name=guardian[1], guardian_middle_name=guardian[2],
                guardian_phone=line["phone"] if guardian[0] else "", kinship=line["kin"], address=line["address"],
                looked_at=frozenset({*self.made, *(one["id"] for one in line["near"])}),
            ),
        )  # fmt: skip
        self.made.add(child.public_id)
        self.count += 1

    def _place(self, public_id: str, room: SchoolClass) -> None:
        child = Child.objects.visible_to(self.actor).filter(public_id=public_id).first()
        if child is None:
            raise Refusal("gone", "Карты этого ребёнка больше нет.")
        if not Placement.objects.present().filter(child=child, school_class=room).exists():
            pupil_place(actor=self.actor, child=child, school_class=room, on=self.table.placed_on)
            self.count += 1

    def _room(self, title: str) -> SchoolClass:
        if title not in self.rooms:
            self.rooms[title] = class_add(actor=self.actor, title=title, year=self.year)
        return self.rooms[title]


def _lock(table: ClassListImport) -> ClassListImport:
    return ClassListImport.objects.select_for_update(of=("self",)).select_related("school_class", "run_by").get(
        pk=table.pk
    )  # fmt: skip


def _in_state(table: ClassListImport, *states: str) -> None:
    if table.state not in states:
        raise Refusal("state", f"Этот список уже {table.get_state_display()}.")


def _note(table: ClassListImport, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(table, name, value)
    table.save(update_fields=list(changes))
