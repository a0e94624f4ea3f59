"""The first whole case in a real browser: from a parent's application to the signed conclusion in her hand.

Six people are signed in at once: the secretary, the head and four specialists. Nothing is done behind the screen
but the reception hours of the day.
"""

from __future__ import annotations

import io
import re
from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from opora.commission.cases.models import Case
from opora.commission.intake.models import Place, Slot
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults
from opora.people.children.models import Child

from .steps import main_step, pdf_text, write_sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

FEATURES = "Речь фразовая, с лексико-грамматическими ошибками; интеллект сохранный, обучаемость хорошая."
DIAGNOSIS = "Общее недоразвитие речи третьего уровня"
SHEETS = {
    "vera": {
        "speech_data": "Нарушено произношение шипящих и сонорных звуков.",
        "speech_finding": "Общее недоразвитие речи III уровня, первичное.",
        "speech_conclusion": "Нуждается в логопедической коррекции.",
        "advice_teachers": "Давать образец фразы.",
    },
    "gleb": {
        "psychology_data": "Познавательные процессы соответствуют возрасту.",
        "psychology_conclusion": "К требованиям варианта 5.1 адаптируется.",
    },
    "dina": {
        "learned": "Счёт в пределах десяти, классификация по признаку.",
        "defectology_conclusion": "Вариант 5.1.",
    },
    "sofia": {
        "social_data": "Семья благополучная.",
        "social_conclusion": "Социально-средовой генез маловероятен.",
    },
}


@pytest.fixture
def reception(cast) -> Slot:
    """A slot today that no clock can call past."""
    place = Place.objects.create(organisation=cast.commission, title="Кабинет 12", address="ул. Садовая, д. 5")
    return Slot.objects.create(
        organisation=cast.commission, place=place, day=timezone.localdate(), starts=time(23, 58), ends=time(23, 59)
    )


def photo() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(picture, "JPEG")
    return picture.getvalue()


def register_child(page) -> None:
    page.goto(reverse("children:new"))
    values = {
        "last_name": "Королёва", "first_name": "Алёна", "middle_name": "Игоревна", "birth_date": "150120",
        "registered_address": "г. Верхнереченск, ул. Лесная, д. 3, кв. 8", "identity_number": "II-АА № 123456",
        "guardian-last_name": "Королёва", "guardian-first_name": "Дарья", "guardian-middle_name": "Петровна",
        "guardian-phone": "+7 900 123-45-67", "guardian-identity_series": "4500",
        "guardian-identity_number": "000001", "guardian-identity_issued": "ОВД, 01.02.2015",
        "study-school": "Школа № 7", "study-group": "1 «Б»", "diagnosis-text": DIAGNOSIS,
    }  # fmt: skip
    page.select_option("[name=study-level]", "primary")
    for name, value in values.items():
        field = page.locator(f"[name='{name}']")
        if not field.is_visible():
            page.locator("details", has=field).first.locator("summary").first.click()
        field.fill(value)
    main_step(page, "Завести карту")


def fill_conclusion(page) -> None:
    page.check("[name=has_limitations][value=yes], [name=has_limitations][value=True], [name=has_limitations] >> nth=0")
    page.check("[name=needs_conditions] >> nth=0")
    page.select_option("[name=programme_code]", "5.1")
    page.check("[name=assistant_need][value=not_needed]")
    page.check("[name=tutor_need][value=not_needed]")
    page.select_option("[name=reexamination_wording]", "steady_difficulties")
    page.locator("#section-main_features textarea").fill(FEATURES)
    page.locator("#section-main_features", has_text="Сохранено").wait_for()
    page.locator("#section-direction_speech_therapist textarea").fill("Автоматизация шипящих и сонорных звуков.")
    page.locator("#section-direction_speech_therapist", has_text="Сохранено").wait_for()
    page.wait_for_load_state("networkidle")


