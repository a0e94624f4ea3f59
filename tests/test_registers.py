"""Registers keep their promise: no gap, no rewriting, a mistake is mended by a new line (C-12, C-13)."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from opora.foundation.accounts.actors import SystemActor
from opora.foundation.identifiers import public_id
from opora.foundation.organisations.scope import within
from opora.foundation.registers.models import Entry, Series
from opora.foundation.registers.services import entry_add, faults, snapshot_freeze, snapshot_is_whole

from . import cast as people
from .tampering import behind_the_guards

DAY = date(2026, 3, 2)


class Abandoned(Exception):
    """The act was not completed."""


def register(place, *, day: date = DAY, fails: bool = False, **content: str) -> Entry | None:
    """One registration in a transaction of its own; a failing one takes a number and gives it back."""
    try:
        with transaction.atomic():
            entry = entry_add(
                actor=SystemActor(place), series="test", day=day, subject=place, content=content or {"line": "x"}
            )
            if fails:
                raise Abandoned
            return entry
    except Abandoned:
        return None


def numbers(place) -> list[int]:
    return list(Entry.objects.of(place).order_by("number").values_list("number", flat=True))


def fates(count: int) -> list[bool]:
    """Three of ten are rolled back, in an order that is the same in each run."""
    fate = [index % 10 < 3 for index in range(count)]
    random.Random(7).shuffle(fate)
    return fate


def test_abandoned_registrations_leave_no_gap(cast):
    kept = [register(cast.commission, fails=fails) for fails in fates(200)]

    assert numbers(cast.commission) == list(range(1, 141))
    assert len([entry for entry in kept if entry]) == 140
    assert list(faults()) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_with_a_third_abandoned_leave_no_gap():
    place = people.organisation("territorial_commission", "ПМПК Заречного района")

    def one(fails: bool) -> None:
        try:
            with within(place):
                register(place, fails=fails)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=20) as crowd:
        list(crowd.map(one, fates(200)))

    assert numbers(place) == list(range(1, 141))
    assert list(faults()) == []


def test_each_organisation_series_and_year_counts_from_one(cast):
    first = register(cast.commission)
    other_place = register(cast.other)
    next_year = register(cast.commission, day=date(2027, 1, 11))

    assert (first.number, other_place.number, next_year.number) == (1, 1, 1)
    assert Series.objects.count() == 3


def test_a_number_is_not_taken_outside_a_transaction(transactional_db):
    place = people.organisation("territorial_commission", "ПМПК Заречного района")

    with pytest.raises(RuntimeError):
        entry_add(actor=SystemActor(place), series="test", day=DAY, subject=place, content={})


@pytest.fixture
def journal(cast):
    return [register(cast.commission, line=f"строка {index}") for index in range(1, 6)]


def reasons() -> list[tuple[int, str]]:
    return [(fault.line, fault.reason) for fault in faults()]


def rewritten(entry: Entry, content: dict[str, str]) -> None:
    """By somebody who has the key as well: the chain notices."""
    entry.content = content
    entry.save(update_fields=["content"])


def test_a_whole_journal_has_no_fault(journal):
    assert reasons() == []


def test_a_changed_line_is_found(journal):
    rewritten(journal[2], {"line": "иначе"})

    assert reasons() == [(3, "содержание изменено")]


def test_a_line_with_another_date_is_found(journal):
    with behind_the_guards():
        Entry.objects.filter(pk=journal[1].pk).update(day=date(2026, 3, 3))

    assert reasons() == [(2, "запись изменена")]


def test_a_removed_line_is_found(journal):
    with behind_the_guards():
        Entry.objects.filter(pk=journal[2].pk).delete()

    assert reasons() == [(3, "пропущена строка")]


def test_a_removed_last_line_is_found(journal):
    with behind_the_guards():
        Entry.objects.filter(pk=journal[-1].pk).delete()

    assert reasons() == [(5, "конец журнала не сходится со счётчиком")]


def test_two_lines_that_changed_places_are_found(journal):
    second, third = journal[1], journal[2]
    with behind_the_guards():
        Entry.objects.filter(pk=second.pk).update(line=100)
        Entry.objects.filter(pk=third.pk).update(line=2)
        Entry.objects.filter(pk=second.pk).update(line=3)

    assert reasons() == [(2, "пропущен номер")]


def test_an_erased_content_keeps_the_chain_whole(journal):
    """What the law orders to destroy goes; the evidence that a line stood here stays."""
    Entry.objects.filter(pk=journal[2].pk).update(content={})

    assert reasons() == []


def test_a_mistake_is_mended_by_a_new_line_that_names_the_old(cast, journal):
    with transaction.atomic():
        entry = entry_add(
            actor=SystemActor(cast.commission), series="test", day=DAY, subject=cast.commission,
            content={"reason": "ошибка в фамилии"}, kind=Entry.Kind.ANNULMENT, corrects=journal[1],
        )  # fmt: skip

    assert (entry.line, entry.number, entry.corrects) == (6, 2, journal[1])
    assert register(cast.commission, line="следующая").number == 6
    assert reasons() == []
    with behind_the_guards():
        Entry.objects.filter(pk=entry.pk).update(corrects=journal[2])
    assert reasons() == [(6, "пропущен номер")]


def test_the_same_words_have_another_commitment_each_time(cast):
    """Else whoever holds an export tries the names he suspects, also after an erasure."""
    first, second = (register(cast.commission, name="Данилов Миша") for _ in range(2))

    assert len(first.salt) >= 32
    assert first.salt != second.salt
    assert first.commitment != second.commitment


@pytest.mark.parametrize("name", ["number", "line"])
def test_the_database_itself_refuses_a_number_or_a_line_twice(journal, name):
    twice = Entry.objects.get(pk=journal[2].pk)
    assert twice.content, "opened while the row is still where it was sealed"
    assert twice.salt
    twice.pk, twice.public_id = None, public_id()
    if name == "number":
        twice.line = 100
    else:
        twice.number = 100

    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)


def test_a_frozen_paper_shows_that_it_was_touched(cast):
    with transaction.atomic():
        paper = snapshot_freeze(
            actor=SystemActor(cast.commission), form="conclusion", subject=cast.commission, content={"б": 1, "а": [2]}
        )

    assert snapshot_is_whole(paper)
    paper.content["б"] = 2
    assert not snapshot_is_whole(paper)
