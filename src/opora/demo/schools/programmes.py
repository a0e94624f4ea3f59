"""A programme from the chair's word to where it stands today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from django.utils import timezone

from opora.regulations.calendar import is_working_day
from opora.regulations.support.terms import months_later
from opora.school.programmes import services
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Activity, Criterion, Goal, Programme, ProgrammeSection, Task
from opora.school.programmes.services.ending import opinion_record, programme_continue, programme_finish
from opora.school.programmes.services.following import Given, mark_set, observations_record

from ..stories import Story, at, later
from .consilium import teacher_of
from .people import School
from .plans import Plan
from .texts import GROWTH, ONCE, OPINIONS, PARTLY, PROPOSALS, SEEN_FIRST, SEEN_LATER, UNDER_WAY, told

REASON = "Замечания разобраны с семьёй на встрече."
MARKED_EVERY = timedelta(days=28)
SEEN_EVERY = timedelta(days=40)
WHOLE = "Проведено полностью."
OF_TEACHER = ("кружок", "поручение", "классный час", "дополнительное занятие")


def programme_story(here: School, plan: Plan, today: date) -> Story:
    """Named curator, a plan, the family, the director, months of marks, the final meeting."""
    opened = at(_next_workday(plan.meeting_on), 10, plan.place % 60)
    yield opened
    post = here.curators[plan.place % len(here.curators)]
    curator = here.actor(post)
    kind = Programme.Kind.RISK if plan.at_risk else Programme.Kind.ORDINARY
    day = timezone.localdate()
    programme = services.programme_open(
        actor=here.chair, child=plan.child, curator=post, on=day, item=plan.item, kind=kind
    )
    plan.programme = programme
    if plan.stop != Status.FINISHED and plan.stop != Status.CONTINUED:
        months = 6 if plan.place % 3 or plan.at_risk or day < today - timedelta(days=100) else 4
        services.term_set(
            actor=here.chair, programme=programme, starts_on=day, ends_on=months_later(day, months), on=day, kind=kind
        )  # fmt: skip
    half_done = plan.stop == Status.DRAFT and plan.place % 2
    _draw(here, plan, programme, day, whole=not half_done)
    if plan.stop == Status.DRAFT:
        return
    yield later(opened, 2)
    services.programme_send_to_family(actor=curator, programme=programme, on=timezone.localdate())
    if plan.place % 3 == 0:
        mother = programme.child.guardianships.get(ended_on=None).guardian
        said = services.proposal_record(
            actor=curator, programme=programme, text=PROPOSALS[plan.place // 3 % len(PROPOSALS)],
            made_on=timezone.localdate(), on=timezone.localdate(), guardian=mother,
        )  # fmt: skip
        if plan.stop != Status.FAMILY:
            services.proposal_answer(
                actor=curator, proposal=said, taken=True, answer="Время занятий изменено.", on=timezone.localdate()
            )
    if plan.stop == Status.FAMILY:
        return
    yield later(opened, 4)
    _agree(here, programme, timezone.localdate())
    if plan.stop == Status.AGREED:
        return
    yield later(opened, 6)
    services.programme_approve(actor=here.director, programme=programme, on=timezone.localdate())
    yield from _follow(here, plan, programme, opened, today)


def _draw(here: School, plan: Plan, programme: Programme, day: date, *, whole: bool) -> None:
    """Texts and the plan; a draft in the middle of the work has no activities for parents and staff yet."""
    curator, trouble = here.actor(programme.curator), plan.trouble
    for section in ProgrammeSection.objects.filter(programme=programme):
        text = trouble.sections.get(section.code, "")
        if text and not section.text:
            services.section_write(actor=curator, section=section, text=text, base_version=section.version)
    goal = services.line_add(actor=curator, programme=programme, part="goal", values={"title": trouble.goal}, on=day)
    task = services.line_add(
        actor=curator, programme=programme, part="task", parent=cast(Goal, goal), on=day,
        values={"title": trouble.task, "direction": trouble.direction},
    )  # fmt: skip
    responsible = {"pupil": here.posts["specialist"], "parents": programme.curator, "staff": here.posts["sluzhba"]}
    teacher = teacher_of(here, programme.child)
    for audience, title, form, frequency, result in trouble.activities:
        if whole or audience == "pupil":
            services.line_add(
                actor=curator, programme=programme, part="activity", parent=cast(Task, task), on=day,
                values={
                    "audience": audience, "title": title, "form": form, "frequency": frequency,
                    "planned_result": result,
                    "responsible": teacher if form in OF_TEACHER else responsible[audience],
                },
            )  # fmt: skip
    title, measure, scale, now, wanted = trouble.criterion
    services.line_add(
        actor=curator, programme=programme, part="criterion", parent=cast(Task, task), on=day,
        values={"title": title, "measure": measure, "scale": scale, "starts_at": now, "wanted": wanted},
    )  # fmt: skip


def _agree(here: School, programme: Programme, day: date) -> None:
    curator = here.actor(programme.curator)
    mother = programme.child.guardianships.get(ended_on=None).guardian
    services.agreement_record(
        actor=curator, programme=programme, guardian=mother, answer="agreed", signed_on=day, on=day
    )  # fmt: skip
    services.programme_agree(actor=curator, programme=programme, on=day, reason=REASON)


def _follow(here: School, plan: Plan, programme: Programme, opened: datetime, today: date) -> Story:
    """Marks and observations month by month, up to today or to the end."""
    ends = plan.final_on or today
    if plan.stop == Status.CANCELLED:
        ends = min(ends, plan.meeting_on + timedelta(days=45))
    activities = list(Activity.objects.filter(programme=programme).order_by("order", "pk"))
    criterion = Criterion.objects.get(programme=programme)
    # One programme in six is left without marks for weeks: the board says so.
    until = ends - timedelta(days=35 if plan.place % 6 == 0 else 2)
    marked, seen, times = opened + timedelta(days=14), opened + timedelta(days=9), 0
    while min(marked, seen).date() <= until:
        if seen <= marked:
            yield seen
            _observe(here, programme, criterion, times)
            times, seen = times + 1, seen + SEEN_EVERY
        else:
            yield marked
            _mark(here, programme, activities, times, plan)
            marked += MARKED_EVERY
    if plan.stop == Status.RUNNING:
        return
    yield at(ends, 18)
    _end(here, plan, programme)


def _mark(here: School, programme: Programme, activities: list[Activity], times: int, plan: Plan) -> None:
    place, boy = plan.place, plan.boy
    for number, activity in enumerate(activities):
        if place % 5 == 1 and (number + times) % 3 == 0:
            continue  # some forget a mark now and then
        done = activity.frequency == "однократно"
        state = "done" if done else "partly" if (number + place) % 5 == 0 else "under_way"
        said = UNDER_WAY[activity.audience]
        result = ONCE if done else PARTLY if state == "partly" else said[(place + times) % len(said)]
        result = told(result, boy=boy)
        mark_set(actor=here.actor(programme.curator), activity=activity, state=state, result=result)


def _observe(here: School, programme: Programme, criterion: Criterion, times: int) -> None:
    now, wanted = criterion.starts_at or Decimal(0), criterion.wanted or Decimal(0)
    grown = GROWTH[min(times, len(GROWTH) - 1)]
    value = (now + (wanted - now) * grown).quantize(Decimal(1))
    day = timezone.localdate()
    observations_record(
        actor=here.actor(programme.curator), programme=programme, on=day, voice="specialist",
        given=[Given(criterion, value)], words=SEEN_LATER[(times - 1) % len(SEEN_LATER)] if times else SEEN_FIRST,
    )  # fmt: skip
    if times % 2:
        observations_record(
            actor=here.actor(programme.curator), programme=programme, on=day, voice="parent",
            given=[Given(criterion, value)],
        )  # fmt: skip


def _end(here: School, plan: Plan, programme: Programme) -> None:
    day = timezone.localdate()
    curator = here.actor(programme.curator)
    if plan.stop == Status.CANCELLED:
        services.programme_cancel(
            actor=here.chair, programme=programme, on=day, reason="Семья переезжает, программу передают новой школе."
        )
        return
    for activity in Activity.objects.filter(programme=programme).order_by("order", "pk"):
        stays = plan.stop == Status.CONTINUED and activity.audience == "pupil"
        mark_set(
            actor=curator, activity=activity, state="partly" if stays else "done", result=PARTLY if stays else WHOLE
        )
    ours, theirs = OPINIONS[-1] if plan.stop == Status.CONTINUED else OPINIONS[plan.place % 2]
    opinion_record(actor=curator, programme=programme, voice="specialist", words=ours)
    opinion_record(actor=curator, programme=programme, voice="parent", words=theirs)
    reason = "Остальные данные собраны в протоколе заседания."
    if plan.stop == Status.FINISHED:
        programme_finish(
            actor=here.chair, programme=programme, decision="Программу завершить, наблюдать до конца года.", on=day,
            item=plan.final_item, reason=reason,
        )  # fmt: skip
        return
    carried = [one.public_id for one in programme.activities.filter(audience="pupil")]
    programme_continue(
        actor=here.chair, programme=programme, decision="Сопровождение продолжить: результат ещё неустойчив.", on=day,
        carried=carried, item=plan.final_item, reason=reason,
    )  # fmt: skip


def _next_workday(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