def test_a_parent_applies_and_leaves_with_the_signed_conclusion(signed_in, cast, reception, tmp_path):
    anna, boris = signed_in(cast.anna), signed_in(cast.boris)
    specialists = {name: signed_in(getattr(cast, name)) for name in SHEETS}

    # 1. Find before create: nobody by this name, so a record is made.
    anna.goto(reverse("children:list"))
    anna.fill("[data-search]", "Королёва Алёна")
    anna.wait_for_load_state("networkidle")
    register_child(anna)
    child = Child.objects.get()
    assert child.full_name == "Королёва Алёна Игоревна"

    # 2. The application and both consents.
    anna.goto(reverse("children:child", args=[child.public_id]))
    main_step(anna, "Принять заявление")
    anna.fill("[name=reason]", "Трудности чтения и письма, советует учитель.")
    main_step(anna, "Принять заявление")
    case = Case.objects.get()
    for code in ("application", "consent_child", "consent_guardian"):
        printed = anna.request.get(reverse("documents:case_form", args=[case.public_id, code]))
        assert printed.status == 200
        assert printed.body()[:5] == b"%PDF-"
    anna.goto(reverse("cases:case", args=[case.public_id]))
    main_step(anna, "Принять подписанные")
    main_step(anna, "Подписано, принять")

    # 3. Papers: a photo is attached, all obligatory ones are ticked off.
    anna.goto(reverse("intake:papers", args=[case.public_id]))
    anna.locator("input[type=file]").first.set_input_files(
        {"name": "справка.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    anna.wait_for_load_state("networkidle")
    ticks = anna.get_by_role("button", name=re.compile("^Получен"))
    for left in reversed(range(ticks.count())):
        ticks.first.click()
        expect(ticks).to_have_count(left)
    main_step(anna, "Принять документы")
    if anna.url.endswith("/accept/"):
        main_step(anna, "Принять")

    # 4. Booking in one click.
    anna.goto(reverse("intake:book", args=[case.public_id]))
    anna.locator(f"button[value='{reception.public_id}']").click()
    anna.wait_for_load_state("networkidle")

    # 5. The day: arrival from the page of the case plans the session; the board shows the child.
    anna.goto(reverse("cases:case", args=[case.public_id]))
    main_step(anna, "Отметить приход")
    main_step(anna, "Пришли")
    case.refresh_from_db()
    assert case.status == "examination"
    board = reverse("examinations:session", args=[case.visits.get().session.public_id])

    # 6. Four specialists write at once, each on the own sheet.
    for name, page in specialists.items():
        write_sheet(page, SHEETS[name], board)
    boris.goto(reverse("cases:case", args=[case.public_id]))
    main_step(boris, "Перейти к обсуждению")
    if boris.url.endswith("/discuss/"):
        main_step(boris, "Перейти к обсуждению")

    # 7. The collegial conclusion, a special opinion, the signature.
    boris.goto(reverse("conclusions:of_case", args=[case.public_id]))
    fill_conclusion(boris)
    gleb = specialists["gleb"]
    gleb.goto(reverse("conclusions:of_case", args=[case.public_id]))
    gleb.get_by_text("Внести особое мнение").click()
    gleb.locator("#dissent textarea").fill("Считаю нужным индивидуальный учебный план.")
    gleb.get_by_role("button", name="Внести мнение").click()
    gleb.wait_for_load_state("networkidle")
    boris.goto(reverse("conclusions:of_case", args=[case.public_id]))
    main_step(boris, "К подписи")
    main_step(boris, "Подписать заключение")
    case.refresh_from_db()
    assert case.status == "signed"

    # 8. Handing over: the family's full copy, the school's extract without the diagnosis.
    conclusion = case.conclusions.get()
    papers = {}
    frozen = {
        "family": conclusion.snapshot,
        "school": conclusion.school_snapshot,
        "protocol": conclusion.protocol_snapshot,
    }
    for kind, snapshot in frozen.items():
        answer = anna.request.get(reverse("documents:issued", args=[snapshot.public_id]))
        assert answer.status == 200
        papers[kind] = pdf_text(answer.body(), tmp_path)
    assert "Королёва Алёна Игоревна" in papers["family"]
    assert "вариант 5.1" in papers["family"]
    assert FEATURES in papers["family"]
    assert "индивидуальный учебный план" in papers["family"]
    assert "Претензий к процедуре обследования не имею" in papers["family"]
    assert DIAGNOSIS in papers["protocol"]
    assert DIAGNOSIS not in papers["school"]
    assert FEATURES not in papers["school"]
    assert "вариант 5.1" in papers["school"]
    assert "Нарушено произношение шипящих" in papers["protocol"]
    anna.goto(reverse("cases:case", args=[case.public_id]))
    main_step(anna, "Выдать заключение")
    main_step(anna, "Копия получена")
    case.refresh_from_db()
    assert case.status == "handed"

    # 9. Both journals have their line, every chain is whole, the file is complete.
    for name in ("booking", "examined"):
        anna.goto(reverse(f"journals:{name}"))
        assert "Королёва" in anna.content()
    assert set(Entry.objects.values_list("series__code", flat=True)) == {
        "case", "booking", "protocol", "conclusion", "examined",
    }  # fmt: skip
    assert list(faults()) == []
    anna.goto(reverse("children:child", args=[child.public_id]))
    assert "Заключение выдано" in anna.content()
