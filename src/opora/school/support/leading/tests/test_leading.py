"""What the head sees: each figure is the count of the list that it opens; samples by lot, remarks, notices of acts."""

import re
from datetime import date, time, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.ui.desk import desk_of
from opora.people.children.models import PreventionRecord
from opora.school.duties.models import SchoolDuty
from opora.school.duties.offers import DutyDraft
from opora.school.duties.tests.stage import bring
from opora.school.support.groups.models import Group, GroupMember, Lesson
from opora.school.support.leading.coverage import counts_of, covers_of
from opora.school.support.leading.law import act_lines
from opora.school.support.leading.load import loads_of
from opora.school.support.leading.models import ActNotice, QualityReview
from opora.school.support.leading.services import notice_read, notice_tell, review_mend, review_save, sample_draw
from opora.school.support.schedules.models import ScheduleSlot, WorkSchedule
from opora.school.support.schoolyear.models import ServiceSettings
from opora.school.support.worklog.listing import spans
from opora.school.support.worklog.models import WorkEntry
from opora.school.support.worklog.services import entry_remove
from tests.school_cast import pupil_of

pytestmark = pytest.mark.usefixtures("known_day")
TODAY = date(2026, 11, 21)
FIRST = date(2026, 11, 1)


def entry(cast, user, day=TODAY, minutes=60, **fields):
    usual = {"kind": "individual", "direction": "correction", "topic": "Чтение"}
    return WorkEntry.objects.create(
        organisation=cast.school, position=cast.post(user), on=day, minutes=minutes, **usual | fields
    )


def course(cast, user, child=None):
    group = Group.objects.create(
        organisation=cast.school, title="Читаем вместе", leader=cast.post(user), limit=8, starts_on=FIRST,
        ends_on=date(2027, 5, 31),
    )  # fmt: skip
    if child is not None:
        GroupMember.objects.create(
            organisation=cast.school, group=group, child=child, ground="commission", joined_on=FIRST
        )
    return group


def lesson(group, day, at=9):
    return Lesson.objects.create(
        organisation=group.organisation, group=group, on=day, starts_at=time(at), minutes=40
    )  # fmt: skip


def month():
    return next(one for one in spans(TODAY) if one.code == "month")


def test_the_load_counts_what_was_logged_against_norm_and_schedule(school_cast):
    entry(school_cast, school_cast.polina, minutes=120)
    entry(school_cast, school_cast.polina, minutes=90, kind="methods")
    entry(school_cast, school_cast.polina, minutes=500, is_draft=True)
    entry(school_cast, school_cast.polina, minutes=500, day=FIRST - timedelta(days=1))
    schedule = WorkSchedule.objects.create(
        organisation=school_cast.school, position=school_cast.post(school_cast.polina), starts_on=FIRST,
        ends_on=date(2026, 12, 31), status="approved",
    )  # fmt: skip
    ScheduleSlot.objects.create(
        organisation=school_cast.school, schedule=schedule, weekday=2, starts_at=time(9), ends_at=time(11),
        kind="individual",
    )  # fmt: skip
    loads = {one.post.user_id: one for one in loads_of(school_cast.actor(school_cast.irina), month(), TODAY)}
    own = loads[school_cast.polina.pk]
    assert (own.logged, own.direct, own.entries, own.drafts) == (210, 120, 2, 1)
    assert own.scheduled == 3 * 120, "three Tuesdays of November have passed"
    # November has fourteen school days until the 21st: the 4th is a holiday, so 0,8 + 1 + 1 weeks
    assert (own.wanted, own.wanted_direct) == (round(36 * 60 * 2.8), round(18 * 60 * 2.8))
    assert loads[school_cast.larisa.pk].logged == 0
    assert school_cast.irina.pk not in loads, "the head has no norm and has logged nothing"


def load_of(cast, user):
    return {one.post.user_id: one for one in loads_of(cast.actor(cast.irina), month(), TODAY)}[user.pk]


def test_a_week_of_six_days_asks_no_more_hours(school_cast):
    ServiceSettings.objects.create(organisation=school_cast.school, works_saturdays=True)
    # the first week has five days without the holiday, the others six: three whole weeks
    assert load_of(school_cast, school_cast.polina).wanted == 36 * 60 * 3


