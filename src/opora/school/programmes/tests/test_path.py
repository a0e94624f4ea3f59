"""From the chair's word to an approved programme, told as stories."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.school.consilium import services as consilium
from opora.school.programmes import services
from opora.school.programmes.flow import Status
from opora.school.programmes.models import Activity, Programme, ProgrammeVersion
from opora.school.programmes.tests import drawing
from opora.school.programmes.tests.drawing import START
from opora.school.signals.models import AdditionalExamination, Concern

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]


def codes(programme: Programme) -> list[str]:
    return list(Event.objects.filter(person_id=programme.person_id).order_by("pk").values_list("code", flat=True))


def test_a_draft_proposes_the_shortest_end_of_its_kind_and_holds_all_sections(school_cast):
    programme = drawing.draft(school_cast)

    assert programme.status == Status.DRAFT
    assert programme.ends_on == date(2027, 2, 21)
    assert programme.sections.count() == 6
    assert codes(programme) == ["programme.begun"]


def test_a_child_has_one_open_programme(school_cast):
    drawing.draft(school_cast)

    with pytest.raises(Refusal, match="уже есть программа"):
        drawing.draft(school_cast)


def test_only_the_chair_begins_a_programme(school_cast):
    with pytest.raises(PermissionDenied):
        services.programme_open(
            actor=school_cast.actor(school_cast.zhanna), child=school_cast.misha,
            curator=school_cast.post(school_cast.zhanna), on=START,
        )  # fmt: skip


def test_a_curator_who_left_is_not_named(school_cast):
    post = school_cast.post(school_cast.zhanna)
    post.ended_on = START - timedelta(days=1)
    post.save()

    with pytest.raises(Refusal, match="Куратором может быть"):
        drawing.draft(school_cast)


def test_the_whole_path_to_an_approved_programme(school_cast):
    programme = drawing.running(school_cast)

    assert programme.status == Status.RUNNING
    assert (programme.number, programme.year) == (1, 2026)
    assert programme.snapshot is not None
    content = programme.snapshot.content
    assert content["goals"] == [{"title": "Снизить тревогу на уроках", "tasks": ["Научить просить о помощи"]}]
    assert len(content["plan"][0]["lines"]) == 3
    assert content["approval"] == {
        "organisation": programme.organisation.full_name, "director": "Давыдов Даниил Денисович", "day": "2026-11-21",
    }  # fmt: skip
    assert content["class_teacher"] == "Титова Татьяна Тимофеевна"
    entry = Entry.objects.get(series__code="support-programme")
    assert entry.content["snapshot"] == programme.snapshot.sha256
    assert [one.stage for one in programme.versions.all()] == ["shown", "agreed", "approved"]
    assert "programme.checks_passed" in codes(programme)


def test_a_programme_without_activities_for_parents_needs_a_reason(school_cast):
    curator = school_cast.actor(school_cast.zhanna)
    programme = drawing.whole_draft(school_cast)
    services.line_remove(actor=curator, line=Activity.objects.get(audience="parents"), on=START)
    services.programme_send_to_family(actor=curator, programme=programme, on=START)
    services.agreement_record(
        actor=curator, programme=programme, guardian=school_cast.mother(school_cast.misha), answer="agreed",
        signed_on=START, on=START,
    )  # fmt: skip

    with pytest.raises(Refusal, match="замечания") as refused:
        services.programme_agree(actor=curator, programme=programme, on=START)
    moved = services.programme_agree(actor=curator, programme=programme, on=START, reason="Мама в отъезде до января")

    assert refused.value.field == "reason"
    assert {one["code"] for one in moved.passed_checks} == {"no_audience", "no_protocol"}
    assert moved.passing_reason == "Мама в отъезде до января"
    event = Event.objects.get(code="programme.checks_passed")
    assert event.details["checks"] == ["no_audience", "no_protocol"]
    assert "Мама" not in str(event.details)


def test_without_an_answer_of_the_family_nothing_is_agreed(school_cast):
    programme = drawing.with_family(school_cast)

    with pytest.raises(Refusal, match="ни согласие, ни отказ") as refused:
        services.programme_agree(
            actor=school_cast.actor(school_cast.zhanna), programme=programme, on=START, reason="Так решили на встрече"
        )
    assert "заключительная часть" in refused.value.clause


def test_after_a_refusal_only_the_chair_decides_and_says_why(school_cast):
    curator, chair = school_cast.actor(school_cast.zhanna), school_cast.actor(school_cast.elena)
    programme = drawing.with_family(school_cast)
    services.agreement_record(
        actor=curator, programme=programme, guardian=school_cast.mother(school_cast.misha), answer="refused",
        signed_on=START, on=START, words="Не хотим занятий с психологом",
    )  # fmt: skip

    with pytest.raises(Refusal, match="решает председатель"):
        services.programme_agree(actor=curator, programme=programme, on=START, reason="Остаются занятия с учителем")
    moved = services.programme_agree(
        actor=chair, programme=programme, on=START, reason="Остаются меры, не требующие согласия"
    )

    assert moved.status == Status.AGREED
    assert "refused" in {one["code"] for one in moved.passed_checks}


def test_a_refusal_needs_the_words_of_the_parent(school_cast):
    programme = drawing.with_family(school_cast)

    with pytest.raises(Refusal, match="почему родитель не согласен"):
        services.agreement_record(
            actor=school_cast.actor(school_cast.zhanna), programme=programme,
            guardian=school_cast.mother(school_cast.misha), answer="refused", signed_on=START, on=START,
        )  # fmt: skip


def test_the_words_of_another_family_are_not_taken(school_cast):
    programme = drawing.with_family(school_cast)

    with pytest.raises(Refusal, match="не представляет ребёнка"):
        services.agreement_record(
            actor=school_cast.actor(school_cast.zhanna), programme=programme,
            guardian=school_cast.mother(school_cast.lev), answer="agreed", signed_on=START, on=START,
        )  # fmt: skip


def test_a_proposal_is_answered_and_an_approved_programme_takes_none(school_cast):
    curator = school_cast.actor(school_cast.zhanna)
    programme = drawing.with_family(school_cast)
    proposal = services.proposal_record(
        actor=curator, programme=programme, text="Можно заниматься после обеда?", made_on=START, on=START,
        guardian=school_cast.mother(school_cast.misha),
    )  # fmt: skip
    with pytest.raises(Refusal, match="почему предложение не учтено"):
        services.proposal_answer(actor=curator, proposal=proposal, taken=False, answer=" ", on=START)
    services.proposal_answer(actor=curator, proposal=proposal, taken=True, answer="", on=START)
    assert proposal.state == "taken"

    services.agreement_record(
        actor=curator, programme=programme, guardian=school_cast.mother(school_cast.misha), answer="agreed",
        signed_on=START, on=START,
    )  # fmt: skip
    services.programme_agree(actor=curator, programme=programme, on=START, reason="Протокол оформляют до пятницы")
    approved = services.programme_approve(actor=school_cast.actor(school_cast.daniil), programme=programme, on=START)
    with pytest.raises(Refusal, match="изменениями и дополнениями"):
        services.proposal_record(actor=curator, programme=approved, text="Ещё одно", made_on=START, on=START)


def test_taken_back_the_draft_is_changed_and_shown_anew(school_cast):
    curator = school_cast.actor(school_cast.zhanna)
    programme = drawing.with_family(school_cast)
    line = Activity.objects.filter(programme=programme).first()
    with pytest.raises(Refusal, match="верните её в работу"):
        services.line_change(actor=curator, line=line, values={"title": "Иначе"}, base_version=line.version, on=START)

    services.programme_take_back(actor=curator, programme=programme, on=START)
    services.line_change(actor=curator, line=line, values={"title": "Иначе"}, base_version=line.version, on=START)
    services.programme_send_to_family(actor=curator, programme=programme, on=START)

    assert [one.number for one in ProgrammeVersion.objects.filter(programme=programme)] == [1, 2]


def test_a_running_programme_changes_for_a_reason_and_keeps_a_version(school_cast):
    curator = school_cast.actor(school_cast.zhanna)
    programme = drawing.running(school_cast)
    line = Activity.objects.filter(programme=programme).first()
    with pytest.raises(Refusal, match="почему она меняется"):
        services.line_change(actor=curator, line=line, values={"form": "беседа"}, base_version=line.version, on=START)

    for form in ("беседа", "игра"):
        line.refresh_from_db()
        services.line_change(
            actor=curator, line=line, values={"form": form}, base_version=line.version, on=START,
            reason="Мама просит игровую форму",
        )  # fmt: skip

    changed = programme.versions.filter(stage="changed")
    assert [one.why for one in changed] == ["Мама просит игровую форму"]
    assert changed[0].content["plan"][0]["lines"][0]["form"] == "игра"
    programme.refresh_from_db()
    assert programme.snapshot.content["plan"][0]["lines"][0]["form"] == "встреча"


def test_the_director_approves_nothing_with_a_curator_who_left(school_cast):
    programme = drawing.agreed(school_cast)
    post = school_cast.post(school_cast.zhanna)
    post.ended_on = START - timedelta(days=1)
    post.save()

    with pytest.raises(Refusal, match="Куратор больше не работает"):
        services.programme_approve(actor=school_cast.actor(school_cast.daniil), programme=programme, on=START)


def test_another_curator_is_named_and_the_first_one_forgets_the_child(school_cast):
    programme = drawing.draft(school_cast)
    before = school_cast.actor(school_cast.zhanna)
    assert Programme.objects.visible_to(before).count() == 1

    services.curator_change(
        actor=school_cast.actor(school_cast.elena), programme=programme, curator=school_cast.post(school_cast.polina),
        on=START,
    )  # fmt: skip

    assert Programme.objects.visible_to(before).count() == 0
    assert Programme.objects.visible_to(school_cast.actor(school_cast.polina)).count() == 1


def test_a_child_who_leaves_ends_the_programme_with_a_reason(school_cast):
    chair = school_cast.actor(school_cast.elena)
    programme = drawing.running(school_cast)
    with pytest.raises(Refusal, match="почему"):
        services.programme_cancel(actor=chair, programme=programme, on=START, reason="")

    ended = services.programme_cancel(actor=chair, programme=programme, on=START, reason="Переехал в другой город")

    assert (ended.status, ended.finished_on) == (Status.CANCELLED, START)


def test_the_curator_reads_the_papers_of_a_finished_programme_until_he_leaves(school_cast, as_user):
    programme = drawing.running(school_cast)
    Programme.objects.filter(pk=programme.pk).update(status=Status.FINISHED, finished_on=START)
    pages = [
        reverse("programmes:programme", args=[programme.public_id]),
        reverse("documents:programme_paper", args=[programme.public_id, "support_programme"]),
    ]
    zhanna = as_user(school_cast.zhanna)

    assert [zhanna.get(page).status_code for page in pages] == [200, 200]
    post = school_cast.post(school_cast.zhanna)
    post.ended_on = START - timedelta(days=1)
    post.save()
    other = hire_again(school_cast)
    assert [as_user(other).get(page).status_code for page in pages] == [404, 404]


def hire_again(cast):
    """Жанна works on in another post, in which she led nothing."""
    Position.objects.create(organisation=cast.school, user=cast.zhanna, role=Role.CLASS_TEACHER, started_on=START)
    return cast.zhanna


def test_the_curator_of_a_programme_at_risk_knows_why_it_lasts_so_long(school_cast, as_user):
    programme = drawing.draft(school_cast, kind=Programme.Kind.RISK)
    zhanna, sheet = as_user(school_cast.zhanna), reverse("programmes:draft", args=[programme.public_id])
    words = Programme.Kind.RISK.label

    assert words in zhanna.get(sheet).content.decode()
    assert words in zhanna.get(reverse("programmes:programme", args=[programme.public_id])).content.decode()
    polina = school_cast.post(school_cast.polina)
    services.curator_change(actor=school_cast.actor(school_cast.elena), programme=programme, curator=polina, on=START)
    assert zhanna.get(sheet).status_code == 404, "whoever does not lead it any more"


def led_here(cast, risk=False, methods="Беседа", findings="Боится отвечать у доски"):
    """A meeting because of a concern that the psychologist confirmed."""
    concern = Concern.objects.create(
        organisation=cast.school, child=cast.misha, author=cast.tatiana, noticed_on=START, state="confirmed",
        urgency="soon", suicide_risk=risk, psychologist=cast.post(cast.polina),
    )  # fmt: skip
    AdditionalExamination.objects.create(
        organisation=cast.school, concern=concern, held_on=START, methods=methods, findings=findings, confirmed=True,
        recorded_by=cast.polina,
    )  # fmt: skip
    elena = cast.actor(cast.elena)
    meeting = consilium.meeting_plan(actor=elena, day=START, on=START)
    return consilium.item_add(actor=elena, meeting=meeting, child=cast.misha, ground="concern", concern=concern)


def diagnostics(programme):
    return programme.sections.get(code="diagnostics").text


def test_what_the_psychologist_found_stands_in_the_programme_and_no_old_findings(school_cast):
    before = drawing.running(school_cast)
    Programme.objects.filter(pk=before.pk).update(status=Status.FINISHED)
    before.refresh_from_db()
    programme = drawing.draft(school_cast, item=led_here(school_cast), previous=before)
    texts = {one.code: one.text for one in programme.sections.all()}

    assert texts["diagnostics"] == (
        "Обследование педагога-психолога 21.11.2026. Беседа. Боится отвечать у доски."
    )  # fmt: skip
    assert texts["resources_inner"] == "Рисует, доводит начатое до конца.", "what the child leans on lasts"
    assert texts["expected_results"] == "", "what was expected then is not what is expected now"


def test_findings_behind_a_mark_of_risk_stay_out_of_an_ordinary_programme(school_cast):
    item = led_here(school_cast, risk=True)
    ordinary = drawing.draft(school_cast, item=item)
    assert diagnostics(ordinary) == ""
    Programme.objects.filter(pk=ordinary.pk).update(status=Status.CANCELLED)
    assert "Боится" in diagnostics(drawing.draft(school_cast, item=item, kind=Programme.Kind.RISK))
