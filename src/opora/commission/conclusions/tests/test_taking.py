"""The catalogue on the sheet: what is offered, one click to take it, and the origin of each line afterwards."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.conclusions.answers import values_of
from opora.commission.conclusions.catalogue import Entry, answers_with, block_of, catalogue_of
from opora.commission.conclusions.models import TakenText
from opora.commission.conclusions.services import (
    conclusion_annul,
    conclusion_draft,
    conclusion_fill,
    offer_take,
    text_save,
)
from opora.commission.conclusions.shelves import Offered, Shelf
from opora.commission.examinations.models import Examination
from opora.commission.findings.models import Finding
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.regulations.advice.advising import advise

from .anyway import sign_anyway
from .stage import DAY, TOMORROW, discussed, ready

pytestmark = pytest.mark.usefixtures("on_the_day")
FACTS = {
    "level": "primary", "grade": 1, "vision": "low", "speech": "ohp3", "intellect": "norm",
}  # fmt: skip


@pytest.fixture
def on_the_day():
    with time_machine.travel(f"{DAY.isoformat()}T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def case(cast, daria_child):
    found = discussed(cast, daria_child)
    sheet = Examination.objects.get(case=found, speciality="speech_therapist")
    for code, value in FACTS.items():
        Finding.objects.create(
            organisation=cast.commission, examination=sheet, code=code, value=value, recorded_by=cast.vera
        )
    return found


@pytest.fixture
def draft(cast, case):
    found = ready(cast, case)
    conclusion_fill(actor=cast.actor(cast.boris), conclusion=found, values={"programme_code": "4.2"})
    found.refresh_from_db()
    return found


def url(name, subject):
    return reverse(f"conclusions:{name}", args=[subject.public_id])


def posted(conclusion, **changed):
    """What the browser sends: every answer as it is shown, some changed."""
    shown = {}
    for code, value in values_of(conclusion).items():
        if value is True or value is False:
            yes_no = {"has_limitations": "yes" if value else "no", "needs_conditions": "yes" if value else "no"}
            value = yes_no.get(code, "on" if value else "")
        if value not in (None, "", []):
            shown[code] = value
    base = json.dumps(values_of(conclusion), ensure_ascii=False)
    return shown | {"version": conclusion.form_version, "base": base} | changed


def offers(conclusion, *places):
    return catalogue_of(conclusion, DAY).at(places)


def text_offer(conclusion, place="equipment"):
    return next(one for one in offers(conclusion, place) if one.is_text)


def test_a_course_named_from_memory_is_to_be_compared_and_is_not_called_practice():
    entry = Entry(
        code="course", place="direction_psychologist", text="занятия по курсу", clause="ФГОС НОО ОВЗ", group="",
        recommended=True, note="Название по памяти: сверить с официальным текстом.", is_law=False,
    )  # fmt: skip
    shelf = Shelf("direction_psychologist", [("Подходит", [Offered(entry, is_taken=True)])])
    page = render_to_string("conclusions/shelf_groups.html", {"shelf": shelf})
    assert "Название по\xa0памяти: сверить с\xa0официальным текстом." in page
    assert '<b class="practice">сверить с\xa0актом</b>' in page
    assert "практика" not in page


def test_the_sheet_offers_conditions_with_their_clause(cast, draft, as_user):
    page = as_user(cast.vera).get(url("sheet", draft)).content.decode()
    offer = text_offer(draft)
    assert "Из каталога" in page
    assert f'name="offer" value="{offer.code}"' in page
    assert "прил." in page


def test_one_click_adds_a_line_below_what_stands_there(cast, draft, as_user):
    vera = as_user(cast.vera)
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    text_save(actor=cast.actor(cast.vera), section=section, text="Свои слова", base_version=0)
    answer = vera.post(url("offer", section), {"offer": offer.code})
    assert answer.headers["Location"] == f"{url('sheet', draft)}?open=equipment#section-equipment"
    section.refresh_from_db()
    assert section.text == f"Свои слова\n{offer.text}"
    page = vera.get(answer.headers["Location"].partition("#")[0]).content.decode()
    assert "из каталога: 1, своими словами: 1\u00a0строка" in page
    row = TakenText.objects.get()
    assert (row.place, row.code, row.text, row.user) == ("equipment", offer.code, offer.text, cast.vera)
    event = Event.objects.get(code="conclusion.catalogue_taken")
    assert offer.code not in json.dumps(event.details, ensure_ascii=False)


def test_in_the_background_the_shelf_comes_back_and_the_box_is_told(cast, draft, as_user):
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    answer = as_user(cast.vera).post(url("offer", section), {"offer": offer.code}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<details class="offers" open>' in page
    assert "взято" in page
    assert 'id="traces-equipment" hx-swap-oob="true"' in page
    told = json.loads(answer.headers["HX-Trigger"])
    assert told["conclusion:taken"] == {"section": section.public_id}
    assert "worksheet:saved" in told


def test_taking_twice_adds_nothing(cast, draft):
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    vera = cast.actor(cast.vera)
    once = offer_take(actor=vera, section=section, code=offer.code)
    twice = offer_take(actor=cast.actor(cast.gleb), section=section, code=offer.code)
    assert once.text == twice.text == offer.text
    assert TakenText.objects.count() == 1


def test_what_is_not_offered_is_refused_and_changes_nothing(cast, draft, as_user):
    vera = as_user(cast.vera)
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    for code in ("", "нет такого", "🙂" * 200, f"{offer.code}\x00"):
        answer = vera.post(url("offer", section), {"offer": code}, follow=True)
        assert "больше не предлагает" in answer.content.decode()
        shown = vera.post(url("offer", section), {"offer": code}, headers={"HX-Request": "true"})
        assert "больше не предлагает" in shown.content.decode()
        assert "HX-Trigger" not in shown.headers
    other = draft.sections.get(code="gia")
    with pytest.raises(Refusal):
        offer_take(actor=cast.actor(cast.vera), section=other, code=offer.code)
    section.refresh_from_db()
    assert section.text == ""
    assert not TakenText.objects.exists()


def test_only_members_take_and_only_into_a_draft(cast, draft, as_user):
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    with pytest.raises(PermissionDenied):
        offer_take(actor=cast.actor(cast.anna), section=section, code=offer.code)
    assert as_user(cast.anna).post(url("offer", section), {"offer": offer.code}).status_code == 403
    assert as_user(cast.zakhar).post(url("offer", section), {"offer": offer.code}).status_code == 404
    sign_anyway(cast, draft)
    with pytest.raises(Refusal) as refused:
        offer_take(actor=cast.actor(cast.boris), section=section, code=offer.code)
    assert refused.value.code == "signed"


def test_a_text_typed_meanwhile_is_neither_lost_nor_overwritten(cast, draft, as_user):
    vera, gleb = as_user(cast.vera), as_user(cast.gleb)
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    fetch = {"X-Requested-With": "fetch"}
    gleb.post(url("section", section), {"text": "Глеб пишет", "version": 0}, headers=fetch)
    vera.post(url("offer", section), {"offer": offer.code})
    late = gleb.post(url("section", section), {"text": "Глеб пишет дальше", "version": 1}, headers=fetch)
    assert late.status_code == 409
    section.refresh_from_db()
    assert section.text == f"Глеб пишет\n{offer.text}"


def answer_offer(draft):
    """An offer that sets an answer, with what it sets."""
    values = values_of(draft)
    every = [one for one in catalogue_of(draft, DAY).entries if one.is_answer and answers_with(values, one)]
    return every[0], answers_with(values, every[0])


def test_an_offer_for_an_answer_sets_it_with_all_others_kept(cast, draft, as_user):
    entry, changed = answer_offer(draft)
    before = values_of(draft)
    sent = posted(draft, take=f"offer:{entry.place}:{entry.code}", tutor_reason="слова на экране")
    answer = as_user(cast.vera).post(url("answers", draft), sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    draft.refresh_from_db()
    assert values_of(draft) == before | {"tutor_reason": "слова на экране"} | changed
    for code in changed:
        assert f'id="answer-{code}" hx-swap-oob="true"' in page
    assert f'id="shelf-block-{block_of(sent["take"])}" hx-swap-oob="true"' in page
    assert "изменили другие" not in page


def test_without_a_script_the_button_of_an_answer_saves_the_form(cast, draft, as_user):
    entry, changed = answer_offer(draft)
    sent = posted(draft, take=f"offer:{entry.place}:{entry.code}")
    answer = as_user(cast.vera).post(url("answers", draft), sent)
    block = block_of(sent["take"])
    assert answer.headers["Location"] == f"{url('sheet', draft)}?open=block-{block}#{block}"
    draft.refresh_from_db()
    assert changed.items() <= values_of(draft).items()


BROKEN = ["offer:equipment:x", "offer:regime", "programme:5.2", "programme:9.9::", "term:one_year:1", "x", "::::", "🙂"]


@pytest.mark.parametrize("take", BROKEN)
def test_a_broken_offer_is_refused_in_words_and_saves_nothing(cast, draft, as_user, take):
    before = values_of(draft)
    sent = posted(draft, take=take, tutor_reason="новое")
    answer = as_user(cast.vera).post(url("answers", draft), sent)
    assert answer.status_code == 422
    assert "больше не предлагает" in answer.content.decode()
    draft.refresh_from_db()
    assert values_of(draft) == before


def test_whoever_reads_the_signed_conclusion_sees_in_one_line_where_its_texts_came_from(cast, draft, as_user):
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    signed = sign_anyway(cast, draft)
    assert "Тексты условий" not in as_user(cast.anna).get(url("sheet", signed)).content.decode()
    TakenText.objects.create(
        organisation=cast.commission, conclusion=signed, place="equipment", code=offer.code, text=offer.text
    )
    section.text = offer.text
    section.save()
    page = as_user(cast.anna).get(url("sheet", signed)).content.decode()
    assert '<dd class="no-print">из каталога: 1</dd>' in page


def test_the_computed_term_is_offered_with_every_demand_and_taken_whole(cast, draft, as_user):
    vera = as_user(cast.vera)
    page = vera.get(url("sheet", draft)).content.decode()
    catalogue = catalogue_of(draft, DAY)
    for demand in catalogue.next.demands:
        assert demand.reason.clause.replace("\u00a0", " ")[:20] in page.replace("\u00a0", " ")
    first = next(one for one in catalogue.next.demands if one.day == catalogue.next.day)
    vera.post(url("answers", draft), posted(draft, take=f"term:{first.wording}:{first.day.isoformat()}"))
    draft.refresh_from_db()
    assert (draft.answers["reexamination_wording"], draft.term_on) == (first.wording, first.day)


def test_an_oriented_programme_offers_the_conditions_of_its_code(draft):
    draft.programme_code, draft.answers = "aop_ooo", {**draft.answers, "orientation": "3.2"}
    blind = [one.code for one in catalogue_of(draft, DAY).entries if one.code.startswith("a42_blind")]
    draft.answers = {**draft.answers, "orientation": ""}
    assert blind
    assert not [one.code for one in catalogue_of(draft, DAY).entries if one.code.startswith("a42_blind")]


def test_a_candidate_of_the_advice_is_chosen_with_one_click(cast, draft, as_user):
    candidate = advise(catalogue_of(draft, DAY).found).candidates[0]
    take = f"programme:{candidate.programme}:{candidate.orientation}:{candidate.second_programme}"
    vera = as_user(cast.vera)
    assert take in vera.get(url("sheet", draft)).content.decode()
    vera.post(url("answers", draft), posted(draft, take=take))
    draft.refresh_from_db()
    assert (draft.programme_code, draft.has_limitations) == (candidate.programme, candidate.has_limitations)


def test_a_programme_chosen_by_two_is_a_conflict_that_remembers_the_offer(cast, draft, as_user):
    candidate = advise(catalogue_of(draft, DAY).found).candidates[0]
    take = f"programme:{candidate.programme}:{candidate.orientation}:{candidate.second_programme}"
    of_vera = posted(draft, take=take)
    as_user(cast.gleb).post(url("answers", draft), posted(draft, programme_code="8.1"))
    vera = as_user(cast.vera)
    answer = vera.post(url("answers", draft), of_vera)
    assert answer.status_code == 409
    assert f'name="take" value="{take}"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.programme_code == "8.1"
    vera.post(url("answers", draft), of_vera | {"settled": draft.form_version})
    draft.refresh_from_db()
    assert draft.programme_code == candidate.programme


def test_directions_taken_and_left_as_they_are_bring_the_warning_at_once(cast, draft, as_user):
    vera = as_user(cast.vera)
    for section in draft.sections.filter(code__startswith="direction_"):
        section.text = ""
        section.save()
    offer = next(one for one in catalogue_of(draft, DAY).entries if one.place.startswith("direction_"))
    section = draft.sections.get(code=offer.place)
    answer = vera.post(url("offer", section), {"offer": offer.code}, headers={"HX-Request": "true"})
    note = answer.content.decode().partition('id="template-note"')[2].partition("</p>")[0]
    assert "hidden" not in note
    assert "каталога" in note or "Не заполнено" in note


def test_an_annulled_conclusion_hands_its_origins_to_the_new_draft(cast, draft):
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    offer_take(actor=cast.actor(cast.vera), section=section, code=offer.code)
    boris = cast.actor(cast.boris)
    draft.refresh_from_db()
    signed = sign_anyway(cast, draft)
    again = conclusion_annul(actor=boris, conclusion=signed, on=TOMORROW, reason="опечатка")
    assert again.taken.get().text == offer.text


def test_whoever_switched_advice_off_sees_his_own_sheet_alone(cast, draft, as_user):
    section, offer = draft.sections.get(code="equipment"), text_offer(draft)
    offer_take(actor=cast.actor(cast.vera), section=section, code=offer.code)
    cast.vera.shows_advice = False
    cast.vera.save()
    page = as_user(cast.vera).get(url("sheet", draft)).content.decode()
    assert "Из каталога (" not in page
    assert "из каталога: 1" in page  # what was taken is still told
    assert "Показывать советы" in page


def test_the_sheet_with_many_taken_lines_asks_as_few_queries(cast, case, as_user):
    conclusion = conclusion_draft(actor=cast.actor(cast.vera), case=case)
    conclusion_fill(actor=cast.actor(cast.vera), conclusion=conclusion, values={"programme_code": "4.2"})
    conclusion.refresh_from_db()
    client = as_user(cast.vera)

    def asked():
        client.get(url("sheet", conclusion))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("sheet", conclusion))
        return len(queries)

    before = asked()
    section = conclusion.sections.get(code="equipment")
    for one in offers(conclusion, "equipment"):
        offer_take(actor=cast.actor(cast.vera), section=section, code=one.code)
    assert TakenText.objects.count() > 2
    assert asked() == before <= 60
