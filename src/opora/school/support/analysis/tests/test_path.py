"""The head writes, the director approves; then nothing of it changes though the register does."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from opora.foundation.access.refusals import Refusal
from opora.foundation.registers.services import snapshot_is_whole
from opora.foundation.ui.desk import desk_of
from opora.school.support.analysis import services
from opora.school.support.analysis.figures.catalogue import tables_of
from opora.school.support.analysis.models import Problem, YearAnalysis
from opora.school.support.analysis.wording import change_words, figure_words, sentences_of
from opora.school.support.analysis.writing import analysis_content, differences, frozen_content, span_of
from opora.school.support.plans.models import WorkPlan

from .stage import TODAY, YEAR, begun, entry, year_of_work

pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def irina(school_cast):
    return school_cast.actor(school_cast.irina)


@pytest.fixture
def daniil(school_cast):
    return school_cast.actor(school_cast.daniil)


@pytest.fixture
def analysis(school_cast):
    return begun(school_cast)


def written(irina, analysis):
    services.problem_add(actor=irina, analysis=analysis, problem="Мало часов логопеда", measure="Ввести полставки")
    return services.analysis_submit(actor=irina, analysis=analysis)


def test_a_year_is_analysed_once_and_not_ahead(school_cast, irina, analysis):
    assert analysis.sections.count() >= 10
    with pytest.raises(Refusal, match="уже начат"):
        services.analysis_begin(actor=irina, year=YEAR, on=TODAY)
    with pytest.raises(Refusal, match="ещё не начался"):
        services.analysis_begin(actor=irina, year=YEAR + 1, on=TODAY)
    with pytest.raises(PermissionDenied):
        services.analysis_begin(actor=school_cast.actor(school_cast.polina), year=YEAR - 1, on=TODAY)


def test_the_head_hands_in_with_one_press_and_not_without_problems(irina, analysis):
    with pytest.raises(Refusal, match="Проблемного анализа ещё нет"):
        services.analysis_submit(actor=irina, analysis=analysis)
    assert written(irina, analysis).status == "examined"
    section = analysis.sections.first()
    with pytest.raises(Refusal, match="когда вернут"):
        services.section_write(actor=irina, section=section, text="поздно", base_version=0)


def test_a_return_needs_its_remarks(irina, daniil, analysis):
    handed = written(irina, analysis)
    with pytest.raises(Refusal):
        services.analysis_return(actor=daniil, analysis=handed, remarks="  ")
    back = services.analysis_return(actor=daniil, analysis=handed, remarks="Нет выводов")
    assert (back.status, back.remarks) == ("returned", "Нет выводов")
    assert services.analysis_submit(actor=irina, analysis=back).remarks == ""


def test_what_is_approved_stays_and_says_where_the_register_went_on(school_cast, irina, daniil, analysis):
    year_of_work(school_cast)
    section = analysis.sections.get(code="correction")
    services.section_write(actor=irina, section=section, text="Группы работали.", base_version=0)
    approved = services.analysis_approve(actor=daniil, analysis=written(irina, analysis), on=TODAY)
    frozen = frozen_content(approved)
    assert frozen is not None
    assert snapshot_is_whole(approved.snapshot)
    assert frozen["approval"]["day"] == "2026-11-21"
    assert "Группы работали." in [one["text"] for one in frozen["sections"]]
    assert frozen["problems"][0]["measure"] == "Ввести полставки"

    entry(school_cast, school_cast.misha, minutes=60)
    assert frozen_content(YearAnalysis.objects.get()) == frozen
    found = differences(frozen, tables_of(school_cast.school, span_of(approved), TODAY))
    changed = {(one.table, one.label, one.measure): (one.was, one.now) for one in found}
    assert changed["Работа по видам", "Всего", "записей"] == (5, 6)

    opened = services.analysis_change(actor=irina, analysis=approved, reason="Ошибка в записях")
    assert (opened.status, frozen_content(opened)) == ("draft", None)


def test_content_of_an_empty_school_is_whole(analysis):
    content = analysis_content(analysis, TODAY)
    assert [one["code"] for one in content["sections"]][-2:] == ["problems", "next"]
    assert content["is_draft"]


def test_problems_of_the_last_year_are_told_in_this_one(school_cast, irina, analysis):
    last = begun(school_cast, YEAR - 1)
    line = services.problem_add(actor=irina, analysis=last, problem="Мало групп")
    marked = services.problem_came_mark(actor=irina, analysis=analysis, problem=line, came="solved", words="12 групп")
    assert marked.get_came_display() == "решена"
    own = services.problem_add(actor=irina, analysis=analysis, problem="Ещё одна")
    with pytest.raises(Refusal, match="прошлого"):
        services.problem_came_mark(actor=irina, analysis=analysis, problem=own, came="solved")
    assert analysis_content(analysis, TODAY)["last_problems"][0]["came"] == "решена"


def test_a_measure_becomes_a_line_of_the_next_plan(school_cast, irina, analysis):
    line = services.problem_add(actor=irina, analysis=analysis, problem="Нет кабинета", measure="Оборудовать кабинет")
    with pytest.raises(Refusal, match="ещё нет"):
        services.problem_plan(actor=irina, problem=line, direction="methods")
    plan = WorkPlan.objects.create(
        organisation=school_cast.school, horizon="year", starts_on=date(2027, 9, 1), ends_on=date(2028, 5, 31)
    )
    item = services.problem_plan(actor=irina, problem=line, direction="methods")
    assert (item.plan, item.title, item.aim) == (plan, "Оборудовать кабинет", "Нет кабинета")
    with pytest.raises(Refusal, match="уже стоит"):
        services.problem_plan(actor=irina, problem=Problem.objects.get(), direction="methods")


@pytest.mark.parametrize("bad", [{"problem": " "}, {"problem": "х", "due_on": date(2019, 1, 1)}])
def test_a_bad_line_is_refused(irina, analysis, bad):
    with pytest.raises(Refusal):
        services.problem_add(actor=irina, analysis=analysis, **bad)
    assert not analysis.problems.exists()


def test_a_sentence_is_taken_once(school_cast, irina, analysis):
    year_of_work(school_cast)
    tables = analysis_content(analysis, TODAY)["sections"]
    table = next(one for part in tables for one in part["tables"] if one["code"] == "consultations")
    words = sentences_of(table, goes_on=True)[0]
    assert words == "Проведена 1\u00a0консультация, столько же, сколько в прошлом году на ту же дату."
    section = analysis.sections.get(code="education")
    for _ in range(2):
        section = services.sentence_take(actor=irina, section=section, sentence=words)
    assert section.text == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (214, 191, "Проведено 214\u00a0консультаций\u00a0— на 12\u00a0% больше, чем в прошлом году (191)."),
        (5, 0, "Проведено 5\u00a0консультаций, в прошлом году таких данных не было."),
        (22, 44, "Проведены 22\u00a0консультации\u00a0— на 50\u00a0% меньше, чем в прошлом году (44)."),
        (21, 20, "Проведена 21\u00a0консультация\u00a0— на 5\u00a0% больше, чем в прошлом году (20)."),
    ],
)
def test_sentences_are_declined(now, before, words):
    total = {"code": "total", "label": "Всего", "now": [now, 0, 0], "before": [before, 0, 0]}
    table = {"code": "consultations", "rows": [], "total": [total], "measures": [{"unit": "count"}]}
    assert sentences_of(table, goes_on=False)[0] == words
    told = words.replace("в прошлом году", "в прошлом году на ту же дату")
    assert sentences_of(table, goes_on=True)[0] == told


def test_only_decided_signals_are_said_to_be_considered():
    rows = [("raised", 3, 0), ("examination", 2, 1), ("confirmed", 1, 4), ("declined", 1, 0), ("left", 1, 0)]
    table = {
        "code": "signals", "measures": [{"unit": "count"}],
        "rows": [{"code": code, "label": code, "now": [now], "before": [before]} for code, now, before in rows],
        "total": [{"code": "total", "label": "Всего", "now": [8], "before": [5]}],
    }  # fmt: skip
    words = "Рассмотрены 2\u00a0сигнала педагогов\u00a0— на 2 меньше, чем в прошлом году (4)."
    assert sentences_of(table, goes_on=False) == [words]


def test_figures_in_words():
    assert [figure_words(*one) for one in ((12345,), (750, "hours"), (5, "percent"), (150, "hundredths"))] == [
        "12\u00a0345", "12,5", "5\u00a0%", "1,5",
    ]  # fmt: skip
    assert [change_words(*one) for one in ((5, 5), (3, 0), (4, 7), (112, 100))] == ["", "", "−3", "+12\u00a0%"]


def test_the_desk_asks_the_head_in_may_and_the_director_when_it_waits(school_cast, irina, daniil, analysis):
    def todo(actor, today):
        desk = desk_of(actor, today)
        return [one.todo for one in (*desk.today, *desk.late, *desk.soon) if one.who == "Анализ за год"]

    assert todo(irina, TODAY) == []
    assert todo(irina, date(2027, 5, 3)) == ["дописать анализ за 2026/27"]
    assert todo(irina, date(2028, 5, 3)) == ["начать анализ за 2027/28"]
    written(irina, analysis)
    assert todo(daniil, TODAY) == ["утвердить анализ за 2026/27 учебный год"]
