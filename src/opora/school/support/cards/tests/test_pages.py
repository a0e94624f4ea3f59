"""The pages: proposing, one press for a word, the card with what others know of the child, the list, the desk."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.people.children.models import Child
from opora.people.children.search import index_rebuild
from opora.school.duties.models import BroughtConclusion
from opora.school.duties.tests.stage import bring
from opora.school.support.cards.content import card_content
from opora.school.support.cards.models import DecisionVote, SupportCard
from opora.school.support.worklog.models import EntryChild, WorkEntry
from tests.school_cast import pupil_of

from .stage import TODAY, line_of, opened, propose

pytestmark = pytest.mark.usefixtures("known_day")
ASK = "узнать слово о карте сопровождения: "


def page_of(card):
    return reverse("cards:card", args=[card.public_id])


@pytest.fixture
def irina(school_cast, as_user):
    return as_user(school_cast.irina)


def worked(cast, user, day, child=None, **fields):
    """A finished entry of the log; `value`, `level`, `attendance` are the child's."""
    own = {name: fields.pop(name) for name in ("value", "level", "attendance", "note") if name in fields}
    entry = WorkEntry.objects.create(
        organisation=cast.school, position=cast.post(user), on=day,
        **{"minutes": 40, "kind": "individual", "direction": "correction", "topic": "Чтение"} | fields,
    )  # fmt: skip
    return EntryChild.objects.create(organisation=cast.school, entry=entry, child=child or cast.misha, **own)


def test_what_is_known_is_offered_as_the_ground(school_cast, irina):
    brought = bring(school_cast)
    address = reverse("cards:propose", args=[school_cast.misha.public_id])
    page = irina.get(address).content.decode()
    assert "заключение ПМПК" in page
    typed = {
        "ground": f"commission:{brought.public_id}", "problems": "Не читает", "aims": "Читать",
        "lead": school_cast.post(school_cast.polina).public_id, "review_on": "010227",
    }  # fmt: skip
    answer = irina.post(address, typed)
    card = SupportCard.objects.get()
    assert answer.headers["Location"] == page_of(card)
    assert (card.ground, card.brought) == ("commission", brought)
    page = irina.get(page_of(card)).content.decode()
    assert reverse("duties:brought", args=[brought.public_id]) in page
    assert "слово каждого из 4" in page.replace("\xa0", " ")
    assert Event.objects.filter(code="card.opened", person_id=school_cast.misha.public_id).exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"ground": ""}, {"ground": "zzz"}, {"ground_note": ""}, {"lead": "zzz"}, {"review_on": "31.02.2027"},
        {"review_on": "01.01.2020"}, {"review_on": "01.01.9999"}, {"problems": "х" * 5001}, {"ground_note": "х" * 400},
        {"ground_note": "\x00"},
    ],
)  # fmt: skip
def test_a_bad_value_is_told_beside_its_field_and_the_rest_stays(school_cast, irina, bad):
    typed = {
        "ground": "request", "ground_note": "обращение мамы", "problems": "Не читает", "aims": "Читать вслух",
        "lead": school_cast.post(school_cast.polina).public_id, "review_on": "010227",
    }  # fmt: skip
    answer = irina.post(reverse("cards:propose", args=[school_cast.misha.public_id]), typed | bad)
    assert answer.status_code == 422
    assert "Читать вслух" in answer.content.decode()
    assert not SupportCard.objects.exists()


def test_a_word_is_one_press_and_no_asks_why(school_cast, as_user):
    card = propose(school_cast)
    larisa = as_user(school_cast.larisa)
    address = reverse("cards:vote", args=[line_of(card, school_cast.larisa).public_id])
    assert "Сказать слово" in larisa.get(page_of(card)).content.decode()
    answer = larisa.post(address, {"answer": "against", "words": ""})
    assert answer.status_code == 422
    assert "почему вы против" in answer.content.decode()
    assert larisa.post(address, {"answer": "never"}).status_code == 422
    answer = larisa.post(address, {"answer": "agree"})
    assert answer.status_code == 302
    assert line_of(card, school_cast.larisa).answer == "agree"


