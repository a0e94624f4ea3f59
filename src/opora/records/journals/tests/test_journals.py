"""The two journals read the registers: every column, every correction, nothing typed twice, nothing hidden."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from opora.commission.conclusions.services import conclusion_annul, conclusion_sign
from opora.commission.conclusions.tests.stage import DIAGNOSIS, TOMORROW, discussed, ready
from opora.commission.examinations.models import Session
from opora.commission.intake import services as intake
from opora.commission.intake.tests import stage as reception
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add
from opora.foundation.ui.desk import desk_of
from opora.people.children.search import index_rebuild
from opora.records.documents.tests.paper_text import text_of, words_of
from opora.records.journals import lines, printing, services, tasks
from opora.records.journals.models import Certification, JournalPrint
from opora.records.journals.services import registers
from tests import cast as people

ALL_TIME = {"since": "2020-01-01", "until": "2030-12-31"}
SESSION_DAY = date(2026, 11, 20)


@pytest.fixture
def booked(cast, daria_child):
    """A booking made for Миша and moved to another hour."""
    reception.to_school(cast, daria_child)
    case = reception.ready(cast, daria_child, initiator="education", referred_by=cast.school, has_referral=True)
    place = reception.place_of(cast.commission)
    anna = cast.actor(cast.anna)
    booking = intake.booking_make(actor=anna, case=case, slot=reception.slot_at(place), on=reception.today())
    intake.booking_move(
        actor=anna, booking=booking, slot=reception.slot_at(place, hour=12), on=reception.today(), reason="просьба мамы"
    )
    return case


@pytest.fixture
def signed(known_day, cast, daria_child):
    draft = ready(cast, discussed(cast, daria_child))
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=TOMORROW)


@pytest.fixture
def closed(cast, signed):
    Session.objects.update(state=Session.State.CLOSED)
    return Session.objects.get()


def filled(cast, count, series="booking"):
    """Lines of a journal as the register holds them."""
    from opora.commission.cases.models import Case
    from opora.commission.intake.models import Booking, Slot

    child = people.child_of(cast.commission, "Егоров", "Егор")
    place = reception.place_of(cast.commission, f"Зал {series}")
    case = Case.objects.create(
        organisation=cast.commission, child=child, number=500, year=2026, edition="2016",
        opened_on=SESSION_DAY, status_since=SESSION_DAY,
    )  # fmt: skip
    for number in range(count):
        slot = Slot.objects.create(
            organisation=cast.commission, place=place, day=SESSION_DAY + timedelta(days=number),
            starts="10:00", ends="11:00",
        )  # fmt: skip
        subject = Booking(organisation=cast.commission, case=case, slot=slot, state="cancelled")
        subject.save()
        entry_add(
            actor=cast.actor(cast.anna), series=series, day=SESSION_DAY, subject=subject,
            content={"day": slot.day.isoformat(), "time": "10:00", "child_name": f"Егоров Егор {number}"},
        )  # fmt: skip


def test_a_moved_booking_stays_readable_beside_its_correction(cast, booked, as_user):
    page = words_of(as_user(cast.anna).get("/journals/booking/"))
    first, second = Entry.objects.filter(series__code="booking").order_by("line")
    assert f"<s>{lines.number_of(first)}</s>" in page
    assert f"исправлена {second.day:%d.%m.%Y}" in page
    assert second.number == first.number
    assert f"исправляет № {lines.number_of(first)}: Перенос с" in page
    assert "просьба мамы" in page
    assert "Школа № 7, направление есть" in page
    assert Event.objects.filter(code="journal.opened").exists()


def test_the_printed_journal_holds_all_columns_and_the_correction(cast, booked, as_user):
    response = as_user(cast.anna).get("/journals/booking/journal.pdf", ALL_TIME)
    assert response["Content-Type"] == "application/pdf"
    text = text_of(response.content)
    for words in ("ЖУРНАЛ ЗАПИСИ ДЕТЕЙ НА ОБСЛЕДОВАНИЕ", "Данилов", "15.01.2020", "daria@", "Школа № 7", "12:00"):
        assert words in text
    assert "Запись № 1/" in text
    assert "исправляет № 1/" in text.lower()
    assert f"исправлена {reception.today():%d.%m.%Y}" in text.lower()


def test_the_journal_goes_to_excel_with_the_columns_of_the_letter(cast, booked, as_user):
    response = as_user(cast.anna).get("/journals/booking/", {"format": "xlsx"})
    sheet = load_workbook(BytesIO(response.content)).active
    heads = [cell.value for cell in sheet[1]]
    assert heads[2:13] == [
        "Дата приёма", "Время", "Ф. И. О. ребёнка", "Дата рождения", "Ф. И. О. представителя", "Контакты",
        "Образовательная организация", "Кем направлен", "Диагноз", "Инвалидность", "Запрос",
    ]  # fmt: skip
    assert sheet.max_row == 3


def test_a_child_is_found_in_the_journal_by_a_name_with_a_typo(cast, booked, as_user):
    index_rebuild(cast.commission)
    client = as_user(cast.anna)
    assert "Данилов Миша Игоревич" in words_of(client.get("/journals/booking/", {"q": "миша даниллов"}))
    assert "Данилов Миша" not in words_of(client.get("/journals/booking/", {"q": "Петров"}))


def test_a_signed_conclusion_is_a_line_of_the_second_journal(cast, signed, as_user):
    page = words_of(as_user(cast.anna).get("/journals/examined/"))
    assert "Данилов Миша Игоревич" in page
    assert f"№ {signed.number} от 21.11.2026" in page
    assert DIAGNOSIS in page
    text = text_of(as_user(cast.anna).get("/journals/examined/journal.pdf", ALL_TIME).content)
    assert "Заседание ПМПК 20 ноября 2026 г." in text
    assert "Борисов Б. Б." in text
    assert "Васильева В. В." in text


def test_an_annulled_line_stays_and_names_its_reason(cast, signed, as_user):
    conclusion_annul(actor=cast.actor(cast.boris), conclusion=signed, on=TOMORROW, reason="ошибка в варианте программы")
    page = words_of(as_user(cast.anna).get("/journals/examined/"))
    assert "<s>1/2026</s>" in page
    assert "аннулирована 21.11.2026" in page
    assert "аннулирует № 1/2026: ошибка в варианте программы" in page
    text = text_of(as_user(cast.anna).get("/journals/examined/journal.pdf", ALL_TIME).content)
    assert "Аннулирована 21.11.2026" in text


def test_the_head_certifies_the_lines_of_a_closed_session(cast, closed, as_user):
    boris = as_user(cast.boris)
    assert "Ждут заверения" in words_of(boris.get("/journals/examined/"))
    assert "Заверить записи журнала учёта" in [duty.todo for duty in desk_of(cast.actor(cast.boris), TOMORROW).today]
    address = f"/journals/sessions/{closed.public_id}/"
    assert "Заверить 1 запись" in words_of(boris.get(address))
    response = boris.post(f"{address}certify/", {"on": "21.11.2026", "form_key": "one"})
    assert response.status_code == 302
    boris.post(f"{address}certify/", {"on": "21.11.2026", "form_key": "one"})
    certification = Certification.objects.get()
    assert certification.signers[0]["name"].startswith("Борисов")
    assert len(certification.signers) == 3
    assert certification.numbers == ["1/2026"]
    assert "Ждут заверения" not in words_of(boris.get("/journals/examined/"))
    assert "Заверено" in words_of(boris.get(address))
    assert Event.objects.filter(code="journal.session_certified").count() == 1


def test_an_open_session_is_not_certified_nor_twice_nor_by_the_secretary(cast, signed, as_user):
    session = Session.objects.get()
    boris = cast.actor(cast.boris)
    with pytest.raises(Refusal, match="ещё не завершено"):
        services.session_certify(actor=boris, session=session, on=TOMORROW)
    Session.objects.update(state=Session.State.CLOSED)
    with pytest.raises(Refusal, match="не раньше дня заседания"):
        services.session_certify(actor=boris, session=session, on=SESSION_DAY - timedelta(days=1))
    services.session_certify(actor=boris, session=session, on=TOMORROW)
    with pytest.raises(Refusal, match="нет незаверенных записей"):
        services.session_certify(actor=boris, session=session, on=TOMORROW)
    address = f"/journals/sessions/{session.public_id}/certify/"
    assert as_user(cast.anna).post(address, {"on": "21.11.2026"}).status_code == 403
    assert as_user(cast.zakhar).post(address, {"on": "21.11.2026"}).status_code == 404
    refused = as_user(cast.boris).post(address, {"on": "21.11.2026"})
    assert refused.status_code == 422


def test_a_line_added_after_the_certification_is_certified_by_another_one(cast, closed, signed):
    boris = cast.actor(cast.boris)
    services.session_certify(actor=boris, session=closed, on=TOMORROW)
    conclusion_annul(actor=boris, conclusion=signed, on=TOMORROW, reason="ошибка")
    assert services.sessions_to_certify(boris) == [closed]
    second = services.session_certify(actor=boris, session=closed, on=TOMORROW)
    assert second.numbers == ["1/2026"]
    assert closed.certifications.count() == 2


def test_a_long_journal_is_made_by_the_worker(cast, booked, as_user, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(services, "DIRECT_LIMIT", 1)
    monkeypatch.setattr(printing, "CHUNK", 1)
    client = as_user(cast.anna)
    asked = client.get("/journals/booking/journal.pdf", ALL_TIME)
    assert asked.status_code == 302
    assert "готовится отдельно" in words_of(client.get(asked["Location"]))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/journals/booking/order/", ALL_TIME | {"form_key": "print"})
    order = JournalPrint.objects.get()
    assert (order.state, order.done, order.total) == ("ready", 2, 2)
    assert "Журнал готов" in words_of(client.get(response["Location"]))
    file = client.get(f"/journals/prints/{order.public_id}/journal.pdf")
    assert "Данилов" in text_of(file.content)
    assert as_user(cast.zakhar).get(response["Location"]).status_code == 404
    assert as_user(cast.vera).get(response["Location"]).status_code == 403


def test_a_long_journal_that_fails_says_so(cast, booked, monkeypatch):
    def broken(*args, **kwargs):
        raise registers.RenderingError("no")

    monkeypatch.setattr(registers, "render_pdf", broken)
    order = services.print_order(
        actor=cast.actor(cast.anna), journal=lines.BOOKING, since=date(2026, 1, 1), until=date(2027, 1, 1),
        start=lambda public_id: None,
    )  # fmt: skip
    made = services.print_make(actor=cast.actor(cast.anna), order=order)
    assert made.state == "failed"
    assert "не удалось" in made.message


def test_a_print_ordered_by_someone_who_has_left_is_not_made(cast, booked):
    order = services.print_order(
        actor=cast.actor(cast.anna), journal=lines.BOOKING, since=date(2026, 1, 1), until=date(2027, 1, 1),
        start=lambda public_id: None,
    )  # fmt: skip
    Position.objects.filter(user=cast.anna).update(ended_on=date(2024, 2, 1))
    tasks.start(order)
    order.refresh_from_db()
    assert (order.state, order.file) == ("failed", None)


@pytest.mark.parametrize("since", ["", "вчера", "31.02.2026"])
def test_a_bad_period_is_shown_again_with_its_error(cast, as_user, since):
    client = as_user(cast.anna)
    response = client.get("/journals/examined/journal.pdf", {"since": since, "until": "2026-01-01"}, follow=True)
    assert response.status_code == 422
    reversed_period = {"since": "2026-02-01", "until": "2026-01-01"}
    page = client.get("/journals/examined/journal.pdf", reversed_period, follow=True)
    assert "Конец периода раньше его начала" in words_of(page)


def test_journals_are_walled_by_the_organisation(cast, booked, as_user):
    assert "Данилов" not in words_of(as_user(cast.zakhar).get("/journals/booking/"))
    assert as_user(cast.olga).get("/journals/booking/").status_code == 403
    assert as_user(cast.vera).get("/journals/booking/").status_code == 403
    assert as_user(cast.vera).get("/journals/booking/journal.pdf", ALL_TIME).status_code == 403


@pytest.mark.parametrize("address", ["/journals/booking/", "/journals/examined/"])
def test_a_long_page_asks_the_database_no_more_than_a_short_one(cast, as_user, address):
    series = address.split("/")[2]
    client = as_user(cast.anna)
    filled(cast, 3, series)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as short:
        client.get(address)
    Entry.objects.filter(series__code=series).first()
    for entry in range(27):
        entry_add(
            actor=cast.actor(cast.anna), series=series, day=SESSION_DAY, subject=cast.anna,
            content={"child_name": f"Ещё {entry}"},
        )  # fmt: skip
    with CaptureQueriesContext(connection) as long:
        page = client.get(address)
    assert "Ещё 26" in words_of(page)
    assert len(long) == len(short)
