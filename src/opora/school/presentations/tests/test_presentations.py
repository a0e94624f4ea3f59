"""Stories: Татьяна and Полина write in parallel; nothing of an examination without the parents' word."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from opora.foundation.access.knowledge import may_change
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Child, Enrolment
from opora.people.law import law_on
from opora.regulations.presentations import reading
from opora.regulations.presentations.entries import STAGES
from opora.school.presentations import services
from opora.school.presentations.content import presentation_content
from opora.school.presentations.models import Presentation, PresentationRequest
from opora.school.presentations.sheet import lacks_of
from tests.school_cast import SchoolCast

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.usefixtures("known_day")


def ask(cast: SchoolCast, *whom: tuple[str, str], child: Child | None = None) -> list[PresentationRequest]:
    posts = [(cast.post(getattr(cast, name)), kind) for name, kind in whom]
    return services.presentation_request(
        actor=cast.actor(cast.elena), child=child or cast.misha, asked=posts, on=TODAY,
        due_on=TODAY + timedelta(days=7), purpose="commission",
    )  # fmt: skip


def characteristic(cast: SchoolCast, on: date = TODAY) -> Presentation:
    return services.presentation_start(
        actor=cast.actor(cast.tatiana), child=cast.misha, kind="characteristic", position=cast.post(cast.tatiana), on=on
    )


def text_of(presentation: Presentation, code: str) -> str:
    return presentation.sections.get(code=code).text


def test_kinds_and_stages_are_those_of_the_edition() -> None:
    assert set(Presentation.Kind.values) == {one.code for one in reading.kinds(law_on(TODAY))}
    assert set(Presentation.Stage.values) == set(STAGES)


def test_teacher_and_psychologist_write_in_parallel_each_in_an_own_sheet(school_cast: SchoolCast) -> None:
    school_cast.agreed(school_cast.misha)
    by_teacher, by_psychologist = (
        one.presentation for one in ask(school_cast, ("tatiana", "characteristic"), ("polina", "psychologist"))
    )
    for user, sheet, code in (
        (school_cast.tatiana, by_teacher, "c_reading"), (school_cast.polina, by_psychologist, "p_contact"),
    ):  # fmt: skip
        section = sheet.sections.get(code=code)
        services.section_write(
            actor=school_cast.actor(user), section=section, text=f"Пишет {user.first_name}.", base_version=0
        )
    assert text_of(by_teacher, "c_reading") == "Пишет Татьяна."
    assert text_of(by_psychologist, "p_contact") == "Пишет Полина."
    with pytest.raises(PermissionDenied):
        services.section_write(
            actor=school_cast.actor(school_cast.polina), section=by_teacher.sections.get(code="c_maths"), text="Чужое",
            base_version=0,
        )  # fmt: skip


def test_a_request_makes_the_child_known_and_taking_it_back_ends_that(school_cast: SchoolCast) -> None:
    polina, person = school_cast.actor(school_cast.polina), school_cast.misha.public_id
    assert not may_change(polina, person)
    (asked,) = ask(school_cast, ("polina", "psychologist"))
    assert may_change(polina, person)
    services.request_cancel(actor=school_cast.actor(school_cast.elena), request=asked, on=TODAY)
    assert not may_change(polina, person)


def test_what_was_written_stays_with_its_author_when_the_request_is_taken_back(school_cast: SchoolCast) -> None:
    (asked,) = ask(school_cast, ("tatiana", "characteristic"))
    section = asked.presentation.sections.get(code="c_maths")
    services.section_write(actor=school_cast.actor(school_cast.tatiana), section=section, text="Счёт.", base_version=0)
    services.request_cancel(actor=school_cast.actor(school_cast.elena), request=asked, on=TODAY)
    asked.presentation.refresh_from_db()
    assert asked.presentation.state == Presentation.State.DRAFT


def test_specialist_writes_only_with_the_parents_consent_and_teacher_without(school_cast: SchoolCast) -> None:
    by_teacher, by_psychologist = (
        one.presentation for one in ask(school_cast, ("tatiana", "characteristic"), ("polina", "psychologist"))
    )
    section, polina = by_psychologist.sections.get(code="p_contact"), school_cast.actor(school_cast.polina)
    with pytest.raises(Refusal) as refused:
        services.section_write(actor=polina, section=section, text="Контакт", base_version=0)
    assert refused.value.code == "no_consent"
    assert "прил.\u00a02.9" in refused.value.clause
    services.section_write(
        actor=school_cast.actor(school_cast.tatiana), section=by_teacher.sections.get(code="c_maths"), text="Счёт",
        base_version=0,
    )  # fmt: skip
    consent = school_cast.agreed(school_cast.misha)
    services.section_write(actor=polina, section=section, text="Контакт", base_version=0)
    consent.withdrawn_on = TODAY
    consent.save()
    with pytest.raises(Refusal):
        services.presentation_finish(actor=polina, presentation=by_psychologist, on=TODAY)
    consent.withdrawn_on = None
    consent.save()
    assert services.presentation_finish(actor=polina, presentation=by_psychologist, on=TODAY).is_finished


def test_own_start_needs_consent_the_own_speciality_and_gives_the_same_draft_twice(school_cast: SchoolCast) -> None:
    ask(school_cast, ("larisa", "speech_therapist"))
    larisa, post = school_cast.actor(school_cast.larisa), school_cast.post(school_cast.larisa)
    given = {"actor": larisa, "child": school_cast.misha, "position": post, "on": TODAY}
    with pytest.raises(Refusal) as refused:
        services.presentation_start(kind="psychologist", **given)
    assert refused.value.code == "no_consent"
    school_cast.agreed(school_cast.misha)
    with pytest.raises(Refusal) as refused:
        services.presentation_start(kind="psychologist", **given)
    assert refused.value.code == "not_theirs"
    first = services.presentation_start(kind="speech_therapist", **given)
    assert services.presentation_start(kind="speech_therapist", **given) == first
    assert Presentation.objects.count() == 1


def test_nobody_is_asked_who_left_or_for_a_day_that_is_past(school_cast: SchoolCast) -> None:
    elena, post = school_cast.actor(school_cast.elena), school_cast.post(school_cast.larisa)
    ask_for = {"actor": elena, "child": school_cast.misha, "on": TODAY}
    with pytest.raises(Refusal) as refused:
        services.presentation_request(asked=[(post, "speech_therapist")], due_on=TODAY - timedelta(days=1), **ask_for)
    assert refused.value.field == "due_on"
    Position.objects.filter(pk=post.pk).update(ended_on=TODAY - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        services.presentation_request(asked=[(post, "speech_therapist")], due_on=TODAY, **ask_for)
    assert refused.value.code == "left"
    assert not Presentation.objects.exists()
    with pytest.raises(PermissionDenied):
        services.presentation_request(
            actor=school_cast.actor(school_cast.tatiana), child=school_cast.misha, asked=[(post, "speech_therapist")],
            due_on=TODAY, on=TODAY,
        )  # fmt: skip


def test_the_card_answers_what_it_knows(school_cast: SchoolCast) -> None:
    misha = school_cast.misha
    Enrolment.objects.create(
        organisation=school_cast.school, child=misha, level="primary", group="1 «В»", started_on=date(2025, 9, 1),
        ended_on=date(2026, 5, 31), history="Дублировал 1 класс.",
    )  # fmt: skip
    sheet = characteristic(school_cast)
    assert "Ранее: 1 «В», 01.09.2025—31.05.2026." in text_of(sheet, "c_history")
    assert "Дублировал 1 класс." in text_of(sheet, "c_history")
    assert text_of(sheet, "c_entry").startswith("Поступил в возрасте 6\u00a0лет 7\u00a0мес., обучается с 1")
    assert not sheet.sections.filter(code__in=("c_child", "c_addresses", "c_guardians", "c_place")).exists()
    content = presentation_content(sheet)
    assert content["guardians"] == "Данилова Дарья Петровна (мать)"
    assert content["grade"] == "4 «А»"


def test_ticks_write_their_sentences_and_leave_the_own_words(school_cast: SchoolCast) -> None:
    sheet, tatiana = characteristic(school_cast), school_cast.actor(school_cast.tatiana)
    section = sheet.sections.get(code="c_discipline")
    section = services.choices_write(actor=tatiana, section=section, wanted=["c_discipline_kinds.active"])
    assert section.text.endswith("поскольку очень активен.")
    section = services.section_write(
        actor=tatiana, section=section, text=f"{section.text} Помогает перерыв.", base_version=section.version
    ).section
    section = services.choices_write(actor=tatiana, section=section, wanted=["c_discipline_kinds.none", "чужое.слово"])
    assert section.text == "Помогает перерыв. Нарушений учебной дисциплины практически нет."
    assert section.chosen == ["c_discipline_kinds.none"]


def test_details_are_checked_and_each_lack_is_told(school_cast: SchoolCast) -> None:
    school_cast.agreed(school_cast.misha)
    (asked,) = ask(school_cast, ("larisa", "speech_therapist"))
    larisa, sheet = school_cast.actor(school_cast.larisa), asked.presentation
    with pytest.raises(ValidationError, match="позже"):
        services.details_set(actor=larisa, presentation=sheet, time_from=time(11), time_to=time(10))
    services.details_set(
        actor=larisa, presentation=sheet, examined_on=TODAY, time_from=time(10), time_to=time(11), third_person="parent"
    )
    sheet.refresh_from_db()
    assert {one.reason.code for one in lacks_of(sheet)} == {"empty"}
    services.presentation_fill(
        actor=larisa, presentation=sheet, texts={"s_conclusion": "ОНР."}, chosen={"s_conclusion": ["s_primacy.primary"]}
    )
    assert text_of(sheet, "s_conclusion") == "Речевая патология первична. ОНР."


def test_finished_paper_is_frozen_and_may_be_opened_again(school_cast: SchoolCast) -> None:
    sheet, tatiana = characteristic(school_cast), school_cast.actor(school_cast.tatiana)
    with pytest.raises(Refusal):
        services.presentation_finish(actor=tatiana, presentation=sheet, on=TODAY - timedelta(days=1))
    done = services.presentation_finish(actor=tatiana, presentation=sheet, on=TODAY)
    assert done.snapshot is not None
    assert done.snapshot.form == "school_characteristic"
    assert done.snapshot.content["date"] == "2026-11-21"
    assert done.snapshot.content["is_draft"] is False
    with pytest.raises(Refusal, match="готов"):
        services.choices_write(actor=tatiana, section=sheet.sections.get(code="c_maths"), wanted=[])
    again = services.presentation_reopen(actor=tatiana, presentation=done)
    assert again.snapshot is None
    assert Event.objects.filter(code="presentation.finished", person_id=school_cast.misha.public_id).count() == 1


def test_past_texts_are_taken_in_one_click_and_marked_until_edited(school_cast: SchoolCast) -> None:
    tatiana = school_cast.actor(school_cast.tatiana)
    old = characteristic(school_cast, on=date(2026, 10, 1))
    services.presentation_fill(
        actor=tatiana, presentation=old, texts={"c_maths": "Считает до ста.", "c_peers": "Дружит."}
    )
    services.presentation_finish(actor=tatiana, presentation=old, on=date(2026, 10, 2))
    new = characteristic(school_cast)
    services.presentation_fill(actor=tatiana, presentation=new, texts={"c_peers": "Дружит со всеми."})
    assert services.earlier_carry(actor=tatiana, presentation=new) == 1
    assert text_of(new, "c_peers") == "Дружит со всеми."
    section = new.sections.get(code="c_maths")
    assert section.is_carried
    assert "carried" in {one.reason.code for one in lacks_of(new)}
    services.section_write(actor=tatiana, section=section, text="Считает до тысячи.", base_version=section.version)
    assert not new.sections.get(code="c_maths").is_carried


def test_class_teacher_does_not_read_diagnostics_and_a_stranger_sees_nothing(school_cast: SchoolCast) -> None:
    school_cast.agreed(school_cast.misha)
    ask(school_cast, ("tatiana", "characteristic"), ("polina", "psychologist"))
    everyone = ("elena", "daniil", "tatiana", "polina", "uliana", "zakhar", "yulia")
    actors = {name: school_cast.actor(getattr(school_cast, name)) for name in everyone}
    seen = {name: {one.kind for one in Presentation.objects.visible_to(actor)} for name, actor in actors.items()}
    both = {"characteristic", "psychologist"}
    assert seen["elena"] == seen["daniil"] == seen["polina"] == both
    assert seen["tatiana"] == {"characteristic"}
    assert seen["uliana"] == seen["zakhar"] == seen["yulia"] == set()
