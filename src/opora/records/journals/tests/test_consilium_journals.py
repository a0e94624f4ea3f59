"""The journals of a consilium (Р-93): lines come by themselves, the leads and the director alone read them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from opora.foundation.access.actions import action
from opora.foundation.accounts.roles import COMMISSION_ROLES
from opora.foundation.registers.services import entry_add
from opora.people.children.search import index_rebuild
from opora.records.documents.tests.paper_text import text_of, words_of
from opora.records.journals import lines, services
from opora.records.journals.models import JournalPrint
from opora.school.consilium import services as consilium
from opora.school.consilium.tests import stage
from tests.cast import organisation
from tests.school_cast import SchoolCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
ALL_TIME = {"since": "2020-01-01", "until": "2030-12-31"}
CODES = ("meetings", "opinions", "referrals")


@pytest.fixture
def held(school_cast: SchoolCast):
    """A meeting with Миша, whom it sends to ПМПК; its protocol is issued."""
    elena, meeting = school_cast.actor(school_cast.elena), stage.planned(school_cast, purpose="Итоги четверти")
    item = stage.signed(school_cast, stage.added(school_cast, meeting), outcome="referral")
    consilium.referral_make(
        actor=elena, item=item, commission=organisation("territorial_commission", "ПМПК района"),
        purpose="определить программу", reasons="трудно писать", papers="характеристика", on=stage.today(),
    )  # fmt: skip
    ended = consilium.meeting_end(actor=elena, meeting=meeting, on=stage.today())
    consilium.protocol_issue(actor=elena, meeting=ended, on=stage.today())
    return item


def test_one_meeting_writes_a_line_into_each_of_the_three_journals(school_cast, as_user, held):
    elena = as_user(school_cast.elena)
    for code, told in zip(CODES, ("Итоги четверти", "Данилов Миша Игоревич", "определить программу"), strict=True):
        page = words_of(elena.get(f"/journals/{code}/"))
        assert told in page
        assert "1/2026" in page
        printed = text_of(elena.get(f"/journals/{code}/journal.pdf", ALL_TIME).content, layout=False)
        assert told in printed
        assert "Для служебного пользования" in printed
        assert "Давыдов Д. Д." in printed


def test_columns_of_the_statute_go_to_excel(school_cast, as_user, held):
    book = as_user(school_cast.daniil).get("/journals/opinions/", {"format": "xlsx"})
    heads = [cell.value for cell in load_workbook(BytesIO(book.content)).active[1]]
    assert heads[2:] == [
        "ФИО обучающегося, класс", "Дата рождения", "Инициатор обращения", "Повод обращения в ППк",
        "Коллегиальное заключение", "Результат обращения", "Исправления",
    ]  # fmt: skip


def test_an_annulled_opinion_stays_readable_and_struck_out(school_cast, as_user, held):
    elena = school_cast.actor(school_cast.elena)
    consilium.referral_annul(actor=elena, referral=held.referral, on=stage.today(), reason="не та комиссия")
    page = words_of(as_user(school_cast.elena).get("/journals/referrals/"))
    assert "<s>1/2026</s>" in page
    assert "аннулирует № 1/2026: не та комиссия" in page


def test_only_leads_and_the_director_read_them(school_cast, as_user, held):
    for code in CODES:
        for user in (school_cast.elena, school_cast.irina, school_cast.daniil):
            assert as_user(user).get(f"/journals/{code}/").status_code == 200
        for user in (school_cast.tatiana, school_cast.polina, school_cast.zhanna):
            assert as_user(user).get(f"/journals/{code}/").status_code == 403
            assert as_user(user).get(f"/journals/{code}/journal.pdf", ALL_TIME).status_code == 403


def test_another_school_sees_nothing_and_the_commission_has_no_such_journals(school_cast, as_user, held):
    for code in CODES:
        assert "Данилов" not in words_of(as_user(school_cast.zakhar).get(f"/journals/{code}/"))
    assert not COMMISSION_ROLES & (action("consilium_journal.view").roles | action("consilium_journal.print").roles)
    for code in ("booking", "examined"):
        assert as_user(school_cast.elena).get(f"/journals/{code}/").status_code == 403
        assert as_user(school_cast.elena).get(f"/journals/{code}/journal.pdf", ALL_TIME).status_code == 403


def test_a_child_with_a_mark_of_risk_keeps_the_number_and_not_the_name(school_cast, as_user):
    concern = stage.confirmed_concern(school_cast, risk=True)
    meeting = stage.planned(school_cast)
    item = consilium.item_add(
        actor=school_cast.actor(school_cast.elena), meeting=meeting, child=school_cast.misha, ground="concern",
        concern=concern,
    )  # fmt: skip
    stage.signed(school_cast, item)
    assert "Данилов" in words_of(as_user(school_cast.elena).get("/journals/opinions/"))
    by_director = as_user(school_cast.daniil)
    page = words_of(by_director.get("/journals/opinions/"))
    assert "1/2026" in page
    assert lines.HIDDEN in page
    for text in (page, text_of(by_director.get("/journals/opinions/journal.pdf", ALL_TIME).content, layout=False)):
        assert "Данилов" not in text
        assert "04.2017" not in text
    index_rebuild(school_cast.school)
    assert "1/2026" not in words_of(by_director.get("/journals/opinions/", {"q": "Данилов"}))


def test_a_child_is_found_in_each_journal(school_cast, as_user, held):
    index_rebuild(school_cast.school)
    for code in CODES:
        assert "1/2026" in words_of(as_user(school_cast.elena).get(f"/journals/{code}/", {"q": "Данилов"}))
        assert "1/2026" not in words_of(as_user(school_cast.elena).get(f"/journals/{code}/", {"q": "Уваров"}))


def test_a_long_journal_is_ordered_and_read_under_its_own_right(school_cast, as_user, held, monkeypatch):
    monkeypatch.setattr(services, "DIRECT_LIMIT", 0)
    elena = as_user(school_cast.elena)
    answer = elena.post("/journals/opinions/order/", ALL_TIME)
    order = JournalPrint.objects.get()
    assert answer.url == reverse("journals:consilium_order_status", args=[order.public_id])
    services.print_make(actor=school_cast.actor(school_cast.elena), order=order)
    assert elena.get(answer.url).status_code == 200
    assert elena.get(f"{answer.url}journal.pdf").content.startswith(b"%PDF")
    assert as_user(school_cast.tatiana).get(f"{answer.url}journal.pdf").status_code == 403
    assert elena.get(reverse("journals:order_file", args=[order.public_id])).status_code in (403, 404)


def test_thirty_lines_ask_as_few_questions_as_three(school_cast, as_user, held):
    def filled(count: int) -> None:
        for number in range(count):
            entry_add(
                actor=school_cast.actor(school_cast.elena), series="consilium-opinion", day=stage.today(), subject=held,
                content={"child_name": f"Данилов {number}", "opinion": "трудностей не выявлено"},
            )  # fmt: skip

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert elena.get("/journals/opinions/").status_code == 200
        return len(queries)

    elena = as_user(school_cast.elena)
    filled(2)
    asked()  # the session settles
    few = asked()
    filled(27)
    assert asked() == few
