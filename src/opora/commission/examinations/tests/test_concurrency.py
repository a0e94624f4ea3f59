"""Two people at the same moment: one sheet, one arrival, no text written over unseen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from opora.commission.examinations import services
from opora.commission.examinations.models import Examination
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within

from .day import arrived, booked_case, finished, planned, post_of, sheet_begun, today

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Carry out the deeds in threads that start together, all of them for the one commission of the story."""
    place = Organisation.objects.get(short_name="ПМПК Заречного района")
    together = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            together.wait(10)
            with within(place):
                return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_clicks_at_once_begin_one_sheet(cast):
    visit, vera, post = arrived(cast), cast.actor(cast.vera), post_of(cast.vera)
    sheets = at_once(*[lambda: services.examination_start(actor=vera, visit=visit, position=post)] * 2)
    assert sheets[0] == sheets[1] == Examination.objects.get()


def test_two_marks_of_one_arrival_are_one_event(cast):
    booked_case(cast)
    visit = planned(cast).visits.get()
    people = [cast.actor(cast.anna), cast.actor(cast.boris)]
    at_once(*[lambda who=who: services.visit_arrive(actor=who, visit=visit, on=today()) for who in people])
    assert Event.objects.filter(code="visit.arrived").count() == 1
    assert Event.objects.filter(code="case.moved", details__action="case.arrive").count() == 1


def test_two_saves_of_one_version_are_one_text_and_one_conflict(cast):
    sheet = sheet_begun(cast, cast.vera, arrived(cast))
    section = sheet.sections.get(code="speech_data")
    texts = {cast.vera: "Свистящие нарушены.", cast.boris: "Слоговая структура сохранна."}

    def save(user, text):
        return services.section_write(actor=cast.actor(user), section=section, text=text, base_version=0)

    results = at_once(*[lambda user=user, text=text: save(user, text) for user, text in texts.items()])
    assert sorted(result.conflict for result in results) == [False, True]
    lost = next(result for result in results if result.conflict)
    section.refresh_from_db()
    assert {section.text, lost.mine} == set(texts.values())


def test_a_sheet_finished_while_another_saves_ends_whole(cast):
    visit = arrived(cast)
    sheet = sheet_begun(cast, cast.vera, visit)
    section = sheet.sections.get(code="speech_conclusion")
    vera = cast.actor(cast.vera)
    services.section_write(actor=vera, section=section, text="Норма.", base_version=0)
    other = sheet_begun(cast, cast.gleb, visit)
    gleb = cast.actor(cast.gleb)
    at_once(
        lambda: services.examination_finish(actor=vera, examination=sheet),
        lambda: services.child_here_set(actor=gleb, examination=other, is_here=False),
    )
    visit.refresh_from_db()
    assert visit.state == "waiting"


def test_the_discussion_begins_while_specialists_move_the_child_without_a_deadlock(cast):
    visit = arrived(cast)
    sheets = [finished(cast, user, visit) for user in (cast.vera, cast.gleb)]
    boris, vera, sofia = cast.actor(cast.boris), cast.actor(cast.vera), cast.actor(cast.sofia)

    def told(deed: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            with suppress(Refusal):  # whoever comes second may be refused, never thrown out by the database
                return deed()

        return run

    at_once(
        told(lambda: services.case_discuss(actor=boris, case=visit.case, on=today(), reason="сегодня")),
        told(lambda: services.child_here_set(actor=vera, examination=sheets[0], is_here=True)),
        told(lambda: services.examination_start(actor=sofia, visit=visit, position=post_of(cast.sofia))),
        told(lambda: services.visit_release(actor=sofia, visit=visit)),
    )
    visit.case.refresh_from_db()
    assert visit.case.status == "discussion"