def test_the_head_excuses_on_the_same_page_and_the_last_word_leads_to_the_desk(school_cast, irina, as_user):
    card = propose(school_cast)
    excuse = reverse("cards:excuse", args=[line_of(card, school_cast.yulia).public_id])
    answer = irina.post(excuse, {"reason": ""})
    assert answer.status_code == 422
    assert "почему специалист не участвует" in answer.content.decode()
    assert "обязательство о неразглашении не подписано" in answer.content.decode()
    assert irina.post(excuse, {"reason": "отпуск"}).status_code == 302
    for user, target in ((school_cast.polina, page_of(card)), (school_cast.larisa, reverse("desk"))):
        line = reverse("cards:vote", args=[line_of(card, user).public_id])
        assert as_user(user).post(line, {"answer": "agree"}).headers["Location"].startswith(target)
    assert as_user(school_cast.larisa).get(page_of(card)).status_code == 404


def test_teachers_strangers_and_other_specialists_see_no_card(school_cast, as_user):
    card = opened(school_cast)
    for user, status in (
        (school_cast.tatiana, 403), (school_cast.zakhar, 404), (school_cast.larisa, 404), (school_cast.polina, 200),
        (school_cast.daniil, 200),
    ):  # fmt: skip
        assert as_user(user).get(page_of(card)).status_code == status


def test_the_card_shows_results_hours_and_attendance_of_all_to_its_lead(school_cast, as_user):
    card = opened(school_cast)
    card.proposed_on = card.opened_on = TODAY - timedelta(days=40)
    card.save()
    first, last = TODAY - timedelta(days=35), TODAY - timedelta(days=2)
    for day, value in ((first, "2"), (last, "4.5")):
        worked(
            school_cast, school_cast.larisa, day, kind="diagnostics", topic="Чтение слогов", value=Decimal(value),
            note="Личное наблюдение",
        )  # fmt: skip
    worked(school_cast, school_cast.polina, last)
    worked(school_cast, school_cast.polina, last, attendance="ill")
    worked(school_cast, school_cast.polina, last, is_draft=True)
    page = as_user(school_cast.polina).get(page_of(card)).content.decode().replace("\xa0", " ")
    assert "было 2, стало 4,5" in page
    assert "<svg" in page
    assert "Личное наблюдение" not in page
    assert "Из 2 занятий посещено 1" in page
    assert "2 ч" in page, "two diagnostics and one lesson of 40 minutes: 120 minutes"


def test_notes_are_entered_on_the_card(school_cast, as_user):
    card = opened(school_cast)
    polina = as_user(school_cast.polina)
    address = reverse("cards:note_add", args=[card.public_id])
    good = {"sphere": "learning", "dynamics": "up", "on": "21.11.2026", "text": "Читает слоги"}
    for bad in ({"sphere": "zzz"}, {"on": "31.02.2026"}, {"on": "21.11.2027"}, {"text": "х" * 3001}):
        answer = polina.post(address, good | bad)
        assert answer.status_code == 422
        assert card.notes.count() == 0
    assert polina.post(address, good).status_code == 302
    assert "Читает слоги" in polina.get(page_of(card)).content.decode()
    note = card.notes.get()
    assert polina.post(reverse("cards:note_remove", args=[note.public_id])).status_code == 302
    assert not card.notes.exists()


def test_texts_are_saved_as_typed(school_cast, as_user):
    card = opened(school_cast)
    polina = as_user(school_cast.polina)
    section = card.sections.get(code="problems")
    address = reverse("cards:section", args=[section.public_id])
    saved = polina.post(address, {"text": "Читает по слогам", "version": "1", "background": "1"})
    assert saved.json()["version"] == 2
    assert polina.post(address, {"text": "Другое", "version": "1", "background": "1"}).status_code == 409


@pytest.mark.parametrize("name", ["review", "close", "anew", "lead"])
def test_questions_keep_what_was_typed(school_cast, irina, name):
    card = opened(school_cast)
    address = reverse(f"cards:{name}", args=[card.public_id])
    assert irina.get(address).status_code == 200
    answer = irina.post(address, {"text": "Слова предложения", "review_on": "01.01.2020", "close_reason": "zz"})
    assert answer.status_code == 422
    if name != "lead":
        assert "Слова предложения" in answer.content.decode()


