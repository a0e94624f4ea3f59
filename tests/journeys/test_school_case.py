"""A child of a school in a real browser: from a teacher's concern to a finished programme of support.

Teacher, psychologist, chair, curator, the mother who signs on paper, and the director each do their own part; three
months pass between the approval and the final meeting. The papers stand beside the form of the annex.
"""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from playwright.sync_api import expect

from opora.foundation.registers.models import Entry
from opora.people.children.search import index_rebuild
from opora.school.consilium.models import AgendaItem, ConsiliumOpinion
from opora.school.programmes.models import Activity, Agreement, Mark, Observation, Programme, Proposal
from opora.school.programmes.services.bank import bank_fill
from opora.school.pupils.models import ExaminationConsent
from opora.school.signals.models import Concern

from .school_steps import COUNT, Clock, clicks, come, edit, pdf_lines, plain, submit, take
from .steps import main_step, settled, write_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SEEN = "На уроке не отвечает, закрывается рукавом; на перемене стоит один у окна."
FINDINGS = "Тревога в ситуации ответа у доски, общаться со сверстниками хочет и не решается."
STEPS = {
    "information": "Учится на четвёрки, с сентября замолчал на уроках; дома рисует.",
    "problems": "Боится отвечать при классе, на переменах один.",
    "goals": "Вернуть уверенность: научить просить о помощи, найти дело в классе.",
    "resources": "Двоюродный брат из 5 «Б», кружок рисунка.",
    "plan": "Занятия с психологом, встречи с мамой, порядок опроса на уроках.",
}
CONCLUSION = "Трудности адаптации, нужна программа сопровождения на три месяца."
FOR_PARENTS = "Каждый вечер спрашивать о хорошем за день; о тревоге сразу говорить психологу."
PARENTS = "Согласна, занятия прошу ставить утром: после уроков Миша в кружке."
TEXTS = {
    "diagnostics": "Дополнительное обследование педагога-психолога: тревога в ситуации ответа у доски.",
    "resources_inner": "Рисует, доводит начатое до конца, доверяет брату.",
    "expected_results": "Отвечает у доски, на переменах не остаётся один.",
}
PROPOSAL = "Пусть занятия будут утром, до уроков."
ANSWER = "Занятия поставлены во вторник перед первым уроком."
RESULT = "Проведено шесть занятий, сам просит о помощи"
ADVICE = "Одна поддерживающая встреча в месяц"
DECISION = "Цель достигнута: отвечает у доски, на переменах с ребятами. Сопровождение завершить."
# Everything that stands in the form of the annex, in its order.
CAPTIONS = (
    "УТВЕРЖДАЮ", "Директор", "(наименование ОУ)", "(ФИО)", "Для служебного пользования",
    "Индивидуальная программа сопровождения обучающегося, нуждающегося в психолого-педагогической помощи",
    "ФИО обучающегося", "Дата рождения", "Класс", "Классный руководитель",
    "ФИО родителей (законных представителей)", "Протокол консилиума (номер, дата)",
    "Основания разработки программы (проблемы обучающегося, его семьи, факторы риска развития кризисных состояний)",
    "Результаты диагностики", "Цель, задачи сопровождения", "Участники программы",
    "Ресурсы несовершеннолетнего, семьи", "Ожидаемые результаты", "Критерии оценки эффективности программы",
    "Срок реализации программы", "Ответственный за реализацию программы",
    "План сопровождения",
    "С программой ознакомлен(ы), согласны принимать участие в ее реализации:",
    "Родители (законные представители)", "Куратор ИПС, ответственный за реализацию программы",
    "Председатель психолого-педагогического консилиума",
)  # fmt: skip
ACTIVITIES = (
    (
        "Беседы с педагогом-психологом",
        "Занятия с Мишей: как успокоиться перед ответом",
        "Павлова П. П., педагог-психолог",
    ),
    ("как поддержать тревожного", "Встреча с мамой: как поддержать Мишу дома", "Павлова П. П., педагог-психолог"),
    ("как спрашивать тревожного", "Как спрашивать Мишу, не вызывая внезапно", "Титова Т. Т., классный руководитель"),
)
CRITERION = "Спокойствие в школе"
COLUMNS = (
    "№", "Мероприятие, форма проведения", "Участники", "Ответственный специалист", "Дата, период реализации",
    "Планируемый результат", "Результат, отметка об исполнении, рекомендации по дальнейшему сопровождению",
)  # fmt: skip
MOST_CLICKS = 4


