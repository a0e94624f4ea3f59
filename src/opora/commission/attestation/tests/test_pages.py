"""The pages of conclusions on ГИА: one sheet to write on and to read, a list, the steps."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.attestation.answers import values_of
from opora.commission.attestation.models import AttestationConclusion
from opora.commission.attestation.services import attestation_sign
from opora.commission.cases.models import Case
from opora.commission.conclusions.sources import edition_of
from opora.foundation.audit.models import Event
from opora.foundation.ui.typography import NBSP
from tests.cast import child_of

from .stage import DAY, discussed_learner, drawn_up

pytestmark = pytest.mark.usefixtures("on_the_day")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def on_the_day():
    with time_machine.travel(f"{DAY.isoformat()}T12:00:00+03:00", tick=False):
        yield


@pytest.fixture
def case(cast, daria_child):
    return discussed_learner(cast, daria_child)


@pytest.fixture
def draft(cast, case):
    return drawn_up(cast, case)


@pytest.fixture
def signed(cast, draft):
    return attestation_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY)


def url(name, subject):
    return reverse(f"attestation:{name}", args=[subject.public_id])


def posted(conclusion, **changed):
    """What the browser sends: every answer as it is shown, some changed."""
    values = values_of(edition_of(conclusion.case), conclusion)
    shown = {code: value for code, value in values.items() if value not in ("", [], False) and code != "subjects"}
    shown |= {f"subject_{code}": form for code, form in values["subjects"].items()}
    base = json.dumps(values, ensure_ascii=False)
    return shown | {"version": conclusion.form_version, "base": base} | changed


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_a_member_begins_it_from_the_page_of_the_case(cast, case, as_user):
    vera = as_user(cast.vera)
    page = vera.get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert "Составить заключение ГИА" in page
    assert not AttestationConclusion.objects.exists()
    sheet = vera.post(url("begin", case), follow=True).content.decode()
    assert AttestationConclusion.objects.get().case == case
    assert "Специальные условия" in sheet
    assert "практика" in sheet
    assert "порядки проведения ГИА-9 и ГИА-11" in sheet.replace("\u2011", "-").replace(NBSP, " ")
    assert Event.objects.filter(code="attestation.drafted", person_id=case.person_id).exists()


def test_a_case_of_the_older_edition_offers_none(cast, case, as_user):
    Case.objects.filter(pk=case.pk).update(edition="2016")
    vera = as_user(cast.vera)
    page = vera.get(reverse("cases:case", args=[case.public_id])).content.decode()
    assert "Составить заключение ГИА" not in page
    told = vera.post(url("begin", case), follow=True).content.decode()
    assert "условия ГИА дают в заключении" in told.replace(NBSP, " ")
    assert not AttestationConclusion.objects.exists()


def test_the_secretary_reads_a_draft_and_begins_none(cast, case, as_user):
    anna = as_user(cast.anna)
    assert anna.post(url("begin", case)).status_code == 403
    draft = drawn_up(cast, case)
    page = anna.get(url("sheet", draft)).content.decode()
    assert "Заключение ГИА готовится" in page
    assert "<textarea" not in page


def test_answers_are_saved_in_the_background_with_a_new_version(cast, draft, as_user):
    answer = as_user(cast.vera).post(
        url("answers", draft), posted(draft, workplace="первый стол", valid_until="31122027"), headers=HTMX
    )
    draft.refresh_from_db()
    page = answer.content.decode()
    assert draft.answers["workplace"] == "первый стол"
    assert "Ответы сохранены" in page
    assert f'value="{draft.form_version}"' in page


def test_another_level_asks_for_a_new_page(cast, draft, as_user):
    answer = as_user(cast.vera).post(url("answers", draft), posted(draft, level="11"), headers=HTMX)
    assert answer.headers["HX-Refresh"] == "true"
    draft.refresh_from_db()
    assert draft.level == "11"
    assert "Минимальное количество баллов" not in as_user(cast.vera).get(url("sheet", draft)).content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_condition_is_taken_with_what_was_typed(cast, draft, as_user, headers):
    sent = posted(draft, workplace="у окна", take="gia_meals")
    answer = as_user(cast.vera).post(url("answers", draft), sent, headers=headers)
    draft.refresh_from_db()
    assert draft.answers["workplace"] == "у окна"
    assert draft.answers["conditions"].splitlines()[-1].startswith("организация питания и перерывов")
    if headers:
        page = answer.content.decode()
        assert 'id="conditions" hx-swap-oob="true"' in page
        assert "из каталога" in page
        assert "написано от руки" in page
    else:
        assert answer.headers["Location"].endswith("?open=conditions#conditions")


def test_a_wrong_answer_is_shown_and_kept(cast, draft, as_user):
    answer = as_user(cast.vera).post(url("answers", draft), posted(draft, ground_date="31.02.2026"))
    assert answer.status_code == 422
    assert "31.02.2026" in answer.content.decode()


def test_broken_data_is_a_message_and_no_crash(cast, draft, as_user):
    for base in ("[1]", "{", "[" * 20_000, json.dumps({"subjects": "x", "place": 7})):
        answer = as_user(cast.vera).post(url("answers", draft), posted(draft, base=base, exam_year="x"))
        assert answer.status_code in (409, 422)


def test_two_answers_to_one_question_are_shown_side_by_side(cast, draft, as_user):
    vera, gleb = as_user(cast.vera), as_user(cast.gleb)
    of_vera, of_gleb = posted(draft, special="аудитория Веры"), posted(draft, special="аудитория Глеба")
    vera.post(url("answers", draft), of_vera)
    answer = gleb.post(url("answers", draft), of_gleb)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "аудитория Веры" in page
    assert "Оставить мои" in page
    draft.refresh_from_db()
    gleb.post(url("answers", draft), of_gleb | {"settled": draft.form_version})
    draft.refresh_from_db()
    assert draft.answers["special"] == "аудитория Глеба"


def test_the_head_signs_on_the_page_and_the_secretary_hands_it_out(cast, case, draft, as_user):
    boris, anna = as_user(cast.boris), as_user(cast.anna)
    assert "Подписать заключение ГИА" in boris.get(url("sign", draft)).content.decode()
    boris.post(url("sign", draft), {"on": "20.11.2026"})
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("signed", 1)
    page = anna.get(url("sheet", draft)).content.decode()
    assert "Выдать заключение" in page
    mother = case.child.guardianships.get().guardian
    anna.post(url("hand_over", draft), {"recipient": mother.public_id, "way": "in_person", "on": "20.11.2026"})
    draft.refresh_from_db()
    assert draft.recipient == mother
    for address in (reverse("cases:case", args=[case.public_id]), f"/children/{case.child.public_id}/"):
        page = anna.get(address).content.decode()
        assert url("sheet", draft) in page


def test_a_warning_is_answered_on_the_page(cast, draft, as_user):
    draft.answers = draft.answers | {"place": "home"}
    draft.save()
    boris = as_user(cast.boris)
    page = boris.get(url("sign", draft)).content.decode()
    name = page.split('name="reason-')[1].split('"')[0]
    assert boris.post(url("sign", draft), {"on": "20.11.2026", f"reason-{name}": " "}).status_code == 422
    boris.post(url("sign", draft), {"on": "20.11.2026", f"reason-{name}": "врач прислал справку позже"})
    draft.refresh_from_db()
    assert draft.state == "signed"
    assert "врач прислал справку позже" in boris.get(url("sheet", draft)).content.decode()


def test_what_blocks_leads_back_to_its_question(cast, draft, as_user):
    draft.answers = draft.answers | {"place": ""}
    draft.save()
    page = as_user(cast.boris).get(url("sign", draft)).content.decode()
    assert f"{url('sheet', draft)}#place" in page
    assert "Подписать заключение ГИА <kbd>" not in page


def test_annulling_opens_a_new_draft(cast, signed, as_user):
    boris = as_user(cast.boris)
    assert boris.post(url("annul", signed), {"reason": ""}).status_code == 422
    page = boris.post(url("annul", signed), {"reason": "опечатка"}, follow=True).content.decode()
    assert "К подписи" in page
    assert "аннулировано" in boris.get(url("sheet", signed)).content.decode().lower()


def test_the_list_shows_this_year_and_finds_by_number_and_name(cast, signed, as_user):
    anna = as_user(cast.anna)
    assert "Данилов" in anna.get(reverse("attestation:list")).content.decode()
    assert "Данилов" in anna.get(reverse("attestation:list"), {"q": "1/2026"}).content.decode()
    assert "Данилов" not in anna.get(reverse("attestation:list"), {"year": "last"}).content.decode()
    assert anna.get(reverse("attestation:list"), {"format": "csv"}).status_code == 200
    assert "Данилов" not in as_user(cast.zakhar).get(reverse("attestation:list")).content.decode()


def test_a_stranger_finds_nothing(cast, draft, as_user):
    assert as_user(cast.zakhar).get(url("sheet", draft)).status_code == 404
    assert as_user(cast.olga).get(url("sheet", draft)).status_code == 403


def test_pages_do_not_ask_the_database_more_with_every_row(cast, draft, as_user):
    vera = as_user(cast.vera)
    assert queries(vera, url("sheet", draft)) <= 40
    before = queries(as_user(cast.anna), reverse("attestation:list"))
    for number in range(2, 6):
        drawn_up(cast, discussed_learner(cast, child_of(cast.commission, last=f"Ершов{number}"), number=number))
    assert queries(as_user(cast.anna), reverse("attestation:list")) <= before
