"""Clearing what the law takes away: a part after a withdrawal, everything that tells who the child is after an erasure.

What goes is said next to the fields of each model (`Owned.cleared_on_erasure` and its like); this module knows no
model by name but files and the index of entries. Rows stay, so that numbers have no gap and codes are counted.
Nothing here checks a right: the services of `consents` and `retention` do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q, QuerySet

from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import person_path_of
from opora.foundation.registers.models import Entry

Also = Callable[[Organisation, str], None]
_ALSO: list[Also] = []


@dataclass(frozen=True)
class Part:
    """A line of the list of what goes or stays: what, how many rows, by which clause."""

    title: str
    count: int
    clause: str = ""


def also_on_erasure(deed: Also) -> Also:
    """Register what else goes when a card is erased and no field says: an index, a print with many children."""
    _ALSO.append(deed)
    return deed


def person_models() -> Iterator[type[Owned]]:
    """All models whose rows belong to one child."""
    for model in apps.get_models():
        if issubclass(model, Owned) and person_lookup(model):
            yield model


def person_lookup(model: type[models.Model]) -> str:
    """The look-up to the public id of the child's file, by path or by a column of its own; empty for others."""
    column = any(field.name == "person_id" for field in model._meta.local_fields)
    return person_path_of(model) or ("person_id" if column else "")


def rows_of(model: type[models.Model], organisation: Organisation, person_id: str) -> QuerySet[Any]:
    """Rows of one child, seen by the machine: no right is asked here."""
    return model._default_manager.filter(organisation=organisation, **{person_lookup(model): person_id})


def going(organisation: Organisation, person_id: str) -> list[Part]:
    """What a withdrawal takes away, counted in the rows that really hold something."""
    parts = []
    for model in person_models():
        if not model.cleared_on_withdrawal:
            continue
        count = _touched(model, organisation, person_id).count()
        if count:
            parts.append(Part(_title(model), count))
    return parts


def staying(organisation: Organisation, person_id: str) -> list[Part]:
    """What stays by law after a withdrawal, with its clause."""
    parts = []
    for model in person_models():
        if not model.stays_by_law:
            continue
        rows = rows_of(model, organisation, person_id)
        if model.spared_on_withdrawal:
            rows = rows.filter(**model.spared_on_withdrawal)
        count = rows.count()
        if count:
            parts.append(Part(_title(model), count, model.stays_by_law))
    return parts


def _is_told(model: type[Owned]) -> bool:
    """Whether an act counts the rows: not what keeps the card's own books."""
    return bool(model.cleared_on_erasure) and model.called_in_acts is not None


def _title(model: type[Owned]) -> str:
    title = model.called_in_acts or str(model._meta.verbose_name_plural)
    return title[:1].upper() + title[1:]


def _touched(model: type[Owned], organisation: Organisation, person_id: str) -> QuerySet[Any]:
    """Rows of a child in which a withdrawal finds something to clear."""
    rows = rows_of(model, organisation, person_id)
    if model.spared_on_withdrawal:
        rows = rows.exclude(**model.spared_on_withdrawal)
    something = Q()
    for name in model.cleared_on_withdrawal:
        something |= _is_full(model, name)
    return rows.filter(something)


def _is_full(model: type[Owned], name: str) -> Q:
    field = model._meta.get_field(name)
    if field.related_model is StoredFile:
        return Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__content": ""})
    value = model.cleared_on_erasure[name]
    return Q(**{f"{name}__isnull": False}) if value is None else ~Q(**{name: value})


def contents_of(organisation: Organisation, person_id: str) -> list[Part]:
    """All that is kept of a child, counted: what an erasure goes through."""
    told = (model for model in person_models() if _is_told(model))
    counted = ((_title(model), rows_of(model, organisation, person_id).count()) for model in told)
    return [Part(title, count) for title, count in counted if count]