def raise_concern(tatiana) -> Concern:
    """The teacher tells of the child: the name, a sign, a sentence."""
    tatiana.add_init_script(COUNT)
    tatiana.goto(reverse("signals:new"))
    tatiana.locator("#who").fill("Данил")
    tatiana.get_by_role("radio", name=re.compile("Данилов")).check()
    tatiana.locator("[name=signs]").first.check()
    tatiana.get_by_label("Что увидели или услышали").fill(SEEN)
    submit(tatiana, "Передать")
    return Concern.objects.get()


def examine(elena, polina, concern: Concern) -> None:
    """The chair sends to the psychologist; she waits for the mother's consent, examines and confirms."""
    page = reverse("signals:concern", args=[concern.public_id])
    elena.goto(page)
    expect(elena.locator("#seen")).to_contain_text(SEEN)
    elena.get_by_label("Педагог-психолог").select_option(label="Павлова Полина Петровна")
    submit(elena, "Направить")
    polina.goto(page)
    main_step(polina, "Внести обследование")
    expect(polina.locator("#id_findings")).to_be_disabled()
    polina.get_by_role("link", name="Внести согласие или отказ").click()
    submit(polina, "Записать")
    assert ExaminationConsent.objects.in_force().get().medium == "paper"
    polina.goto(page)
    main_step(polina, "Внести обследование")
    polina.get_by_label("Методики").fill("Беседа, наблюдение, опросник тревожности.")
    polina.get_by_label("Что установлено").fill(FINDINGS)
    polina.get_by_role("radio", name=re.compile("^подтвердился")).check()
    main_step(polina, "Внести итоги")
    concern.refresh_from_db()
    assert concern.state == "confirmed"


def call_meeting(elena, concern: Concern) -> AgendaItem:
    """From the concern to the room in two clicks; the members are those whom the chair marks."""
    elena.goto(reverse("signals:concern", args=[concern.public_id]))
    elena.get_by_role("link", name="Назначить заседание").click()
    elena.get_by_label("Место").fill("Кабинет 12")
    submit(elena, "Созвать")
    item = AgendaItem.objects.get()
    assert item.ground == "concern"
    elena.goto(reverse("consilium:meeting", args=[item.meeting.public_id]))
    expect(elena.locator("#agenda")).to_contain_text("Данилов Миша Игоревич")
    main_step(elena, "Начать заседание")
    expect(elena.locator("#members")).to_contain_text("Данилова")
    for name in ("Егорова", "Павлова", "Ильина", "Лебедева"):
        come(elena, name)
    expect(elena.locator("#members")).to_contain_text("кворум есть")
    return item


def confer(elena, item: AgendaItem) -> None:
    """The five steps, the decision, what the mother says."""
    for code, text in STEPS.items():
        write_text(elena, code, text)
    expect(elena.locator("[name=recommendation][value=difficulties]")).to_be_checked()  # the usual group stands ready
    with elena.expect_response(re.compile("/decide/$")):
        elena.check("[name=outcome][value=difficulties]")
    with elena.expect_response(re.compile("/decide/$")):
        elena.get_by_label("Ведущий специалист").select_option(label="Павлова Полина Петровна, педагог-психолог")
    write_text(elena, "conclusion", CONCLUSION)
    write_text(elena, "for_parents", FOR_PARENTS)
    elena.check("[name=parents_answer][value=partly]")
    elena.get_by_label("Своими словами").fill(PARENTS)
    submit(elena, "Записать мнение родителей")
    main_step(elena, "Передать на подпись")
    item.refresh_from_db()
    assert item.state == "signing"


