"""Groups: who may begin one, on what ground a child joins, what stands against a lesson, how it all ends."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.knowledge import may_know
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Disability
from opora.school.programmes.models import Programme
from opora.school.pupils.services import pupil_leave
from opora.school.support.groups import services
from opora.school.support.groups.conflicts import Wanted
from opora.school.support.groups.grounds import WITHHELD, ground_words, grounds_of, typed_offer
from opora.school.support.groups.hours import recommended_hours
from opora.school.support.groups.leaving import places_are_given_back
from opora.school.support.groups.models import GroupMember, Lesson
from opora.school.support.groups.planning import series_of, usual_count
from opora.school.support.materials.services import material_change, topic_remove
from opora.school.support.schoolyear.models import Cabinet, DayOff, ServiceSettings
from tests.school_cast import pupil_of

from .stage import SEPTEMBER, TODAY, conclusion, join, programme, start

pytestmark = pytest.mark.usefixtures("known_day")
MONDAY = date(2026, 11, 23)
AT = time(9, 40)


def refused(deed):
    with pytest.raises(Refusal) as raised:
        deed()
    return raised.value


def test_a_specialist_begins_his_own_group_and_the_head_anybodys(school_cast):
    group = start(school_cast)
    assert group.title == "Группа, учитель-логопед"
    assert group.limit == 8, "the setting of the school"
    assert start(school_cast, actor=school_cast.actor(school_cast.irina), kind="individual").limit == 1
    with pytest.raises(PermissionDenied):
        start(school_cast, actor=school_cast.actor(school_cast.polina))
    with pytest.raises(PermissionDenied):
        start(school_cast, actor=school_cast.actor(school_cast.tatiana))
    assert Event.objects.filter(code="group.started").count() == 2


def test_a_limit_above_the_setting_is_refused_by_its_name(school_cast):
    ServiceSettings.objects.create(organisation=school_cast.school, group_limit=6)
    raised = refused(lambda: start(school_cast, limit=7))
    assert (raised.code, raised.field) == ("limit", "limit")
    assert "настройка" in raised.clause
    assert not Event.objects.filter(code="group.started").exists()


@pytest.mark.parametrize(
    ("surname", "title", "advice"),
    [
        ("Мороз", "Мороз и мы", "возьмите слово в кавычки"), ("Мороз", '"Мороз и мы"', ""),
        ("Мороз", "Сказка «Дед Мороз»", ""), ("Бажов", "Сказки «Бажова»", "без этого слова"),
    ],
)  # fmt: skip
def test_a_title_that_names_a_pupil_is_refused_with_advice_that_helps(school_cast, surname, title, advice):
    pupil_of(school_cast.four_a, surname, "Пётр", "Петрович")
    if advice:
        raised = refused(lambda: start(school_cast, title=title))
        assert (raised.code, raised.field) == ("name", "title")
        assert advice in raised.message
    else:
        assert start(school_cast, title=title).title == title


def test_a_group_begun_under_a_wider_limit_keeps_it(school_cast):
    larisa, group = school_cast.actor(school_cast.larisa), start(school_cast, title="Звуки")
    ServiceSettings.objects.create(organisation=school_cast.school, group_limit=6)
    given = {"leader": group.leader, "starts_on": group.starts_on, "ends_on": group.ends_on}
    changed = services.group_change(actor=larisa, group=group, title="Слоги", limit=8, **given)
    assert (changed.title, changed.limit) == ("Слоги", 8)
    assert refused(lambda: services.group_change(actor=larisa, group=group, limit=7, **given)).field == "limit"
    assert services.group_change(actor=larisa, group=group, limit=6, **given).limit == 6


def test_a_title_names_no_child(school_cast):
    head = school_cast.actor(school_cast.irina)
    assert refused(lambda: start(school_cast, actor=head, title="Занятия: Данилов")).field == "title"


def test_a_child_without_a_ground_is_refused_with_the_clause(school_cast):
    group = start(school_cast)
    raised = refused(lambda: join(school_cast, group, school_cast.misha))
    assert raised.code == "no_ground"
    assert "3.3" in raised.clause


def test_what_exists_about_a_child_is_offered_as_its_ground(school_cast):
    conclusion(school_cast, school_cast.misha)
    head = school_cast.actor(school_cast.irina)
    (offer,) = grounds_of(head, school_cast.misha, TODAY)
    assert "учитель-логопед, 2\u00a0ч" in offer.words
    assert grounds_of(head, school_cast.misha, SEPTEMBER - timedelta(days=1)) == [], "not before it was brought"
    member = join(school_cast, start(school_cast), school_cast.misha)
    assert (member.ground, member.duty.speciality) == ("commission", "speech_therapist")


def test_another_childs_ground_is_no_ground(school_cast):
    conclusion(school_cast, school_cast.misha)
    conclusion(school_cast, school_cast.lev)
    (offer,) = grounds_of(school_cast.actor(school_cast.irina), school_cast.lev, TODAY)
    raised = refused(lambda: join(school_cast, start(school_cast), school_cast.misha, offer=offer))
    assert raised.code == "no_ground"


def test_a_child_is_listed_once_and_may_come_back(school_cast):
    conclusion(school_cast, school_cast.misha)
    group = start(school_cast)
    member = join(school_cast, group, school_cast.misha)
    assert refused(lambda: join(school_cast, group, school_cast.misha)).code == "twice"
    head = school_cast.actor(school_cast.irina)
    services.member_leave(actor=head, member=member, on=date(2026, 10, 30), outcome="Говорит чище")
    assert refused(lambda: join(school_cast, group, school_cast.misha, on=date(2026, 10, 30))).code == "twice"
    assert join(school_cast, group, school_cast.misha, on=date(2026, 11, 2)).left_on is None


def test_a_full_group_takes_nobody(school_cast):
    group = start(school_cast, limit=2)
    for number in range(3):
        child = pupil_of(school_cast.four_a, f"Новиков{number}", "Иван", "Ильич")
        conclusion(school_cast, child)
        if number < 2:
            join(school_cast, group, child)
    raised = refused(lambda: join(school_cast, group, child))
    assert raised.code == "full"
    assert GroupMember.objects.filter(group=group).count() == 2


def test_a_leader_knows_the_child_while_it_is_in_the_group(school_cast):
    brought = conclusion(school_cast, school_cast.misha)
    brought.duties.update(responsible=None)
    larisa = school_cast.actor(school_cast.larisa)
    assert not may_know(larisa, school_cast.misha.public_id)
    group = start(school_cast)
    with pytest.raises(PermissionDenied):
        join(school_cast, group, school_cast.misha, actor=larisa)
    member = join(school_cast, group, school_cast.misha)
    assert may_know(larisa, school_cast.misha.public_id)
    services.member_leave(actor=larisa, member=member, on=TODAY - timedelta(days=1))
    assert not may_know(larisa, school_cast.misha.public_id)


def test_a_post_that_ended_and_a_closed_group_make_nobody_known(school_cast):
    brought = conclusion(school_cast, school_cast.misha)
    brought.duties.update(responsible=None)
    group = start(school_cast)
    join(school_cast, group, school_cast.misha)
    post = school_cast.post(school_cast.larisa)
    post.ended_on = TODAY - timedelta(days=1)
    post.save()
    assert not may_know(school_cast.actor(school_cast.larisa, TODAY - timedelta(days=2)), school_cast.misha.public_id)
    post.ended_on = None
    post.save()
    services.group_close(actor=school_cast.actor(school_cast.larisa), group=group, on=TODAY, outcome="Звуки есть")
    assert not may_know(school_cast.actor(school_cast.larisa), school_cast.misha.public_id)


def test_an_ipra_is_shown_to_those_who_see_it_and_to_the_leader(school_cast):
    Disability.objects.create(
        organisation=school_cast.school, child=school_cast.misha, rehabilitation_number="77/2026"
    )  # fmt: skip
    group = start(school_cast)
    member = join(school_cast, group, school_cast.misha)
    assert member.ground == "rehabilitation"
    member = GroupMember.objects.select_related("group__leader").get(pk=member.pk)
    for user, seen in (("irina", True), ("larisa", True), ("polina", False), ("tatiana", False)):
        words = ground_words(school_cast.actor(getattr(school_cast, user)), [member])[member.pk]
        assert (words != WITHHELD) is seen, user


def test_a_ground_that_one_may_not_read_is_neither_offered_nor_told(school_cast):
    programme = Programme.objects.create(
        organisation=school_cast.school, child=school_cast.misha, status="running", kind="risk", starts_on=SEPTEMBER,
        curator=school_cast.post(school_cast.polina), named_by=school_cast.post(school_cast.elena), number=1, year=2026,
    )  # fmt: skip
    elena, irina = school_cast.actor(school_cast.elena), school_cast.actor(school_cast.irina)
    assert [one.programme for one in grounds_of(elena, school_cast.misha, TODAY)] == [programme]
    assert grounds_of(irina, school_cast.misha, TODAY) == [], "the head of the service knows nothing of this one"
    member = GroupMember.objects.create(
        organisation=school_cast.school, group=start(school_cast), child=school_cast.misha, ground="programme",
        programme=programme, ground_note="ИПС № 1/2026", joined_on=SEPTEMBER,
    )  # fmt: skip
    assert ground_words(irina, [member])[member.pk] == WITHHELD
    assert ground_words(elena, [member])[member.pk] == "ИПС № 1/2026"


def test_a_typed_ipra_needs_its_details(school_cast):
    group = start(school_cast)
    raised = refused(lambda: join(school_cast, group, school_cast.misha, offer=typed_offer("  ")))
    assert raised.field == "ground_note"
    assert join(school_cast, group, school_cast.misha, offer=typed_offer("№ 5 от 01.09.2026")).ground_note


def test_a_series_skips_days_off_and_lays_topics_in_order(school_cast):
    DayOff.objects.create(
        organisation=school_cast.school, title="Карантин", starts_on=date(2026, 11, 27), ends_on=date(2026, 11, 27)
    )  # fmt: skip
    larisa = school_cast.actor(school_cast.larisa)
    group = start(school_cast, material=programme(school_cast), hours=Decimal(4))
    assert usual_count(group) == 4
    laid = series_of(larisa, group, weekdays=[3, 5], starts_at=AT, minutes=40, count=5, first=TODAY)
    assert [one.on.day for one in laid.wanted] == [25, 2, 4, 9, 11]
    assert laid.skipped == [(date(2026, 11, 27), "Карантин")]
    assert [one.title if one else None for one in laid.topics] == ["Звук Р", "Звук Р", "Звук Л", "Слоги", None]
    made = services.lessons_plan(actor=larisa, group=group, wanted=laid.wanted, topics=laid.topics)
    assert Lesson.objects.filter(group=group).count() == len(made) == 5


@pytest.mark.parametrize(
    ("on", "words"), [(date(2026, 11, 22), "выходной"), (date(2027, 1, 4), "праздничный"), (date(2027, 6, 7), "вне")]
)
def test_a_lesson_on_a_day_off_or_out_of_the_term_is_refused_in_words(school_cast, on, words):
    group = start(school_cast)
    wanted = [Wanted(MONDAY, AT, 40), Wanted(on, AT, 40)]
    raised = refused(
        lambda: services.lessons_plan(actor=school_cast.actor(school_cast.larisa), group=group, wanted=wanted)
    )
    assert raised.field == "on"
    assert words in raised.message
    assert not Lesson.objects.exists(), "all of a series or nothing"


def test_a_lesson_meets_no_other_one_of_its_specialist_cabinet_or_child(school_cast):
    room = Cabinet.objects.create(organisation=school_cast.school, title="Кабинет 12")
    for child in (school_cast.misha, school_cast.lev):
        conclusion(school_cast, child)
    head = school_cast.actor(school_cast.irina)
    first, second = start(school_cast), start(school_cast)
    foreign = start(school_cast, actor=head, leader=school_cast.post(school_cast.polina), title="Спокойствие")
    join(school_cast, first, school_cast.misha)
    services.lessons_plan(actor=head, group=first, wanted=[Wanted(MONDAY, AT, 40, room)])
    assert plan_refusal(head, second, AT).code == "person"
    assert plan_refusal(head, foreign, AT, room).code == "cabinet"
    services.lessons_plan(actor=head, group=foreign, wanted=[Wanted(MONDAY, AT, 40)])
    raised = refused(lambda: join(school_cast, foreign, school_cast.misha))
    assert raised.code == "child_busy"
    assert "Данилов" in raised.message
    touching = Wanted(MONDAY, time(10, 20), 40, room)
    assert services.lessons_plan(actor=head, group=second, wanted=[touching])
    assert join(school_cast, second, school_cast.misha)
    later = services.lessons_plan(actor=head, group=foreign, wanted=[Wanted(MONDAY, time(12), 40)])[0]
    join(school_cast, foreign, school_cast.lev)
    raised = refused(lambda: services.lesson_move(actor=head, lesson=later, on=MONDAY, starts_at=AT, minutes=40))
    assert raised.code == "person"


def plan_refusal(actor, group, at, room=None):
    return refused(lambda: services.lessons_plan(actor=actor, group=group, wanted=[Wanted(MONDAY, at, 30, room)]))


def test_a_lesson_is_moved_and_cancelled_with_a_reason(school_cast):
    larisa = school_cast.actor(school_cast.larisa)
    group = start(school_cast, material=programme(school_cast))
    laid = series_of(larisa, group, weekdays=[1], starts_at=AT, minutes=40, count=2, first=MONDAY)
    one, _ = services.lessons_plan(actor=larisa, group=group, wanted=laid.wanted, topics=laid.topics)
    services.lesson_move(actor=larisa, lesson=one, on=MONDAY, starts_at=time(10), minutes=40)
    assert refused(lambda: services.lesson_cancel(actor=larisa, lesson=one, reason=" ")).field == "reason"
    services.lesson_cancel(actor=larisa, lesson=one, reason="карантин")
    assert refused(lambda: services.lesson_cancel(actor=larisa, lesson=one, reason="ещё")).code == "cancelled"
    with pytest.raises(PermissionDenied):
        services.lesson_cancel(actor=school_cast.actor(school_cast.polina), lesson=one, reason="чужое")
    again = series_of(larisa, group, weekdays=[2], starts_at=AT, minutes=40, count=1, first=MONDAY)
    assert again.topics[0].title == "Звук Р", "the topic of the cancelled lesson is laid again"


def test_a_topic_that_lessons_were_planned_by_is_not_taken_out_of_its_programme(school_cast):
    larisa, head = school_cast.actor(school_cast.larisa), school_cast.actor(school_cast.irina)
    work = programme(school_cast)
    used, other, _ = work.topics.order_by("order")
    group = start(school_cast, material=work)
    services.lessons_plan(actor=larisa, group=group, wanted=[Wanted(MONDAY, AT, 40)], topics=[used])
    material_change(actor=head, material=work)

    assert refused(lambda: topic_remove(actor=head, topic=used)).code == "held"
    assert Lesson.objects.get(group=group).topic == used
    topic_remove(actor=head, topic=other)
    assert not work.topics.filter(pk=other.pk).exists()


def test_closing_sums_up_the_group_and_each_child(school_cast):
    conclusion(school_cast, school_cast.misha)
    group = start(school_cast)
    member = join(school_cast, group, school_cast.misha)
    larisa = school_cast.actor(school_cast.larisa)
    services.lessons_plan(actor=larisa, group=group, wanted=[Wanted(MONDAY, AT, 40)])
    assert refused(lambda: services.group_close(actor=larisa, group=group, on=TODAY, outcome="")).field == "outcome"
    services.group_close(
        actor=larisa, group=group, on=TODAY, outcome="Звуки введены", results={member.public_id: "Р чистый"}
    )  # fmt: skip
    member.refresh_from_db()
    assert (member.left_on, member.outcome) == (TODAY, "Р чистый")
    assert Lesson.objects.get().cancel_reason == "группа закрыта"
    assert refused(lambda: join(school_cast, group, school_cast.misha, on=TODAY)).code == "closed"


def test_a_pupil_who_leaves_the_school_leaves_its_groups(school_cast):
    conclusion(school_cast, school_cast.misha)
    member = join(school_cast, start(school_cast), school_cast.misha)
    pupil_leave(actor=school_cast.actor(school_cast.elena), child=school_cast.misha, on=TODAY)
    member.refresh_from_db()
    assert member.left_on == TODAY


@pytest.mark.parametrize(
    ("until", "left"),
    [
        (None, TODAY),
        (TODAY - timedelta(days=1), TODAY - timedelta(days=1)),
        (TODAY, TODAY),
        (date(2026, 12, 20), TODAY),
    ],
)
def test_a_place_that_was_to_end_later_ends_with_the_consent(school_cast, until, left):
    conclusion(school_cast, school_cast.misha)
    head = school_cast.actor(school_cast.irina)
    member = join(school_cast, start(school_cast), school_cast.misha)
    if until is not None:
        services.member_leave(actor=head, member=member, on=until)
    told = Event.objects.filter(code="group.member_left").count()
    places_are_given_back(head, school_cast.misha, TODAY)
    member.refresh_from_db()
    assert member.left_on == left
    assert (Event.objects.filter(code="group.member_left").count() > told) is (until is None or until > TODAY)


def test_hours_are_recommended_for_the_weeks_in_which_the_conclusion_held(school_cast):
    conclusion(school_cast, school_cast.misha, on=date(2026, 9, 14), valid_until=date(2026, 9, 25))
    conclusion(school_cast, school_cast.lev, hours=None)
    (one,) = recommended_hours(school_cast.school, date(2026, 9, 1), date(2026, 12, 31))
    assert (one.child_id, one.speciality, one.weeks, one.hours) == (
        school_cast.misha.pk, "speech_therapist", Decimal(2), Decimal(4)
    )  # fmt: skip
    assert recommended_hours(school_cast.school, date(2026, 10, 1), date(2026, 12, 31)) == []


def test_recommended_hours_of_many_children_cost_as_many_queries_as_of_one(school_cast, django_assert_num_queries):
    for number in range(4):
        child = pupil_of(school_cast.four_a, f"Быков{number}", "Иван", "Ильич")
        conclusion(school_cast, child)
    with django_assert_num_queries(3):
        assert len(recommended_hours(school_cast.school, SEPTEMBER, TODAY)) == 4
