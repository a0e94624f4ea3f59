"""A child moves to another school in the middle of a programme."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.services import sha256
from opora.foundation.ui.desk import desk_of
from opora.people.children.models import Child
from opora.school.consilium import services as consilium
from opora.school.consilium.candidates import candidates_of
from opora.school.consilium.models import AgendaItem
from opora.school.presentations.services import presentation_request
from opora.school.programmes import services
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Activity, Criterion, Programme, ProgrammeHandover
from opora.school.programmes.services import following
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START
from opora.school.pupils.services import pupil_leave
from opora.school.signals.models import Concern, Screening, ScreeningResult
from opora.school.signals.services.concerns import concern_raise
from tests.school_cast import SchoolCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
RESULT, WORDS = "Ответил у доски стоя", "Стал спокойнее на уроках"


def followed(cast: SchoolCast) -> Programme:
    """A running programme with a mark and a value of its criterion."""
    programme = drawing.running(cast)
    polina = cast.actor(cast.polina)
    activity = Activity.objects.filter(programme=programme).first()
    following.mark_set(actor=polina, activity=activity, state="partly", on=START, result=RESULT)
    given = following.Given(Criterion.objects.get(programme=programme), Decimal(3), WORDS)
    following.observations_record(actor=polina, programme=programme, on=START, voice="specialist", given=[given])
    return programme


def left(cast: SchoolCast, programme: Programme, who: str = "elena", **where: str) -> Programme:
    pupil_leave(actor=cast.actor(getattr(cast, who)), child=cast.misha, on=START, **where)
    programme.refresh_from_db()
    return programme


def test_the_programme_closes_and_its_package_holds_plan_marks_and_observations(school_cast):
    programme = left(school_cast, followed(school_cast))
    handover = programme.handover
    inside = json.loads(handover.archive)

    assert (programme.status, programme.finished_on) == (Status.CANCELLED, START)
    assert "выбыл" in programme.decision
    assert inside["format"] == "opora-programme-handover/1"
    assert inside["programme"]["class_teacher"] == "Титова Татьяна Тимофеевна"
    assert inside["approved"] == programme.snapshot.sha256
    assert inside["programme"]["goals"][0]["title"] == "Снизить тревогу на уроках"
    assert RESULT in inside["programme"]["plan"][0]["lines"][0]["result"]
    assert [one["result"] for one in inside["marks"]] == [RESULT]
    assert [(one["criterion"], one["value"], one["words"]) for one in inside["observations"]] == [
        ("Отвечает у доски", "3.0", WORDS)
    ]
    assert (handover.marks, handover.observations, handover.sent_on) == (1, 1, None)
    told = Event.objects.filter(person_id=programme.person_id).order_by("pk").values_list("code", flat=True)
    assert {"programme.moved", "programme.handover_prepared", "pupils.left"} <= set(told)


def test_the_package_is_sealed_and_no_word_of_it_is_clear_in_the_database(school_cast):
    handover = left(school_cast, followed(school_cast)).handover
    with connection.cursor() as cursor:
        cursor.execute("SELECT archive FROM programmes_programmehandover")
        (stored,) = cursor.fetchone()

    assert RESULT not in stored
    assert WORDS not in stored
    assert handover.sha256 == sha256(handover.archive)
    assert services.handover_is_whole(handover)
    ProgrammeHandover.objects.filter(pk=handover.pk).update(sha256="0" * 64)
    handover.refresh_from_db()
    assert not services.handover_is_whole(handover)


@pytest.mark.parametrize("stage", ["draft", "with_family", "agreed"])
def test_what_was_never_approved_is_closed_without_a_package(school_cast, stage):
    programme = left(school_cast, getattr(drawing, stage)(school_cast), who="irina")

    assert programme.status == Status.CANCELLED
    assert not ProgrammeHandover.objects.exists()


def test_a_finished_programme_and_another_child_are_left_alone(school_cast):
    programme = drawing.running(school_cast)
    chair = school_cast.actor(school_cast.elena)
    services.programme_cancel(actor=chair, programme=programme, on=START, reason="Семья отказалась")
    other = drawing.draft(school_cast, child=school_cast.lev)
    left(school_cast, programme)
    other.refresh_from_db()

    assert programme.decision == "Семья отказалась"
    assert not ProgrammeHandover.objects.exists()
    assert other.status == Status.DRAFT


def test_nothing_is_marked_or_changed_in_a_closed_programme(school_cast):
    programme = left(school_cast, followed(school_cast))
    chair, activity = school_cast.actor(school_cast.elena), Activity.objects.filter(programme=programme).first()

    with pytest.raises(Refusal, match="пока программа действует"):
        following.mark_set(actor=chair, activity=activity, state="done", on=START)
    with pytest.raises(Refusal, match="больше не меняется"):
        services.line_change(
            actor=chair, line=activity, values={"title": "Иначе"}, base_version=activity.version, on=START, reason="так"
        )
    assert services.programme_close(actor=chair, programme=programme, on=START) is None


def test_the_curator_forgets_the_child_and_cannot_close_it_himself(school_cast):
    programme = followed(school_cast)
    zhanna = school_cast.actor(school_cast.zhanna)
    with pytest.raises(PermissionDenied):
        services.programme_close(actor=zhanna, programme=programme, on=START)
    assert school_cast.misha in Child.objects.visible_to(zhanna)
    left(school_cast, programme)

    assert school_cast.misha not in Child.objects.visible_to(school_cast.actor(school_cast.zhanna))


def test_the_page_shows_the_package_and_where_the_child_goes(school_cast, as_user):
    programme = left(school_cast, followed(school_cast), destination="Лицей № 1")
    address = reverse("programmes:programme", args=[programme.public_id])
    page = as_user(school_cast.elena).get(address).content.decode()

    assert "Пакет для новой школы" in page
    assert "Лицей № 1" in page
    assert programme.handover.sha256[:16] in page
    assert "Ход программы" in page
    ProgrammeHandover.objects.update(sha256="0" * 64)
    assert "Печать нарушена" in as_user(school_cast.elena).get(address).content.decode()
    assert as_user(school_cast.zakhar).get(address).status_code == 404


def test_a_proposal_to_an_approved_programme_is_refused_on_its_page_and_stays_typed(school_cast, as_user):
    programme = drawing.running(school_cast)
    typed = {"text": "Просим ещё одно занятие", "made_on": f"{START:%d.%m.%Y}"}
    answer = as_user(school_cast.zhanna).post(reverse("programmes:proposal_add", args=[programme.public_id]), typed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "изменениями и дополнениями" in page.replace("\xa0", " ")
    assert "Просим ещё одно занятие" in page
    assert not programme.proposals.exists()


def test_nothing_waits_at_the_school_for_a_pupil_who_has_left(school_cast):
    """Signals are closed with an answer, results and requests wait no more, no agenda names the child."""
    elena, tatiana = school_cast.actor(school_cast.elena), school_cast.actor(school_cast.tatiana)
    child = school_cast.misha
    concern = concern_raise(actor=tatiana, child_id=child.public_id, noticed_on=START, seen="Плачет", on=START)
    confirmed = Concern.objects.create(
        organisation=school_cast.school, child=child, author=school_cast.tatiana, noticed_on=START, state="confirmed",
        urgency="today",
    )  # fmt: skip
    result = ScreeningResult.objects.create(
        organisation=school_cast.school, child=child, level="special",
        screening=Screening.objects.create(
            organisation=school_cast.school, kind="other", title="Опрос", held_on=START, run_by=school_cast.polina
        ),
    )  # fmt: skip
    meeting = consilium.meeting_plan(actor=elena, day=START, on=START)
    fresh = consilium.item_add(actor=elena, meeting=meeting, child=child, ground="parents")
    begun = consilium.meeting_plan(actor=elena, day=START, on=START)
    spoken = consilium.item_add(actor=elena, meeting=begun, child=child, ground="parents")
    section = spoken.sections.get(code="problems")
    consilium.section_write(actor=elena, section=section, text="Боится отвечать", base_version=section.version)
    (asked,) = presentation_request(
        actor=elena, child=child, asked=[(school_cast.post(school_cast.tatiana), "characteristic")], due_on=START,
        on=START,
    )  # fmt: skip
    assert candidates_of(elena, START) == [], "he is on an agenda"

    pupil_leave(actor=elena, child=child, on=START)

    concern.refresh_from_db()
    result.refresh_from_db()
    asked.refresh_from_db()
    spoken.refresh_from_db()
    assert (concern.state, concern.answer) == ("left", "Обучающийся выбыл из школы: сигнал закрыт.")
    assert confirmed.state == "confirmed", "what was found stays found"
    assert (result.settled, result.settled_on) == ("left", START)
    assert (asked.cancelled_on, asked.presentation.state) == (START, "cancelled")
    assert not AgendaItem.objects.filter(pk=fresh.pk).exists()
    assert (spoken.state, spoken.sections.get(code="problems").text) == ("postponed", "Боится отвечать")
    assert candidates_of(elena, START) == []
    waiting = [one for some in (desk_of(elena, START).today, desk_of(elena, START).late) for one in some]
    assert not any(child.last_name in one.who for one in waiting)
