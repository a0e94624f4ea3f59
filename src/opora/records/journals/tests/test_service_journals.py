"""Journals of the daily log on paper and in files, and the statistics of the service (001, 5.2)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from opora.foundation.audit.models import Event
from opora.records.documents.tests.paper_text import text_of, words_of
from opora.records.journals import statistics
from opora.records.journals.services import worklog as service
from opora.records.journals.worklog import JOURNALS
from opora.school.support.analysis.tests import stage as year
from opora.school.support.worklog.services import ChildWork
from opora.school.support.worklog.tests.stage import group_of, lesson_of, logged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_day")]
DAY = date(2026, 11, 20)
PERIOD = {"since": "2026-11-01", "until": "2026-11-30"}


def journal(client, code, keeper, ending="pdf"):
    return client.get(f"/journals/service/journal.{ending}", {"journal": code, "keeper": keeper, **PERIOD})


@pytest.fixture
def polina_post(school_cast) -> str:
    return school_cast.post(school_cast.polina).public_id


def test_a_specialist_prints_her_own_journal_with_what_she_saw(school_cast, as_user, polina_post):
    note = ChildWork(school_cast.misha.public_id, dynamics="up", note="сам попросил помощи")
    logged(school_cast, on=DAY, topic="Прошу о помощи", content="=1+1", children=[note])
    client = as_user(school_cast.polina)
    text = text_of(journal(client, "individual", polina_post).content, layout=False)
    for words in ("ЖУРНАЛ", "Данилов Миша", "Прошу о помощи", "Сам попросил помощи", "Для служебного пользования"):
        assert words in text
    assert Event.objects.filter(code="journal.printed").exists()


def test_a_table_file_keeps_a_formula_as_text(school_cast, as_user, polina_post):
    logged(school_cast, on=DAY, topic="=HYPERLINK(1)")
    answer = journal(as_user(school_cast.polina), "individual", polina_post, "xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert row["Тема занятия"].value == "=HYPERLINK(1)"
    assert row["Тема занятия"].data_type == "s"
    assert row["Минут"].value == 40
    assert row["Дата"].value.date() == DAY
    assert Event.objects.filter(code="journal.exported").exists()


def test_nobody_prints_the_journal_of_a_colleague_but_those_who_lead(school_cast, as_user, polina_post):
    logged(school_cast, on=DAY, kind="consultation", topic="Внимание")
    assert journal(as_user(school_cast.larisa), "consultations", polina_post).status_code == 422
    text = text_of(journal(as_user(school_cast.irina), "consultations", "").content, layout=False)
    assert "Данилов Миша" in text
    assert as_user(school_cast.tatiana).get("/journals/service/").status_code == 403
    answer = journal(as_user(school_cast.zakhar), "consultations", polina_post)
    assert answer.status_code in (403, 422)


def test_groups_and_consultations_print_too(school_cast, as_user, polina_post):
    lesson_of(group_of(school_cast, school_cast.misha), on=DAY)
    logged(school_cast, on=DAY, kind="consultation", audience="parent", topic="Как готовить уроки")
    client = as_user(school_cast.polina)
    assert "Развитие внимания" in text_of(journal(client, "groups", polina_post).content, layout=False)
    assert "Как готовить уроки" in text_of(journal(client, "consultations", polina_post).content, layout=False)


@pytest.mark.parametrize("changes", [{"since": "1.1"}, {"until": "2020-01-01"}, {"journal": "x"}, {"keeper": "x"}])
def test_what_was_chosen_badly_is_asked_anew(school_cast, as_user, changes):
    logged(school_cast, on=DAY)
    asked = {"journal": "individual", "keeper": "", **PERIOD} | changes
    for ending in ("pdf", "xlsx"):
        answer = as_user(school_cast.irina).get(f"/journals/service/journal.{ending}", asked)
        assert answer.status_code == 422
        assert "Печать журналов Службы" in words_of(answer)


def test_too_long_a_period_is_refused_with_what_to_do(school_cast, as_user, polina_post, monkeypatch):
    monkeypatch.setattr(service, "PRINT_LIMIT", 0)
    logged(school_cast, on=DAY)
    answer = journal(as_user(school_cast.polina), "individual", polina_post)
    assert answer.status_code == 409
    assert "Возьмите период короче" in words_of(answer)


def test_thirty_entries_ask_as_few_queries_as_three(school_cast, polina_post):
    from opora.records.journals.worklog import JOURNALS, log_data

    actor, keeper = school_cast.actor(school_cast.polina), school_cast.post(school_cast.polina)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            log_data(actor, JOURNALS["individual"], date(2026, 11, 1), date(2026, 11, 30), keeper, on=DAY)
        return len(found)

    for _ in range(3):
        year.entry(school_cast, school_cast.misha, on=DAY)
    few = asked()
    for _ in range(27):
        year.entry(school_cast, school_cast.misha, on=DAY)
    assert asked() <= few


def test_statistics_equal_plain_counts_and_say_what_was_a_year_before(school_cast, as_user):
    for on in (DAY, DAY, date(2025, 11, 20)):
        year.entry(school_cast, school_cast.misha, on=on)
    found = statistics.statistics_of(school_cast.actor(school_cast.irina), date(2026, 11, 1), date(2026, 11, 30))
    kinds = next(table for part in found.parts for table in part.tables if table["code"] == "kinds")
    (row,) = kinds["rows"]
    assert (row["now"][0], row["before"][0]) == (2, 1)
    assert row["now"][1] == 80
    irina = as_user(school_cast.irina)
    shown = words_of(irina.get("/journals/service/statistics/", PERIOD))
    assert "индивидуальное занятие" in shown
    assert "индивидуальное занятие" in text_of(irina.get("/journals/service/statistics.pdf", PERIOD).content)
    sheet = load_workbook(BytesIO(irina.get("/journals/service/statistics.xlsx", PERIOD).content)).active
    assert sheet.max_row > 2
    for ending in ("/", ".pdf", ".xlsx"):
        assert as_user(school_cast.polina).get(f"/journals/service/statistics{ending}", PERIOD).status_code == 403


def test_statistics_of_an_empty_school_and_of_a_bad_period(school_cast, as_user):
    irina = as_user(school_cast.irina)
    assert "Работа по видам" not in words_of(irina.get("/journals/service/statistics/"))
    for ending in ("/", ".pdf", ".xlsx"):
        bad = irina.get(f"/journals/service/statistics{ending}", {"since": "2026-11-30", "until": "2026-11-01"})
        assert bad.status_code == 422


@pytest.mark.parametrize(
    ("since", "until", "status"),
    [
        ("0001-01-01", "0001-12-31", 422), ("1999-12-31", "2026-11-30", 422), ("2000-01-01", "2000-12-31", 200),
        ("2100-01-01", "2100-12-31", 200), ("2026-11-01", "2101-01-01", 422), ("9999-01-01", "9999-12-31", 422),
    ],
)  # fmt: skip
def test_a_year_that_no_calendar_has_is_told_beside_its_field(school_cast, as_user, since, until, status):
    irina = as_user(school_cast.irina)
    for ending in ("/", ".pdf", ".xlsx"):
        answer = irina.get(f"/journals/service/statistics{ending}", {"since": since, "until": until})
        assert answer.status_code == status, ending
        assert (status == 200) or "Проверьте год" in answer.content.decode()
    chosen = {"journal": "consultations", "keeper": "", "since": since, "until": until}
    for ending in ("pdf", "xlsx"):
        assert irina.get(f"/journals/service/journal.{ending}", chosen).status_code == status, ending


def test_the_page_of_the_log_leads_to_printing_and_those_who_lead_to_statistics(school_cast, as_user):
    shown = words_of(as_user(school_cast.irina).get(reverse("worklog:individual")))
    assert "/journals/service/?journal=individual" in shown
    assert "/journals/service/statistics/" in shown
    polina = as_user(school_cast.polina)
    shown = words_of(polina.get(reverse("worklog:individual")))
    assert "/journals/service/statistics/" not in shown
    assert polina.get("/journals/service/").status_code == 200


@pytest.mark.parametrize("whose", ["polina", ""])
def test_the_service_too_refuses_the_journal_of_others(school_cast, whose):
    span = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    keeper = school_cast.post(school_cast.polina) if whose else None
    larisa = school_cast.actor(school_cast.larisa)
    with pytest.raises(PermissionDenied):
        service.log_print(actor=larisa, journal=JOURNALS["consultations"], keeper=keeper, on=DAY, **span)
    with pytest.raises(PermissionDenied):
        service.log_export(actor=larisa, journal=JOURNALS["consultations"], keeper=keeper, **span)
