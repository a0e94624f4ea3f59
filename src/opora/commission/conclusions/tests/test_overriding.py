"""A warning is signed over with a reason, which stays; what blocks is passed by nobody."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import CheckOverride, Conclusion
from opora.commission.conclusions.services import (
    conclusion_annul,
    conclusion_fill,
    conclusion_sign,
    opinion_add,
    text_save,
)
from opora.commission.findings.models import Finding
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import snapshot_is_whole
from opora.people.children.models import Diagnosis
from opora.regulations.checks.checking import check
from opora.regulations.checks.reading import subject_of_basis
from opora.regulations.edition import edition

from .stage import DAY, TOMORROW, discussed, ready

HOME = "Обучение на дому до весны."
WHY = "Решение врачебной комиссии семья принесёт позже."
LONG = "х" * 1001


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(f"{DAY.isoformat()}T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def draft(cast, daria_child):
    return ready(cast, discussed(cast, daria_child))


@pytest.fixture
def doubtful(cast, draft):
    """A conclusion with one warning."""
    write(cast, draft, "other_conditions", HOME)
    return draft


def write(cast, conclusion, code, text):
    section = conclusion.sections.get(code=code)
    text_save(actor=cast.actor(cast.boris), section=section, text=text, base_version=section.version)


def warnings_of(conclusion):
    return [one for one in problems_of(conclusion, DAY) if one.warns]


def reasons_for(conclusion, why=WHY):
    return {one.key: why for one in warnings_of(conclusion)}


def sign(cast, conclusion, reasons, user=None):
    return conclusion_sign(actor=cast.actor(user or cast.boris), conclusion=conclusion, on=DAY, reasons=reasons)


def url(name, subject):
    return reverse(f"conclusions:{name}", args=[subject.public_id])


def posted(conclusion, **changed):
    shown = {f"reason-{key}": why for key, why in reasons_for(conclusion).items()}
    return {"on": DAY.isoformat(), **shown, **changed}


def test_a_conclusion_in_order_asks_for_no_reason(cast, draft):
    assert warnings_of(draft) == []
    signed = sign(cast, draft, {})
    assert not signed.overrides.exists()
    assert "signed_over" not in signed.protocol_snapshot.content
    assert signed.basis["overridden"] == []


def test_a_warning_is_signed_over_with_a_reason_that_stays(cast, doubtful):
    signed = sign(cast, doubtful, reasons_for(doubtful))
    override = signed.overrides.get()
    assert (override.code, override.reason, override.by) == ("home_schooling", WHY, cast.boris)
    assert "«Обучение на дому»" in override.message
    assert "врачебная комиссия" in override.clause
    assert Event.objects.filter(code="conclusion.check_overridden", person_id=signed.person_id).count() == 1


def test_the_reason_is_frozen_under_the_hash_of_the_protocol_and_not_printed(cast, doubtful):
    signed = sign(cast, doubtful, reasons_for(doubtful))
    (frozen,) = signed.protocol_snapshot.content["signed_over"]
    assert frozen["check"] == "home_schooling"
    assert frozen["reason"] == WHY
    assert snapshot_is_whole(signed.protocol_snapshot)
    for snapshot in (signed.snapshot, signed.school_snapshot):
        assert WHY not in json.dumps(snapshot.content, ensure_ascii=False)


def test_the_log_names_the_check_and_no_word_of_the_child(cast, doubtful):
    sign(cast, doubtful, reasons_for(doubtful))
    event = Event.objects.get(code="conclusion.check_overridden")
    assert event.details == {"check": "home_schooling"}


@pytest.mark.parametrize("why", ["", "   ", "\x00"])
def test_without_a_reason_nothing_is_signed(cast, doubtful, why):
    with pytest.raises(Refusal) as refused:
        sign(cast, doubtful, reasons_for(doubtful, why))
    assert refused.value.code == "unexplained"
    assert refused.value.clause
    assert refused.value.field == f"reason-{warnings_of(doubtful)[0].key}"
    doubtful.refresh_from_db()
    assert doubtful.state == Conclusion.State.DRAFT
    assert not CheckOverride.objects.exists()
    assert not Entry.objects.exists()
    assert not Event.objects.filter(code="conclusion.check_overridden").exists()


def test_a_reason_for_other_words_covers_nothing(cast, doubtful):
    reasons = reasons_for(doubtful)
    write(cast, doubtful, "other_conditions", "Надомное обучение до весны.")
    with pytest.raises(Refusal) as refused:
        sign(cast, doubtful, reasons)
    assert refused.value.code == "unexplained"


def test_a_reason_passes_nothing_that_blocks(cast, doubtful):
    write(cast, doubtful, "main_features", "")
    reasons = {one.key: WHY for one in problems_of(doubtful, DAY)}
    with pytest.raises(Refusal) as refused:
        sign(cast, doubtful, reasons)
    assert refused.value.code == "no_features"
    assert not CheckOverride.objects.exists()


def test_nobody_but_the_head_signs_over(cast, doubtful):
    with pytest.raises(PermissionDenied):
        sign(cast, doubtful, reasons_for(doubtful), user=cast.vera)


def test_reasons_for_what_was_not_found_are_not_kept(cast, draft):
    assert not sign(cast, draft, {"home_schooling-00000000": WHY}).overrides.exists()


def test_a_new_draft_after_annulment_asks_anew(cast, doubtful):
    signed = sign(cast, doubtful, reasons_for(doubtful))
    again = conclusion_annul(actor=cast.actor(cast.boris), conclusion=signed, on=TOMORROW, reason="опечатка")
    assert again.basis == {}
    with pytest.raises(Refusal) as refused:
        conclusion_sign(actor=cast.actor(cast.boris), conclusion=again, on=TOMORROW)
    assert refused.value.code == "unexplained"
    assert signed.overrides.count() == 1


def test_signing_freezes_what_was_judged(cast, doubtful):
    signed = sign(cast, doubtful, reasons_for(doubtful))
    signed.refresh_from_db()
    basis = signed.basis
    assert (basis["edition"], basis["on"], basis["programme"]) == ("2016", DAY.isoformat(), "5.1")
    assert basis["facts"]["level"] == "primary"
    assert basis["answers"]["has_limitations"] is True
    assert basis["texts"]["other_conditions"] == HOME
    assert basis["overridden"] == ["home_schooling"]
    again = check(subject_of_basis(edition("2016", DAY), json.loads(json.dumps(basis))))
    assert sorted({one.code for one in again}) == basis["checks"]


def test_two_specialists_who_recorded_different_values_are_named(cast, draft):
    for sheet, months in zip(draft.case.examinations.order_by("pk"), (12, 24), strict=True):
        Finding.objects.create(
            organisation=draft.organisation, examination=sheet, code="first_words_months", value=months,
            source="parents:", recorded_by=sheet.specialist,
        )  # fmt: skip
    (found,) = warnings_of(draft)
    assert found.code == "observations_differ"
    assert "12\u00a0мес." in found.message
    assert "24\u00a0мес." in found.message


def test_whoever_concludes_otherwise_is_asked_for_a_special_opinion(cast, draft):
    section = draft.case.examinations.get(speciality="psychologist").sections.get(code="psychology_conclusion")
    section.text = "Рекомендую АООП НОО для обучающихся с ЗПР, вариант 7.2."
    section.save()
    assert [one.code for one in warnings_of(draft)] == ["dissent_unrecorded"]
    opinion_add(actor=cast.actor(cast.gleb), conclusion=draft, text="Предлагаю вариант 7.2.")
    assert warnings_of(draft) == []


def test_a_code_without_the_parents_consent_is_noticed(cast, draft):
    Diagnosis.objects.filter(child=draft.case.child).update(consented=True)
    write(cast, draft, "diagnoses", "Основной: F83.")
    assert [one.code for one in warnings_of(draft)] == ["diagnosis_without_consent"]


def test_the_name_of_the_childs_school_is_noticed(cast, draft):
    cast.school.short_name, cast.school.full_name = "Радуга", "Учреждение «Радуга»"
    cast.school.save()
    write(cast, draft, "other_conditions", "Продолжить обучение в «Радуга», логопункт.")
    assert [one.code for one in warnings_of(draft)] == ["named_register_organisation"]


def test_the_page_asks_for_each_reason_and_signs(cast, doubtful, as_user):
    head = as_user(cast.boris)
    page = head.get(url("sign", doubtful.case)).content.decode()
    assert "Замечания: 1" in page
    assert f'name="reason-{warnings_of(doubtful)[0].key}"' in page
    assert "#section-other_conditions" in page
    answer = head.post(url("sign", doubtful.case), posted(doubtful))
    assert answer.status_code == 302
    assert CheckOverride.objects.get().reason == WHY


def test_a_missing_reason_is_asked_for_beside_its_box_and_the_others_stay(cast, doubtful, as_user):
    write(cast, doubtful, "equipment", "Планшет; занятия в школе № 12.")
    first, second = (f"reason-{one.key}" for one in warnings_of(doubtful))
    answer = as_user(cast.boris).post(url("sign", doubtful.case), posted(doubtful, **{first: WHY, second: " "}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Напишите причину." in page
    assert WHY in page
    doubtful.refresh_from_db()
    assert doubtful.state == Conclusion.State.DRAFT


def test_a_warning_that_appeared_meanwhile_is_shown_and_not_passed(cast, draft, as_user):
    head = as_user(cast.boris)
    shown = posted(draft)
    write(cast, draft, "other_conditions", HOME)
    answer = head.post(url("sign", draft.case), shown)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "появилось, пока страница была открыта" in page
    assert "Обучение на дому" in page
    draft.refresh_from_db()
    assert draft.state == Conclusion.State.DRAFT


def test_words_typed_for_an_earlier_wording_stay_in_the_box_and_are_not_taken(cast, doubtful, as_user):
    before = posted(doubtful)
    write(cast, doubtful, "other_conditions", "Надомное обучение до весны.")
    answer = as_user(cast.boris).post(url("sign", doubtful.case), before)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert WHY in page
    assert "появилось, пока страница была открыта" in page


@pytest.mark.parametrize("changed", [{"on": "31.02.2026"}, {"on": ""}, {"on": "2027-01-01"}])
def test_a_wrong_day_keeps_the_reasons(cast, doubtful, as_user, changed):
    answer = as_user(cast.boris).post(url("sign", doubtful.case), posted(doubtful, **changed))
    assert answer.status_code == 422
    assert WHY in answer.content.decode()


def test_too_long_a_reason_is_refused_and_kept(cast, doubtful, as_user):
    name = f"reason-{warnings_of(doubtful)[0].key}"
    answer = as_user(cast.boris).post(url("sign", doubtful.case), posted(doubtful, **{name: LONG}))
    assert answer.status_code == 422
    assert LONG in answer.content.decode()


def test_what_blocks_leaves_no_button_and_no_box(cast, doubtful, as_user):
    conclusion_fill(actor=cast.actor(cast.boris), conclusion=doubtful, values={"tutor_need": ""})
    page = as_user(cast.boris).get(url("sign", doubtful.case)).content.decode()
    assert "Не даёт подписать" in page
    assert "Подпись с объяснением" in page
    assert "Вернуться и дополнить" in page
    assert 'name="reason-' not in page
    assert "Подписать заключение" not in page


def test_a_signed_page_shows_the_reasons_to_members_and_not_to_the_secretary(cast, doubtful, as_user):
    signed = sign(cast, doubtful, reasons_for(doubtful))
    for user in (cast.boris, cast.vera):
        page = as_user(user).get(url("sheet", signed)).content.decode()
        assert "Подписано поверх замечаний: 1" in page
        assert WHY in page
    assert WHY not in as_user(cast.anna).get(url("sheet", signed)).content.decode()
    assert as_user(cast.zakhar).get(url("sheet", signed)).status_code == 404


def test_many_reasons_cost_no_more_queries_than_one(cast, doubtful, as_user):
    signed = sign(cast, doubtful, reasons_for(doubtful))
    head = as_user(cast.boris)
    head.get(url("sheet", signed))
    with CaptureQueriesContext(connection) as one:
        head.get(url("sheet", signed))
    for number in range(9):
        CheckOverride.objects.create(
            organisation=signed.organisation, conclusion=signed, code="named_school", message=f"Замечание {number}",
            clause="письмо ВК-1074/07, разд. 1", reason=WHY, by=cast.boris,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as ten:
        head.get(url("sheet", signed))
    assert len(ten) == len(one)