@pytest.mark.parametrize(("day", "days"), [(date(2026, 11, 19), 2), (date(2026, 11, 20), 1), (date(2026, 11, 21), 0)])
def test_a_post_is_asked_for_its_own_days_alone(school_cast, day, days):
    posts = Position.objects.filter(pk=school_cast.post(school_cast.polina).pk)
    whole = load_of(school_cast, school_cast.polina).wanted
    posts.update(started_on=day)
    assert load_of(school_cast, school_cast.polina).wanted == 36 * 60 * days // 5
    posts.update(started_on=FIRST, ended_on=day - timedelta(days=1))
    assert load_of(school_cast, school_cast.polina).wanted == whole - 36 * 60 * days // 5


def approved(cast, starts_on, *slots):
    """Slots: the day of the week, hours, weeks."""
    schedule = WorkSchedule.objects.create(
        organisation=cast.school, position=cast.post(cast.polina), starts_on=starts_on, ends_on=date(2026, 12, 31),
        status="approved",
    )  # fmt: skip
    for weekday, hours, weeks in slots:
        ScheduleSlot.objects.create(
            organisation=cast.school, schedule=schedule, weekday=weekday, starts_at=time(9), ends_at=time(9 + hours),
            kind="individual", weeks=weeks,
        )  # fmt: skip
    return schedule


def test_each_day_is_counted_by_the_schedule_in_force_on_it(school_cast):
    approved(school_cast, date(2026, 9, 1), (2, 2, "every"), (4, 1, "every"))
    latest = approved(school_cast, date(2026, 11, 17), (2, 5, "every"), (5, 1, "odd"), (4, 3, "even"))
    load = load_of(school_cast, school_cast.polina)
    # Tuesdays 3 and 10, Thursdays 5 and 12 by the first; Tuesday 17 and the odd Friday 20 by the second
    assert (load.scheduled, load.schedule) == ((2 * 2 + 2 * 1 + 5 + 1) * 60, latest)
    Position.objects.filter(pk=load.post.pk).update(started_on=date(2026, 11, 12))
    assert load_of(school_cast, school_cast.polina).scheduled == (1 + 5 + 1) * 60


def test_what_a_leaver_left_stands_in_the_figure_and_in_the_list(school_cast, irina):
    lesson(course(school_cast, school_cast.polina), date(2026, 10, 6))
    entry(school_cast, school_cast.polina, date(2026, 10, 6), is_draft=True)
    post = school_cast.post(school_cast.polina)
    Position.objects.filter(pk=post.pk).update(ended_on=date(2026, 10, 20))
    late = irina.get(reverse("leading:desk")).context["late"]
    for one in late[:2]:
        assert one.count == 1
        assert irina.get(one.address).context["count"] == 1
        assert irina.get(one.address, {"who": post.public_id}).context["count"] == 1


def test_coverage_tells_who_has_no_lessons_and_no_specialist(school_cast):
    lessons = [DutyDraft("lessons", "Логопед 2 ч", speciality="speech_therapist", hours=2)]
    bring(school_cast, duties=lessons)
    actor = school_cast.actor(school_cast.irina)
    (line,) = covers_of(actor, TODAY)
    assert (line.is_idle, line.is_alone) == (True, False)
    course(school_cast, school_cast.larisa, school_cast.misha)
    SchoolDuty.objects.filter(brought=line.brought_id, kind="lessons").update(responsible=None)
    (line,) = covers_of(actor, TODAY)
    assert (line.is_idle, line.is_alone, line.missing) == (False, True, ["учитель-логопед"])
    assert counts_of([line])["alone"] == 1


@pytest.fixture
def irina(school_cast, as_user):
    return as_user(school_cast.irina)


def everything(cast):
    """Something stands behind every figure."""
    bring(cast, duties=[DutyDraft("lessons", "Логопед 2 ч", speciality="speech_therapist", hours=2)])
    group = course(cast, cast.polina)
    for at in range(3):
        lesson(group, TODAY - timedelta(days=at + 1))
    entry(cast, cast.polina, is_draft=True)
    entry(cast, cast.polina, minutes=40)
    PreventionRecord.objects.create(organisation=cast.school, child=cast.misha, body="school")
    sample_draw(actor=cast.actor(cast.irina), start=FIRST, end=TODAY, count=1)