def sign(pages, item: AgendaItem) -> None:
    """Each member who is present signs for himself; the last signature gives the number."""
    for page in pages:
        page.goto(reverse("consilium:item", args=[item.public_id]))
        submit(page, "Подписать заключение")
    opinion = ConsiliumOpinion.objects.get()
    assert opinion.number == 1
    assert opinion.signatures.count() == len(pages)


def end_meeting(elena, item: AgendaItem) -> None:
    """The mother has read the opinion, the meeting ends, the protocol takes its number."""
    elena.goto(reverse("consilium:item", args=[item.public_id]))
    submit(elena, "Родители ознакомлены")
    elena.goto(reverse("consilium:meeting", args=[item.meeting.public_id]))
    main_step(elena, "Завершить заседание")
    main_step(elena, "Оформить протокол")
    item.meeting.refresh_from_db()
    assert item.meeting.number == 1


def begin(elena, cast) -> Programme:
    """The chair names the curator, and the programme is there."""
    elena.goto(reverse("children:child", args=[cast.misha.public_id]))
    elena.get_by_role("link", name="Начать программу сопровождения").click()
    elena.get_by_label("Куратор").select_option(cast.post(cast.zhanna).public_id)
    submit(elena, "Начать программу")
    return Programme.objects.get()


def draw_up(zhanna, programme: Programme) -> None:
    """From the bank: goal, task, an activity for each of pupil, parents and staff, a criterion; then the own words."""
    zhanna.goto(reverse("programmes:draft", args=[programme.public_id]))
    expect(zhanna.locator("#section-problems textarea")).to_have_value(STEPS["problems"])
    edit(zhanna, take(zhanna, "справляется с тревогой", "goal"), title="Миша отвечает на уроке и не боится ошибиться")
    edit(zhanna, take(zhanna, "Снизить тревогу", "task"), title="Научить Мишу успокаиваться и просить о помощи")
    for words, title, who in ACTIVITIES:
        row = take(zhanna, words, "activity")
        edit(zhanna, row, title=title, responsible=who, planned_result="Просит о помощи словами")
    edit(zhanna, take(zhanna, CRITERION, "criterion"), title="Сам отвечает у доски", starts_at="1", wanted="4")
    for code, text in TEXTS.items():
        write_text(zhanna, code, text)
    expect(zhanna.locator("#checks")).to_contain_text("замечаний нет")


def show_family(zhanna, programme: Programme) -> None:
    main_step(zhanna, "Показать семье")
    zhanna.wait_for_url(re.compile("/family/"))
    programme.refresh_from_db()
    assert programme.status == "family"


def hear_family(zhanna, programme: Programme) -> None:
    """The mother proposes; the curator changes the plan, answers, compares the versions; the mother signs on paper."""
    zhanna.get_by_label("Предложение словами семьи").fill(PROPOSAL)
    zhanna.get_by_label("Кто предлагает").select_option(index=1)
    submit(zhanna, "Записать предложение")
    zhanna.get_by_role("link", name="Вернуть в работу").click()
    submit(zhanna, "Вернуть в работу")
    edit(zhanna, zhanna.locator(".line-activity").first, frequency="вторник, до первого урока")
    show_family(zhanna, programme)
    zhanna.get_by_label("Ответ семье").fill(ANSWER)
    zhanna.get_by_label("Учтено в мероприятии").select_option(label=ACTIVITIES[0][1])
    submit(zhanna, re.compile("^Учтено"))
    assert Proposal.objects.get().state == "taken"
    zhanna.get_by_role("link", name="Сравнить версии").click()
    expect(zhanna.locator("table.versions ins").first).to_contain_text("вторник")
    zhanna.goto(reverse("programmes:family", args=[programme.public_id]))
    zhanna.check("[name=answer][value=agreed]")
    submit(zhanna, "Записать ответ")
    assert Agreement.objects.get().answer == "agreed"
    main_step(zhanna, "Программа согласована")
    programme.refresh_from_db()
    assert programme.status == "agreed"
    assert programme.passing_reason == ""


