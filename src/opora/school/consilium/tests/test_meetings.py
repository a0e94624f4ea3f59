"""Stories of a meeting: planned, held, signed, written down; the second school sees nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.registers.services import faults, snapshot_is_whole
from opora.people.children.models import Child
from opora.regulations.calendar import add_working_days
from opora.school.consilium import services
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, ConsiliumOpinion
from opora.school.consilium.terms import months_later, protocol_due, quorum, statute_of
from tests.school_cast import pupil_of

from .stage import added, confirmed_concern, offered, planned, signed, talked, today, write

pytestmark = pytest.mark.django_db


def test_elena_plans_a_meeting_and_the_standing_composition_sits_at_it(school_cast):
    meeting = planned(school_cast, today() + timedelta(10), purpose="обсуждение результатов обследования")
    sitting = {one.position.user for one in meeting.members.all()}
    assert sitting == {school_cast.elena, school_cast.irina, school_cast.polina, school_cast.larisa}
    assert meeting.chair.user == school_cast.elena, "Юлия has not signed the undertaking and does not sit"
    assert Event.objects.filter(code="meeting.planned").exists()


def test_the_next_meeting_remembers_the_composition(school_cast):
    first = planned(school_cast)
    first.members.filter(position__user=school_cast.larisa).delete()
    services.member_set_present(
        actor=school_cast.actor(school_cast.elena), meeting=first, position=school_cast.post(school_cast.zhanna),
        is_present=True,
    )  # fmt: skip
    second = planned(school_cast, today() + timedelta(30))
    sitting = {one.position.user for one in second.members.all()}
    assert sitting == {school_cast.elena, school_cast.irina, school_cast.polina, school_cast.zhanna}


def test_a_past_day_a_stranger_and_a_school_without_a_chair_are_refused(school_cast):
    with pytest.raises(Refusal, match="уже прошёл"):
        planned(school_cast, today() - timedelta(1))
    with pytest.raises(Refusal) as refused:
        planned(school_cast, chair=school_cast.post(school_cast.zakhar))
    assert (refused.value.code, refused.value.field) == ("not_here", "chair")
    school_cast.post(school_cast.elena).delete()
    with pytest.raises(Refusal) as refused:
        services.meeting_plan(actor=school_cast.actor(school_cast.irina), day=today(), on=today())
    assert refused.value.code == "no_chair"
    assert not ConsiliumMeeting.objects.exists()


def test_a_whole_meeting_of_three_children(school_cast):
    elena = school_cast.actor(school_cast.elena)
    vera = pupil_of(school_cast.four_a, "Волкова", "Вера", "Ивановна")
    meeting = planned(school_cast, purpose="обсуждение")
    items = [added(school_cast, meeting, child) for child in (school_cast.misha, school_cast.lev, vera)]
    assert [one.order for one in items] == [1, 2, 3]
    signed(school_cast, items[0])
    signed(school_cast, items[1], "no_difficulties")
    with pytest.raises(Refusal, match="Остались вопросы"):
        services.meeting_end(actor=elena, meeting=meeting, on=today())
    later = planned(school_cast, today() + timedelta(14))
    write(school_cast, items[2], problems="Часто болеет.")
    moved = services.item_postpone(actor=elena, item=items[2], to=later)
    assert moved.sections.get(code="problems").text == "Часто болеет."
    services.meeting_end(actor=elena, meeting=meeting, on=today())
    held = services.protocol_issue(actor=elena, meeting=meeting, on=today())
    assert (held.number, held.year, held.state) == (1, today().year, "held")
    assert [one.number for one in ConsiliumOpinion.objects.order_by("number")] == [1, 2]
    assert not faults(school_cast.school)
    paper = services.protocol_read(actor=elena, meeting=held)
    assert [one["title"].split(",")[0] for one in paper["items"]] == ["Данилов Миша Игоревич", "Уваров Лев Олегович"]
    assert "Занятия с логопедом" in paper["items"][0]["talk"]
    assert paper["chair_name"] == "Егорова\u00a0Е.\u00a0Е."
    assert Entry.objects.get(series__code="consilium-meeting").content["children"] == "2\u00a0обучающихся"


def test_the_opinion_is_frozen_with_what_was_said_and_begins_its_terms(school_cast):
    item = signed(school_cast, added(school_cast, planned(school_cast)))
    item.refresh_from_db()
    content = item.opinion.snapshot.content
    assert content["conclusion"] == "Нуждается в занятиях с логопедом до конца года."
    assert content["outcome"].startswith("испытывает трудности")
    assert content["grade"] == "4 «А»"
    assert content["parents_words"] == "Мы поможем дома."
    assert [one["name"] for one in content["members"]] == [
        "Ильина\u00a0И.\u00a0И.",
        "Лебедева\u00a0Л.\u00a0Л.",
        "Павлова\u00a0П.\u00a0П.",
    ]
    assert snapshot_is_whole(item.opinion.snapshot)
    assert (item.first_control_on, item.second_control_on) == (months_later(today(), 1.5), months_later(today(), 3))
    assert (
        Entry.objects.get(series__code="consilium-opinion").content["initiator"] == "родители (законные представители)"
    )


def test_nothing_is_signed_without_quorum_outcome_conclusion_or_the_parents_word(school_cast):
    elena = school_cast.actor(school_cast.elena)
    meeting = planned(school_cast)
    item = added(school_cast, meeting)
    services.item_open(actor=elena, item=item, on=today())

    def why() -> str:
        with pytest.raises(Refusal) as refused:
            services.opinion_offer(actor=elena, item=item, on=today())
        assert refused.value.clause
        return refused.value.code

    for user in (school_cast.irina, school_cast.polina):
        services.member_set_present(actor=elena, meeting=meeting, position=school_cast.post(user), is_present=False)
    assert why() == "no_quorum"
    services.member_set_present(
        actor=elena, meeting=meeting, position=school_cast.post(school_cast.polina), is_present=True
    )
    assert quorum(meeting).words == "Присутствуют 3\u00a0члена консилиума из 4, кворум (3) есть"
    assert why() == "no_conclusion"
    write(school_cast, item, problems="Не успевает.")
    assert why() == "no_outcome"
    services.decision_set(actor=elena, item=item, outcome="difficulties")
    assert why() == "no_recommendation"
    services.decision_set(actor=elena, item=item, outcome="difficulties", recommendation="difficulties")
    assert why() == "no_leading"
    services.decision_set(
        actor=elena, item=item, outcome="difficulties", recommendation="difficulties",
        leading=school_cast.post(school_cast.larisa),
    )  # fmt: skip
    assert why() == "no_parents"
    services.parents_hear(actor=elena, item=item, answer="absent")
    assert services.opinion_offer(actor=elena, item=item, on=today()).state == "signing"


def test_each_signs_for_himself_and_a_dissent_stays_with_its_text(school_cast):
    item = offered(school_cast, added(school_cast, planned(school_cast)))
    for user in (school_cast.elena, school_cast.irina, school_cast.polina):
        item = services.opinion_sign(actor=school_cast.actor(user), item=item, on=today())
        assert item.state == "signing"
    with pytest.raises(Refusal, match="уже подписали"):
        services.opinion_sign(actor=school_cast.actor(school_cast.polina), item=item, on=today())
    item = services.opinion_sign(
        actor=school_cast.actor(school_cast.larisa), item=item, on=today(), dissent="Нужна ПМПК."
    )
    assert item.state == "signed"
    assert item.opinion.snapshot.content["opinions"] == [
        {"position": "учитель-логопед", "name": "Лебедева\u00a0Л.\u00a0Л.", "text": "Нужна ПМПК."}
    ]
    with pytest.raises(PermissionDenied):
        services.opinion_sign(actor=school_cast.actor(school_cast.tatiana), item=item, on=today())


def test_while_it_is_signed_nothing_changes_and_it_can_be_taken_back(school_cast):
    elena = school_cast.actor(school_cast.elena)
    item = offered(school_cast, added(school_cast, planned(school_cast)))
    with pytest.raises(Refusal, match="больше не меняется"):
        write(school_cast, item, problems="Другое")
    services.opinion_sign(actor=elena, item=item, on=today())
    item = services.opinion_withdraw(actor=elena, item=item)
    assert (item.state, item.signatures.count()) == ("talk", 0)
    write(school_cast, item, problems="Другое")


def test_a_parent_who_disagrees_is_heard_in_his_own_words(school_cast):
    elena = school_cast.actor(school_cast.elena)
    item = talked(school_cast, added(school_cast, planned(school_cast)))
    with pytest.raises(Refusal) as refused:
        services.parents_hear(actor=elena, item=item, answer="disagree", words=" ")
    assert refused.value.field == "parents_words"
    services.parents_hear(actor=elena, item=item, answer="disagree", words="Мы против занятий после уроков.")


def test_an_annulled_opinion_keeps_its_number_and_the_next_one_gets_its_own(school_cast):
    elena = school_cast.actor(school_cast.elena)
    item = signed(school_cast, added(school_cast, planned(school_cast)))
    with pytest.raises(Refusal, match="почему"):
        services.opinion_annul(actor=elena, item=item, on=today(), reason=" ")
    item = services.opinion_annul(actor=elena, item=item, on=today(), reason="Ошибка в имени")
    assert (item.state, item.opinion) == ("talk", None)
    services.opinion_offer(actor=elena, item=item, on=today())
    item = services.opinion_sign_paper(actor=elena, item=item, on=today())
    assert item.opinion.number == 2
    kinds = list(Entry.objects.filter(series__code="consilium-opinion").values_list("kind", "number"))
    assert kinds == [("entry", 1), ("annulment", 1), ("entry", 2)]
    assert not faults(school_cast.school)


def test_parents_and_teachers_are_told_and_it_is_known_who(school_cast):
    elena = school_cast.actor(school_cast.elena)
    item = signed(school_cast, added(school_cast, planned(school_cast)))
    item = services.parents_tell(actor=elena, item=item, on=today())
    assert item.parents_told_on == today()
    with pytest.raises(Refusal, match="Отметьте"):
        services.teachers_tell(actor=elena, item=item, teachers=[], on=today())
    item = services.teachers_tell(actor=elena, item=item, teachers=[school_cast.post(school_cast.tatiana)], on=today())
    assert [one.position.user for one in item.acquaintances.all()] == [school_cast.tatiana]


def test_the_protocol_has_its_term_and_its_number_can_be_annulled(school_cast):
    elena = school_cast.actor(school_cast.elena)
    meeting = planned(school_cast)
    signed(school_cast, added(school_cast, meeting))
    with pytest.raises(Refusal, match="завершите"):
        services.protocol_issue(actor=elena, meeting=meeting, on=today())
    services.meeting_end(actor=elena, meeting=meeting, on=today())
    assert protocol_due(meeting, statute_of(school_cast.school)) == add_working_days(today(), 5)
    services.protocol_issue(actor=elena, meeting=meeting, on=today())
    services.protocol_annul(actor=elena, meeting=meeting, on=today(), reason="Пропущен участник")
    again = services.protocol_issue(actor=elena, meeting=meeting, on=today())
    assert again.number == 2
    assert not faults(school_cast.school)


def test_an_erased_card_leaves_the_protocol(school_cast):
    elena = school_cast.actor(school_cast.elena)
    meeting = planned(school_cast)
    signed(school_cast, added(school_cast, meeting))
    services.meeting_end(actor=elena, meeting=meeting, on=today())
    held = services.protocol_issue(actor=elena, meeting=meeting, on=today())
    frame = Snapshot.objects.get(form="consilium_protocol").content
    assert "Данилов" not in str(frame)
    part = Snapshot.objects.get(form="consilium_protocol_part")
    assert part.person_id == school_cast.misha.public_id
    Snapshot.objects.filter(pk=part.pk).update(content={})
    assert services.protocol_read(actor=elena, meeting=held)["items"][0]["title"].startswith("сведения уничтожены")


def test_at_a_risk_the_meeting_is_called_for_today_and_hidden_from_the_others(school_cast):
    concern = confirmed_concern(school_cast, risk=True)
    elena = school_cast.actor(school_cast.elena)
    with pytest.raises(Refusal, match="сегодня"):
        services.meeting_call(
            actor=elena, child=school_cast.misha, day=today() + timedelta(1), on=today(), ground="concern",
            concern=concern,
        )  # fmt: skip
    item = services.meeting_call(
        actor=elena, child=school_cast.misha, day=today(), on=today(), ground="concern", concern=concern
    )
    item.meeting.members.filter(position__user__in=[school_cast.irina, school_cast.larisa]).delete()
    signed(school_cast, item)

    def sees(user) -> bool:
        actor = school_cast.actor(user)
        rows = [AgendaItem.objects, item.sections, item.participants, ConsiliumOpinion.objects, item.signatures]
        seen = {rows_of.visible_to(actor).exists() for rows_of in rows}
        assert len(seen) == 1
        return seen.pop()

    assert sees(school_cast.elena)
    assert sees(school_cast.polina)
    assert not sees(school_cast.irina), "the head of the service is no member of this meeting"
    assert not sees(school_cast.daniil)
    assert sees(school_cast.larisa), "she leads the child now"
    meeting = ConsiliumMeeting.objects.visible_to(school_cast.actor(school_cast.irina))
    assert [one.children for one in meeting.with_counts(school_cast.actor(school_cast.irina))] == [0]


def test_another_school_sees_and_does_nothing(school_cast):
    meeting = planned(school_cast)
    item = added(school_cast, meeting)
    zakhar = school_cast.actor(school_cast.zakhar)
    for model in (ConsiliumMeeting, AgendaItem):
        assert not model.objects.visible_to(zakhar).exists()
    with pytest.raises(PermissionDenied):
        services.meeting_start(actor=zakhar, meeting=meeting, on=today())
    with pytest.raises(PermissionDenied):
        services.item_open(actor=zakhar, item=item, on=today())
    with pytest.raises(PermissionDenied):
        services.item_add(actor=zakhar, meeting=planned(school_cast), child=Child.objects.first(), ground="other")


def test_the_curator_calls_a_meeting_and_a_teacher_may_not(school_cast):
    item = added(school_cast, planned(school_cast))
    services.participant_invite(
        actor=school_cast.actor(school_cast.elena),
        item=item,
        kind="staff",
        position=school_cast.post(school_cast.zhanna),
    )
    zhanna = school_cast.actor(school_cast.zhanna)
    called = services.meeting_call(
        actor=zhanna, child=school_cast.misha, day=today() + timedelta(2), on=today(), words="Стало хуже"
    )
    assert called.meeting.kind == "unplanned"
    assert called.participants.filter(position__user=school_cast.zhanna).exists()
    with pytest.raises(PermissionDenied):
        services.meeting_call(
            actor=school_cast.actor(school_cast.tatiana), child=school_cast.misha, day=today(), on=today()
        )