def test_every_figure_is_the_count_of_the_list_that_it_opens(school_cast, irina):
    everything(school_cast)
    page = irina.get(reverse("leading:desk"))
    figures = [*page.context["late"], *page.context["risk"], *page.context["quality"]]
    opened = [one for one in figures if one.count]
    assert {one.words for one in opened} >= {
        "занятия без записи", "черновики в учёте работы", "дети на профилактическом учёте",
        "выбранные записи ждут просмотра",
    }  # fmt: skip
    for one in figures:
        answer = irina.get(one.address)
        assert answer.status_code == 200, one.words
        if "count" in answer.context:
            assert answer.context["count"] == one.count, one.words
    for kind, _, count in page.context["coverage"]:
        answer = irina.get(reverse("leading:coverage"), {"kind": kind})
        assert answer.context["page"].paginator.count == count
    for load in page.context["loads"]:
        if load.entries:
            assert irina.get(load.journal).context["count"] == load.entries
        if load.unlogged:
            assert irina.get(load.lessons).context["count"] == load.unlogged


def test_the_page_is_for_the_head_and_the_director_and_risk_is_narrow(school_cast, as_user):
    everything(school_cast)
    assert as_user(school_cast.polina).get(reverse("leading:desk")).status_code == 403
    assert as_user(school_cast.tatiana).get(reverse("leading:desk")).status_code == 403
    director = as_user(school_cast.daniil)
    page = director.get(reverse("leading:desk")).content.decode()
    assert "Нагрузка" in page
    assert "профилактическом учёте" not in page
    assert director.get(reverse("leading:prevention")).status_code == 403
    assert "Выбрать записи" not in page


def test_the_page_asks_as_few_queries_for_much_work(school_cast, irina):
    everything(school_cast)

    def queries():
        irina.get(reverse("leading:desk"))
        with CaptureQueriesContext(connection) as caught:
            assert irina.get(reverse("leading:desk")).status_code == 200
        return len(caught)

    few = queries()
    group = course(school_cast, school_cast.larisa)
    for at in range(20):
        lesson(group, TODAY - timedelta(days=at + 1))
        entry(school_cast, school_cast.larisa, TODAY - timedelta(days=at % 15))
        child = pupil_of(school_cast.four_a, f"Петров{at}", "Пётр", "Иванович")
        PreventionRecord.objects.create(organisation=school_cast.school, child=child, body="police")
    assert queries() == few


def test_the_lot_draws_of_each_once_and_never_of_the_head(school_cast):
    head = school_cast.actor(school_cast.irina)
    for user in (school_cast.polina, school_cast.larisa, school_cast.irina):
        for at in range(5):
            entry(school_cast, user, TODAY - timedelta(days=at))
    entry(school_cast, school_cast.polina, is_draft=True)
    drawn = sample_draw(actor=head, start=FIRST, end=TODAY, count=2, chance=Random(1))
    owners = [one.entry.position.user for one in QualityReview.objects.select_related("entry__position__user")]
    assert sorted(one.username for one in owners) == ["larisa", "larisa", "polina", "polina"]
    again = sample_draw(actor=head, start=FIRST, end=TODAY, count=20)
    assert not {one.entry_id for one in drawn} & {one.entry_id for one in again}
    assert QualityReview.objects.count() == 10
    for wrong in ({"count": 0}, {"count": 21}, {"start": TODAY + timedelta(days=3), "end": TODAY}, {}):
        with pytest.raises(Refusal):
            sample_draw(actor=head, **{"start": FIRST, "end": TODAY, "count": 1} | wrong)
    with pytest.raises(PermissionDenied):
        sample_draw(actor=school_cast.actor(school_cast.polina), start=FIRST, end=TODAY, count=1)


def test_a_remark_goes_to_the_author_who_mends(school_cast):
    head, polina = school_cast.actor(school_cast.irina), school_cast.actor(school_cast.polina)
    entry(school_cast, school_cast.polina)
    (drawn,) = sample_draw(actor=head, start=FIRST, end=TODAY, count=1)
    assert any("просмотреть 1" in one.todo.replace("\xa0", " ") for one in desk_of(head, TODAY).today)
    assert not QualityReview.objects.visible_to(polina).exists(), "nothing is said yet"
    with pytest.raises(Refusal, match="что исправить"):
        review_save(actor=head, review=drawn, verdict="remarks", words=" ")
    with pytest.raises(Refusal):
        review_mend(actor=polina, review=drawn)
    review_save(actor=head, review=drawn, verdict="remarks", words="Опишите итог")
    assert any("по замечаниям" in one.todo for one in desk_of(polina, TODAY).today)
    assert not QualityReview.objects.visible_to(school_cast.actor(school_cast.larisa)).exists()
    with pytest.raises(PermissionDenied):
        review_mend(actor=school_cast.actor(school_cast.larisa), review=drawn)
    review_mend(actor=polina, review=drawn)
    assert not any("по замечаниям" in one.todo for one in desk_of(polina, TODAY).today)