def approve(daniil, programme: Programme) -> None:
    """The director finds it on the desk, reads and approves; the programme takes its number."""
    daniil.goto(reverse("desk"))
    expect(daniil.locator("main")).to_contain_text("Данилов")
    daniil.goto(reverse("programmes:programme", args=[programme.public_id]))
    main_step(daniil, "Утвердить")
    main_step(daniil, "Утвердить")
    programme.refresh_from_db()
    assert (programme.status, programme.number) == ("running", 1)


def mark_all(phone) -> None:
    """One tap for each activity on a phone; words where there is something to say."""
    phone.goto(reverse("programmes:mine"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    for card in phone.locator(".mark-card").all():
        card.get_by_role("button", name="Выполнено", exact=True).tap()
        expect(card.locator(".mark-state")).to_contain_text("выполнено")
    first = phone.locator(".mark-card", has_text=ACTIVITIES[0][1])
    if first.count():
        first.get_by_label("Результат").fill(RESULT)
        first.get_by_label("Рекомендация").fill(ADVICE)
        phone.keyboard.press("Tab")
        expect(first).to_contain_text("Сохранено в")
        settled(phone)


def observe(zhanna, programme: Programme, voice: str, value: str) -> None:
    zhanna.goto(reverse("programmes:observe", args=[programme.public_id]) + f"?voice={voice}")
    zhanna.get_by_label("Сам отвечает у доски").fill(value)
    zhanna.locator("[data-main]").first.click()
    zhanna.wait_for_url(re.compile("/observations/$"))
    expect(zhanna.locator(".criterion svg").first).to_be_visible()


def final_meeting(elena, programme: Programme) -> AgendaItem:
    """The chair calls the final meeting from the card of the child."""
    elena.goto(reverse("consilium:call", args=[programme.child.public_id]) + "?ground=final")
    submit(elena, "Созвать")
    item = AgendaItem.objects.latest("pk")
    assert item.ground == "final"
    main_step(elena, "Начать обсуждение")
    return item


def finish(elena, zhanna, programme: Programme) -> None:
    """Planned against achieved, opinions of both sides, the decision."""
    page = reverse("programmes:ending", args=[programme.public_id])
    zhanna.goto(page)
    for voice, words in (("specialist", "Спокоен, помощи просит сам."), ("parent", "Рассказывает о школе, смеётся.")):
        zhanna.get_by_label("Чьё мнение").select_option(voice)
        zhanna.get_by_label("Мнение", exact=True).fill(words)
        submit(zhanna, "Записать мнение")
    elena.goto(reverse("programmes:programme", args=[programme.public_id]))
    main_step(elena, "Завершить по итогам")
    expect(elena.locator("main")).to_contain_text("достигнуто")
    elena.get_by_label("Решение", exact=True).fill(DECISION)
    main_step(elena, "Завершить сопровождение")
    programme.refresh_from_db()
    assert (programme.status, programme.final_item.ground) == ("finished", "final")


def in_order(text: str, captions: tuple[str, ...]) -> None:
    """Each caption of the form stands in the text, one after another."""
    place = 0
    for caption in captions:
        found = text.find(caption, place)
        assert found >= 0, f"«{caption}» is missing after «{text[max(0, place - 60) : place]}»"
        place = found + len(caption)


def read_papers(elena, programme: Programme, tmp_path) -> None:
    """The programme as it was approved, the same with marks, and the copy for editing, beside the form of the annex."""

    def paper(code: str, ending: str = "paper") -> bytes:
        answer = elena.request.get(reverse(f"documents:programme_{ending}", args=[programme.public_id, code]))
        assert answer.status == 200
        return answer.body()

    approved, marked = (pdf_lines(paper(code), tmp_path) for code in ("support_programme", "programme_progress"))
    for text in (approved, marked):
        # The order of the lines is asked of the copy: a reader of PDF takes the cells of a table by their heights.
        assert [one for one in (*CAPTIONS, *COLUMNS) if one not in text] == []
        for words in (
            STEPS["information"],
            STEPS["problems"],
            *TEXTS.values(),
            "Данилов Миша Игоревич",
            "4 «А»",
            "№ 1/",
        ):
            assert words in text, words
        for _, title, _ in ACTIVITIES:
            assert title in text
    assert RESULT not in approved
    assert RESULT in marked
    assert ADVICE in marked
    place = CAPTIONS.index("План сопровождения") + 1
    in_order(docx_text(paper("support_programme", "copy")), (*CAPTIONS[:place], *COLUMNS, *CAPTIONS[place:]))


def docx_text(content: bytes) -> str:
    """Paragraphs and tables of a document in their order; a cell that spans columns is read once."""
    words: list[str] = []
    for part in Document(io.BytesIO(content)).iter_inner_content():
        if hasattr(part, "rows"):
            seen: set[object] = set()  # kept, for a cell is the same object only while it is held
            for cell in (cell for row in part.rows for cell in row.cells):
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    words.append(cell.text)
        else:
            words.append(part.text)
    return plain(" ".join(words))


def test_a_concern_becomes_a_finished_programme(signed_in, school_cast, monkeypatch, tmp_path, record_property):
    cast, clock = school_cast, Clock(monkeypatch)
    index_rebuild(cast.school)
    bank_fill(actor=cast.actor(cast.elena))
    elena, polina, zhanna = (signed_in(one) for one in (cast.elena, cast.polina, cast.zhanna))
    tatiana = signed_in(cast.tatiana)

    # 1. A concern, an additional examination with the mother's consent, an unplanned meeting.
    concern = raise_concern(tatiana)
    record_property("concern_clicks", clicks(tatiana))
    assert clicks(tatiana) <= MOST_CLICKS
    examine(elena, polina, concern)
    item = call_meeting(elena, concern)
    confer(elena, item)
    sign((elena, polina, signed_in(cast.irina), signed_in(cast.larisa)), item)
    end_meeting(elena, item)

    # 2. The programme: drawn up from the bank, heard by the family, agreed, approved.
    programme = begin(elena, cast)
    zhanna.add_init_script(COUNT)
    draw_up(zhanna, programme)
    record_property("programme_clicks", clicks(zhanna))
    show_family(zhanna, programme)
    hear_family(zhanna, programme)
    approve(signed_in(cast.daniil), programme)

    # 3. Three months: marks from a phone, observations over time.
    clock.pass_days(40)
    observe(signed_in(cast.zhanna), programme, "specialist", "3")
    clock.pass_days(60)
    for user in (cast.polina, cast.tatiana):
        mark_all(signed_in(user, **PHONE))
    zhanna, elena = signed_in(cast.zhanna), signed_in(cast.elena)
    observe(zhanna, programme, "parent", "4")
    assert set(Mark.objects.values_list("state", flat=True)) == {"done"}
    assert Mark.objects.count() == Activity.objects.count() == len(ACTIVITIES)
    assert Observation.objects.filter(criterion__isnull=False).count() == 2

    # 4. The final meeting decides on what was achieved; the papers stand beside the form of the annex.
    final_meeting(elena, programme)
    finish(elena, zhanna, programme)
    read_papers(elena, programme, tmp_path)
    assert Entry.objects.filter(series__code__startswith="consilium").count() >= 2
    assert programme.finished_on == timezone.localdate()
