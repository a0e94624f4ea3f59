"""Which days the log takes: a month is entered and changed until it is closed, its author held the post on the day."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.audit.models import Event
from opora.school.support.schoolyear.services import settings_save
from opora.school.support.worklog import services
from opora.school.support.worklog.models import WorkEntry
from opora.school.support.worklog.terms import closed_before
from tests.cast import HIRED

from .stage import TODAY, group_of, lesson_of, logged, work
from .test_entries import refused

OCTOBER, LAST, CLOSED = date(2026, 10, 20), date(2026, 11, 5), date(2026, 11, 6)  # three working days after October
CHANGE = "worklog:change"


def recorded(people, who, on, today):
    return services.entry_record(actor=people.actor(who), on=on, work=work(people.misha, minutes=5), today=today)


def test_work_is_entered_late_until_its_month_is_closed_then_by_the_head_alone(people):
    recorded(people, people.polina, OCTOBER, LAST)
    told = refused("closed", lambda: recorded(people, people.polina, OCTOBER, CLOSED))
    assert "до 05.11.2026" in told.message
    assert "руководителю Службы" in told.message
    assert recorded(people, people.irina, OCTOBER, CLOSED).on == OCTOBER
    refused("closed", lambda: recorded(people, people.polina, OCTOBER, TODAY))
    settings_save(actor=people.actor(people.irina), lesson_minutes=40, group_limit=8, days_to_log=12)
    recorded(people, people.polina, OCTOBER, TODAY)


def test_a_lesson_is_logged_until_its_month_is_closed(people):
    group, polina = group_of(people, people.misha), people.actor(people.polina)
    first, second = lesson_of(group, on=OCTOBER), lesson_of(group, on=OCTOBER, at=time(11))
    with time_machine.travel(LAST):
        services.lesson_log(actor=polina, lesson=first)
    with time_machine.travel(CLOSED):
        refused("closed", lambda: services.lesson_log(actor=polina, lesson=second))


def test_a_lesson_of_a_closed_month_is_logged_by_the_head_with_a_reason(people):
    lesson, head = lesson_of(group_of(people, people.misha), on=OCTOBER), people.actor(people.irina)
    with time_machine.travel(LAST), pytest.raises(PermissionDenied):
        services.lesson_log(actor=head, lesson=lesson, reason="late")
    with time_machine.travel(CLOSED):
        for reason in ("", "Данилов болел"):
            refused("reason", lambda why=reason: services.lesson_log(actor=head, lesson=lesson, reason=why))
        for who in (people.larisa, people.tatiana):
            with pytest.raises(PermissionDenied):
                services.lesson_log(actor=people.actor(who), lesson=lesson, reason="late")
        entry = services.lesson_log(actor=head, lesson=lesson, reason="late")
    assert (entry.position.user, entry.on) == (people.polina, OCTOBER)
    assert Event.objects.get(code="work.mend_changed").details["reason"] == "занятие не внесено вовремя"
    assert not Event.objects.filter(code="work.child_found").exists()


@pytest.mark.parametrize(("today", "open_from"), [(LAST, date(2026, 10, 1)), (CLOSED, date(2026, 11, 1))])
def test_a_day_is_closed_as_its_month_is(people, today, open_from):
    assert closed_before(people.school, today) == open_from


def test_the_journal_of_a_group_offers_it_to_the_head_alone(people, as_user):
    group = group_of(people, people.misha)
    old, new = lesson_of(group, on=OCTOBER), lesson_of(group, on=date(2026, 11, 2))
    grid, address = reverse("worklog:grid", args=[group.public_id]), reverse("worklog:lesson", args=[old.public_id])
    head = as_user(people.irina)
    page = head.get(grid).content.decode()
    assert f"?lesson={old.public_id}" in page
    assert f"?lesson={new.public_id}" not in page
    assert address in head.get(grid, {"lesson": old.public_id}).content.decode()
    assert "lesson-card" not in head.get(grid, {"lesson": new.public_id}).content.decode()
    for who in (people.polina, people.daniil):
        assert "lesson-card" not in as_user(who).get(grid, {"lesson": old.public_id}).content.decode()
    sent = {"child": people.misha.public_id, f"present-{people.misha.public_id}": "1"}
    asked = head.post(address, sent)
    assert asked.status_code == 422
    card = asked.content.decode().split('class="lesson-card')[1].split("</form>")[0]
    assert "Выберите, почему занятие вносит" in card
    assert f'name="present-{people.misha.public_id}" value="1" checked' in card
    assert head.post(address, sent | {"reason": "other"}).headers["Location"] == grid
    assert WorkEntry.objects.get().lesson == old


def test_an_entry_is_not_moved_into_a_closed_month(people):
    polina, irina = people.actor(people.polina), people.actor(people.irina)
    entry, today = logged(people), {"today": TODAY, "work": work(people.misha)}
    refused("closed", lambda: services.entry_change(actor=polina, entry=entry, on=date(2026, 10, 31), **today))
    entry.refresh_from_db()
    assert entry.on == TODAY
    services.entry_change(actor=polina, entry=entry, on=date(2026, 11, 2), **today)
    assert Event.objects.get(code="work.changed").details["fields"] == "on"
    entry.refresh_from_db()
    assert entry.on == date(2026, 11, 2)
    of_head = logged(people, by=people.irina)
    refused("reason", lambda: services.entry_change(actor=irina, entry=of_head, on=OCTOBER, **today))
    services.entry_change(actor=irina, entry=of_head, on=OCTOBER, reason="time", **today)
    assert Event.objects.get(code="work.mend_changed").details["reason"] == "ошибка в дне или времени"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(1, 1, 1), "post"), (HIRED - timedelta(days=1), "post"), (HIRED, ""), (date(2026, 11, 10), ""),
        (date(2026, 11, 11), "post"), (TODAY + timedelta(days=1), "future"), (date.max, "future"),
    ],
)  # fmt: skip
def test_an_entry_is_moved_within_the_term_of_its_post_alone(people, on, code):
    entry = logged(people, on=date(2026, 11, 9))
    Position.objects.filter(pk=entry.position_id).update(ended_on=date(2026, 11, 10))

    def deed():
        services.entry_change(
            actor=people.actor(people.irina), entry=entry, on=on, work=work(people.misha), reason="time"
        )

    if code:
        refused(code, deed)
    else:
        deed()
    assert WorkEntry.objects.get().on == (entry.on if code else on)


def test_the_page_says_it_beside_the_day_and_asks_the_head_why(people, as_user):
    entry = logged(people)
    form = {"work": "individual", "topic": "Внимание", "minutes": "40", "child": people.misha.public_id}
    address = reverse(CHANGE, args=[entry.public_id])
    for day, words in (("01.01.0001", "не было этой должности"), ("20.10.2026", "до 05.11.2026")):
        answer = as_user(people.polina).post(address, form | {"on": day})
        assert answer.status_code == 422
        assert any(words in one for one in answer.context["form"].errors["on"]), day
    of_head = logged(people, by=people.irina)
    address = reverse(CHANGE, args=[of_head.public_id])
    asked = as_user(people.irina).post(address, form | {"on": "20.10.2026"})
    assert asked.status_code == 422
    assert '<select name="reason"' in asked.content.decode()
    assert as_user(people.irina).post(address, form | {"on": "20.10.2026", "reason": "time"}).status_code == 302


def test_the_day_of_a_closed_month_says_so(people, as_user):
    words, address = "новая запись не примется", reverse("worklog:day")
    assert words in as_user(people.polina).get(address, {"day": "2026-10-20"}).content.decode()
    assert words not in as_user(people.polina).get(address, {"day": "2026-11-02"}).content.decode()
    assert words not in as_user(people.irina).get(address, {"day": "2026-10-20"}).content.decode()


def test_the_head_taps_no_cells_that_would_ask_for_a_reason(people, as_user):
    group = group_of(people, people.misha, leader=people.irina)
    rows = {}
    for on in (OCTOBER, date(2026, 11, 2)):
        made = services.lesson_log(actor=people.actor(people.irina), lesson=lesson_of(group, on=on))
        rows[on] = made.children.get()
    client = as_user(people.irina)
    page = client.get(reverse("worklog:grid", args=[group.public_id])).content.decode()
    for on, is_offered in ((OCTOBER, False), (date(2026, 11, 2), True)):
        tap = reverse("worklog:cell", args=[rows[on].public_id])
        assert (tap in page) == is_offered
        answer = client.post(tap, {"what": "attendance"}, headers={"HX-Request": "true"})
        assert (answer.status_code == 200) == is_offered
