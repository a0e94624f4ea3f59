"""Whatever is done to an export at random is never missed (hypothesis)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opora.verification.canon import event_digest
from opora.verification.checking import NotEvidence, verify_file
from opora.verification.keys import public_text
from opora.verification.report import Report

from . import made

PUBLIC = public_text(made.KEY)
WHOLE = made.export(events=9, lines=4, erased=(2,))
BYTES = "".join(made.canonical(one) + "\n" for one in WHOLE).encode()
ROWS = [place for place, one in enumerate(WHOLE) if one["kind"] in ("event", "entry")]
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.lists(st.integers(), max_size=2))
often = settings(max_examples=150, deadline=None)


def checked(content: bytes) -> Report | None:
    """None when it is not even taken for an export, which is an alarm too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "файл.jsonl"
        path.write_bytes(content)
        try:
            return verify_file(path, keys=[PUBLIC])
        except NotEvidence:
            return None


def of(records: list[Any]) -> Report | None:
    return checked("".join(made.canonical(one) + "\n" for one in records).encode())


@often
@given(st.sampled_from(ROWS), st.data())
def test_a_change_of_any_field_is_found_at_its_row(place: int, data: st.DataObject):
    records = made.copied(WHOLE)
    name = data.draw(st.sampled_from(sorted(records[place])))
    value = data.draw(VALUES)
    if records[place][name] == value and type(records[place][name]) is type(value):
        return
    records[place][name] = value

    report = of(records)
    assert report is not None
    assert report.first is not None
    assert report.first.line in (place + 1, len(records)) if name == "state" else report.first.line <= place + 1


@often
@given(st.sampled_from(ROWS))
def test_a_removed_row_is_found(place: int):
    report = of(WHOLE[:place] + WHOLE[place + 1 :])

    assert report is not None
    assert report.first is not None
    assert report.first.line == place + 1 or WHOLE[place]["kind"] == "entry"


@often
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, len(WHOLE) - 1))
def test_swapped_lines_are_found(one: int, other: int):
    records = list(WHOLE)
    records[one], records[other] = records[other], records[one]
    if one == other:
        return

    report = of(records)
    assert report is None or (report.first is not None and report.first.line <= max(one, other) + 1)


@often
@given(st.integers(1, len(WHOLE)), st.integers(0, len(WHOLE) - 1))
def test_a_repeated_line_is_found(place: int, source: int):
    report = of([*WHOLE[:place], WHOLE[source], *WHOLE[place:]])

    assert report is not None
    assert report.first is not None


@often
@given(st.integers(1, 40), st.integers(0, 8))
def test_an_invented_event_is_found(number: int, place: int):
    at = made.place_of(WHOLE, kind="event") + place
    report = of([*WHOLE[:at], made.event(number, code="invented"), *WHOLE[at:]])

    assert report is not None
    assert report.first is not None


@often
@given(st.integers(0, 8), st.integers(1, 1 << 40))
def test_a_renumbered_event_is_found(place: int, number: int):
    records = made.copied(WHOLE)
    at = made.place_of(WHOLE, kind="event") + place
    if records[at]["id"] == number:
        return
    records[at]["id"] = number
    events = sorted((one for one in records if one["kind"] == "event"), key=lambda one: one["id"])
    first = made.place_of(WHOLE, kind="event")

    for anew in (records, [*records[:first], *events, *records[first + 9 :]]):
        report = of(anew)
        assert report is not None
        assert report.first is not None


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(BYTES) - 1), st.integers(1, 255))
def test_no_byte_is_free(place: int, mask: int):
    report = checked(BYTES[:place] + bytes([BYTES[place] ^ mask]) + BYTES[place + 1 :])

    assert report is None or not report.good


@often
@given(st.integers(0, len(BYTES)), st.sampled_from([b" ", b"\n", b"\t", b"{}", b"0"]))
def test_nothing_can_be_added_anywhere(place: int, added: bytes):
    report = checked(BYTES[:place] + added + BYTES[place:])

    assert report is None or not report.good


@often
@given(st.integers(1, len(BYTES) - 1))
def test_a_file_cut_anywhere_is_found(length: int):
    report = checked(BYTES[:length])

    assert report is None or not report.good or BYTES[length:] == b"\n"


@often
@given(st.permutations(range(9)))
def test_shuffled_events_are_found(order: list[int]):
    first = made.place_of(WHOLE, kind="event")
    events = [WHOLE[first + one] for one in order]
    report = of([*WHOLE[:first], *events, *WHOLE[first + 9 :]])

    assert report is not None
    assert report.good == (order == sorted(order))


def test_the_untouched_one_is_good_or_the_rest_proves_nothing():
    report = checked(BYTES)

    assert report is not None
    assert report.good
    assert report.counts["event"] == 9
    assert len({event_digest(one) for one in WHOLE if one["kind"] == "event"}) == 9


def fields(record: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every field of a record, at any depth."""
    inside = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    return [way for name, value in inside for way in [(*before, name), *fields(value, (*before, name))]]


def test_a_field_that_is_gone_from_any_record_is_a_verdict_and_no_crash():
    """Also from a checkpoint or from the end, whose fields are read long after their signature was found wrong."""
    for place, record in enumerate(WHOLE):
        for *way, name in fields(record):
            records = made.copied(WHOLE)
            holder = records[place]
            for one in way:
                holder = holder[one]
            del holder[name]
            report = of(records)
            assert report is None or not report.good, (place, way, name)
