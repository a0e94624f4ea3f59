"""The rules as advice in a real browser: a child of 6 years 10 months from findings to the signed conclusion.

Four specialists record what they found; two of them heard different things of the first words. The head sees what
follows and by which clause, takes from it what fits, and signs over the contradiction with a reason.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from opora.commission.conclusions.models import CheckOverride, Conclusion, TakenText
from opora.commission.examinations.tests.day import arrived
from opora.commission.findings.gathering import case_facts
from opora.commission.instruments.models import ScoredInstrument
from opora.commission.methods.models import MethodUse
from opora.foundation.audit.models import Event
from opora.people.children.models import Child

from .steps import begin_sheet, finish_sheet, main_step, pdf_text, write_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

MONTHS = 6 * 12 + 10
FEW = 4  # answers of a question about the home; education and qualification have more
FINDINGS = {
    "vera": {
        "schooling": {"level": "primary", "grade": "0", "enters_school": "yes", "peers_experience": "positive"},
        "speech": {
            "speech": "general", "speech_level": "3", "speech_origin": "primary", "sound_analysis": "yes",
            "class_lessons": "ready", "first_words_months": "12",
        },
    },
    "gleb": {
        "speech": {"first_words_months": "24"},
        "cognition": {"intellect": "norm", "development": "norm", "delay": "none"},
        "autism": {"autism": "none"},
        "behaviour": {"self_service": "partly"},
    },
    "dina": {
        "hearing": {"hearing": "norm"},
        "vision": {"vision": "norm"},
        "motor": {"motor": "norm"},
        "cognition": {"learnability": "sufficient"},
    },
    "sofia": {
        "behaviour": {
            "behaviour": "ordered", "adaptive_behaviour": "stable", "ready_for_peers": "ready",
            "self_service": "formed",
        },
        "family": {"home_language": "russian", "family_environment": "favourable"},
    },
}  # fmt: skip
METHODS = {"vera": 2, "gleb": 2, "dina": 2, "sofia": 1}
TEXTS = {
    "vera": {
        "speech_finding": "Общее недоразвитие речи III уровня.",
        "speech_conclusion": "Нужны занятия с логопедом.",
    },
    "gleb": {"psychology_conclusion": "Познавательное развитие по возрасту."},
    "dina": {"defectology_conclusion": "Обучаемость достаточная."},
    "sofia": {"social_conclusion": "Семья благополучная."},
}
SCORED = "сумма баллов — 0; по образованию и профессиональной квалификации родителей — 12"
FEATURES = "Речь фразовая, с ошибками согласования; обучаемость хорошая, к занятиям с классом готова."
EDITED_CONDITION = "Каждый день по двадцать минут, рядом с логопедом."
EDITED_DIRECTION = "Начать со звуков [ш] и [ж] в словах из трёх слогов."
SPECIFIC = "согласование слов в роде и числе"
REASON = "Мать уточнила: первые слова появились в год, психологу назвали первую фразу."
OTHER_REASON = "Одевается сама, с застёжками ей помогают: оба наблюдения верны."
MOST_CLICKS = 40
COUNT = """addEventListener("click", ({ isTrusted, detail }) => {
  if (isTrusted && detail) sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks")) + 1);
}, true);"""


def born(today: date) -> date:
    """Six years and ten months before today, at any end of a month."""
    months = today.year * 12 + today.month - 1 - MONTHS
    return date(months // 12, months % 12 + 1, min(today.day, 28))


@pytest.fixture
def visit(cast):
    """The child has come to the session of today."""
    visit = arrived(cast)
    Child.objects.filter(pk=visit.case.child_id).update(birth_date=born(timezone.localdate()))
    visit.case.refresh_from_db()
    return visit


def record_findings(page, groups: dict[str, dict[str, str]]) -> None:
    """Open each fold and choose; every choice is saved by itself and brings the questions that follow."""
    for group, values in groups.items():
        page.locator(f"#findings-{group} > summary").click()
        for code, value in values.items():
            field = page.locator(f"#f-{code}")
            expect(field).to_be_visible()
            with page.expect_response(lambda answer: "/findings/" in answer.url and answer.request.method == "POST"):
                if field.evaluate("one => one.matches('select')"):
                    field.select_option(value)
                else:
                    field.fill(value)
                    field.press("Tab")
            expect(page.locator(f"#finding-{code}.is-recorded")).to_have_count(1)


def tick_methods(page, number: int) -> None:
    page.locator("#methods-summary").click()
    rows = page.locator("#method-choice .methods-row")
    for place in range(number):
        rows.nth(place).click()
        expect(page.locator("#methods-count")).to_have_text(f"Использовано: {place + 1}")


def score_family(page) -> None:
    """Questionnaire 10.1 by digits alone; its sentence goes into the sheet."""
    page.get_by_role("link", name=re.compile("негативных факторов")).click()
    rows = page.locator("[data-instrument] [data-row]")
    page.wait_for_load_state("networkidle")
    rows.first.locator("input").first.focus()
    for options in rows.evaluate_all("rows => rows.map((row) => row.querySelectorAll('input').length)"):
        page.keyboard.press("4" if options > FEW else "1")  # nothing bad at home; the parents have learnt much
    expect(page.locator("#result .instrument-sentence")).to_contain_text(SCORED)
    page.get_by_role("button", name="Вставить в раздел").click()
    expect(page.locator("#section-social_data textarea")).to_have_value(re.compile(re.escape(SCORED)))


def examine(page, name: str, board: str) -> None:
    """One specialist's work: facts, methods, for the social pedagogue a scored questionnaire, the own words."""
    begin_sheet(page, board)
    record_findings(page, FINDINGS[name])
    tick_methods(page, METHODS[name])
    if name == "sofia":
        score_family(page)
    for code, text in TEXTS[name].items():
        write_text(page, code, text)
    finish_sheet(page)


