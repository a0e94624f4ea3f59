"""Stories of the work sheet: begun in one click, saved as it is typed, read by colleagues, closed by the signature."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.commission.examinations import services
from opora.commission.examinations.models import Examination
from opora.foundation.access.actions import ReadingOnly
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.audit.models import Event
from opora.foundation.worksheets.models import SECTION_LIMIT, EarlierText
from tests.cast import HIRED

from .day import arrived, booked_case, finished, planned, post_of, sheet_begun, today, words, write

pytestmark = pytest.mark.django_db
FETCH = {"headers": {"X-Requested-With": "fetch"}}


def section_of(sheet: Examination, kind: str):
    asked = next(one for one in services.sheet_of(sheet).sections if one.kind == kind)
    return sheet.sections.get(code=asked.code)


def save(client, section, text, version, **more):
    return client.post(
        reverse("examinations:section", args=[section.public_id]), {"text": text, "version": version, **more}, **FETCH
    )


def test_vera_begins_her_sheet_in_one_click_and_gets_the_sections_of_her_speciality(cast, as_user):
    visit = arrived(cast)
    vera = as_user(cast.vera)
    board = vera.get(reverse("examinations:session", args=[visit.session.public_id])).content.decode()
    assert "Начать обследование" in board
    address = reverse("examinations:examine", args=[visit.public_id])
    for _ in range(2):
        answer = vera.post(address, {"position": post_of(cast.vera).public_id})
    sheet = Examination.objects.get()
    assert answer.headers["Location"] == reverse("examinations:sheet", args=[sheet.public_id])
    asked = [one.code for one in services.sheet_of(sheet).sections]
    assert sorted(asked) == sorted(sheet.sections.values_list("code", flat=True))
    visit.refresh_from_db()
    assert (sheet.speciality, sheet.is_here, visit.state) == ("speech_therapist", True, "with")
    page = vera.get(answer.headers["Location"]).content.decode()
    assert "Логопедическое заключение" in page
    assert "Трудности в обучении" in page, "the case file stands beside the sheet"
    assert page.index("Использованные методики") < page.index("Выводы") < page.index("Рекомендации родителям")


def test_every_speciality_has_a_sheet(cast):
    visit = arrived(cast)
    for speciality in Speciality.values:
        post = post_of(cast.vera)
        post.pk, post.public_id, post.speciality = None, f"post{speciality}"[:14], speciality
        post.save()
        services.member_set_present(actor=cast.actor(cast.anna), session=visit.session, position=post, is_present=True)
        sheet = services.examination_start(actor=cast.actor(cast.vera), visit=visit, position=post)
        assert sheet.sections.count() >= 6, speciality


def test_a_sheet_is_not_begun_before_arrival_nor_by_another_nor_without_speciality(cast):
    case = booked_case(cast)
    visit = planned(cast).visits.get()
    with pytest.raises(Refusal) as refused:
        sheet_begun(cast, cast.vera, visit)
    assert refused.value.code == "not_arrived"
    services.visit_arrive(actor=cast.actor(cast.anna), visit=visit, on=today())
    with pytest.raises(PermissionDenied):
        services.examination_start(actor=cast.actor(cast.vera), visit=visit, position=post_of(cast.gleb))
    with pytest.raises(Refusal) as refused:
        sheet_begun(cast, cast.boris, visit)
    assert refused.value.code == "no_speciality"
    services.member_set_present(
        actor=cast.actor(cast.anna), session=visit.session, position=post_of(cast.vera), is_present=False
    )
    visit.session.members.filter(position__user=cast.vera).delete()
    with pytest.raises(PermissionDenied):
        sheet_begun(cast, cast.vera, visit)
    cast.acquaint(cast.vera, case.child)
    with pytest.raises(ReadingOnly):
        sheet_begun(cast, cast.vera, visit)
    assert not Examination.objects.filter(case=case).exists()


def test_a_section_is_saved_as_it_is_typed_with_emoji_and_twenty_thousand_characters(cast, as_user):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    section = section_of(sheet, "observations")
    vera = as_user(cast.vera)
    text = "Охотно вступает в контакт 🙂\n" + "я" * 20_000
    answer = save(vera, section, text, 0)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    section.refresh_from_db()
    assert section.text == text
    too_long = save(vera, section, "я" * (SECTION_LIMIT + 1), 1)
    assert too_long.status_code == 422
    section.refresh_from_db()
    assert section.text == text


def test_two_writers_of_one_section_see_both_texts_and_nothing_is_lost(cast, as_user):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    section = section_of(sheet, "data")
    vera, boris = as_user(cast.vera), as_user(cast.boris)
    assert save(vera, section, "Звуки: свистящие нарушены.", 0).status_code == 200
    clash = save(boris, section, "Слоговая структура сохранна.", 0)
    assert clash.status_code == 409
    assert clash.json()["theirs"] == "Звуки: свистящие нарушены."
    settled = save(boris, section, "Слоговая структура сохранна.", 1, settled="1")
    assert settled.status_code == 200
    earlier = EarlierText.objects.get(section_id=section.public_id)
    assert (earlier.text, earlier.user) == ("Звуки: свистящие нарушены.", cast.vera)
    page = vera.get(reverse("examinations:section_earlier", args=[section.public_id])).content.decode()
    assert "свистящие" in page
    link = vera.get(reverse("examinations:sheet", args=[sheet.public_id])).content.decode()
    assert "Прежние тексты" in link


def test_people_with_one_section_open_see_each_other(cast, as_user):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    address = reverse("examinations:section", args=[section_of(sheet, "data").public_id])
    ping = {"ping": "1", "version": "0"}
    assert as_user(cast.vera).post(address, ping, **FETCH).json()["others"] == []
    assert as_user(cast.boris).post(address, ping, **FETCH).json()["others"] == [cast.vera.short_name]


def test_after_the_session_has_ended_a_save_is_answered_401_and_writes_nothing(cast, client):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    section = section_of(sheet, "data")
    assert save(client, section, "текст", 0).status_code == 401
    section.refresh_from_db()
    assert section.text == ""


def test_colleagues_read_and_only_the_specialist_and_the_head_write(cast, as_user):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    section = section_of(sheet, "data")
    address = reverse("examinations:sheet", args=[sheet.public_id])
    assert as_user(cast.gleb).get(address).status_code == 200
    assert "вам он открыт для чтения" in words(as_user(cast.gleb).get(address))
    assert save(as_user(cast.gleb), section, "чужое", 0).status_code == 403
    assert save(as_user(cast.zakhar), section, "чужое", 0).status_code == 404
    assert save(as_user(cast.olga), section, "чужое", 0).status_code == 403
    assert save(as_user(cast.nina), section, "чужое", 0).status_code == 403
    assert save(as_user(cast.anna), section, "чужое", 0).status_code == 403
    assert as_user(cast.zakhar).get(address).status_code == 404
    assert as_user(cast.anna).get(address).status_code == 403
    section.refresh_from_db()
    assert (section.text, section.version) == ("", 0)


def test_colleagues_sheets_are_read_live(cast, as_user):
    visit = arrived(cast)
    mine = sheet_begun(cast, cast.vera, visit)
    theirs = sheet_begun(cast, cast.gleb, visit)
    write(cast, cast.gleb, theirs, "observations", "Утомляется к концу занятия.")
    part = as_user(cast.vera).get(reverse("examinations:colleagues", args=[mine.public_id])).content.decode()
    assert "Утомляется к концу занятия." in part


def test_a_sheet_is_finished_with_its_conclusion_and_opened_again_by_its_specialist(cast, as_user):
    visit = arrived(cast)
    sheet = sheet_begun(cast, cast.vera, visit)
    vera = as_user(cast.vera)
    finish = reverse("examinations:sheet_finish", args=[sheet.public_id])
    answer = vera.post(finish, follow=True)
    assert answer.redirect_chain[0][0].endswith("#section-speech_conclusion")
    assert "Не заполнен раздел «Выводы»" in words(answer)
    write(cast, cast.vera, sheet, "conclusion", "Нуждается в логопедической помощи.")
    assert as_user(cast.boris).post(finish).status_code == 403
    vera.post(finish)
    sheet.refresh_from_db()
    visit.refresh_from_db()
    assert sheet.is_finished
    assert (sheet.is_here, visit.state) == (False, "waiting")
    assert save(vera, section_of(sheet, "data"), "ещё", 0).status_code == 422
    vera.post(reverse("examinations:sheet_reopen", args=[sheet.public_id]))
    assert save(vera, section_of(sheet, "data"), "ещё", 0).status_code == 200


def test_after_the_conclusion_is_signed_the_sheet_is_read_only(cast, as_user):
    visit = arrived(cast)
    sheet = finished(cast, cast.vera, visit)
    still_open = sheet_begun(cast, cast.gleb, visit)
    Case.objects.filter(pk=visit.case_id).update(status="signed")
    with pytest.raises(Refusal) as refused:
        services.examination_reopen(actor=cast.actor(cast.vera), examination=sheet)
    assert refused.value.code == "decided"
    assert save(as_user(cast.gleb), section_of(still_open, "data"), "поздно", 0).status_code == 422
    page = as_user(cast.gleb).get(reverse("examinations:sheet", args=[still_open.public_id])).content.decode()
    assert "лист больше не меняется" in page
    assert "<textarea" not in page


def test_the_child_goes_from_one_specialist_to_another(cast, as_user):
    visit = arrived(cast)
    mine = sheet_begun(cast, cast.vera, visit)
    vera = as_user(cast.vera)
    here = reverse("examinations:child_here", args=[mine.public_id])
    vera.post(here, {"here": "0"})
    visit.refresh_from_db()
    assert visit.state == "waiting"
    sheet_begun(cast, cast.gleb, visit)
    board = vera.get(reverse("examinations:board", args=[visit.session.public_id])).content.decode()
    assert "сейчас: педагог-психолог" in board
    assert as_user(cast.gleb).post(here, {"here": "1"}).status_code == 403


def test_opening_a_sheet_is_an_event_of_the_child(cast, as_user):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    as_user(cast.gleb).get(reverse("examinations:sheet", args=[sheet.public_id]))
    opened = Event.objects.get(code="examination.opened")
    assert (opened.user, opened.person_id) == (cast.gleb, sheet.case.child.public_id)


def test_protocol_parts_stand_in_the_order_of_the_signatures(cast):
    visit = arrived(cast)
    finished(cast, cast.gleb, visit, "Нуждается в занятиях с психологом.")
    write(cast, cast.vera, sheet_begun(cast, cast.vera, visit), "advice_parents", "Читать вслух.")
    finished(cast, cast.dina, visit)
    parts = services.protocol_parts(visit.case)
    assert [part.speciality for part in parts] == ["defectologist", "speech_therapist", "psychologist"]
    assert parts[2].text("conclusion") == "Нуждается в занятиях с психологом."
    assert (parts[1].finished_at, parts[1].text("advice_parents")) == (None, "Читать вслух.")
    assert parts[1].name == cast.vera.full_name


def test_the_desk_shows_children_of_the_day_and_unfinished_sheets(cast):
    from opora.foundation.ui.desk import desk_of

    visit = arrived(cast)
    todo = [duty.todo for duty in desk_of(cast.actor(cast.gleb), today()).today]
    assert any("ждёт обследования" in one for one in todo)
    sheet_begun(cast, cast.vera, visit)
    todo = [duty.todo for duty in desk_of(cast.actor(cast.vera), today()).today]
    assert any("завершить лист" in one for one in todo)
    finished(cast, cast.gleb, visit)
    sheet = Examination.objects.get(specialist=cast.vera)
    write(cast, cast.vera, sheet, "conclusion", "Норма.")
    services.examination_finish(actor=cast.actor(cast.vera), examination=sheet)
    head = desk_of(cast.actor(cast.boris), today())
    assert any("перейти к обсуждению" in duty.todo for duty in (*head.today, *head.soon))


def test_a_head_who_is_also_a_specialist_examines_in_that_post(cast):
    post = Position.objects.create(
        organisation=cast.commission, user=cast.boris, role=Role.COMMISSION_SPECIALIST,
        speciality=Speciality.DOCTOR, medical_speciality="психиатр", started_on=HIRED,
    )  # fmt: skip
    visit = arrived(cast)
    sheet = services.examination_start(actor=cast.actor(cast.boris), visit=visit, position=post)
    assert services.protocol_parts(visit.case)[0].caption == "врач (психиатр)"
    assert sheet.sections.filter(code="anamnesis").exists()


def test_a_sheet_is_begun_from_the_page_of_the_case_too(cast, as_user):
    visit = arrived(cast)
    gleb = as_user(cast.gleb)
    address = reverse("examinations:case_examine", args=[visit.case.public_id])
    page = words(gleb.get(reverse("cases:case", args=[visit.case.public_id])))
    assert address in page
    answer = gleb.post(address, {"position": post_of(cast.gleb).public_id})
    sheet = Examination.objects.get(specialist=cast.gleb)
    assert answer.headers["Location"] == reverse("examinations:sheet", args=[sheet.public_id])
    assert gleb.post(address, {"position": post_of(cast.vera).public_id}).status_code == 404
    assert as_user(cast.anna).post(address, {"position": post_of(cast.anna).public_id}).status_code == 403


def test_the_sheet_asks_as_often_with_one_colleague_as_with_many(cast, as_user, django_assert_max_num_queries):
    visit = arrived(cast)
    sheet = sheet_begun(cast, cast.vera, visit)
    write(cast, cast.gleb, sheet_begun(cast, cast.gleb, visit), "data", "Внимание неустойчиво.")
    vera, address = as_user(cast.vera), reverse("examinations:sheet", args=[sheet.public_id])

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            assert vera.get(address).status_code == 200
        return len(counted)

    queries()
    one = queries()
    for user in (cast.dina, cast.sofia):
        write(cast, user, sheet_begun(cast, user, visit), "data", "Наблюдение.")
    assert queries() == one
