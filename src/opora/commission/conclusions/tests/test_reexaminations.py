"""The calendar of repeat examinations: who is due, who is late, who has come already."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.desk import _expected_again, _to_remind
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.reexaminations import awaited, month_of, term_state, term_words
from opora.commission.conclusions.services import conclusion_annul
from opora.commission.intake.models import Place
from opora.foundation.audit.models import Event
from opora.regulations.edition import edition_for
from opora.regulations.reexamination.terms import reminders
from tests.cast import child_of

from .anyway import sign_anyway
from .stage import DAY, TOMORROW, discussed, ready

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def on_the_day():
    with time_machine.travel(f"{DAY.isoformat()}T12:00:00+03:00", tick=False):
        yield


def signed_for(cast, child, number=1, term=date(2026, 12, 10), handed=True):
    """A signed conclusion of the child with its term; handed over, so that its case is finished."""
    draft = ready(cast, discussed(cast, child, number=number))
    found = sign_anyway(cast, draft)
    Conclusion.objects.filter(pk=found.pk).update(term_on=term)
    if handed:
        Case.objects.filter(pk=found.case_id).update(status=Status.HANDED)
    found.refresh_from_db()
    return found


@pytest.fixture
def signed(cast, daria_child):
    return signed_for(cast, daria_child)


def shown(client, query=""):
    return client.get(f"{reverse('conclusions:reexaminations')}{query}").content.decode()


def test_the_secretary_sees_who_is_due_and_begins_a_new_case(cast, signed, as_user):
    anna = as_user(cast.anna)
    page = shown(anna)
    assert "Данилов Миша Игоревич" in page
    assert "10.12.2026" in page
    assert "через 20\u00a0дней" in page
    assert "По окончании обучения в начальной школе" in page
    child = signed.case.child
    assert reverse("children:child", args=[child.public_id]) in page
    assert reverse("intake:application_new", args=[child.public_id]) in page
    assert Event.objects.filter(code="conclusion.reexaminations_listed").exists()


def test_a_specialist_sees_his_children_without_the_way_to_register(cast, signed, as_user):
    page = shown(as_user(cast.vera))
    assert "Данилов" in page
    assert "Принять заявление" not in page
    assert "Данилов" not in shown(as_user(cast.dina))  # she does not work with this child


def test_strangers_and_the_operator_see_nobody(cast, signed, as_user):
    assert "Данилов" not in shown(as_user(cast.zakhar))
    for user in (cast.olga, cast.nina):
        assert as_user(user).get(reverse("conclusions:reexaminations")).status_code == 403


def test_a_copy_not_yet_handed_over_is_said_instead_of_a_new_case(cast, daria_child, as_user):
    signed_for(cast, daria_child, handed=False)
    page = shown(as_user(cast.anna))
    assert "копия ещё не выдана" in page
    assert "Принять заявление" not in page


def test_a_child_with_a_new_open_case_has_come(cast, signed, as_user):
    anna = as_user(cast.anna)
    discussed(cast, signed.case.child, number=2)
    assert "Данилов" not in shown(anna)
    Case.objects.filter(number=2).update(status=Status.WITHDRAWN)
    assert "Данилов" in shown(anna)


def test_only_the_last_conclusion_in_force_counts(cast, signed):
    anna = cast.actor(cast.anna)
    second = signed_for(cast, signed.case.child, number=2, term=date(2028, 5, 31))
    assert list(awaited(anna)) == [second]
    Case.objects.filter(pk=second.case_id).update(status=Status.HANDED)
    second.case.refresh_from_db()
    draft = conclusion_annul(actor=cast.actor(cast.boris), conclusion=second, on=TOMORROW, reason="опечатка")
    assert list(awaited(anna)) == []  # the case is under discussion again
    Case.objects.filter(pk=draft.case_id).update(status=Status.WITHDRAWN)
    assert list(awaited(anna)) == [signed]


def test_a_child_who_needs_nothing_and_has_no_term_is_not_awaited(cast, signed):
    Conclusion.objects.update(term_on=None, has_limitations=False, needs_conditions=False)
    assert list(awaited(cast.actor(cast.anna))) == []


def test_a_term_in_words_alone_is_found_without_a_date(cast, signed, as_user):
    anna = as_user(cast.anna)
    Conclusion.objects.update(term_on=None)
    assert "По окончании обучения в начальной школе" in shown(anna, "?when=undated")
    assert "Данилов" not in shown(anna, "?when=late")


@pytest.mark.parametrize(
    ("term", "there", "elsewhere"),
    [
        (date(2026, 11, 10), ("late", "month"), ("next", "near", "undated")),
        (date(2026, 11, 30), ("month", "near"), ("late", "next")),
        (date(2026, 12, 31), ("next", "near"), ("late", "month")),
        (date(2027, 6, 1), (), ("late", "month", "next", "near")),
    ],
)
def test_spans(cast, daria_child, as_user, term, there, elsewhere):
    signed_for(cast, daria_child, term=term)
    anna = as_user(cast.anna)
    for span in there:
        assert "Данилов" in shown(anna, f"?when={span}"), span
    for span in elsewhere:
        assert "Данилов" not in shown(anna, f"?when={span}"), span
    assert "Данилов" in shown(anna, f"?month={term:%Y-%m}") or term < DAY


def test_narrowed_by_month_place_number_and_name(cast, signed, as_user):
    anna = as_user(cast.anna)
    other = Place.objects.create(organisation=cast.commission, title="Школа № 7")
    here = signed.visit.session.place
    for query in ("month=2026-12", f"place={here.public_id}", "q=1/2026", "q=Данилов", "sort=-child"):
        assert "Данилов" in shown(anna, f"?{query}"), query
    for query in ("month=2027-01", f"place={other.public_id}", "q=77", "q=Петров"):
        assert "Данилов" not in shown(anna, f"?{query}"), query
    for query in ("when=🙂", "month=0000-00", "place=%00", "sort=answers", "page=-1"):
        assert "Данилов" in shown(anna, f"?{query}"), query


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "print"])
def test_the_list_is_exported_and_printed(cast, signed, as_user, wanted):
    answer = as_user(cast.anna).get(f"{reverse('conclusions:reexaminations')}?format={wanted}")
    assert answer.status_code == 200
    if wanted != "xlsx":
        assert "10.12.2026" in answer.content.decode("utf-8-sig")


def test_thirty_rows_ask_as_few_queries_as_three(cast, as_user):
    anna = as_user(cast.anna)

    def fill(start, end):
        for number in range(start, end):
            signed_for(cast, child_of(cast.commission, last=f"Данилов{'а' * number}"), number=number)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = shown(anna).count("data-href")
        return len(queries), rows

    fill(1, 4)
    shown(anna)
    three, _ = asked()
    fill(4, 31)
    thirty, rows = asked()
    assert rows == 30
    assert three == thirty


def test_words_of_a_term():
    assert term_words(None, DAY) == ""
    assert term_words(DAY, DAY) == "сегодня"
    assert term_words(DAY + timedelta(days=1), DAY) == "через 1\u00a0день"
    assert term_words(date(2027, 4, 1), DAY) == "через 4\u00a0мес."
    assert term_words(DAY - timedelta(days=2), DAY) == "просрочено на 2\u00a0дня"
    assert term_words(date(2026, 1, 1), DAY) == "просрочено на 10\u00a0мес."


def test_state_of_a_term():
    assert term_state(Conclusion(term_on=None), DAY) == ""
    assert term_state(Conclusion(term_on=DAY - timedelta(days=1)), DAY) == "late"
    assert term_state(Conclusion(term_on=DAY), DAY) == "soon"
    assert term_state(Conclusion(term_on=date(2027, 11, 20)), DAY) == ""


def test_months_roll_over_the_year():
    assert month_of(date(2026, 11, 20), 1) == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_of(date(2026, 12, 31), 2) == (date(2027, 2, 1), date(2027, 2, 28))


def test_the_desk_counts_those_who_are_late_and_those_who_are_near(cast, daria_child):
    signed_for(cast, daria_child, term=date(2026, 11, 1))
    signed_for(cast, child_of(cast.commission, last="Егоров"), number=2, term=date(2027, 2, 1))
    late, near = _expected_again(cast.actor(cast.anna), DAY)
    assert (late.on, near.on) == (date(2026, 11, 1), date(2027, 2, 1))
    assert late.todo.startswith("1\u00a0ребёнок: срок прошёл")
    assert late.address.endswith("?when=late")
    assert list(_expected_again(cast.actor(cast.zakhar), DAY)) == []


def test_the_desk_reminds_for_a_week_from_the_day_of_the_reminder(cast, daria_child):
    term = date(2027, 5, 31)
    signed_for(cast, daria_child, term=term)
    anna = cast.actor(cast.anna)
    called = reminders(edition_for(DAY), term)
    assert called
    for day in called:
        (duty,) = _to_remind(anna, day)
        assert (duty.who, duty.on) == ("Данилов Миша Игоревич", None)
        assert "31.05.2027" in duty.note
        assert len(list(_to_remind(anna, day + timedelta(days=6)))) == 1
    assert list(_to_remind(anna, called[0] - timedelta(days=1))) == []
    assert list(_to_remind(anna, called[0] + timedelta(days=8))) == []


def test_whoever_applied_is_reminded_no_more(cast, daria_child, as_user):
    signed_for(cast, daria_child, term=date(2026, 12, 4))
    assert "Напомнить семье" in as_user(cast.anna).get("/").content.decode()
    discussed(cast, daria_child, number=2)
    assert "Напомнить семье" not in as_user(cast.anna).get("/").content.decode()