def withdrawal_clear(organisation: Organisation, person_id: str) -> list[Part]:
    """Clear what a withdrawal takes away, and return what it was."""
    parts = going(organisation, person_id)
    for model in person_models():
        if not model.cleared_on_withdrawal:
            continue
        touched = list(_touched(model, organisation, person_id).values_list("pk", flat=True))
        rows = model._default_manager.filter(pk__in=touched)
        files = [name for name in model.cleared_on_withdrawal if name not in model.cleared_on_erasure]
        for name in files:
            files_erase(StoredFile.objects.filter(pk__in=rows.values(name)))
        values = {name: model.cleared_on_erasure[name] for name in model.cleared_on_withdrawal if name not in files}
        if values:
            rows.update(**values)
    transaction.on_commit(leave_no_trace)  # an erasure has it from the destruction of its key
    return parts


def numbers_of(organisation: Organisation, person_id: str) -> list[tuple[str, int, int]]:
    """Series, number and year of all entries about a child: they name it in the journals without its name."""
    every = [public for model in person_models() for public in _addresses(model, organisation, person_id)]
    rows = _entries_of(organisation, every).filter(kind=Entry.Kind.ENTRY).order_by("year", "series__code", "number")
    return list(rows.values_list("series__code", "number", "year"))


def _addresses(model: type[models.Model], organisation: Organisation, person_id: str) -> list[str]:
    return list(rows_of(model, organisation, person_id).values_list("public_id", flat=True))


def _entries_of(organisation: Organisation, addresses: list[str]) -> QuerySet[Entry]:
    return Entry.objects.filter(organisation=organisation, subject_id__in=addresses)


def person_erase(organisation: Organisation, person_id: str) -> dict[str, int]:
    """Clear everything that tells who the child is; the key of the child is destroyed by the caller.

    Returns the number of rows by the title of their kind. Doing it twice changes nothing.
    """
    counts: dict[str, int] = {}
    every = list(person_models())
    rows = {model: list(rows_of(model, organisation, person_id).values_list("pk", "public_id")) for model in every}
    files_erase(_files_of(organisation, person_id, rows))
    addresses = [public for found in rows.values() for _, public in found]
    _entries_of(organisation, addresses).update(**Entry.cleared_on_erasure)
    for model in sorted(every, key=_depth, reverse=True):
        found = [number for number, _ in rows[model]]
        if found and model.cleared_on_erasure and model is not StoredFile:
            model._default_manager.filter(pk__in=found).update(**model.cleared_on_erasure)
        if found and _is_told(model):
            counts[_title(model)] = len(found)
    for deed in _ALSO:
        deed(organisation, person_id)
    return counts


def _depth(model: type[models.Model]) -> int:
    """Rows far from the child first: their way to him must not be cut before they are found."""
    return person_lookup(model).count("__")


def _files_of(
    organisation: Organisation, person_id: str, rows: dict[type[Owned], list[tuple[int, str]]]
) -> QuerySet[StoredFile]:
    """Files that rows of the child name, and those that name the child themselves."""
    wanted = Q(pk__in=[])
    for model, found in rows.items():
        if model is StoredFile:
            wanted |= Q(pk__in=[number for number, _ in found])
            continue
        for field in model._meta.local_fields:
            if field.related_model is StoredFile:
                named = model._default_manager.filter(pk__in=[number for number, _ in found])
                wanted |= Q(pk__in=list(named.exclude(**{field.name: None}).values_list(field.name, flat=True)))
    return StoredFile.objects.filter(wanted, organisation=organisation)


def files_erase(files: QuerySet[StoredFile]) -> int:
    """Take the content of files out of the storage when the transaction commits; size and hash stay."""
    kept = [(one.content.storage, str(one.content.name)) for one in files if one.content]
    numbers = list(files.values_list("pk", flat=True))
    StoredFile.objects.filter(pk__in=numbers).update(**StoredFile.cleared_on_erasure)
    for storage, name in kept:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]
    return len(kept)


def leave_no_trace() -> None:
    """SQLite writes the emptied pages home at once; on PostgreSQL the next vacuum does it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