def test_an_entry_with_a_verdict_is_removed_by_the_head_alone(school_cast, as_user):
    polina, head = school_cast.actor(school_cast.polina), school_cast.actor(school_cast.irina)
    seen, unseen = entry(school_cast, school_cast.polina), entry(school_cast, school_cast.polina)
    sample_draw(actor=head, start=FIRST, end=TODAY, count=2)
    review_save(actor=head, review=seen.review, verdict="bad", words="Переписать")
    with pytest.raises(Refusal, match="оценка"):
        entry_remove(actor=polina, entry=seen)
    pages = [as_user(one).get(reverse("worklog:entry", args=[seen.public_id])).content.decode()
             for one in (school_cast.polina, school_cast.irina)]  # fmt: skip
    assert [reverse("worklog:remove", args=[seen.public_id]) in one for one in pages] == [False, True]
    assert "оценка хранится" in pages[0]
    entry_remove(actor=polina, entry=unseen)
    assert [one.verdict for one in QualityReview.objects.all()] == ["bad"]
    entry_remove(actor=head, entry=seen, reason="twice")
    assert not QualityReview.objects.exists()


def test_samples_are_drawn_and_looked_at_one_after_another(school_cast, irina, as_user):
    for at in range(2):
        entry(school_cast, school_cast.polina, TODAY - timedelta(days=at), content="Читали слоги")
    assert irina.post(reverse("leading:draw"), {"month": "month", "count": "x"}).status_code == 422
    assert irina.post(reverse("leading:draw"), {"month": "zzz", "count": "1"}).status_code == 422
    assert irina.post(reverse("leading:draw"), {"month": "month", "count": "2"}).status_code == 302
    first, second = QualityReview.objects.order_by("pk")
    address = reverse("leading:review", args=[first.public_id])
    assert "Читали слоги" in irina.get(address).content.decode()
    judge = reverse("leading:judge", args=[first.public_id])
    assert irina.post(judge, {"verdict": "bad", "words": ""}).status_code == 422
    answer = irina.post(judge, {"verdict": "bad", "words": "Переписать"})
    assert answer.headers["Location"] == reverse("leading:review", args=[second.public_id])
    author = as_user(school_cast.polina)
    assert "Переписать" in author.get(address).content.decode()
    assert author.get(reverse("leading:review", args=[second.public_id])).status_code == 404
    assert author.post(judge, {"verdict": "good"}).status_code == 403
    assert author.post(reverse("leading:mended", args=[first.public_id])).status_code == 302
    assert author.get(reverse("leading:quality")).context["count"] == 1


def test_specialists_are_told_of_an_act_and_say_that_they_have_read_it(school_cast, irina, as_user):
    page = irina.get(reverse("leading:law")).content.decode()
    assert "сверить с официальным текстом" in page
    assert irina.post(reverse("leading:tell"), {"act": "zzz"}).status_code == 422
    assert irina.post(reverse("leading:tell"), {"act": "law_273", "words": "Статья 42"}).status_code == 302
    with pytest.raises(Refusal, match="сегодня уже"):
        notice_tell(actor=school_cast.actor(school_cast.irina), act="law_273")
    notice = ActNotice.objects.get()
    polina = school_cast.actor(school_cast.polina)
    assert any("ознакомиться" in one.todo for one in desk_of(polina, TODAY).today)
    client = as_user(school_cast.polina)
    address = reverse("leading:notice", args=[notice.public_id])
    assert "Статья 42" in client.get(address).content.decode()
    client.post(reverse("leading:read", args=[notice.public_id]))
    notice_read(actor=polina, notice=notice)
    assert notice.readings.count() == 1
    assert not any("ознакомиться" in one.todo for one in desk_of(polina, TODAY).today)
    assert "ждём" in re.sub(r"<[^>]+>", "", irina.get(address).content.decode())


def test_a_recalled_status_is_never_told_as_the_law():
    lines = act_lines(TODAY)
    assert any(one.change for one in lines)
    assert all(one.colour == "soon" and not one.change for one in lines if not one.standing.is_known)
