"""The pages of conclusions: one sheet to write on, one to read, two lists, the steps."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.conclusions.answers import values_of
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.services import conclusion_draft, conclusion_sign
from opora.commission.examinations.models import ExaminationSection
from opora.foundation.audit.models import Event
from tests.cast import child_of

from .stage import DAY, discussed, ready

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def on_the_day():
    with time_machine.travel(f"{DAY.isoformat()}T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def case(cast, daria_child):
    return discussed(cast, daria_child)


@pytest.fixture
def draft(cast, case):
    return ready(cast, case)


@pytest.fixture
def signed(cast, draft):
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY)


def url(name, subject):
    return reverse(f"conclusions:{name}", args=[subject.public_id])


def posted(conclusion, **changed):
    """What the browser sends: every answer as it is shown, some changed."""
    shown = {}
    for code, value in values_of(conclusion).items():
        if value is True or value is False:
            value = {"has_limitations": "yes" if value else "no", "needs_conditions": "yes" if value else "no"}.get(
                code, "on" if value else ""
            )
        if value not in (None, "", []):
            shown[code] = value
    base = json.dumps(values_of(conclusion), ensure_ascii=False)
    return shown | {"version": conclusion.form_version, "base": base} | changed


def test_a_member_begins_the_conclusion_by_opening_it(cast, case, as_user):
    answer = as_user(cast.vera).get(url("of_case", case), follow=True)
    page = answer.content.decode()
    assert Conclusion.objects.get().case == case
    assert "1. Образовательная программа" in page
    assert "12. Срок повторного прохождения ПМПК" in page
    assert "Взять из обследования" in page
    assert Event.objects.filter(code="conclusion.opened", person_id=case.person_id).exists()


def test_the_secretary_reads_a_draft_and_begins_none(cast, case, as_user):
    anna = as_user(cast.anna)
    assert anna.get(url("of_case", case)).headers["Location"] == reverse("cases:case", args=[case.public_id])
    assert not Conclusion.objects.exists()
    draft = ready(cast, case)
    page = anna.get(url("sheet", draft)).content.decode()
    assert "Заключение готовится" in page
    assert "<textarea" not in page


def test_answers_are_saved_in_the_background_with_a_new_version(cast, draft, as_user):
    answer = as_user(cast.vera).post(
        url("answers", draft), posted(draft, programme_code="7.1", term_on="01062028"), headers={"HX-Request": "true"}
    )
    draft.refresh_from_db()
    assert (draft.programme_code, draft.term_on) == ("7.1", date(2028, 6, 1))
    page = answer.content.decode()
    assert "Ответы сохранены" in page
    assert f'value="{draft.form_version}"' in page
    assert 'hx-swap-oob="true"' in page


def test_a_wrong_answer_is_shown_and_kept(cast, draft, as_user):
    answer = as_user(cast.vera).post(url("answers", draft), posted(draft, term_on="31.02.2028"))
    assert answer.status_code == 422
    assert "31.02.2028" in answer.content.decode()


def test_two_answers_to_one_question_are_shown_side_by_side(cast, draft, as_user):
    vera, gleb = as_user(cast.vera), as_user(cast.gleb)
    of_vera, of_gleb = posted(draft, programme_code="5.2"), posted(draft, programme_code="7.2")
    vera.post(url("answers", draft), of_vera)
    answer = gleb.post(url("answers", draft), of_gleb)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Оставить мои" in page
    draft.refresh_from_db()
    assert draft.programme_code == "5.2"
    gleb.post(url("answers", draft), of_gleb | {"settled": draft.form_version})
    draft.refresh_from_db()
    assert draft.programme_code == "7.2"


def test_another_persons_answer_comes_with_my_save_and_is_not_undone(cast, draft, as_user):
    vera, gleb = as_user(cast.vera), as_user(cast.gleb)
    of_gleb = posted(draft, tutor_need="not_needed")
    vera.post(url("answers", draft), posted(draft, programme_code="5.2"))
    answer = gleb.post(url("answers", draft), of_gleb, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'id="answer-programme_code" hx-swap-oob="true"' in page
    assert 'id="answer-tutor_need"' not in page
    draft.refresh_from_db()
    assert (draft.programme_code, draft.answers["tutor_need"]) == ("5.2", "not_needed")


def test_a_text_is_saved_and_a_finding_taken(cast, draft, as_user):
    vera = as_user(cast.vera)
    section = draft.sections.get(code="equipment")
    saved = vera.post(
        url("section", section), {"text": "FM-система", "version": 0}, headers={"X-Requested-With": "fetch"}
    )
    assert saved.json()["version"] == 1
    source = ExaminationSection.objects.filter(code="advice_teachers").first()
    vera.post(url("take", section), {"source": source.public_id})
    section.refresh_from_db()
    assert section.text == f"FM-система\n{source.text}"


def test_an_old_text_is_a_conflict(cast, draft, as_user):
    section = draft.sections.get(code="equipment")
    fetch = {"X-Requested-With": "fetch"}
    as_user(cast.vera).post(url("section", section), {"text": "одно", "version": 0}, headers=fetch)
    answer = as_user(cast.gleb).post(url("section", section), {"text": "другое", "version": 0}, headers=fetch)
    assert answer.status_code == 409
    section.refresh_from_db()
    assert section.text == "одно"


def test_the_head_signs_and_the_second_click_brings_him_to_the_result(cast, case, draft, as_user):
    boris = as_user(cast.boris)
    assert "Подписать заключение" in boris.get(url("sign", case)).content.decode()
    form = {"on": "20.11.2026", "form_key": "one-key"}
    first, second = boris.post(url("sign", case), form), boris.post(url("sign", case), form)
    assert first.headers["Location"] == second.headers["Location"] == url("sheet", draft)
    page = boris.get(url("sheet", draft)).content.decode()
    assert "Заключение №\u00a01" in page or "Заключение №&nbsp;1" in page


def test_a_second_signature_with_another_form_says_who_was_first(cast, case, signed, as_user):
    answer = as_user(cast.boris).post(url("sign", case), {"on": "20.11.2026", "form_key": "other"})
    assert answer.status_code == 422
    assert "уже подписано: № 1" in answer.content.decode()


def test_what_is_missing_stands_on_the_page_of_signing(cast, case, draft, as_user):
    draft.sections.filter(code="main_features").update(text="")
    answer = as_user(cast.boris).post(url("sign", case), {"on": "20.11.2026"})
    assert answer.status_code == 422
    assert "Не описаны основные особенности" in answer.content.decode()


def test_annulment_opens_a_new_sheet(cast, case, signed, as_user):
    boris = as_user(cast.boris)
    assert boris.post(url("annul", case), {"reason": " "}).status_code == 422
    answer = boris.post(url("annul", case), {"reason": "опечатка"}, follow=True)
    assert "Ответы и тексты сохраняются сами" in answer.content.decode()
    old = boris.get(url("sheet", signed)).content.decode()
    assert "Причина: опечатка" in old


def test_the_secretary_hands_the_copy_over(cast, case, signed, daria_child, as_user):
    anna = as_user(cast.anna)
    mother = daria_child.guardianships.get().guardian
    assert "Копия получена" in anna.get(url("handover", case)).content.decode()
    sent = {"recipient": mother.public_id, "sent_on": "20.11.2026", "track_number": "80"}
    assert anna.post(url("send", case), sent).status_code == 302
    early = {"recipient": mother.public_id, "way": "post", "received_on": "21.11.2026"}
    wrong = anna.post(url("handover", case), early)
    assert wrong.status_code == 422
    assert "ещё не наступила" in wrong.content.decode()
    given = {"recipient": mother.public_id, "way": "post", "received_on": "20.11.2026", "school_copy": "on"}
    anna.post(url("handover", case), given)
    case.refresh_from_db()
    assert case.status == Status.HANDED
    assert "выдано 20.11.2026" in anna.get(url("handover", case)).content.decode()


def test_a_special_opinion_from_the_page(cast, draft, as_user):
    vera = as_user(cast.vera)
    assert vera.post(url("add_opinion", draft), {"text": ""}).status_code == 422
    vera.post(url("add_opinion", draft), {"text": "Предлагаю <b>5.2</b>"})
    page = vera.get(url("sheet", draft)).content.decode()
    assert "&lt;b&gt;5.2&lt;/b&gt;" in page
    vera.post(url("withdraw_opinion", draft.opinions.get()))
    assert not draft.opinions.exists()


@pytest.mark.parametrize("name", ["sheet", "answers", "add_opinion"])
def test_strangers_do_not_learn_that_the_conclusion_exists(cast, draft, as_user, name):
    zakhar = as_user(cast.zakhar)
    send = zakhar.get if name == "sheet" else zakhar.post
    assert send(url(name, draft)).status_code == 404
    olga = as_user(cast.olga)
    send = olga.get if name == "sheet" else olga.post
    assert send(url(name, draft)).status_code == 403


def test_specialists_neither_sign_nor_annul_nor_hand_over(cast, case, signed, as_user):
    vera = as_user(cast.vera)
    for name in ("sign", "annul", "handover"):
        assert vera.get(url(name, case)).status_code == 403
        assert as_user(cast.zakhar).get(url(name, case)).status_code == 404
    assert as_user(cast.nina).get(url("sheet", signed)).status_code == 403


@pytest.mark.parametrize(("page", "user"), [("list", "vera"), ("handovers", "anna")])
def test_a_list_of_thirty_asks_as_few_queries_as_a_list_of_three(cast, as_user, page, user):
    client = as_user(getattr(cast, user))

    def fill(start, end):
        for number in range(start, end):
            child = child_of(cast.commission, last=f"Данилов{'а' * number}")
            draft = ready(cast, discussed(cast, child, number=number))
            conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        return len(queries), answer.content.decode().count("data-href")  # counted before the next request forgets

    address = reverse(f"conclusions:{page}")
    fill(1, 4)
    client.get(address)
    three, _ = asked()
    fill(4, 31)
    thirty, rows = asked()
    assert 3 < three == thirty
    assert rows >= 30


def test_a_conclusion_is_found_by_number_state_programme_and_name(cast, signed, as_user):
    vera = as_user(cast.vera)
    address = reverse("conclusions:list")
    for query in ("q=1", "q=1/2026", "q=%E2%84%961", "state=signed", "programme=5.1", "period=year"):
        assert "Данилов Миша" in vera.get(f"{address}?{query}").content.decode(), query
    for query in ("q=2", "state=annulled", "programme=7.1", "period=last_year"):
        assert "Данилов Миша" not in vera.get(f"{address}?{query}").content.decode(), query


def test_opening_the_sheet_of_a_signed_conclusion_shows_the_frozen_text(cast, signed, as_user):
    section = signed.sections.get(code="main_features")
    section.text = "подменено"
    section.save()
    page = as_user(cast.vera).get(url("sheet", signed)).content.decode()
    assert "подменено" not in page
    assert "вариант 5.1" in page


def test_the_draft_page_needs_a_bounded_number_of_queries(cast, case, as_user):
    conclusion = conclusion_draft(actor=cast.actor(cast.vera), case=case)
    client = as_user(cast.vera)
    client.get(url("sheet", conclusion))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("sheet", conclusion))
    assert len(queries) <= 50


def test_case_and_child_show_the_conclusion_and_the_way_the_programmes_changed(cast, case, signed, as_user):
    boris = as_user(cast.boris)
    page = boris.get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert "вариант 5.1" in page
    assert "осталось" in page
    assert url("handover", case) in page
    boris.post(url("annul", case), {"reason": "опечатка"})
    page = boris.get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert "Черновик заключения" in page
    assert "аннулировано 20.11.2026: опечатка" in page
    page = boris.get(reverse("children:child", args=[case.child.public_id])).content.decode()
    assert "1/2026" in page


@pytest.mark.parametrize("base", ["", "[]", "{", '{"programme_code": {"a": [1]}}', "null"])
def test_broken_hidden_fields_get_a_message_and_change_nothing(cast, draft, as_user, base):
    answer = as_user(cast.vera).post(url("answers", draft), posted(draft, base=base, programme_code="x", version="x"))
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.programme_code == "5.1"


def test_long_texts_markup_and_emoji_are_kept_or_refused_in_words(cast, draft, as_user):
    vera = as_user(cast.vera)
    section = draft.sections.get(code="gia")
    text = "#panic() {{ 7*7 }} <script>1</script> 🙂 " + "щ" * 20_000
    vera.post(url("section", section), {"text": text, "version": 0}, headers={"X-Requested-With": "fetch"})
    section.refresh_from_db()
    assert section.text == text
    assert "<script>1" not in vera.get(url("sheet", draft)).content.decode()
    long = posted(draft, tutor_reason="ы" * 1001)
    answer = vera.post(url("answers", draft), long)
    assert answer.status_code == 422
    assert "ы" * 1001 in answer.content.decode()


def test_an_earlier_conclusion_stands_beside_the_new_one_and_is_not_the_first_route(cast, case, signed, as_user):
    case.status = Status.HANDED
    case.save()
    again = discussed(cast, case.child, number=2, day=date(2026, 11, 20))
    page = as_user(cast.vera).get(url("of_case", again), follow=True).content.decode()
    assert "Прежние заключения" in page
    assert url("sheet", signed) in page
    assert Conclusion.objects.get(case=again).route == ""
