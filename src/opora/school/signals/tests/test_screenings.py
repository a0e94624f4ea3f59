"""Screenings: by class, as a table, what asks for attention."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from secrets import token_hex

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.files.models import StoredFile
from opora.foundation.ui.notices import notices_of
from opora.people.children.models import Child
from opora.school.signals import services
from opora.school.signals.attention import attention_list
from opora.school.signals.ending import tables_forget
from opora.school.signals.models import Screening, ScreeningImport, ScreeningResult
from opora.school.signals.services import Mark
from opora.school.signals.tasks import start
from tests.school_cast import SchoolCast

from .stage import book, many, upload

TODAY = timezone.localdate
MISHA = "Данилов Миша Игоревич"


def begun(people: SchoolCast, by=None) -> Screening:
    return services.screening_start(
        actor=people.actor(by or people.polina), kind="testing", title="СПТ", held_on=TODAY(),
        school_class=people.four_a,
    )  # fmt: skip


def marked(people: SchoolCast, level: str = "special", *, risk: bool = False, by=None) -> ScreeningResult:
    screening = begun(people, by)
    mark = Mark(people.misha.public_id, level, "Показатели высокие", risk)
    services.results_save(actor=people.actor(by or people.polina), screening=screening, marks=[mark])
    return ScreeningResult.objects.get(screening=screening)


def brought(people: SchoolCast, data: bytes, by=None) -> ScreeningImport:
    return services.table_bring(
        actor=people.actor(by or people.polina), kind="testing", title="СПТ", held_on=TODAY(), upload=upload(data),
        start=start,
    )  # fmt: skip


class TestByClass:
    def test_the_table_of_a_class_saves_line_by_line_and_as_a_whole(self, people, as_user):
        screening, client = begun(people), as_user(people.polina)
        child = people.misha.public_id
        page = client.get(reverse("signals:screening", args=[screening.public_id])).content.decode()
        assert MISHA in page
        assert "нет согласия на обследование" in page

        line = {"row": child, f"level-{child}": "raised", f"note-{child}": "Тревожность"}
        saved = client.post(
            reverse("signals:results", args=[screening.public_id]), line, headers={"HX-Request": "true"}
        )
        assert "Сохранено в" in saved.content.decode()
        assert ScreeningResult.objects.get().level == "raised"
        whole = client.post(
            reverse("signals:results", args=[screening.public_id]), line | {f"level-{child}": "special"}
        )
        assert whole.status_code == 302
        assert ScreeningResult.objects.get().level == "special"
        told = Event.objects.filter(person_id=child, code__startswith="screening.result_").order_by("id")
        assert [one.code for one in told] == ["screening.result_recorded", "screening.result_changed"]

    def test_a_line_without_a_level_is_refused_with_what_was_typed(self, people, as_user):
        screening, child = begun(people), people.misha.public_id
        answer = as_user(people.polina).post(
            reverse("signals:results", args=[screening.public_id]), {"row": child, f"note-{child}": "Плачет часто"}
        )
        page = answer.content.decode()

        assert answer.status_code == 422
        assert "Плачет часто" in page
        assert f'href="#level-{child}">Выберите уровень внимания' in page
        assert "Выберите уровень внимания" in page.partition(f'id="level-{child}_error">')[2].partition("</ul>")[0]
        assert not ScreeningResult.objects.exists()

    def test_whoever_saves_a_further_page_comes_back_to_it(self, people, as_user):
        screening, child = begun(people), people.misha.public_id
        address = f"{reverse('signals:results', args=[screening.public_id])}?show=waiting&page=2"
        answer = as_user(people.polina).post(address, {"row": child, f"level-{child}": "raised"})

        assert answer.headers["Location"].endswith("?show=waiting&page=2")

    @pytest.mark.parametrize("who", ["irina", "larisa"])
    def test_only_whoever_runs_it_and_the_chair_fill_it_in(self, people, who):
        screening = begun(people)
        with pytest.raises(PermissionDenied):
            services.results_save(
                actor=people.actor(getattr(people, who)), screening=screening,
                marks=[Mark(people.misha.public_id, "raised")],
            )  # fmt: skip

    def test_a_child_of_another_class_does_not_get_in(self, people):
        with pytest.raises(Refusal, match="не из класса"):
            services.results_save(
                actor=people.actor(people.polina), screening=begun(people), marks=[Mark(people.lev.public_id, "raised")]
            )

    def test_a_screening_of_tomorrow_is_refused(self, people):
        with pytest.raises(Refusal, match="не позже сегодняшней"):
            services.screening_start(
                actor=people.actor(people.polina),
                kind="testing",
                title="СПТ",
                held_on=TODAY() + timedelta(days=1),
                school_class=None,
            )

    def test_a_class_of_thirty_asks_no_more_than_one_of_three(self, people, as_user):
        client, screening, counts = as_user(people.polina), begun(people), []
        address = reverse("signals:screening", args=[screening.public_id])
        client.get(address)
        for children in (many(people.four_a, 3), many(people.four_a, 27)):
            services.results_save(
                actor=people.actor(people.polina), screening=screening,
                marks=[Mark(one.public_id, "raised") for one in children],
            )  # fmt: skip
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestAttention:
    def test_raised_and_special_wait_until_somebody_decides(self, people):
        marked(people, "ordinary")
        waiting = marked(people, "raised")
        elena = people.actor(people.elena)
        assert list(attention_list(elena)) == [waiting]

        services.result_settle(actor=elena, result=waiting, how="meeting")
        assert not attention_list(elena).exists()

    def test_watching_needs_a_reason_and_never_covers_a_risk(self, people, as_user):
        waiting, risky = marked(people), marked(people, "ordinary", risk=True)
        elena = people.actor(people.elena)
        with pytest.raises(Refusal, match="почему заседание не нужно"):
            services.result_settle(actor=elena, result=waiting, how="watched")
        with pytest.raises(Refusal, match="выносят на заседание"):
            services.result_settle(actor=elena, result=risky, how="watched", words="Показалось")
        answer = as_user(people.elena).post(
            reverse("signals:settle"), {"result": waiting.public_id, "words": "Уже в программе"}
        )
        assert answer.status_code == 302
        assert list(attention_list(elena)) == [risky]

    def test_a_mark_of_risk_is_for_the_chair_and_whoever_ran_it(self, people, as_user):
        risky = marked(people, "ordinary", risk=True)

        assert [one.kind for one in notices_of(people.actor(people.elena))] == ["late"]
        for who in (people.irina, people.daniil, people.larisa):
            actor, client = people.actor(who), as_user(who)
            assert not ScreeningResult.objects.visible_to(actor).exists()
            assert not Event.objects.visible_to(actor).filter(subject_id=risky.public_id).exists()
            for page in ("signals:screenings", "signals:attention"):
                assert MISHA not in client.get(reverse(page)).content.decode()
            opened = client.get(reverse("signals:screening", args=[risky.screening.public_id])).content.decode()
            assert MISHA not in opened
        with pytest.raises(PermissionDenied):
            services.result_settle(actor=people.actor(people.irina), result=risky, how="meeting")

    def test_a_class_teacher_reads_no_screenings(self, people, as_user):
        marked(people)
        assert as_user(people.tatiana).get(reverse("signals:screenings")).status_code == 403


class TestTables:
    def test_a_table_is_read_looked_at_and_only_then_written(self, people, as_user):
        client, child = as_user(people.polina), people.misha
        form = {"kind": "testing", "held_on": f"{TODAY():%d.%m.%Y}", "upload": upload(
            book([[MISHA, "4А", "Особое внимание", "Высокая тревожность", ""]]))}  # fmt: skip
        answer = client.post(reverse("signals:table_new"), form)
        assert answer.status_code == 302
        page = client.get(answer.headers["Location"]).content.decode()
        assert "1 строка понятна" in page.replace("\xa0", " ")
        assert not Screening.objects.exists()

        table = ScreeningImport.objects.get()
        done = client.post(reverse("signals:table_confirm", args=[table.public_id]), follow=True)
        assert done.status_code == 200
        made = ScreeningResult.objects.get()
        assert (made.child, made.level, made.note) == (child, "special", "Высокая тревожность")
        table.refresh_from_db()
        assert (table.state, table.lines) == ("done", [])
        assert not StoredFile.objects.get(pk=table.file_id).content
        assert Event.objects.filter(code="screening.result_recorded", person_id=child.public_id).exists()

    def test_columns_stand_in_any_order_under_any_title_and_merged_cells_are_filled(self, people):
        data = book(
            [["", "", "", ""], ["Внимание", "Класс", "Имя", "Фамилия"], ["повышенное", "4 А", "Миша", "Данилов"],
             ["группа риска", "", "Артём", "Агапов"]],
            heads=["Результаты СПТ", "", "", ""], merged=("B4:B5",),
        )  # fmt: skip
        many(people.four_a, 1)
        table = brought(people, data)

        assert [(one["level"], one["room"], bool(one["child"])) for one in table.lines] == [
            ("raised", "4 А", True), ("special", "4 А", True),
        ]  # fmt: skip

    def test_a_misspelt_name_is_offered_and_written_only_when_picked(self, people):
        rows = [["Даниллов Миша Игоревич", "4 «А»", "особое"], ["Никому Неизвестный", "4 «А»", "особое"]]
        table = brought(people, book(rows))
        first, second = table.lines

        assert [one["id"] for one in first["near"]] == [people.misha.public_id]
        assert (second["near"], second["fault"]) == ([], "в классах школы такого нет")
        with pytest.raises(Refusal, match="ни одной строки"):
            services.table_confirm(actor=people.actor(people.polina), table=table, choices={}, start=start)
        with pytest.raises(Refusal, match="ни одной строки"):  # nobody was offered there
            services.table_confirm(
                actor=people.actor(people.polina), table=table, choices={2: people.lev.public_id}, start=start
            )
        services.table_confirm(
            actor=people.actor(people.polina), table=table, choices={2: people.misha.public_id}, start=start
        )
        assert ScreeningResult.objects.get().child == people.misha

    @pytest.mark.parametrize(
        ("row", "fault"),
        [
            ([MISHA, "2 «Б»", "особое"], "не в классе 2 «Б»"),
            ([MISHA, "11 «Я»", "особое"], "не в классе 11 «Я»"),
            ([MISHA, "4А", "так себе"], "непонятный уровень"),
            ([MISHA, "4А", ""], "нет уровня"),
            (["", "4А", "особое"], "нет имени"),
            ([MISHA, "4А", "=1+1"], "нет уровня"),
            ([MISHA, "4А", "особое", "", "наверное"], "непонятная отметка"),
        ],
    )
    def test_each_bad_line_says_what_is_wrong_with_it(self, people, row, fault):
        table = brought(people, book([row]))

        assert fault in table.lines[0]["fault"]
        assert not table.lines[0]["child"]

    def test_misspelt_names_are_found_among_all_when_the_school_is_large(self, people):
        children = many(people.four_a, 120)
        wrong = [f"{one.last_name[0]}{one.last_name[2]}{one.last_name[1]}{one.last_name[3:]}" for one in children]
        rows = [[f"{last} {one.first_name} Ильич", "", "особое"] for last, one in zip(wrong, children, strict=True)]
        table = brought(people, book(rows))

        offered = [{near["id"] for near in line["near"]} for line in table.lines]
        assert not any(line["child"] for line in table.lines)
        assert all(one.public_id in near for one, near in zip(children, offered, strict=True))

    def test_a_child_is_written_once(self, people):
        table = brought(people, book([[MISHA, "4А", "особое"], [MISHA, "4А", "обычное"]]))

        assert [bool(one["child"]) for one in table.lines] == [True, False]
        assert table.lines[1]["fault"] == "этот ребёнок уже есть в строке 2"

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (book([["1", "2"]], heads=["Один", "Два"]), "Не нашлись столбцы"),
            (book([]), "нет ни одной строки"),
            (book([[f"Имя {at}", "4А", "особое"] for at in range(5001)]), "больше 5000 строк"),
        ],
        ids=["other columns", "no row", "too many rows"],
    )
    def test_a_table_that_cannot_be_used_says_what_to_do(self, people, data, words):
        table = brought(people, data)
        table = services.table_read(actor=people.actor(people.polina), table=table)  # for the one of the worker

        assert table.state == "failed"
        assert words in table.message

    def test_a_hostile_file_is_refused_at_the_door_and_nothing_stays(self, people, as_user):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", b"<a/>")
            archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
        client = as_user(people.polina)
        for data in (bomb.getvalue(), b"MZ not a table", b"%PDF-1.4 %%EOF", b"PK\x03\x04 broken"):
            form = {"kind": "testing", "held_on": f"{TODAY():%d.%m.%Y}", "upload": upload(data)}
            assert client.post(reverse("signals:table_new"), form).status_code == 422
        assert not ScreeningImport.objects.exists()

    def test_names_of_a_table_never_become_formulas_or_markup(self, people, as_user):
        table = brought(people, book([["<script>alert(1)</script>", "4А", "особое", "@SUM(A1)"]]))
        page = as_user(people.polina).get(reverse("signals:table", args=[table.public_id])).content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    @pytest.mark.parametrize("who", ["elena", "irina", "larisa", "zakhar"])
    def test_a_table_is_for_whoever_brought_it(self, people, as_user, who):
        table = brought(people, book([[MISHA, "4А", "особое"]]))
        page = reverse("signals:table", args=[table.public_id])

        assert as_user(getattr(people, who)).get(page).status_code == 404

    def test_a_table_is_thrown_away_when_a_child_leaves(self, people):
        table = brought(people, book([[MISHA, "4А", "особое"]]))
        tables_forget(people.school, people.misha.public_id)

        table.refresh_from_db()
        assert (table.state, table.lines) == ("cancelled", [])
        assert MISHA not in str(table.lines)

    def test_the_sample_names_the_school_and_comes_back_as_it_is(self, people, as_user):
        own = as_user(people.polina).get(reverse("signals:template")).content
        assert load_workbook(io.BytesIO(own)).active.max_row == 1  # whom she does not know is not named unasked
        one = as_user(people.polina).get(reverse("signals:template"), {"class": "4а"}).content
        assert load_workbook(io.BytesIO(one)).active.max_row == 2
        data = as_user(people.elena).get(reverse("signals:template")).content
        sheet = load_workbook(io.BytesIO(data)).active

        assert [[cell.value for cell in row][:2] for row in sheet.iter_rows(min_row=2)] == [
            ["Уваров Лев Олегович", "2 «Б»"], [MISHA, "4 «А»"],
        ]  # fmt: skip
        assert all(line["fault"].startswith("нет уровня") for line in brought(people, data).lines)

    def test_a_large_table_goes_to_the_worker_and_is_written_in_batches(
        self, people, django_capture_on_commit_callbacks
    ):
        children = many(people.four_a, 300)
        rows = [[one.full_name, "4 «А»", "повышенное", token_hex(90)] for one in children]
        polina = people.actor(people.polina)
        with django_capture_on_commit_callbacks(execute=True):
            table = brought(people, book(rows))
            assert table.state == "waiting"
        table.refresh_from_db()
        assert (table.state, sum(bool(one["child"]) for one in table.lines)) == ("read", 300)
        with django_capture_on_commit_callbacks(execute=True):
            table = services.table_confirm(actor=polina, table=table, choices={}, start=start)
            assert (table.state, table.total) == ("writing", 300)
        table.refresh_from_db()
        assert (table.state, table.done) == ("done", 300)
        assert ScreeningResult.objects.filter(screening=table.screening).count() == 300


def test_a_specialist_of_another_school_sees_nothing(people, as_user):
    result = marked(people)
    client = as_user(people.zakhar)

    assert client.get(reverse("signals:screening", args=[result.screening.public_id])).status_code == 404
    assert MISHA not in client.get(reverse("signals:attention")).content.decode()
    assert people.misha not in Child.objects.visible_to(people.actor(people.zakhar))


def test_terms_of_the_school_move_the_day_of_the_decision(people, as_user):
    days = {"decide_soon": 1, "decide_planned": 2, "examine_today": 0, "examine_soon": 3, "examine_planned": 4}
    client = as_user(people.elena)

    assert client.post(reverse("signals:terms"), days | {"decide_soon": 999}).status_code == 422
    assert client.post(reverse("signals:terms"), days).status_code == 302
    assert client.get(reverse("signals:terms")).status_code == 200
