"""The pages of the reception as people use them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.commission.intake import services
from opora.commission.intake.models import Application, Booking, DayTemplate, Paper, PaperFile, Place, Slot
from tests.cast import child_of

from .stage import apply, mother_of, place_of, ready, receive, slot_at, today

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def address(name, row):
    return reverse(f"intake:{name}", args=[row.public_id])


@pytest.fixture
def anna(cast, as_user):
    return as_user(cast.anna)


@pytest.fixture
def boris(cast, as_user):
    return as_user(cast.boris)


def filled(child, **fields):
    return {
        "applicant": mother_of(child).public_id, "is_repeat": "", "reason": "Трудности в обучении", "request": "",
        "initiator": "parent", "sender": "", "source": "visit", "filing": "in_person", "wants_copies": "on",
        "on": f"{today():%d.%m.%Y}", "form_key": "key-1",
    } | fields  # fmt: skip


def test_from_the_application_to_the_booked_hour(cast, daria_child, anna):
    new = address("application_new", daria_child)
    assert "Данилова Дарья Петровна — мать" in anna.get(new).content.decode()
    anna.post(new, filled(daria_child, initiator="education", sender="Детский сад № 3"))
    case = Case.objects.get()
    assert Application.objects.get().referred_by.short_name == "Детский сад № 3"
    page = anna.get(address("receive", case)).content.decode()
    assert f"{today():%d.%m.%Y}" in page
    day = f"{today():%d.%m.%Y}"
    scan = SimpleUploadedFile("заявление.pdf", PDF)
    anna.post(
        address("receive", case),
        {"application_on": day, "consent_child_on": day, "consent_guardian_on": day, "application_scan": scan},
    )
    assert Application.objects.get().scan.content_type == "application/pdf"
    assert PaperFile.objects.get().paper.requirement == "application"
    for paper in case.papers.missing():
        anna.post(address("paper_receive", paper))
    assert "Все обязательные документы здесь" in anna.get(address("papers", case)).content.decode()
    anna.post(address("accept_papers", case), {"form_key": "key-2"})
    slot = slot_at(place_of(cast.commission))
    assert slot.public_id in anna.get(address("book", case)).content.decode()
    anna.post(address("book", case), {"slot": slot.public_id})
    case.refresh_from_db()
    assert (case.status, Booking.objects.get().slot) == ("booked", slot)
    board = anna.get(reverse("intake:board"), {"week": slot.day.isoformat()}).content.decode()
    assert daria_child.short_name in board
    page = anna.get(reverse("cases:case", args=[case.public_id])).content.decode()
    for words in ("Заявление", "Документы", "Запись", slot.when, "Перенести"):
        assert words in page


def test_a_double_click_opens_one_case(cast, daria_child, anna):
    first = anna.post(address("application_new", daria_child), filled(daria_child))
    second = anna.post(address("application_new", daria_child), filled(daria_child))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_a_second_application_leads_to_the_open_case(cast, daria_child, anna):
    case = apply(cast, daria_child)
    answer = anna.get(address("application_new", daria_child))
    assert answer.status_code == 409
    assert reverse("cases:case", args=[case.public_id]) in answer.content.decode()


def test_wrong_answers_come_back_with_what_was_typed(cast, daria_child, anna):
    tomorrow = f"{today() + timedelta(days=1):%d.%m.%Y}"
    answer = anna.post(
        address("application_new", daria_child), filled(daria_child, reason="<b>Речь</b> 🙂 {{ 7*7 }}", on=tomorrow)
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ещё не наступила" in page
    assert "&lt;b&gt;Речь&lt;/b&gt; 🙂 {{ 7*7 }}" in page
    assert not Case.objects.exists()


def test_a_text_of_six_megabytes_is_answered_in_words(cast, daria_child, as_user):
    anna = as_user(cast.anna)
    anna.raise_request_exception = False
    answer = anna.post(address("application_new", daria_child), filled(daria_child, reason="я" * 3_000_000))
    assert answer.status_code == 400
    assert "сократите текст" in answer.content.decode()


def test_an_unnamed_sender_is_asked_for(cast, daria_child, anna):
    answer = anna.post(address("application_new", daria_child), filled(daria_child, initiator="other"))
    assert answer.status_code == 422
    assert "какая организация направила" in answer.content.decode()


def test_a_repeat_application_is_filed_as_it_stands(cast, daria_child, anna):
    first = apply(cast, daria_child, initiator="medical", reason="Речь")
    Case.objects.filter(pk=first.pk).update(status="handed")
    form = anna.get(address("application_new", daria_child)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    values["on"] = f"{today():%d.%m.%Y}"
    assert anna.post(address("application_new", daria_child), values).status_code == 302
    again = Application.objects.latest("pk")
    assert (again.is_repeat, again.initiator, again.reason) == (True, "medical", "Речь")


def test_several_scans_at_once_and_the_bad_one_is_told_of(cast, daria_child, anna):
    case = receive(cast, apply(cast, daria_child))
    paper = case.papers.get(requirement="medical_extract")
    files = [SimpleUploadedFile("1.pdf", PDF), SimpleUploadedFile("2.jpg", b"<html>"), SimpleUploadedFile("3.pdf", b"")]
    page = anna.post(address("paper_attach", paper), {"files": files}, follow=True).content.decode()
    assert PaperFile.objects.count() == 1
    assert "не документ и не снимок" in page
    answer = anna.get(address("file", PaperFile.objects.get()))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_a_scan_of_50_megabytes_gets_a_message(cast, daria_child, anna):
    case = receive(cast, apply(cast, daria_child))
    paper = case.papers.get(requirement="medical_extract")
    huge = SimpleUploadedFile("скан.pdf", b"%PDF-" + b"0" * (50 * 1024 * 1024))
    page = anna.post(address("paper_attach", paper), {"files": huge}, follow=True).content.decode()
    assert "больше допустимых" in page
    assert not PaperFile.objects.exists()


def test_a_scan_can_be_put_aside_and_brought_back(cast, daria_child, anna):
    case = receive(cast, apply(cast, daria_child))
    paper = case.papers.get(requirement="medical_extract")
    anna.post(address("paper_attach", paper), {"files": SimpleUploadedFile("1.pdf", PDF)})
    attached = PaperFile.objects.get()
    anna.post(address("file_remove", attached))
    assert "Вернуть" in anna.get(address("papers", case)).content.decode()
    anna.post(address("file_return", attached))
    attached.refresh_from_db()
    assert attached.removed_at is None


def test_lines_are_changed_added_and_removed(cast, daria_child, anna):
    case = receive(cast, apply(cast, daria_child))
    paper = case.papers.get(requirement="medical_extract")
    anna.post(address("paper_edit", paper), {"medium": "copy", "sheets": "3", "note": "нет печати"})
    paper.refresh_from_db()
    assert (paper.sheets, paper.note) == (3, "нет печати")
    anna.post(address("paper_add", case), {"title": "Решение суда"})
    own = Paper.objects.get(title="Решение суда")
    assert anna.post(address("paper_add", case), {"title": ""}).status_code == 422
    anna.post(address("paper_remove", own))
    assert not Paper.objects.filter(pk=own.pk).exists()
    anna.post(address("paper_undo", case.papers.get(requirement="application")))
    assert "Заявление об обследовании" in anna.get(address("missing", case)).content.decode()


def test_the_head_accepts_an_incomplete_package_and_the_secretary_is_told_who_may(cast, daria_child, anna, boris):
    case = receive(cast, apply(cast, daria_child))
    assert "может руководитель" in anna.get(address("accept_papers", case)).content.decode()
    assert anna.post(address("accept_papers", case), {"reason": "потом"}).status_code == 422
    assert boris.post(address("accept_papers", case), {"reason": ""}).status_code == 422
    assert boris.post(address("accept_papers", case), {"reason": "Выписка в пути"}).status_code == 302


def test_each_step_has_its_page(cast, daria_child, anna, boris):
    case = ready(cast, daria_child)
    assert anna.get(address("reopen_papers", case)).status_code == 200
    assert boris.get(address("refuse", case)).status_code == 200
    assert anna.get(address("unbook", case)).status_code == 409
    slot = slot_at(place_of(cast.commission), day=today() + timedelta(days=1))
    booking = services.booking_make(actor=cast.actor(cast.anna), case=case, slot=slot, on=today())
    for name in ("unbook", "miss", "withdraw", "book"):
        assert anna.get(address(name, case)).status_code == 200
    assert anna.post(address("miss", case), {"usual": "ребёнок болен"}).status_code == 422
    assert anna.post(address("unbook", case), {"usual": "ребёнок болен", "reason": "ветрянка"}).status_code == 302
    booking.refresh_from_db()
    assert booking.reason == "ребёнок болен. ветрянка"
    assert boris.post(address("refuse", case), {"reason": "Неполный пакет"}).status_code == 302


def test_a_slot_taken_meanwhile_comes_back_with_the_nearest_free_one(cast, daria_child, anna):
    place = place_of(cast.commission)
    slot, other = slot_at(place), slot_at(place, hour=15)
    first, second = ready(cast, daria_child), ready(cast, child_of(cast.commission, "Петров", "Пётр"))
    anna.post(address("book", first), {"slot": slot.public_id})
    answer = anna.post(address("book", second), {"slot": slot.public_id})
    assert answer.status_code == 422
    assert f"Ближайшее свободное: {other.when}" in answer.content.decode()
    assert anna.post(address("book", second), {}).status_code == 422


def test_the_reception_is_set_up_from_nothing(cast, anna):
    assert "intake/setup/place/" in anna.get(reverse("intake:slots_open"), follow=True).redirect_chain[-1][0]
    anna.post(reverse("intake:place_new"), {"title": "Кабинет № 3", "address": "", "is_active": "on"})
    place = Place.objects.get()
    day = {
        "title": "День", "place": place.pk, "starts": "09:00", "ends": "12:00", "minutes": "60", "capacity": "1",
        "lunch_starts": "", "lunch_ends": "",
    }  # fmt: skip
    assert anna.post(reverse("intake:template_new"), day | {"ends": "09:10"}).status_code == 422
    assert anna.post(reverse("intake:template_new"), day | {"weekdays": ["0", "2"]}).status_code == 302
    template = DayTemplate.objects.get()
    assert template.weekdays == [0, 2]
    assert anna.get(address("template_edit", template)).status_code == 200
    assert anna.get(address("place_edit", place)).status_code == 200
    first = today() + timedelta(days=1)
    answer = anna.post(
        reverse("intake:slots_open"),
        {"template": template.pk, "first": f"{first:%d.%m.%Y}", "last": f"{first + timedelta(days=13):%d.%m.%Y}"},
    )
    assert answer.status_code == 302
    assert Slot.objects.exists()
    slot = Slot.objects.first()
    anna.post(address("slot_toggle", slot))
    slot.refresh_from_db()
    assert slot.is_closed
    assert anna.get(reverse("intake:setup")).status_code == 200


def test_a_stranger_sees_nothing_and_a_specialist_changes_nothing(cast, daria_child, as_user):
    case = receive(cast, apply(cast, daria_child))
    paper = case.papers.first()
    zakhar, vera, olga = as_user(cast.zakhar), as_user(cast.vera), as_user(cast.olga)
    assert zakhar.get(address("papers", case)).status_code == 404
    assert zakhar.post(address("paper_receive", paper)).status_code == 404
    assert vera.get(address("papers", case)).status_code == 404, "she does not work with the child"
    cast.acquaint(cast.vera, daria_child)
    assert vera.get(address("papers", case)).status_code == 200
    assert "Получен</span>" not in vera.get(address("papers", case)).content.decode()
    assert vera.post(address("paper_receive", paper)).status_code == 403
    assert olga.get(address("papers", case)).status_code == 403


def test_the_desk_names_what_waits(cast, daria_child, anna):
    from opora.commission.intake import desk

    actor = cast.actor(cast.anna)
    case = apply(cast, daria_child)
    assert [duty.todo for duty in desk.unsigned(actor, today())] == ["Принять подписанные заявление и согласия"]
    case = receive(cast, case)
    assert list(desk.incomplete(actor, today())) == []
    (late,) = desk.incomplete(actor, today() + timedelta(days=20))
    assert "не хватает" in late.todo
    for paper in case.papers.missing():
        services.paper_receive(actor=actor, paper=paper, on=today())
    (due,) = desk.incomplete(actor, today())
    assert due.todo.startswith("Принять документы")
    case = services.papers_accept(actor=actor, case=case, on=today())
    assert [duty.todo for duty in desk.unbooked(actor, today())] == ["Записать на обследование"]
    slot = slot_at(place_of(cast.commission), day=today() + timedelta(days=1))
    services.booking_make(actor=actor, case=case, slot=slot, on=today())
    assert [duty.on for duty in desk.expected(actor, today())] == [slot.day]


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_board_and_the_list_of_papers_ask_the_same_number_of_questions(cast, daria_child, anna):
    place, day = place_of(cast.commission), today() + timedelta(days=1)
    board = f"{reverse('intake:board')}?week={day.isoformat()}"

    def fill(count, hour):
        for number in range(count):
            child = child_of(cast.commission, f"Фамилия{hour}{number}", "Имя")
            case = Case.objects.create(
                organisation=cast.commission, child=child, number=hour * 100 + number, year=2026, edition="2025",
                opened_on=today(), status_since=today(), status="booked",
            )  # fmt: skip
            slot = slot_at(place, day=day, hour=hour, seat=number + 1)
            Booking.objects.create(organisation=cast.commission, case=case, slot=slot)

    fill(3, 9)
    few = queries_of(anna, board)
    fill(27, 11)
    assert queries_of(anna, board) == few

    case = receive(cast, apply(cast, daria_child))
    papers = address("papers", case)
    few = queries_of(anna, papers)
    for number in range(27):
        services.paper_add(actor=cast.actor(cast.anna), case=case, title=f"Справка {number}")
    assert queries_of(anna, papers) == few