def choose_first_candidate(page) -> None:
    """The first candidate tells why and by which clause; one click answers the programme."""
    first = page.locator("#advice .candidate").first
    expect(first).to_contain_text("5.1")
    reason = first.locator("li", has_text="Ребёнок готов к занятиям с классом")
    expect(reason.locator(".clause")).to_contain_text("разд. 3.4")
    assert all(first.locator("li .clause").all_inner_texts())
    first.get_by_role("button", name=re.compile("^Выбрать")).click()
    expect(page.locator("#id_programme_code")).to_have_value("5.1")
    expect(first).to_contain_text("выбрано")
    expect(page.locator("#answers-state")).to_contain_text("Ответы сохранены")


def take_offer(page, section: str, edited: str) -> str:
    """Insert the first offer of the catalogue into a section, fill its blank and write one's own line behind it."""
    shelf, area = page.locator(f"#shelf-{section}"), page.locator(f"#section-{section} textarea")
    if not area.is_visible():
        area.locator("xpath=ancestor::details[1]/summary").click()
    shelf.locator("summary").click()
    offer = shelf.locator(".shelf-offer", has=page.locator("button[name=offer]")).first
    text = offer.locator(".shelf-text").inner_text()
    assert "письмо ВК-1074/07" in offer.locator(".clause").inner_text()
    offer.locator("button[name=offer]").click()
    expect(area).to_have_value(text)
    text = re.sub(r"\[указать: [^\]]*\]", SPECIFIC, text)
    write_text(page, section, f"{text}\n{edited}")
    kept = "изменено после вставки: 1" if SPECIFIC in text else "из каталога: 1"
    expect(page.locator(f"#origin-words-{section}")).to_contain_text(f"{kept}, своими словами: 1")
    return text


def take_term(page) -> str:
    """The computed day and wording of the next examination go into the answers. Gives the day in words."""
    box = page.locator("#next-examination")
    wording, day = box.locator("button").first.get_attribute("value").split(":")[1:3]
    told = box.locator(".shelf-title").first.inner_text().replace("\u00a0", " ").split("не позднее ")[1]
    box.locator("button").first.click()
    expect(page.locator("#id_reexamination_wording")).to_have_value(wording)
    expect(box).to_contain_text("взято")
    assert Conclusion.objects.get().term_on == date.fromisoformat(day)
    return told


def answer_the_rest(page) -> None:
    for answer in ("needs_conditions][value=yes", "assistant_need][value=not_needed", "tutor_need][value=not_needed"):
        with page.expect_response(re.compile("/answers/$")):
            page.check(f"[name={answer}]")
    write_text(page, "main_features", FEATURES)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#checks")).not_to_contain_text("Не даёт подписать")