def test_the_desk_tells_whose_word_is_awaited_and_what_is_due(school_cast):
    card = propose(school_cast)
    own = desk_of(school_cast.actor(school_cast.larisa), TODAY)
    assert any("сказать слово" in one.todo for one in own.today)
    head = desk_of(school_cast.actor(school_cast.irina), TODAY + timedelta(days=8))
    assert [one.todo for one in head.today if "узнать слово" in one.todo] == [ASK + "молчат 3\u00a0специалиста"]
    DecisionVote.objects.exclude(position__user=school_cast.larisa).update(answer="agree")
    head = desk_of(school_cast.actor(school_cast.irina), TODAY + timedelta(days=8))
    assert [one.todo for one in head.today if "узнать слово" in one.todo] == [ASK + "молчит 1\u00a0специалист"]
    SupportCard.objects.filter(pk=card.pk).update(state="open", review_on=TODAY - timedelta(days=1), opened_on=TODAY)
    card.decisions.update(outcome="taken")
    lead = desk_of(school_cast.actor(school_cast.polina), TODAY)
    assert any("пересмотреть карту" in one.todo for one in lead.late)
    post = school_cast.post(school_cast.polina)
    post.ended_on = TODAY - timedelta(days=1)
    post.save()
    head = desk_of(school_cast.actor(school_cast.irina), TODAY)
    notes = [one.note for one in head.today if "назначить, кто ведёт" in one.todo]
    assert notes == ["ведущий: Павлова\u00a0П.\u00a0П."]


@pytest.mark.parametrize(("until", "shown"), [(TODAY, 1), (TODAY - timedelta(days=1), 0), (None, 1)])
def test_conditions_of_an_expired_conclusion_are_not_shown(school_cast, irina, until, shown):
    card = opened(school_cast)
    bring(school_cast)
    BroughtConclusion.objects.update(valid_until=until)
    page = irina.get(reverse("cards:card", args=[card.public_id]))
    assert len(page.context["conditions"]) == shown


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_thirty_cards_ask_as_few_queries_as_three(school_cast, irina, as_user):
    def more(count):
        for at in range(count):
            child = pupil_of(school_cast.four_a, f"Петров{'абвгдежзик'[at % 10]}", f"Пётр{at}", "Иванович")
            propose(school_cast, child=child)

    more(3)
    address = reverse("cards:list")
    few = queries(irina, address)
    few_of_larisa = queries(as_user(school_cast.larisa), address)
    more(27)
    assert queries(irina, address) == few
    assert queries(as_user(school_cast.larisa), address) == few_of_larisa


def test_the_list_finds_by_name_and_by_number(school_cast, irina):
    opened(school_cast)
    propose(school_cast, child=school_cast.lev)
    index_rebuild(school_cast.school)
    address = reverse("cards:list")
    for words in ("Данилов", "№ 1", "1/2026"):
        page = irina.get(address, {"q": words})
        assert [line.row.child.last_name for line in page.context["lines"]] == ["Данилов"], words
    assert "Уваров" in irina.get(address, {"state": "proposed"}).content.decode()
    assert "Данилов" not in irina.get(address, {"state": "late"}).content.decode()


def test_a_card_with_much_behind_it_asks_as_few_queries(school_cast, irina):
    card = opened(school_cast)
    card.proposed_on = TODAY - timedelta(days=100)
    card.save()
    bring(school_cast)
    worked(school_cast, school_cast.polina, TODAY, kind="diagnostics", level="low")
    few = queries(irina, page_of(card))
    for at in range(20):
        worked(
            school_cast,
            school_cast.larisa,
            TODAY - timedelta(days=at),
            kind="diagnostics",
            level="high",
            topic=f"М{at}",
        )
        worked(school_cast, school_cast.polina, TODAY - timedelta(days=at))
    assert queries(irina, page_of(card)) == few


def test_the_childs_page_has_the_panel(school_cast, irina):
    address = reverse("children:child", args=[school_cast.misha.public_id])
    assert "Предложить карту сопровождения" in irina.get(address).content.decode()
    card = opened(school_cast)
    page = irina.get(address).content.decode()
    assert page_of(card) in page
    assert "Предложить карту сопровождения" not in page
    assert Child.objects.count() == 2


def test_the_printed_card_says_what_the_page_says(school_cast):
    card = opened(school_cast)
    worked(school_cast, school_cast.polina, TODAY, kind="diagnostics", level="low", topic="Чтение")
    paper = card_content(school_cast.actor(school_cast.irina), card, TODAY)
    assert (paper["number"], paper["problems"], paper["opened_on"]) == ("1/2026", "Не читает", "2026-11-21")
    assert paper["diagnostics"][0]["results"] == ["21.11.2026 — низкий"]
    assert paper["work"]["months"] == [{"month": "ноябрь 2026", "times": ["40\xa0мин"], "total": "40\xa0мин"}]
    assert [one["answer"] for one in paper["decisions"][0]["words"]].count("за") == 3
