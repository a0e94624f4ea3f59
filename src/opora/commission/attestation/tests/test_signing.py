"""A conclusion on ГИА has a life of its own beside the ordinary one: drafted, signed, annulled, handed over."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from opora.commission.attestation.models import AttestationConclusion
from opora.commission.attestation.services import (
    attestation_annul,
    attestation_draft,
    attestation_fill,
    attestation_finish,
    attestation_hand_over,
    attestation_sign,
    attestation_take,
)
from opora.commission.attestation.sources import offers_of, problems_of
from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.services import conclusion_sign
from opora.commission.conclusions.tests.stage import discussed, ready
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults, snapshot_is_whole
from opora.people.children.models import Diagnosis, Disability, Guardian
from opora.people.consents.models import Consent
from tests.cast import child_of

from .stage import ANSWERS, DAY, TOMORROW, discussed_learner, drawn_up

MARCH = date(2027, 3, 12)


@pytest.fixture
def case(cast, daria_child):
    return discussed_learner(cast, daria_child)


@pytest.fixture
def draft(cast, case):
    return drawn_up(cast, case)


def sign(cast, conclusion, on=DAY, reasons=None):
    actor = cast.actor(cast.boris)
    return attestation_sign(actor=actor, conclusion=conclusion, on=on, reasons=reasons or {})


def fill(cast, conclusion, **values):
    attestation_fill(actor=cast.actor(cast.vera), conclusion=conclusion, values=values)
    conclusion.refresh_from_db()


def codes(conclusion, on=DAY, severity="block"):
    return {one.code for one in problems_of(conclusion, on) if one.severity == severity}


def test_a_new_draft_knows_the_school_the_class_the_level_and_the_year(cast, case):
    draft = attestation_draft(actor=cast.actor(cast.vera), case=case, on=DAY)
    assert (draft.level, draft.exam_year, draft.valid_until) == ("9", 2027, date(2027, 12, 31))
    assert draft.answers["grade"] == "9 «А»"
    assert draft.answers["school"] == cast.school.full_name
    assert draft.answers["kinds"] == ["exams", "interview"]
    assert attestation_draft(actor=cast.actor(cast.gleb), case=case, on=DAY) == draft


def test_a_disability_in_force_is_the_ground_with_its_paper(cast, case):
    Disability.objects.create(
        organisation=cast.commission, child=case.child, document_number="МСЭ-77", issued_by="Бюро № 3",
        valid_from=date(2025, 2, 1), valid_to=date(2028, 2, 1),
    )  # fmt: skip
    answers = attestation_draft(actor=cast.actor(cast.vera), case=case, on=DAY).answers
    assert (answers["ground"], answers["ground_number"]) == ("disability", "МСЭ-77")
    assert (answers["ground_date"], answers["ground_until"]) == ("2025-02-01", "2028-02-01")


def test_signing_takes_numbers_of_its_own_and_leaves_the_case_where_it_is(cast, case, draft):
    signed = sign(cast, draft)
    case.refresh_from_db()
    assert (signed.number, signed.protocol_number, signed.year) == (1, 1, 2026)
    assert case.status == Status.DISCUSSION
    assert signed.due_on == date(2026, 11, 27)
    series = Entry.objects.about(signed).values_list("series__code", flat=True)
    assert set(series) == {"attestation", "attestation_protocol"}
    assert list(faults()) == []


def test_both_papers_are_frozen_whole_with_the_name_declined(cast, draft):
    signed = sign(cast, draft)
    for snapshot in (signed.snapshot, signed.protocol_snapshot):
        assert snapshot_is_whole(snapshot)
    paper, protocol = signed.snapshot.content, signed.protocol_snapshot.content
    assert paper["child_genitive"] == "Данилова Миши Игоревича"
    assert paper["ground"] == "обучающийся с ОВЗ: заключение ПМПК, №\u00a096 от 20.05.2026, действует до 31.08.2027"
    assert paper["subjects"] == [
        {"subject": "Русский язык", "form": "ГВЭ письменно"}, {"subject": "Математика", "form": "ОГЭ"},
    ]  # fmt: skip
    assert paper["conditions"] == ["увеличение продолжительности экзамена на 1 час 30 минут"]
    assert [line["name"] for line in paper["signatures"]] == [
        cast.boris.short_name, cast.vera.short_name, cast.gleb.short_name,
    ]  # fmt: skip
    assert protocol["specialists"][0]["text"] == "Нуждается в логопедической помощи."
    assert "specialists" not in paper


def test_it_stands_beside_the_ordinary_conclusion(cast, case, draft):
    ordinary = ready(cast, case)
    conclusion_sign(
        actor=cast.actor(cast.boris), conclusion=ordinary, on=DAY,
        reasons=_every_reason(ordinary),
    )  # fmt: skip
    signed = sign(cast, draft)
    assert (ordinary.case_id, signed.number) == (signed.case_id, 1)
    case.refresh_from_db()
    assert case.status == Status.SIGNED


def _every_reason(ordinary):
    from opora.commission.conclusions.checks import problems_of as problems_of_ordinary

    return {one.key: "так решила комиссия" for one in problems_of_ordinary(ordinary, DAY) if one.warns}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"level": "", "amount": "two"}, "no_level"),
        ({"exam_year": ""}, "no_year"),
        ({"exam_year": 2025}, "past_year"),
        ({"kinds": []}, "no_kinds"),
        ({"ground": ""}, "no_ground"),
        ({"ground_number": ""}, "no_ground_paper"),
        ({"ground_date": ""}, "no_ground_paper"),
        ({"ground_until": ""}, "no_ground_term"),
        ({"ground_date": "2026-12-01"}, "future_ground"),
        ({"ground_until": "2026-11-01"}, "ground_expired"),
        ({"conditions": " ", "special": ""}, "no_conditions"),
        ({"special": "освещение не менее [указать: сколько] люкс"}, "unfilled"),
        ({"subjects": {"russian": "state"}}, "no_exam_form"),
        ({"subjects": ANSWERS["subjects"] | {"physics": "state"}}, "two_and_more"),
        ({"place": ""}, "no_place"),
        ({"assistant": ""}, "no_assistant"),
        ({"assistant": "needed"}, "no_assistant_deed"),
        ({"valid_until": ""}, "no_validity"),
        ({"valid_until": DAY.isoformat()}, "past_validity"),
        ({"special": "при F80.1 — отдельная аудитория"}, "names_diagnosis"),
    ],
)
def test_an_unanswered_conclusion_is_not_signed(cast, draft, values, code):
    fill(cast, draft, **values)
    assert codes(draft) == {code}
    with pytest.raises(Refusal) as refused:
        sign(cast, draft)
    assert (refused.value.code, bool(refused.value.clause)) == (code, True)
    assert not Entry.objects.exists()


def test_a_diagnosis_in_words_is_not_told_to_the_school(cast, draft):
    diagnosis = Diagnosis.objects.get(child=draft.case.child)
    diagnosis.text = "Умственное истощение"
    diagnosis.save()
    fill(cast, draft, workplace="Первая парта: умственное истощение")
    assert codes(draft) == {"names_diagnosis"}


def test_it_is_not_signed_without_consent_or_when_nobody_was_present(cast, draft):
    Consent.objects.filter(kind="child_data").update(withdrawn_on=DAY)
    draft.visit.session.members.update(is_present=False)
    assert codes(draft) == {"no_consent", "nobody_present"}


def test_after_february_it_is_signed_over_a_warning_with_a_reason(cast, draft):
    with pytest.raises(Refusal) as refused:
        sign(cast, draft, on=MARCH)
    assert refused.value.code == "unexplained"
    assert "не позже января\u00a0— февраля" in str(refused.value)
    warning = next(one for one in problems_of(draft, MARCH) if one.warns)
    signed = sign(cast, draft, on=MARCH, reasons={warning.key: "семья обратилась после болезни"})
    assert signed.basis["signed_over"][0]["check"] == "after_february"
    assert signed.protocol_snapshot.content["signed_over"][0]["reason"] == "семья обратилась после болезни"
    assert Event.objects.filter(code="attestation.overridden").count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ground_until": "2027-02-01"}, "ground_ends_early"),
        ({"valid_until": "2027-02-01"}, "validity_ends_early"),
        ({"place": "home"}, "place_without_ground"),
    ],
)
def test_what_looks_odd_is_signed_only_with_a_reason(cast, draft, values, code):
    fill(cast, draft, **values)
    assert codes(draft, severity="warning") == {code}
    with pytest.raises(Refusal, match="Напишите, почему"):
        sign(cast, draft)


def test_a_programme_without_examinations_is_warned_of(cast, case, draft):
    ordinary = ready(cast, case)
    ordinary.programme_code = "1599.1"
    ordinary.save()
    assert "without_attestation" in codes(draft, severity="warning")
    assert offers_of(draft, DAY) == ()


def test_the_other_level_asks_other_things(cast, draft):
    fill(cast, draft, level="11", kinds=["exams", "essay", "interview"])
    assert draft.answers["kinds"] == ["exams", "essay"]
    assert draft.answers["amount"] == ""
    assert "ЕГЭ" in str(sign(cast, draft).snapshot.content["subjects"])


def test_a_condition_of_the_catalogue_is_taken_once_and_stays_editable(cast, draft):
    vera = cast.actor(cast.vera)
    values = dict(draft.answers)
    for _ in range(2):
        attestation_take(actor=vera, conclusion=draft, wanted="gia_extra_time_oral", values=values, on=DAY)
        draft.refresh_from_db()
        values = dict(draft.answers)
    lines = draft.answers["conditions"].splitlines()
    assert lines == [ANSWERS["conditions"], "увеличение продолжительности устной части экзамена на 30\u00a0минут"]
    assert draft.taken["gia_extra_time_oral"]["clause"] == "порядки проведения ГИА-9 и ГИА-11"
    with pytest.raises(Refusal) as refused:
        attestation_take(actor=vera, conclusion=draft, wanted="gia_form", values=values, on=DAY)
    assert refused.value.code == "no_offer"


def test_an_edition_without_the_catalogue_has_no_such_conclusion(cast):
    old = discussed(cast, child_of(cast.commission, last="Ершов"), number=2)
    with pytest.raises(Refusal) as refused:
        attestation_draft(actor=cast.actor(cast.vera), case=old, on=DAY)
    assert refused.value.code == "no_catalogue"


@pytest.mark.parametrize("status", [Status.BOOKED, Status.EXAMINATION, Status.REFUSED, Status.WITHDRAWN])
def test_it_is_neither_begun_nor_written_before_or_after_the_discussion(cast, case, draft, status):
    Case.objects.filter(pk=case.pk).update(status=status)
    draft.refresh_from_db()
    for deed in (
        lambda: attestation_fill(actor=cast.actor(cast.vera), conclusion=draft, values={"place": "home"}),
        lambda: sign(cast, draft),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "not_discussed"


def test_only_the_head_signs_and_the_secretary_writes_nothing(cast, draft):
    for user in (cast.vera, cast.anna):
        with pytest.raises(PermissionDenied):
            attestation_sign(actor=cast.actor(user), conclusion=draft, on=DAY)
    with pytest.raises(PermissionDenied):
        attestation_fill(actor=cast.actor(cast.anna), conclusion=draft, values={})
    with pytest.raises(PermissionDenied):
        attestation_fill(actor=cast.actor(cast.zakhar), conclusion=draft, values={})


def test_a_value_that_the_edition_does_not_know_is_refused_by_its_field(cast, draft):
    with pytest.raises(ValidationError) as refused:
        fill(cast, draft, ground="friendship", subjects={"dancing": "state"}, exam_year=20270)
    assert set(refused.value.message_dict) == {"ground", "subjects", "exam_year"}


def test_annulment_keeps_the_number_and_the_new_draft_holds_the_answers(cast, draft):
    signed = sign(cast, draft)
    boris = cast.actor(cast.boris)
    again = attestation_annul(actor=boris, conclusion=signed, on=TOMORROW, reason="опечатка в сроке")
    signed.refresh_from_db()
    assert (signed.state, signed.number, again.state) == ("annulled", 1, "draft")
    assert again.answers == signed.answers
    for series in ("attestation", "attestation_protocol"):
        old, new = Entry.objects.in_series(series, 2026).order_by("line")
        assert (new.kind, new.corrects) == ("annulment", old)
    assert sign(cast, again, on=TOMORROW).number == 2
    assert list(faults()) == []


def test_annulment_needs_a_reason_and_something_to_annul(cast, draft):
    boris = cast.actor(cast.boris)
    with pytest.raises(Refusal) as refused:
        attestation_annul(actor=boris, conclusion=draft, on=DAY, reason="опечатка")
    assert refused.value.code == "not_signed"
    signed = sign(cast, draft)
    with pytest.raises(Refusal) as refused:
        attestation_annul(actor=boris, conclusion=signed, on=DAY, reason=" ")
    assert refused.value.field == "reason"


def test_a_signed_one_is_signed_and_changed_no_more(cast, draft):
    sign(cast, draft)
    with pytest.raises(Refusal) as refused:
        sign(cast, draft)
    assert refused.value.code == "already_signed"
    with pytest.raises(Refusal) as refused:
        fill(cast, draft, place="home")
    assert refused.value.code == "signed"


def test_the_secretary_records_whom_it_was_given_to(cast, draft, daria_child):
    mother = daria_child.guardianships.get().guardian
    deed = {"actor": cast.actor(cast.anna), "recipient": mother, "way": "in_person", "today": TOMORROW}
    with pytest.raises(Refusal) as refused:
        attestation_hand_over(conclusion=draft, on=DAY, **deed)
    assert refused.value.code == "not_signed"
    signed = sign(cast, draft)
    for day, code in ((date(2026, 12, 1), "future"), (date(2026, 11, 1), "before_signing")):
        with pytest.raises(Refusal) as refused:
            attestation_hand_over(conclusion=signed, on=day, **deed)
        assert (refused.value.code, refused.value.field) == (code, "on")
    stranger = Guardian.objects.create(organisation=cast.commission, last_name="Чужой", first_name="И", sex="male")
    with pytest.raises(Refusal) as refused:
        attestation_hand_over(conclusion=signed, on=DAY, **deed | {"recipient": stranger})
    assert refused.value.code == "not_guardian"
    handed = attestation_hand_over(conclusion=signed, on=TOMORROW, **deed)
    assert (handed.recipient, handed.handed_on, handed.handed_by) == (mother, TOMORROW, cast.anna)
    with pytest.raises(Refusal) as refused:
        attestation_hand_over(conclusion=signed, on=TOMORROW, **deed)
    assert refused.value.code == "handed"


def test_a_case_has_one_conclusion_in_force(cast, case, draft):
    assert AttestationConclusion.objects.filter(case=case).exclude(state="annulled").count() == 1


def test_a_case_opened_for_the_examination_alone_ends_with_its_conclusion(cast, case, draft, as_user):
    anna, mother = cast.actor(cast.anna), case.child.guardianships.get().guardian
    signed = sign(cast, draft)
    with pytest.raises(Refusal) as refused:
        attestation_finish(actor=anna, case=case, on=TOMORROW)
    assert refused.value.code == "not_handed"
    page = as_user(cast.anna).get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert "Завершить дело заключением ГИА" not in page
    attestation_hand_over(
        actor=anna, conclusion=signed, recipient=mother, way="in_person", on=TOMORROW, today=TOMORROW
    )  # fmt: skip
    page = as_user(cast.anna).get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert reverse("attestation:finish", args=[case.public_id]) in page
    as_user(cast.anna).post(reverse("attestation:finish", args=[case.public_id]))
    case.refresh_from_db()
    assert case.status == Status.HANDED
    again = as_user(cast.boris).get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert reverse("conclusions:annul", args=[case.public_id]) not in again
    with pytest.raises(PermissionDenied):
        attestation_finish(actor=cast.actor(cast.vera), case=case, on=TOMORROW)
