"""Stories of the pages: what each person sees of a meeting, and what a wrong form keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Entry
from opora.foundation.ui.desk import desk_of
from opora.people.children.search import name_index
from opora.school.consilium import services
from opora.school.consilium.candidates import candidates_of
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, ConsiliumSettings, ReferralToCommission
from opora.school.duties.models import BroughtConclusion
from opora.school.pupils.services import pupil_leave
from opora.school.signals.models import Screening, ScreeningResult
from tests.school_cast import pupil_of

from .stage import added, confirmed_concern, offered, planned, signed, talked, today, words

pytestmark = pytest.mark.django_db


def url(name: str, row=None) -> str:
    return reverse(f"consilium:{name}", args=[row.public_id] if row else [])


def typed(day) -> str:
    return day.strftime("%d%m%y")


def test_a_meeting_is_planned_by_its_day_alone(school_cast, as_user):
    elena = as_user(school_cast.elena)
    assert "не назначено ни одного планового заседания" in words(elena.get(url("meetings")))
    data = {"day": typed(today() + timedelta(3)), "kind": "planned"}
    answer = elena.post(url("plan"), data)
    meeting = ConsiliumMeeting.objects.get()
    assert answer.headers["Location"] == url("meeting", meeting)
    page = words(elena.get(url("meeting", meeting)))
    assert "Павлова Полина Петровна — педагог-психолог" in page
    assert "В повестке никого нет" in page


def test_a_past_day_is_said_beside_its_field_and_the_typing_stays(school_cast, as_user):
    data = {"day": typed(today() - timedelta(1)), "kind": "planned", "purpose": "обсуждение результатов"}
    answer = as_user(school_cast.elena).post(url("plan"), data)
    assert answer.status_code == 422
    assert "Этот день уже прошёл" in words(answer)
    assert "обсуждение результатов" in words(answer)
    assert not ConsiliumMeeting.objects.exists()


def test_those_who_wait_are_put_on_a_meeting_with_ticks(school_cast, as_user):
    confirmed_concern(school_cast)
    screening = Screening.objects.create(
        organisation=school_cast.school, kind="testing", title="СПТ", held_on=today(), run_by=school_cast.polina
    )
    result = ScreeningResult.objects.create(
        organisation=school_cast.school, screening=screening, child=school_cast.lev, level="special"
    )
    meeting = planned(school_cast, today() + timedelta(5))
    elena = as_user(school_cast.elena)
    page = words(elena.get(f"{url('waiting')}?result={result.public_id}"))
    assert "Данилов Миша" in page
    assert "СПТ" in page
    assert page.count(" checked") == 1
    data = {"child": [school_cast.misha.public_id, school_cast.lev.public_id], "meeting": meeting.public_id}
    assert elena.post(url("put"), data).status_code == 302
    grounds = dict(AgendaItem.objects.values_list("child__first_name", "ground"))
    assert grounds == {"Миша": "concern", "Лев": "screening"}
    assert candidates_of(school_cast.actor(school_cast.elena), today()) == []
    result.refresh_from_db()
    assert result.settled == "meeting"
    item = AgendaItem.objects.get(child=school_cast.misha)
    assert {one.kind for one in item.participants.all()} == {"guardian", "staff"}, "mother and class teacher"


def test_the_talk_shows_one_child_and_saves_as_it_is_typed(school_cast, as_user):
    meeting = planned(school_cast)
    first, second = added(school_cast, meeting), added(school_cast, meeting, school_cast.lev)
    elena = as_user(school_cast.elena)
    assert elena.post(url("item_open", first)).status_code == 302
    page = words(elena.get(url("item", first)))
    assert "вопрос 1 из 2" in page
    assert "Данилов" in page
    assert "Уваров" not in page, "nothing of the next child on the screen before this one's family"
    assert url("item", second) in page
    section = first.sections.get(code="problems")
    answer = elena.post(
        url("section", section), {"text": "Не успевает", "version": "0"}, headers={"X-Requested-With": "fetch"}
    )
    assert answer.status_code == 200
    section.refresh_from_db()
    assert section.text == "Не успевает"


def test_a_whole_talk_by_clicks(school_cast, as_user):
    item = added(school_cast, planned(school_cast))
    talked(school_cast, item)
    elena = as_user(school_cast.elena)
    leading = school_cast.post(school_cast.larisa).public_id
    data = {"outcome": "difficulties", "recommendation": "difficulties", "leading": leading}
    assert elena.post(url("decide", item), data).status_code == 302
    fragment = elena.post(url("decide", item), data, headers={"HX-Request": "true"})
    assert "всё записано" in words(fragment)
    answer = elena.post(url("parents", item), {"parents_answer": "partly", "parents_words": ""})
    assert answer.status_code == 422
    assert "Запишите словами родителей" in words(answer)
    data = {"parents_answer": "partly", "parents_words": "Согласны, но только по субботам"}
    assert elena.post(url("parents", item), data).status_code == 302
    assert elena.post(url("offer", item)).status_code == 302
    assert "Подписать заключение" in words(elena.get(url("item", item)))
    for user in (school_cast.elena, school_cast.irina, school_cast.polina):
        assert as_user(user).post(url("sign", item), {"dissent": ""}).status_code == 302
    larisa = as_user(school_cast.larisa)
    assert larisa.post(url("sign", item), {"dissent": "Мало часов"}).status_code == 302
    page = words(elena.get(url("item", item)))
    assert "Коллегиальное заключение № 1/" in page
    assert "Мало часов" in page
    assert elena.post(url("parents_told", item), {"on": typed(today())}).status_code == 302
    teacher = school_cast.post(school_cast.tatiana).public_id
    assert elena.post(url("teachers_told", item), {"on": typed(today()), "teachers": [teacher]}).status_code == 302
    assert elena.post(url("end", item.meeting)).status_code == 302
    assert elena.post(url("protocol_issue", item.meeting)).status_code == 302
    page = words(elena.get(url("protocol", item.meeting)))
    assert "Протокол № 1/" in page
    assert "Согласны, но только по субботам" in page


def test_what_is_missing_is_named_with_its_clause_before_the_signatures(school_cast, as_user):
    item = added(school_cast, planned(school_cast))
    elena = as_user(school_cast.elena)
    elena.post(url("item_open", item))
    page = words(elena.get(url("item", item)))
    assert "Не выбрано решение консилиума" in page
    answer = elena.post(url("offer", item))
    assert answer.status_code == 422
    summary = words(answer).split("На подпись пока нельзя")[1].split("</div>")[0]
    assert all(said in summary for said in ("Не написаны", "Не выбрано решение", "Не записано, что сказали родители"))
    item.refresh_from_db()
    assert item.state == "talk"


def test_the_teacher_who_was_not_invited_reads_the_decision_and_not_the_talk(school_cast, as_user):
    item = added(school_cast, planned(school_cast))
    item.participants.filter(position__user=school_cast.tatiana).delete()
    signed(school_cast, item)
    tatiana = as_user(school_cast.tatiana)
    page = words(tatiana.get(url("item", item)))
    assert "испытывает трудности" in page
    assert "устаёт к третьему уроку" not in page
    assert as_user(school_cast.uliana).get(url("item", item)).status_code == 404
    assert as_user(school_cast.zakhar).get(url("item", item)).status_code == 404
    assert as_user(school_cast.tatiana).get(url("meeting", item.meeting)).status_code == 404


def test_a_secretary_who_is_no_lead_keeps_the_meeting(school_cast, as_user):
    meeting = planned(school_cast, secretary=school_cast.post(school_cast.larisa))
    item = added(school_cast, meeting)
    larisa = as_user(school_cast.larisa)
    assert larisa.post(url("item_open", item)).status_code == 302
    assert larisa.post(url("parents", item), {"parents_answer": "absent"}).status_code == 302
    polina = as_user(school_cast.polina)
    assert polina.post(url("parents", item), {"parents_answer": "agree"}).status_code == 403


def test_a_referral_is_numbered_given_to_the_parent_and_entered(school_cast, as_user):
    commission = Organisation.objects.create(
        kind="territorial_commission", short_name="ПМПК", full_name="Территориальная ПМПК"
    )
    item = signed(school_cast, added(school_cast, planned(school_cast)), "referral")
    elena = as_user(school_cast.elena)
    page = words(elena.get(url("refer", item)))
    assert "Не успевает по русскому языку" in page, "the reason is offered from the talk"
    data = {
        "commission": commission.public_id, "purpose": "определить программу", "reasons": "Нет динамики",
        "papers": "характеристика\nпредставление педагога-психолога",
    }  # fmt: skip
    answer = elena.post(url("refer", item), data)
    assert answer.status_code == 422
    assert "на руки не выдают" in words(answer)
    assert elena.post(url("refer", item), data | {"papers": "характеристика"}).status_code == 302
    referral = ReferralToCommission.objects.get()
    assert referral.snapshot.content["child_name"] == "Данилова Мишу Игоревича"
    mother = school_cast.mother(school_cast.misha)
    data = {"guardian": mother.public_id, "answer": "disagreed", "on": typed(today()), "words": ""}
    assert elena.post(url("referral_answer", referral), data).status_code == 422
    assert elena.post(url("referral_answer", referral), data | {"answer": "agreed"}).status_code == 302
    kinds = list(Entry.objects.filter(series__code="commission-referral").values_list("kind", "number"))
    assert kinds == [("entry", 1), ("correction", 1)]
    assert (
        mother.full_name in Entry.objects.get(series__code="commission-referral", kind="correction").content["guardian"]
    )
    assert (
        elena.post(url("referral_annul", referral), {"reason": "Не та ПМПК", "on": typed(today())}).status_code == 302
    )
    assert elena.get(url("referral", referral)).status_code == 200


def test_nobody_calls_a_meeting_for_a_pupil_who_has_left(school_cast, as_user):
    concern = confirmed_concern(school_cast)
    page, elena = reverse("signals:concern", args=[concern.public_id]), as_user(school_cast.elena)
    assert "Назначить заседание" in words(elena.get(page))
    pupil_leave(actor=school_cast.actor(school_cast.elena), child=concern.child)
    assert "Назначить заседание" not in words(elena.get(page))
    data = {"day": typed(today()), "ground": "concern", "words": ""}
    answer = elena.post(url("call_of_concern", concern), data)  # from a page that was open before
    assert (answer.status_code, AgendaItem.objects.count()) == (422, 0)
    assert "выбыл" in words(answer)
    assert url("call", concern.child) not in words(elena.get(reverse("children:child", args=[concern.child.public_id])))


def test_an_unplanned_meeting_is_called_from_the_concern_and_from_the_card(school_cast, as_user):
    concern = confirmed_concern(school_cast, risk=True)
    elena = as_user(school_cast.elena)
    assert "заседание проводят сегодня" in words(elena.get(url("call_of_concern", concern)))
    data = {"day": typed(today() + timedelta(1)), "ground": "concern", "words": ""}
    assert elena.post(url("call_of_concern", concern), data).status_code == 422
    answer = elena.post(url("call_of_concern", concern), data | {"day": typed(today())})
    item = AgendaItem.objects.get()
    assert answer.headers["Location"] == url("item", item)
    assert as_user(school_cast.irina).get(url("item", item)).status_code == 200, "a member of this meeting"
    page = words(elena.get(reverse("children:child", args=[school_cast.lev.public_id])))
    assert url("call", school_cast.lev) in page


def test_the_desk_says_what_is_late(school_cast):
    elena = school_cast.actor(school_cast.elena)
    desk = desk_of(elena, today())
    todos = {one.todo for one in desk.today + desk.soon}
    assert "Назначить плановое заседание" in todos
    item = signed(school_cast, added(school_cast, planned(school_cast)))
    services.meeting_end(actor=elena, meeting=item.meeting, on=today())
    late = desk_of(elena, today() + timedelta(20)).late
    assert {"Оформить протокол", "Ознакомить педагогов с заключением", "Ознакомить родителей с заключением"} <= {
        one.todo for one in late
    }
    waiting = offered(school_cast, added(school_cast, planned(school_cast), school_cast.lev))
    polina = desk_of(school_cast.actor(school_cast.polina), today())
    assert [one.who for one in polina.today if "Подписать" in one.todo] == [waiting.child.full_name]


def test_the_control_of_a_decision_waits_for_an_agenda(school_cast):
    item = signed(school_cast, added(school_cast, planned(school_cast)))
    elena = school_cast.actor(school_cast.elena)
    assert candidates_of(elena, today()) == []
    later = item.first_control_on - timedelta(3)
    assert [(one.child, one.ground) for one in candidates_of(elena, later)] == [(school_cast.misha, "control")]


def test_the_statute_of_the_school_has_its_own_terms(school_cast, as_user):
    elena = as_user(school_cast.elena)
    assert "сверить с актом" in words(elena.get(url("settings")))
    data = {
        "act": "приказ № 12 от 01.09.2026", "quorum_percent": "67", "meetings_months": "3", "protocol_days": "3",
        "teachers_days": "2", "first_control_months": "1,5", "second_control_months": "1",
    }  # fmt: skip
    assert elena.post(url("settings"), data).status_code == 422
    assert elena.post(url("settings"), data | {"second_control_months": "3"}).status_code == 302
    assert ConsiliumSettings.objects.get().quorum_percent == 67
    assert as_user(school_cast.polina).get(url("settings")).status_code == 403


def test_invitations_go_to_colleagues_outside_bodies_and_representatives(school_cast, as_user):
    body = Organisation.objects.create(kind="juvenile_commission", short_name="КДНиЗП", full_name="КДНиЗП района")
    item = added(school_cast, planned(school_cast))
    elena = as_user(school_cast.elena)
    assert elena.post(url("invite", item), {"kind": "staff"}).status_code == 422
    data = {"kind": "outside", "body": body.public_id, "name": "Инспектор Петрова", "through_commission": "on"}
    assert elena.post(url("invite", item), data).status_code == 302
    page = words(elena.get(url("prepare", item)))
    assert "Инспектор Петрова" in page
    assert "через КДНиЗП" in page
    data = {"kind": "guardian", "guardian": school_cast.mother(school_cast.lev).public_id}
    assert elena.post(url("invite", item), data).status_code == 422, "the mother of another child"


def test_any_child_of_the_register_is_found_by_name_and_put_on_the_agenda(school_cast, as_user):
    name_index(school_cast.misha)
    meeting = planned(school_cast)
    elena = as_user(school_cast.elena)
    assert "Данилов Миша" in words(elena.get(f"{url('item_add', meeting)}?q=данил"))
    data = {"child": school_cast.misha.public_id, "ground": "parents"}
    assert elena.post(url("item_add", meeting), data).status_code == 302
    assert "уже в повестке" in words(elena.post(url("item_add", meeting), data, follow=True))
    assert AgendaItem.objects.get().ground == "parents"


def test_a_brought_conclusion_waits_until_it_was_talked_of(school_cast):
    BroughtConclusion.objects.create(
        organisation=school_cast.school, child=school_cast.misha, guardian=school_cast.mother(school_cast.misha),
        commission_title="ПМПК", number="7", signed_on=today() - timedelta(9), brought_on=today() - timedelta(2),
        recorded_by=school_cast.elena, has_limitations=True,
    )  # fmt: skip
    elena = school_cast.actor(school_cast.elena)
    assert [one.ground for one in candidates_of(elena, today())] == ["conclusion"]
    signed(school_cast, added(school_cast, planned(school_cast), ground="conclusion"))
    assert candidates_of(elena, today()) == []


def many(school_cast, count: int) -> ConsiliumMeeting:
    meeting = planned(school_cast)
    for number in range(count):
        child = pupil_of(school_cast.four_a, f"Фамилин{'а' * number}", "Имя", "Отчествович")
        added(school_cast, meeting, child)
    return meeting


@pytest.mark.parametrize("page", ["meeting", "meetings", "waiting", "item"])
def test_thirty_rows_ask_as_few_queries_as_three(school_cast, as_user, page):
    elena = as_user(school_cast.elena)

    def asked() -> int:
        meeting = ConsiliumMeeting.objects.first()
        row = {"meeting": meeting, "item": meeting.items.first()}.get(page)
        elena.get(url(page, row))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert elena.get(url(page, row)).status_code == 200
        return len(queries)

    many(school_cast, 3)
    confirmed_concern(school_cast, pupil_of(school_cast.two_b, "Первая", "Имя", "Отчествович"))
    few = asked()
    many(school_cast, 12)
    for number in range(12):
        confirmed_concern(school_cast, pupil_of(school_cast.two_b, f"Ждущ{'а' * number}", "Имя", "Отчествович"))
    assert asked() <= few