def switch_advice(page) -> None:
    """Whoever wants no advice sees none, and has it back by the same switch."""
    page.get_by_role("button", name="Не показывать советы").click()
    expect(page.get_by_role("button", name="Показывать советы", exact=True)).to_be_visible()
    expect(page.locator(".candidate")).to_have_count(0)
    page.get_by_role("button", name="Показывать советы", exact=True).click()
    expect(page.locator(".candidate").first).to_be_visible()


def sign_over(page) -> None:
    """Each contradiction stands with its clause; without both reasons nothing is signed and what was typed stays."""
    words, service = (page.locator(".warning", has_text=said) for said in ("Первые слова", "самообслуживани"))
    expect(page.locator(".warning")).to_have_count(2)
    expect(words).to_contain_text("учитель-логопед — 12 мес.; педагог-психолог — 24 мес.")
    expect(words.locator(".clause")).to_contain_text("письмо ВК-1074/07, разд. 2")
    service.locator("textarea").fill(OTHER_REASON)
    main_step(page, "Подписать заключение")
    expect(words.locator(".field-errors")).to_be_visible()
    expect(service.locator("textarea")).to_have_value(OTHER_REASON)
    assert Conclusion.objects.get().state == "draft"
    words.locator("textarea").fill(REASON)
    main_step(page, "Подписать заключение")


def test_findings_become_advice_and_a_conclusion_signed_over_a_warning(
    signed_in, cast, visit, tmp_path, record_property
):
    boris, case = signed_in(cast.boris), visit.case
    boris.add_init_script(COUNT)

    # 1. Four specialists record what they found, tick their methods, score the questionnaire and finish.
    board = reverse("examinations:session", args=[visit.session.public_id])
    for name in FINDINGS:
        examine(signed_in(getattr(cast, name)), name, board)
    assert case.child.birth_date == born(timezone.localdate())
    assert case_facts(case, timezone.localdate()).get("age_months") == MONTHS
    assert ScoredInstrument.objects.get().instrument == "family_risk"
    assert MethodUse.objects.count() == sum(METHODS.values())
    boris.goto(reverse("cases:case", args=[case.public_id]))
    main_step(boris, "Перейти к обсуждению")
    if boris.url.endswith("/discuss/"):
        main_step(boris, "Перейти к обсуждению")

    # 2. The head sees the advice with its clauses and takes from it and from the catalogue what fits.
    boris.goto(reverse("conclusions:of_case", args=[case.public_id]))
    switch_advice(boris)
    choose_first_candidate(boris)
    condition = take_offer(boris, "other_conditions", EDITED_CONDITION)
    direction = take_offer(boris, "direction_speech_therapist", EDITED_DIRECTION)
    assert SPECIFIC in direction
    term = take_term(boris)
    answer_the_rest(boris)
    assert set(TakenText.objects.values_list("place", flat=True)) == {
        "other_conditions",
        "direction_speech_therapist",
    }
    expect(boris.locator("#checks")).to_contain_text("Первые слова")

    # 3. Two contradictions are signed over, each with a reason.
    main_step(boris, "К подписи")
    sign_over(boris)
    conclusion = Conclusion.objects.get()
    assert conclusion.state == "signed"
    assert set(CheckOverride.objects.values_list("code", "by")) == {("observations_differ", cast.boris.pk)}
    assert {one.reason for one in CheckOverride.objects.all()} == {REASON, OTHER_REASON}
    told = Event.objects.filter(code="conclusion.check_overridden", user=cast.boris, subject_id=conclusion.public_id)
    assert [one.details["check"] for one in told] == ["observations_differ"] * 2
    assert all(one.person_id == case.child.public_id for one in told)
    boris.locator(".signed-over > summary").click()
    expect(boris.locator(".signed-over")).to_contain_text(REASON)

    # 4. The paper of the family says what was decided, and nothing of what was signed over.
    answer = boris.request.get(reverse("documents:issued", args=[conclusion.snapshot.public_id]))
    assert answer.status == 200
    paper = pdf_text(answer.body(), tmp_path).replace(" ", "")  # a line may be broken after a hyphen
    for words in ("вариант 5.1", condition, EDITED_CONDITION, direction, EDITED_DIRECTION, term, FEATURES):
        assert words.replace(" ", "") in paper, words
    assert REASON.replace(" ", "") not in paper
    clicks = int(boris.evaluate("sessionStorage.getItem('clicks')"))
    record_property("advice_head_clicks", clicks)
    assert clicks <= MOST_CLICKS
