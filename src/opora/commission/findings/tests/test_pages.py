"""Stories of the panels: facts are chosen and saved, others' stand beside, advice can be switched off."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.commission.examinations import services as examinations
from opora.commission.examinations.tests.day import arrived, sheet_begun, words, write
from opora.commission.findings.gathering import case_facts
from opora.commission.findings.models import Finding
from opora.commission.findings.services import findings_record
from opora.people.children.models import Enrolment, Family

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


def page_of(client, sheet):
    return words(client.get(reverse("examinations:sheet", args=[sheet.public_id])))


def save(client, sheet, *codes, htmx=True, **values):
    """What the form sends: `asked-…` for each fact that it showed."""
    sent = {f"asked-{code}": "1" for code in {*codes, *(name.partition("-")[2] for name in values)}}
    return client.post(reverse("findings:save", args=[sheet.public_id]), sent | values, **(HTMX if htmx else {}))


def field(page, code):
    """The piece of the page that belongs to one fact."""
    start = page.index(f'id="finding-{code}"')
    end = page.find('<div class="finding', start)
    return page[start : end if end > 0 else None]


@pytest.fixture
def visit(cast):
    return arrived(cast)


def test_vera_chooses_and_the_page_asks_what_follows_from_it(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    page = page_of(vera, sheet)
    assert "Логопедическое заключение" in page
    assert 'id="finding-intellect"' not in page, "that is asked of the psychologist"
    answer = words(save(vera, sheet, **{"f-speech": "norm"}))
    assert "Записано" in answer
    assert 'id="finding-speech_level"' not in answer, "the level is asked only when speech is underdeveloped"
    answer = words(save(vera, sheet, **{"f-speech": "general"}))
    assert 'id="finding-speech_level"' in answer
    assert 'id="advice"' in answer, "the advice comes with it"
    assert "hx-swap-oob" in answer


def test_without_scripts_the_whole_form_is_sent_and_the_sheet_comes_back(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    answer = save(vera, sheet, "class_lessons", htmx=False, **{"f-speech": "general", "f-first_words_months": "18"})
    assert answer.headers["Location"].endswith(f"/{sheet.public_id}/#findings")
    assert set(Finding.objects.values_list("code", flat=True)) == {"speech", "first_words_months"}
    save(vera, sheet, "speech", "first_words_months", htmx=False)
    assert not Finding.objects.exists(), "an emptied field takes its finding back"


def test_what_was_typed_in_vain_stays_with_its_message(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    for htmx, status in ((True, 200), (False, 422)):
        answer = save(vera, sheet, htmx=htmx, **{"f-first_words_months": "год и два"})
        assert answer.status_code == status
        piece = field(words(answer), "first_words_months")
        assert "год и два" in piece
        assert "Нужно число." in piece
        assert "Не записано" in words(answer)
    assert not Finding.objects.exists()


def test_facts_that_exclude_each_other_are_marked_both(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    answer = words(save(vera, sheet, **{"f-speech": "norm", "f-speech_level": "2"}))
    for code in ("speech", "speech_level"):
        assert "Уровень речевого развития указывают при общем" in field(answer, code)
    assert "разд. 3.4" in field(answer, "speech")
    assert not Finding.objects.exists()


def test_first_words_cannot_be_later_than_the_child_has_lived(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    answer = words(save(vera, sheet, **{"f-first_words_months": "100"}))
    assert "больше быть не может" in field(answer, "first_words_months")


def test_what_fell_away_is_said(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    save(vera, sheet, **{"f-speech": "general", "f-speech_level": "2"})
    answer = words(save(vera, sheet, **{"f-speech": "phonetic"}))
    assert "больше не спрашивается: Уровень речевого развития" in answer


def test_a_source_is_chosen_with_words_of_ones_own(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    save(vera, sheet, **{"f-speech": "general"})
    posted = {"f-speech": "general", "asked-speech": "1", "basis-speech": "medical", "words-speech": "выписка 12.03"}
    answer = words(vera.post(reverse("findings:save", args=[sheet.public_id]), posted, **HTMX))
    assert "медицинское заключение: выписка 12.03" in field(answer, "speech")
    posted |= {"basis-speech": "rumour"}
    answer = words(vera.post(reverse("findings:save", args=[sheet.public_id]), posted, **HTMX))
    assert "Выберите, на чём основаны данные." in field(answer, "speech")


def test_the_card_and_a_colleague_are_shown_beside_and_a_difference_is_said_in_words(cast, as_user, visit):
    child = visit.case.child
    Enrolment.objects.create(organisation=cast.commission, child=child, level="primary", group="1А")
    Family.objects.create(organisation=cast.commission, child=child, home_language="татарский")
    vera, gleb = sheet_begun(cast, cast.vera, visit), sheet_begun(cast, cast.gleb, visit)
    findings_record(
        actor=cast.actor(cast.vera), examination=vera, values={"class_lessons": "ready", "home_language": "russian"}
    )
    page = page_of(as_user(cast.gleb), gleb)
    assert f"учитель-логопед {cast.vera.short_name}: готов".replace("\u00a0", " ") in field(page, "class_lessons")
    assert "расходится" not in field(page, "class_lessons")
    assert "из карточки: 1" in field(page, "grade")
    answer = words(save(as_user(cast.gleb), gleb, **{"f-class_lessons": "not_ready"}))
    assert "расходится" in field(answer, "class_lessons")
    assert "есть расхождение" in answer
    page = page_of(as_user(cast.vera), vera)
    assert "в карточке: другой язык" in field(page, "home_language")


def test_a_baby_is_asked_of_early_age_and_not_of_school(cast, as_user):
    visit = arrived(cast)
    child = visit.case.child
    child.birth_date = child.birth_date.replace(year=visit.session.day.year - 2)
    child.save()
    sheet = sheet_begun(cast, cast.dina, visit)
    page = page_of(as_user(cast.dina), sheet)
    assert 'id="finding-early_knowledge"' in page
    for code in ("learnability", "attainment", "enters_school"):
        assert f'id="finding-{code}"' not in page


def test_a_colleague_reads_and_does_not_write(cast, as_user, visit):
    sheet = sheet_begun(cast, cast.vera, visit)
    findings_record(actor=cast.actor(cast.vera), examination=sheet, values={"speech": "general"})
    page = page_of(as_user(cast.gleb), sheet)
    assert "общее (системное) недоразвитие речи" in page
    assert 'name="asked-speech"' not in page
    assert save(as_user(cast.gleb), sheet, **{"f-speech": "norm"}).status_code == 403
    assert save(as_user(cast.zakhar), sheet, **{"f-speech": "norm"}).status_code == 404
    assert save(as_user(cast.anna), sheet, **{"f-speech": "norm"}).status_code == 403
    assert case_facts(visit.case).get("speech") == "general"


def test_a_finished_sheet_says_so(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    write(cast, cast.vera, sheet, "conclusion", "Нуждается в занятиях.")
    examinations.examination_finish(actor=cast.actor(cast.vera), examination=sheet)
    answer = save(vera, sheet, htmx=False, **{"f-speech": "norm"})
    assert "Лист завершён. Чтобы изменить данные" in words(vera.get(answer.headers["Location"]))
    assert save(vera, sheet, **{"f-speech": "norm"}).headers["HX-Refresh"] == "true"
    assert not Finding.objects.exists()


def test_advice_is_switched_off_by_the_person_and_on_again(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    address = reverse("examinations:sheet", args=[sheet.public_id])
    assert "Совет, решает комиссия." in page_of(vera, sheet)
    answer = vera.post(reverse("findings:advice_switch"), {"on": "0", "next": address})
    assert answer.headers["Location"] == address
    page = page_of(vera, sheet)
    assert "Совет, решает комиссия." not in page
    assert "Показывать советы" in page
    vera.post(reverse("findings:advice_switch"), {"on": "1", "next": "https://elsewhere.example/"})
    assert "Совет, решает комиссия." in page_of(vera, sheet)


def test_each_reason_stands_with_its_clause(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    answer = save(vera, sheet, **{"f-speech": "general", "f-speech_level": "2", "f-speech_origin": "primary"})
    page = words(answer)
    assert "вариант 5.2" in page
    advice = page[page.index('id="advice"') :]
    assert 0 < advice.count("<li>") <= advice.count('class="clause"')


def test_the_panels_cost_the_same_whatever_is_recorded(cast, as_user, visit):
    sheet, vera = sheet_begun(cast, cast.vera, visit), as_user(cast.vera)
    address = reverse("examinations:sheet", args=[sheet.public_id])
    vera.get(address)
    with CaptureQueriesContext(connection) as empty:
        vera.get(address)
    save(vera, sheet, **{"f-speech": "general", "f-speech_level": "2", "f-class_lessons": "ready"})
    gleb = sheet_begun(cast, cast.gleb, Case.objects.get(pk=visit.case_id).visits.get())
    findings_record(actor=cast.actor(cast.gleb), examination=gleb, values={"intellect": "norm", "delay": "none"})
    with CaptureQueriesContext(connection) as full:
        vera.get(address)
    assert len(full) <= len(empty) + 2, "the colleague's sheet costs its sections"
