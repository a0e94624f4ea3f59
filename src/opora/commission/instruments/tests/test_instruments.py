"""Stories of instruments: filled beside the sheet, saved as they go, scored when complete, inserted as text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.examinations import services as examining
from opora.commission.examinations.models import Examination, Session
from opora.commission.examinations.tests.day import arrived, sheet_begun, today, words, write
from opora.commission.instruments import services
from opora.commission.instruments.models import ScoredInstrument
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Child
from opora.regulations.edition import edition
from opora.regulations.instruments.reading import asked_items, items
from opora.regulations.lag.counting import development_lines

pytestmark = pytest.mark.django_db
LAW = edition("2016")
HTMX = {"headers": {"HX-Request": "true"}}
SCALE = "adaptation_family"


def marks(value: int = 5, **other):
    return {item.code: str(value) for item in items(LAW, SCALE) if item.kind == "scale"} | other


def risk(**other):
    answers = {item.code: "no" for item in asked_items(LAW, "family_risk", 60) if item.kind == "points"}
    parents = {item.code: item.answers[1].code for item in items(LAW, "family_risk") if item.kind == "parental"}
    return answers | parents | other


def lines(months: int, **other):
    return {line.code: str(months) for line in development_lines(LAW)} | other


def at(name: str, sheet: Examination, code: str = SCALE) -> str:
    return reverse(f"instruments:{name}", args=[sheet.public_id, code])


def fill(cast, user, sheet, code=SCALE, answers=None, version=0, **more):
    return services.answers_write(
        actor=cast.actor(user), examination=sheet, instrument=code, base_version=version,
        answers=marks() if answers is None else answers, **more,
    )  # fmt: skip


def data_of(sheet: Examination):
    asked = next(one for one in examining.sheet_of(sheet).sections if one.kind == "data")
    return sheet.sections.get(code=asked.code)


def make_younger(sheet: Examination, months: int) -> None:
    """A child of so many months on the day of the examination."""
    day = sheet.visit.session.day
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    Child.objects.filter(pk=sheet.case.child_id).update(birth_date=date(year, month + 1, min(day.day, 28)))
    sheet.case.child.refresh_from_db()


@pytest.fixture
def sheet(cast) -> Examination:
    return sheet_begun(cast, cast.gleb, arrived(cast))


def test_the_sheet_offers_what_fits_the_child_and_the_specialist(cast, as_user, sheet):
    page = words(as_user(cast.gleb).get(reverse("examinations:sheet", args=[sheet.public_id])))
    assert "Опросники и шкалы" in page
    assert "Оценка негативных факторов семейной социализации" in page
    assert "дети-сироты" in page
    assert "Отставание в эпикризных сроках" not in page, "the child is six"
    make_younger(sheet, 30)
    page = words(as_user(cast.gleb).get(reverse("examinations:sheet", args=[sheet.public_id])))
    assert "Отставание в эпикризных сроках" in page
    assert "дети-сироты" not in page


def test_a_speech_therapist_of_a_schoolchild_has_no_instruments_and_no_empty_panel(cast, as_user):
    own = sheet_begun(cast, cast.vera, arrived(cast))
    vera = as_user(cast.vera)
    assert "Опросники и шкалы" not in words(vera.get(reverse("examinations:sheet", args=[own.public_id])))
    assert vera.get(at("instrument", own)).status_code == 404
    assert vera.post(at("save", own), marks()).status_code == 404
    assert vera.get(at("instrument", own, "telepathy")).status_code == 404


def test_each_click_is_saved_and_the_result_waits_for_the_last_answer(cast, as_user, sheet):
    gleb = as_user(cast.gleb)
    answers = marks()
    last = answers.popitem()
    answer = gleb.post(at("save", sheet), answers | {"version": "0"}, **HTMX)
    assert answer.status_code == 200
    assert "не закончено" in words(answer)
    assert "Вставить в раздел" not in words(answer)
    row = ScoredInstrument.objects.get()
    assert (row.version, len(row.answers), row.edition) == (1, 9, sheet.case.edition)
    answer = gleb.post(at("save", sheet), answers | dict([last]) | {"version": "1"}, **HTMX)
    assert "Вставить в раздел" in words(answer)
    assert "<svg" in words(answer)
    row.refresh_from_db()
    assert row.answers[last[0]] == 5, "answers are kept item by item"
    page = words(gleb.get(at("instrument", sheet)))
    assert f'id="{last[0]}-5" checked' in page


def test_one_sitting_is_one_event_and_holds_no_answers(cast, sheet):
    fill(cast, cast.gleb, sheet, answers={"family_peers": "3"})
    fill(cast, cast.gleb, sheet, answers={"family_peers": "4"}, version=1)
    told = Event.objects.filter(code="instrument.filled")
    assert told.count() == 1
    assert "family_peers" not in str(told.get().details)


def test_an_answer_out_of_range_is_said_beside_its_row_and_the_rest_is_saved(cast, as_user, sheet):
    answer = as_user(cast.gleb).post(at("save", sheet), marks(family_peers="11", version="0"), **HTMX)
    assert answer.status_code == 200
    page = words(answer)
    assert 'id="error-family_peers" hx-swap-oob="true">Нужно целое число от 1 до 10.' in page
    assert len(ScoredInstrument.objects.get().answers) == 9


def test_without_a_script_the_typed_values_come_back_with_the_message(cast, as_user, sheet):
    make_younger(sheet, 30)
    gleb = as_user(cast.gleb)
    answer = gleb.post(at("save", sheet, "lag"), lines(18, active_speech="много", version="0"))
    assert answer.status_code == 422
    page = words(answer)
    assert 'value="много"' in page
    assert "целое число от 0 до 84" in page
    good = gleb.post(at("save", sheet, "lag"), lines(18, version="1"))
    assert good.status_code == 302
    assert "3 эпикризных срока" in words(gleb.get(good.headers["Location"]))


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40, "²"])
def test_a_broken_version_never_breaks_the_page(cast, as_user, sheet, version):
    gleb = as_user(cast.gleb)
    assert gleb.post(at("save", sheet), marks() | {"version": version}, **HTMX).status_code == 200


@pytest.mark.parametrize("value", ["\x00", "5\x00", "💥" * 500, "<script>", "0x5", " 5 "])
def test_hostile_answers_never_break_the_page(cast, as_user, sheet, value):
    gleb = as_user(cast.gleb)
    for code, answers in ((SCALE, marks(family_peers=value)), ("family_risk", risk(birth_unmarried=value))):
        for more in (HTMX, {}):
            answer = gleb.post(at("save", sheet, code), answers, **more)
            assert answer.status_code in (200, 302, 409, 422)
            assert b"<script>;" not in answer.content


def test_the_result_is_put_behind_what_is_written_and_only_once(cast, as_user, sheet):
    write(cast, cast.gleb, sheet, "data", "Контактен.")
    fill(cast, cast.gleb, sheet, "family_risk", risk())
    gleb = as_user(cast.gleb)
    answer = gleb.post(at("insert", sheet, "family_risk"))
    section = data_of(sheet)
    assert answer.headers["Location"].endswith(f"#section-{section.code}")
    assert section.text.startswith("Контактен.\n\nОпросник «Оценка негативных факторов")
    assert "сумма баллов — 0" in section.text
    again = gleb.post(at("insert", sheet, "family_risk"), follow=True)
    assert "уже стоит в разделе" in words(again)
    assert data_of(sheet).text == section.text
    assert Event.objects.filter(code="instrument.inserted").count() == 1


def test_a_half_filled_instrument_is_not_inserted(cast, as_user, sheet):
    fill(cast, cast.gleb, sheet, answers={"family_peers": "3"})
    answer = as_user(cast.gleb).post(at("insert", sheet), follow=True)
    assert "заполнена не до конца" in words(answer)
    assert data_of(sheet).text == ""
    assert not Event.objects.filter(code="instrument.inserted").exists()


def test_two_who_fill_at_once_see_each_other(cast, as_user, sheet):
    fill(cast, cast.gleb, sheet, answers=marks(4))
    head = fill(cast, cast.boris, sheet, answers=marks(7), version=1)
    assert (head.conflict, head.record.version) == (False, 2)
    late = as_user(cast.gleb).post(at("save", sheet), marks(5, version="1"), **HTMX)
    assert "Ответы изменил другой сотрудник" in words(late)
    assert "Борисов" in words(late)
    assert ScoredInstrument.objects.get().answers["family_peers"] == 7
    as_user(cast.gleb).post(at("save", sheet), marks(5, version="1", settled="1"), **HTMX)
    assert ScoredInstrument.objects.get().answers["family_peers"] == 5
    assert Event.objects.filter(code="instrument.settled").count() == 1


def test_a_finished_sheet_is_closed_and_a_colleague_only_reads(cast, as_user, sheet):
    fill(cast, cast.gleb, sheet)
    other = sheet_begun(cast, cast.sofia, sheet.visit)
    assert other.pk != sheet.pk
    sofia = as_user(cast.sofia)
    assert sofia.get(at("instrument", sheet)).status_code == 200
    assert sofia.post(at("save", sheet), marks(9)).status_code == 403
    assert sofia.post(at("insert", sheet)).status_code == 403
    write(cast, cast.gleb, sheet, "conclusion", "Нуждается в занятиях.")
    examining.examination_finish(actor=cast.actor(cast.gleb), examination=sheet)
    answer = as_user(cast.gleb).post(at("save", sheet), marks(9), **HTMX)
    assert (answer.status_code, ScoredInstrument.objects.get().answers["family_peers"]) == (422, 5)
    assert "Лист завершён" in words(answer)
    assert "disabled" in words(as_user(cast.gleb).get(at("instrument", sheet)))


def test_a_stranger_sees_nothing_and_the_registrar_has_no_right(cast, as_user, sheet):
    fill(cast, cast.gleb, sheet)
    assert as_user(cast.zakhar).get(at("instrument", sheet)).status_code == 404
    assert as_user(cast.anna).get(at("instrument", sheet)).status_code == 403
    with pytest.raises(PermissionDenied):
        fill(cast, cast.anna, sheet)


def test_an_instrument_for_another_age_is_not_filled(cast, as_user, sheet):
    make_younger(sheet, 60)
    page = words(as_user(cast.gleb).get(at("instrument", sheet)))
    assert "Шкала составлена для школьного возраста" in page
    assert 'type="radio"' not in page
    with pytest.raises(Refusal) as refused:
        fill(cast, cast.gleb, sheet)
    assert refused.value.code == "not_for_age"
    with pytest.raises(Refusal) as refused:
        fill(cast, cast.gleb, sheet, "lag", lines(12))
    assert refused.value.code == "not_for_age"


def test_a_child_of_three_and_a_half_is_counted_with_a_warning(cast, as_user, sheet):
    make_younger(sheet, 42)
    fill(cast, cast.gleb, sheet, "lag", lines(24))
    page = words(as_user(cast.gleb).get(at("instrument", sheet, "lag")))
    assert "это другая шкала" in page
    assert "Возможная формулировка" in page


def test_a_birthday_after_the_examination_is_said_and_breaks_nothing(cast, as_user, sheet):
    Child.objects.filter(pk=sheet.case.child_id).update(birth_date=today() + timedelta(days=40))
    gleb = as_user(cast.gleb)
    for code in ("lag", SCALE, "family_risk"):
        assert gleb.get(at("instrument", sheet, code)).status_code == 200
        assert gleb.post(at("save", sheet, code), marks(), **HTMX).status_code == 422
    assert gleb.get(reverse("examinations:sheet", args=[sheet.public_id])).status_code == 200


def earlier(cast, sheet: Examination, value: int, days: int) -> ScoredInstrument:
    """The same child, examined before."""
    session = Session.objects.create(
        organisation=cast.commission,
        day=sheet.visit.session.day - timedelta(days=days),
        place=sheet.visit.session.place,
    )
    visit = type(sheet.visit).objects.create(organisation=cast.commission, session=session, case=sheet.case)
    before = Examination.objects.create(
        organisation=cast.commission, visit=visit, case=sheet.case, specialist=sheet.specialist,
        position=sheet.position, speciality=sheet.speciality,
    )  # fmt: skip
    return ScoredInstrument.objects.create(
        organisation=cast.commission, examination=before, instrument=SCALE, edition="2016", filled_on=session.day,
        answers={code: int(mark) for code, mark in marks(value).items()}, user=cast.gleb, version=1,
    )  # fmt: skip


def test_repeat_examinations_stand_side_by_side(cast, as_user, sheet):
    old = earlier(cast, sheet, 3, 120)
    fill(cast, cast.gleb, sheet)
    page = words(as_user(cast.gleb).get(at("instrument", sheet)))
    assert "Динамика" in page
    assert f"{old.filled_on:%d.%m.%Y}" in page
    assert "stroke-dasharray" in page, "the earlier profile has a stroke of its own"
    assert "Динамика" not in words(as_user(cast.gleb).get(at("instrument", old.examination))), (
        "what came later is not shown"
    )


def test_the_page_costs_the_same_with_many_examinations(cast, as_user, sheet):
    gleb = as_user(cast.gleb)
    fill(cast, cast.gleb, sheet)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            gleb.get(at("instrument", sheet))
        return len(queries)

    earlier(cast, sheet, 3, 100)
    cost()
    few = cost()
    for days in range(200, 1000, 100):
        earlier(cast, sheet, 4, days)
    assert cost() <= few + 1
