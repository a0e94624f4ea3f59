"""An export holds; each kind of tampering is found, and at the right row."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import opora.verification
from opora.verification.__main__ import main
from opora.verification.canon import canonical, entry_digest, event_digest, rows_packed
from opora.verification.checking import NotEvidence, verify_file
from opora.verification.keys import public_text, signed
from opora.verification.sealing import checkpoint_made

from . import made

PUBLIC = public_text(made.KEY)


@pytest.fixture
def check(tmp_path: Path):
    def run(records: list[Any], **options: Any):
        return verify_file(made.written(records, tmp_path / "файл.jsonl"), **({"keys": [PUBLIC]} | options))

    return run


def first(check, records: list[Any], **options: Any) -> str:
    found = check(records, **options).first
    return f"{found.row} — {found.reason}" if found else ""


def test_an_untouched_export_holds(check):
    report = check(made.export())

    assert report.faults == []
    assert report.counts == {"checkpoint": 3, "event": 12, "series": 2, "entry": 12}
    assert report.notes == []


def test_erased_lines_are_counted_and_break_nothing(check):
    report = check(made.export(erased=(2, 4)))

    assert report.good
    assert report.erased == [f"booking/{year}: строка {line}" for year in (2025, 2026) for line in (2, 4)]


def test_an_export_without_contents_holds(check):
    assert check(made.export(with_content=False)).good


def test_a_changed_event_is_named(check):
    records = made.export()
    records[made.place_of(records, kind="event", id=16)]["code"] = "child.changed"

    assert first(check, records) == "событие № 16 — изменено"


@pytest.mark.parametrize("name", ["id", "organisation", "user", "code", "subject_type", "person_id", "details", "at"])
def test_no_field_of_an_event_is_free_to_change(check, name):
    records = made.export()
    records[made.place_of(records, kind="event", id=16)][name] = {"чужое": 1} if name == "details" else "чужое"

    found = check(records).first
    assert found is not None
    assert found.line == made.place_of(made.export(), kind="event", id=16) + 1


def test_a_removed_event_is_named(check):
    records = made.export()
    del records[made.place_of(records, kind="event", id=16)]

    assert first(check, records) == "событие № 16 — пропало со своего места"


def test_an_inserted_event_is_named(check):
    records = made.export()
    records.insert(made.place_of(records, kind="event", id=16), made.event(15))

    assert first(check, records) == "событие № 15 — вставлено: его нет ни в одной отметке"


def test_an_event_added_after_the_last_checkpoint_is_named(check):
    records = made.export()
    records.insert(made.place_of(records, kind="series"), made.event(1000))

    assert first(check, records) == "событие № 1000 — дописано: его не покрывает ни одна отметка"


def test_swapped_events_are_named(check):
    records = made.export()
    here = made.place_of(records, kind="event", id=16)
    records[here], records[here + 1] = records[here + 1], records[here]

    assert first(check, records) == "событие № 16 — пропало со своего места"


def test_a_renumbered_event_is_named(check):
    records = made.export()
    records[made.place_of(records, kind="event", id=16)]["id"] = 17

    assert first(check, records) == "событие № 16 — пропало со своего места"


def forged(records: list[Any], key: Any = made.STRANGER, *, claims: str = PUBLIC) -> list[Any]:
    """All checkpoints and the end written anew over changed events by somebody without the key."""
    events = [one for one in records if one["kind"] == "event"]
    last = next(one for one in reversed(records) if one["kind"] == "checkpoint")
    books = [
        made.state([one for one in records if one["kind"] == "entry" and one["year"] == year], 6)
        for year in (2025, 2026)
    ]
    anew = checkpoint_made(
        key, organisation=made.PLACE, previous=None, events=events, registers=books, made_at=made.WHEN
    )
    anew["statement"]["key"] = claims
    anew["signature"] = signed(key, canonical(anew["statement"]))
    assert last["statement"]["number"] == 3
    kept = [one for one in records[:-1] if one["kind"] != "checkpoint"]
    return made.ended([kept[0], anew, *kept[1:]], key)


def test_a_chain_hashed_anew_without_the_key_is_found(check):
    records = made.export()
    records[made.place_of(records, kind="event", id=16)]["code"] = "child.changed"

    assert first(check, forged(records)) == "отметка № 1 — подпись не верна"
    assert first(check, forged(records, claims=public_text(made.STRANGER))) == (
        "отметка № 1 — подписана неизвестным ключом"
    )


def test_a_forged_signature_is_found(check):
    records = made.export()
    records[2]["signature"] = records[1]["signature"]

    assert first(check, records) == "отметка № 2 — подпись не верна"


def test_a_removed_checkpoint_is_found(check):
    records = made.export()
    del records[2]
    assert first(check, records) == "отметка № 3 — ожидалась отметка № 2: отметка пропала или переставлена"

    records = made.export()
    del records[3]
    report = check(records)
    assert "отметка № 3 — последняя отметка пропала или изменена" in "\n".join(map(str, report.faults))
    assert report.first.row == "событие № 25"  # the first that is not covered any more


def test_a_changed_list_of_rows_is_found(check):
    records = made.export()
    changed = [(one["id"], event_digest(one)) for one in records if one["kind"] == "event"][:4]
    changed[0] = (changed[0][0], "00" * 32)
    records[1]["rows"] = rows_packed(changed)

    assert first(check, records) == "отметка № 1 — перечень событий отметки изменён"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": 9}, "пропущен номер"),
        ({"line": 9}, "пропущена строка"),
        ({"day": "2026-03-03"}, "запись изменена"),
        ({"subject": "cases.case:other"}, "запись изменена"),
        ({"content": {"ребёнок": "Другой"}}, "содержание изменено"),
        ({"previous": "0" * 64}, "строка не связана с предыдущей"),
        ({"user": "boris"}, "запись не та, что заверена отметкой"),
        ({"at": "2026-11-21T10:00:00.000000Z"}, "запись не та, что заверена отметкой"),
    ],
)
def test_a_changed_line_of_a_register_is_named(check, change, reason):
    records = made.export()
    records[made.place_of(records, kind="entry", year=2026, line=3)].update(change)

    assert first(check, records) == f"журнал booking/2026, строка 3 — {reason}"


def test_a_register_hashed_anew_is_found_at_the_row_where_it_begins(check):
    records = made.export()
    here = made.place_of(records, kind="entry", year=2026, line=3)
    records[here]["day"] = "2026-12-31"
    for place in range(here, here + 4):
        records[place]["previous"] = records[place - 1].get("digest", "") if records[place]["line"] > 1 else ""
        records[place]["digest"] = entry_digest(records[place])
    records[here + 3]["corrects"] = records[here + 2]["digest"]
    records[here + 3]["digest"] = entry_digest(records[here + 3])

    assert first(check, records) == "журнал booking/2026, строка 3 — запись не та, что заверена отметкой"


def test_the_cut_tail_of_a_register_is_found(check):
    records = made.export()
    here = made.place_of(records, kind="series", year=2026)
    records[here] |= {"lines": 4, "last": 4, "head": records[here + 4]["digest"]}
    del records[here + 5 : here + 7]

    assert first(check, records) == "журнал booking/2026, строка 5 — пропала: отметка её видела"


def test_a_register_that_is_gone_is_found(check):
    records = made.export()
    here = made.place_of(records, kind="series", year=2026)
    del records[here : here + 7]

    assert first(check, records) == "журнал booking/2026 — пропал целиком: отметка его видела"


def test_a_content_taken_out_after_the_export_is_no_erasure(check):
    records = made.export()
    entry = records[made.place_of(records, kind="entry", year=2026, line=3)]
    del entry["content"], entry["salt"]
    entry["state"] = "erased"

    assert first(check, records) == "журнал booking/2026: строка 3 — содержание убрано после выгрузки"


def test_a_cut_file_is_found(check):
    records = made.export()

    assert first(check, records[:-1]) == "конец файла — файл обрезан: подписанного конца нет"


def test_a_changed_name_in_the_header_is_found(check):
    records = made.export()
    records[0]["name"] = "Другая комиссия"

    assert first(check, records) == "начало файла — изменено"


def test_a_repeated_key_hides_nothing(tmp_path):
    path = made.written(made.export(), tmp_path / "файл.jsonl")
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[6] = lines[6].replace('"code":', '"code":"child.changed","code":')
    path.write_text("\n".join(lines), encoding="utf-8")

    found = [one.line for one in verify_file(path, keys=[PUBLIC]).faults]
    assert 7 in found or found == [len(lines) - 1]
    assert found


def kept(tmp_path: Path, record: Any) -> Path:
    path = tmp_path / "отметка.json"
    path.write_text(canonical(record), encoding="utf-8")
    return path


def test_a_tail_cut_off_in_the_database_is_found_by_a_kept_checkpoint(check, tmp_path):
    """Somebody with the key removes the last events and the checkpoint over them, then exports in good order."""
    whole = made.export()
    aside = kept(tmp_path, whole[3])
    cut = made.ended(
        [one for one in whole[:-1] if one is not whole[3] and not (one["kind"] == "event" and one["id"] > 22)]
    )
    book = made.place_of(cut, kind="series")
    cut = [one for one in cut[:book] if one["kind"] != "end"]
    for year in (2025, 2026):
        rows = made.entries(6, year)[:4]
        state = made.state(rows, 4)
        cut += [{"kind": "series", "series": "booking", "year": year, "last": 4, "lines": 4, "head": state.head}, *rows]
    cut = made.ended(cut)

    assert check(cut).good
    assert first(check, cut, against=[aside]) == (
        "отметка № 3 — хвост обрезан: сохранённая отметка есть, а в файле последняя — № 2"
    )
    assert check(whole, against=[aside]).notes == ["Сохранённая отметка № 3 найдена в файле."]


def test_a_history_written_anew_with_the_key_is_found_by_a_kept_checkpoint(check, tmp_path):
    aside = kept(tmp_path, made.export()[1])
    anew = made.export(events=15)

    assert check(anew).good
    assert first(check, anew, against=[aside]) == "отметка № 1 — история переписана: сохранённая отметка другая"


def test_without_a_known_key_the_report_says_so(check):
    assert check(made.export(), keys=[]).notes == ["Ключ взят из самого файла: чей он, этой проверкой не доказано."]


def test_what_is_no_export_is_told_apart_from_a_bad_one(tmp_path, capsys):
    path = tmp_path / "другое.txt"
    path.write_text("не то\n", encoding="utf-8")

    with pytest.raises(NotEvidence):
        verify_file(path)
    assert main([str(path)]) == 2
    assert main([str(tmp_path / "нет")]) == 2
    assert main([str(made.written(made.export(), path)), "--public-key", str(tmp_path / "нет")]) == 2
    assert "Проверить нельзя" in capsys.readouterr().out


def test_the_command_tells_its_verdict_and_its_speed(tmp_path, capsys):
    records = made.export(erased=(2,))
    good = made.written(records, tmp_path / "файл.jsonl")
    assert main([str(good), "--public-key", PUBLIC]) == 0
    told = capsys.readouterr().out
    assert "ИТОГ: всё сходится." in told
    assert "Стёрто по закону, отпечаток остался: 2; цепочка этим не разорвана" in told
    assert "строк в секунду" in told

    records[5]["code"] = "x"
    assert main([str(made.written(records, good)), "--public-key", PUBLIC]) == 1
    assert "ИТОГ: НЕ СХОДИТСЯ. Первая плохая строка — строка файла 6: событие № 4 — изменено" in capsys.readouterr().out


def test_it_runs_alone_without_django(tmp_path):
    """The folder alone, copied away from the rest of Опора."""
    away = tmp_path / "opora" / "verification"
    away.mkdir(parents=True)
    for path in Path(opora.verification.__file__).parent.glob("*.py"):
        (away / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    path = made.written(made.export(), tmp_path / "файл.jsonl")
    code = (
        "import sys\n"
        "class Wall:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.split('.')[0] in ('django', 'sqlite3', 'psycopg'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Wall())\n"
        "from opora.verification.__main__ import main\n"
        f"sys.exit(main([{str(path)!r}]))"
    )
    run = subprocess.run([sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"],
                         capture_output=True, text=True, check=False)  # fmt: skip

    assert run.returncode == 0, run.stdout + run.stderr
