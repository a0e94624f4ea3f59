"""Signing takes the numbers and freezes the papers; a mistake is mended by annulment alone."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from opora.commission.cases.flow import Status
from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.services import (
    conclusion_annul,
    conclusion_fill,
    conclusion_sign,
    opinion_add,
    opinion_withdraw,
    text_save,
)
from opora.commission.examinations.models import SessionMember
from opora.foundation.access.refusals import Refusal
from opora.foundation.organisations.scope import within
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults, snapshot_is_whole
from opora.people.consents.models import Consent
from tests.cast import child_of

from .stage import CODE, DAY, DIAGNOSIS, TOMORROW, discussed, ready


@pytest.fixture
def case(cast, daria_child):
    return discussed(cast, daria_child)


@pytest.fixture
def draft(cast, case):
    return ready(cast, case)


def sign(cast, conclusion, on=DAY):
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=conclusion, on=on)


def codes(conclusion, on=DAY):
    """What blocks."""
    return {problem.code for problem in problems_of(conclusion, on) if problem.blocks}


def write(cast, conclusion, code, text):
    section = conclusion.sections.get(code=code)
    text_save(actor=cast.actor(cast.boris), section=section, text=text, base_version=section.version)


def test_signing_takes_both_numbers_and_moves_the_case(cast, case, draft):
    signed = sign(cast, draft)
    case.refresh_from_db()
    assert (signed.number, signed.protocol_number, signed.year) == (1, 1, 2026)
    assert case.status == Status.SIGNED
    assert signed.handover.due_on == date(2026, 11, 27)
    assert case.due_on == signed.handover.due_on
    assert list(faults()) == []


def test_what_is_signed_is_frozen_whole(cast, draft):
    signed = sign(cast, draft)
    for snapshot in (signed.snapshot, signed.school_snapshot, signed.protocol_snapshot):
        assert snapshot_is_whole(snapshot)
    entry = signed.entry.content
    assert entry == {
        "number": 1, "child": draft.person_id, "snapshot": signed.snapshot.sha256, "programme": "5.1",
    }  # fmt: skip
    content = signed.snapshot.content
    assert content["number"] == "1"
    assert content["programme"] == "АООП НОО для обучающихся с тяжелыми нарушениями речи (ТНР), вариант 5.1"
    assert (
        content["tutor"]
        == "требуется, на период адаптации (полугодие); основание — трудно удержать инструкцию в классе"
    )
    assert [line["position"] for line in content["signatures"]] == [
        "Руководитель ПМПК", "Учитель-логопед", "Педагог-психолог",
    ]  # fmt: skip
    protocol = signed.protocol_snapshot.content
    assert protocol["speech_therapist"]["speech_conclusion"] == "Общее недоразвитие речи III уровня."
    assert protocol["defectologist"] is None
    assert protocol["papers"] == ["application"]


def test_the_journal_of_examined_children_gets_its_line(cast, draft):
    sign(cast, draft)
    line = Entry.objects.in_series("examined", 2026).get().content
    assert len(line) == 11
    assert line["child_name"] == "Данилов Миша Игоревич"
    assert line["diagnosis"] == f"Основной: {CODE} {DIAGNOSIS}"
    assert "нуждается в создании специальных условий" in line["conclusion"]
    assert line["recommendations"].startswith("вариант 5.1; работа: педагог-психолог, учитель-логопед; повторно — ")


def test_the_schools_copy_names_no_diagnosis(cast, draft):
    opinion_add(actor=cast.actor(cast.gleb), conclusion=draft, text=f"Спорю: {DIAGNOSIS} не подтверждаю.")
    signed = sign(cast, draft)
    family = json.dumps(signed.snapshot.content, ensure_ascii=False)
    school = json.dumps(signed.school_snapshot.content, ensure_ascii=False)
    assert DIAGNOSIS in family
    assert CODE in family
    assert DIAGNOSIS.lower() not in school.lower()
    assert CODE not in school
    assert "diagnosis" not in signed.school_snapshot.content
    assert signed.school_snapshot.content["opinions"][0]["name"] == cast.gleb.short_name


@pytest.mark.parametrize(
    "text", [f"В связи с диагнозом «{DIAGNOSIS.upper()}»", "При F80.1 — занятия", "Код Н90.3, слуховой аппарат"]
)
@pytest.mark.parametrize("place", ["direction_psychologist", "school_features", "other_conditions"])
def test_a_diagnosis_in_what_the_school_reads_blocks_signing(cast, draft, place, text):
    write(cast, draft, place, text)
    with pytest.raises(Refusal) as refused:
        sign(cast, draft)
    assert refused.value.code == "diagnosis_for_school"
    write(cast, draft, place, "Занятия дважды в неделю с 10.30, витамин B12.")
    assert sign(cast, draft).number == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"programme_code": ""}, "no_programme"),
        ({"programme_code": "aop_ooo"}, "no_orientation"),
        ({"has_limitations": None}, "no_status"),
        ({"needs_conditions": None}, "no_need"),
        ({"tutor_need": ""}, "no_tutor_need"),
        ({"study_form": ""}, "no_study_form"),
        ({"reexamination_wording": "", "term_on": ""}, "no_term"),
        ({"reexamination_wording": "date", "term_on": ""}, "no_term_date"),
        ({"term_on": DAY.isoformat()}, "past_term"),
    ],
)
def test_an_unanswered_conclusion_is_not_signed(cast, draft, values, code):
    conclusion_fill(actor=cast.actor(cast.boris), conclusion=draft, values=values)
    draft.refresh_from_db()
    assert codes(draft) == {code}
    with pytest.raises(Refusal) as refused:
        sign(cast, draft)
    assert refused.value.code == code
    assert refused.value.clause
    assert not Entry.objects.exists()


def test_without_features_it_is_not_signed(cast, draft):
    write(cast, draft, "main_features", "  ")
    assert codes(draft) == {"no_features"}


def test_it_is_not_signed_while_a_consent_is_withdrawn(cast, draft):
    Consent.objects.filter(kind="child_data").update(withdrawn_on=DAY)
    assert codes(draft) == {"no_consent"}


def test_it_is_not_signed_while_a_sheet_is_open_or_nobody_was_present(cast, case, draft):
    case.examinations.filter(speciality="psychologist").update(state="draft", finished_at=None)
    draft.visit.session.members.update(is_present=False)
    assert codes(draft) == {"unfinished", "nobody_present"}


def test_a_child_without_limitations_needs_neither_conditions_nor_a_term(cast, draft):
    boris = cast.actor(cast.boris)
    values = {
        "has_limitations": False, "needs_conditions": False, "programme_code": "oop_noo", "tutor_need": "",
        "assistant_need": "", "reexamination_wording": "", "term_on": "",
    }  # fmt: skip
    conclusion_fill(actor=boris, conclusion=draft, values=values)
    for code in ("direction_psychologist", "direction_speech_therapist"):
        write(cast, draft, code, "")
    signed = sign(cast, draft)
    assert signed.snapshot.content["tutor"] == "не требуется"
    assert signed.snapshot.content["directions"] == [{"specialist": "", "text": "не требуется"}]


def test_only_the_head_signs(cast, draft):
    for user in (cast.vera, cast.anna):
        with pytest.raises(PermissionDenied):
            conclusion_sign(actor=cast.actor(user), conclusion=draft, on=DAY)
    assert sign(cast, draft).signed_by == cast.boris


def test_the_second_signature_is_refused_with_the_number(cast, draft):
    sign(cast, draft)
    with pytest.raises(Refusal, match="уже подписано: № 1"):
        sign(cast, draft)
    assert Entry.objects.in_series("conclusion", 2026).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: apt-get install postgresql")
def test_two_heads_signing_at_once_take_one_number(cast, draft):
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def press() -> None:
        start.wait()
        try:
            with within(cast.commission):
                sign(cast, draft)
            outcomes.append("signed")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_signed", "signed"]
    assert Entry.objects.in_series("conclusion", 2026).count() == 1


def test_a_signed_conclusion_is_not_changed(cast, draft):
    sign(cast, draft)
    boris = cast.actor(cast.boris)
    section = draft.sections.get(code="main_features")
    for deed in (
        lambda: conclusion_fill(actor=boris, conclusion=draft, values={"programme_code": "7.1"}),
        lambda: text_save(actor=boris, section=section, text="иначе", base_version=section.version),
        lambda: opinion_add(actor=boris, conclusion=draft, text="поздно"),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "signed"


def test_annulment_names_the_old_lines_and_the_new_draft_holds_the_old_texts(cast, case, draft):
    boris = cast.actor(cast.boris)
    signed = sign(cast, draft)
    again = conclusion_annul(actor=boris, conclusion=signed, on=TOMORROW, reason="опечатка в сроке")
    signed.refresh_from_db()
    case.refresh_from_db()
    assert (signed.state, signed.number, case.status) == ("annulled", 1, Status.DISCUSSION)
    for series in ("protocol", "conclusion", "examined"):
        old, new = Entry.objects.in_series(series, 2026).order_by("line")
        assert (new.kind, new.corrects, new.content["reason"]) == ("annulment", old, "опечатка в сроке")
    assert again.programme_code == "5.1"
    assert again.sections.get(code="main_features").text == signed.sections.get(code="main_features").text
    second = sign(cast, again, on=TOMORROW)
    assert second.number == 2
    assert list(faults()) == []


def test_annulment_needs_a_reason_and_something_to_annul(cast, draft):
    boris = cast.actor(cast.boris)
    with pytest.raises(Refusal) as refused:
        conclusion_annul(actor=boris, conclusion=draft, on=DAY, reason="опечатка")
    assert refused.value.code == "not_signed"
    signed = sign(cast, draft)
    with pytest.raises(Refusal) as refused:
        conclusion_annul(actor=boris, conclusion=signed, on=DAY, reason="  ")
    assert refused.value.field == "reason"


def test_numbers_run_through_the_year_of_the_commission(cast, draft):
    sign(cast, draft)
    other = ready(cast, discussed(cast, child_of(cast.commission, last="Ершов"), number=2))
    assert sign(cast, other).number == 2
    assert Conclusion.objects.filter(state="signed").count() == 2


def test_a_member_present_records_his_own_opinion(cast, draft):
    opinion = opinion_add(actor=cast.actor(cast.vera), conclusion=draft, text="Предлагаю вариант 5.2.")
    assert opinion.author == cast.vera.short_name
    with pytest.raises(Refusal) as refused:
        opinion_withdraw(actor=cast.actor(cast.gleb), opinion=opinion)
    assert refused.value.code == "not_own"
    opinion_withdraw(actor=cast.actor(cast.vera), opinion=opinion)
    assert not draft.opinions.exists()


def test_whoever_was_absent_has_no_opinion_and_the_head_records_an_experts(cast, draft):
    with pytest.raises(PermissionDenied):
        opinion_add(actor=cast.actor(cast.dina), conclusion=draft, text="Не согласна.")
    SessionMember.objects.create(
        organisation=cast.commission, session=draft.visit.session, position=cast.dina.positions.get(), is_present=False
    )
    with pytest.raises(Refusal) as refused:
        opinion_add(actor=cast.actor(cast.dina), conclusion=draft, text="Не согласна.")
    assert refused.value.code == "not_present"
    with pytest.raises(Refusal) as refused:
        opinion_add(actor=cast.actor(cast.vera), conclusion=draft, text="Мнение", expert="Иванов И. И.")
    assert refused.value.code == "head_only"
    opinion = opinion_add(actor=cast.actor(cast.boris), conclusion=draft, text="Мнение", expert="Иванов И. И.")
    assert opinion.position is None
    assert sign(cast, draft).snapshot.content["opinions"][0]["position"] == "Независимый эксперт"
