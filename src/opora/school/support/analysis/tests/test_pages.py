"""The pages: begun with one press, saved as it is typed, every figure opens what stands behind it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opora.foundation.audit.models import Event
from opora.school.support.analysis import services
from opora.school.support.analysis.models import Problem, YearAnalysis
from opora.school.support.analysis.pictures import table_svg

from .stage import TODAY, YEAR, begun, entry, year_of_work

pytestmark = pytest.mark.usefixtures("known_day")
LINE = {"problem": "Мало часов", "cause": "", "measure": "", "responsible": "", "due_on": ""}


@pytest.fixture
def analysis(school_cast):
    return begun(school_cast)


@pytest.fixture
def irina(school_cast, as_user):
    return as_user(school_cast.irina)


def at(name, *args):
    return reverse(f"analysis:{name}", args=[one.public_id if hasattr(one, "public_id") else one for one in args])


def test_the_head_begins_a_year_with_one_press(school_cast, irina):
    page = irina.get(at("list")).content.decode()
    assert "Начать за 2026/27" in page
    answer = irina.post(at("begin"), {"year": YEAR})
    assert answer.headers["Location"] == at("analysis", YearAnalysis.objects.get())
    page = irina.get(answer.headers["Location"]).content.decode()
    assert "Кадры и условия" in page
    assert "Без имён детей" in page
    assert "Начать за 2026/27" not in irina.get(at("list")).content.decode()
    for bad in ({"year": "нет"}, {}, {"year": YEAR}, {"year": "9" * 40}):
        assert irina.post(at("begin"), bad).status_code == 409


def test_figures_link_to_what_stands_behind_them(school_cast, irina, analysis):
    year_of_work(school_cast)
    page = irina.get(at("analysis", analysis)).content.decode()
    address = at("figure", analysis)
    assert f"{address}?table=covered&amp;row=total&amp;measure=covered" in page
    assert page.count('role="img"') >= 3
    assert 'style="' not in page
    behind = irina.get(address, {"table": "covered", "row": "total", "measure": "covered"}).content.decode()
    assert "Данилов Миша" in behind
    assert Event.objects.filter(code="analysis.figure_opened").exists()
    last = irina.get(at("figure", analysis), {"table": "kinds", "row": "group", "measure": "entries", "year": "last"})
    assert "20.11.2025" in last.content.decode()


def test_children_whose_cards_are_closed_are_counted_and_not_named(school_cast, irina, analysis):
    from opora.foundation.access.models import Freeze

    entry(school_cast, school_cast.misha, school_cast.lev)
    Freeze.objects.create(
        organisation=school_cast.school, person_id=school_cast.lev.public_id, ground="отзыв", since=TODAY
    )
    page = irina.get(
        at("figure", analysis), {"table": "covered", "row": "total", "measure": "covered"}
    ).content.decode()
    assert "Данилов" in page
    assert "Уваров" not in page
    assert "Ещё 1\u00a0запись" in page


@pytest.mark.parametrize(
    "asked",
    [("nothing", {}), ("specialists", {"row": "<script>"}), ("months", {"row": "9" * 50}), ("lessons", {"row": "x"}),
     ("criteria", {"row": "reached"}), ("passport", {"row": "\x00"}), ("staff", {})],
)  # fmt: skip
def test_a_figure_that_is_not_there_is_not_found(irina, analysis, asked):
    assert irina.get(at("figure", analysis), {"table": asked[0]} | asked[1]).status_code == 404


def test_every_table_opens(school_cast, irina, analysis):
    year_of_work(school_cast)
    from opora.school.support.analysis.figures.catalogue import tables_of
    from opora.school.support.analysis.writing import span_of

    for code, table in tables_of(school_cast.school, span_of(analysis), TODAY).items():
        for row in table.rows[:2]:
            for measure in table.rule.measures[:1]:
                if measure.opens and row.now[0]:
                    asked = {"table": code, "row": row.code, "measure": measure.code}
                    assert irina.get(at("figure", analysis), asked).status_code == 200, (code, row.code)


def test_words_are_saved_as_they_are_typed_and_sentences_taken(school_cast, irina, analysis):
    section = analysis.sections.get(code="staff")
    saved = irina.post(
        at("section", section), {"text": "Двое", "version": "0"}, headers={"X-Requested-With": "fetch"}
    )  # fmt: skip
    assert saved.status_code == 200
    taken = irina.post(at("sentence", section), {"sentence": "Внесено 5 записей."})
    assert taken.headers["Location"].endswith("#part-staff")
    section.refresh_from_db()
    assert section.text == "Двое\nВнесено 5 записей."
    assert irina.get(at("section_earlier", section)).status_code == 200


def test_problems_are_lines_that_keep_what_was_typed(school_cast, irina, analysis):
    assert irina.post(at("problem_add", analysis), LINE).status_code == 302
    line = Problem.objects.get()
    post = school_cast.post(school_cast.polina)
    saved = irina.post(
        at("problem", line), LINE | {"responsible": post.public_id, "due_on": "010927"}, headers={"HX-Request": "true"}
    )
    assert "Сохранено" in saved.content.decode()
    line.refresh_from_db()
    assert (line.responsible, str(line.due_on)) == (post, "2027-09-01")
    for bad in ({"problem": ""}, {"due_on": "31.02.2027"}, {"due_on": "01.01.1999"}, {"responsible": "никто"},
                {"problem": "х" * 501}, {"problem": "\x00"}):  # fmt: skip
        kept = LINE | {"cause": "Одна ставка"} | bad
        for answer in (
            irina.post(at("problem", line), kept, headers={"HX-Request": "true"}),
            irina.post(at("problem", line), kept),
            irina.post(at("problem_add", analysis), kept),
        ):
            assert answer.status_code == 422, bad
            assert "Одна ставка" in answer.content.decode()
    irina.post(at("problem", line), {"deed": "remove"})
    assert not Problem.objects.exists()


def test_the_director_approves_and_the_page_is_frozen(school_cast, irina, as_user, analysis):
    year_of_work(school_cast)
    refused = irina.post(at("submit", analysis))
    assert refused.status_code == 422
    assert "Проблемного анализа ещё нет" in refused.content.decode()
    irina.post(at("problem_add", analysis), LINE)
    assert irina.post(at("submit", analysis)).status_code == 302
    assert irina.post(at("approve", analysis)).status_code == 403
    daniil = as_user(school_cast.daniil)
    assert daniil.post(at("return", analysis), {"remarks": ""}).status_code == 422
    assert daniil.post(at("approve", analysis)).status_code == 302
    same = daniil.get(at("compared", analysis), headers={"HX-Request": "true"}).content.decode()
    assert "совпадают" in same
    entry(school_cast, school_cast.misha)
    page = daniil.get(at("analysis", analysis)).content.decode()
    assert "утверждены" in page
    assert "section-staff" not in page
    assert "сегодня друг" in daniil.get(at("compared", analysis)).content.decode()
    assert irina.post(at("change", analysis), {"remarks": "Ошибка"}).status_code == 302


def test_what_came_of_last_years_problems_is_marked_in_place(school_cast, irina, analysis):
    last = begun(school_cast, YEAR - 1)
    line = services.problem_add(actor=school_cast.actor(school_cast.irina), analysis=last, problem="Мало групп")
    assert "Что стало с проблемами" in irina.get(at("analysis", analysis)).content.decode()
    address = at("problem_came", line)
    assert irina.post(address, {"came": "solved", "came_words": "да"}).status_code == 302
    assert irina.post(address, {"came": "never", "came_words": ""}).status_code == 422
    own = services.problem_add(actor=school_cast.actor(school_cast.irina), analysis=analysis, problem="Новая")
    assert irina.post(at("problem_came", own), {"came": ""}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("zakhar", 404), ("polina", 403), ("tatiana", 403), ("elena", 200)])
def test_others_do_not_read_it(school_cast, as_user, analysis, who, status):
    person = as_user(getattr(school_cast, who))
    assert person.get(at("analysis", analysis)).status_code == status
    assert person.get(at("figure", analysis)).status_code == status


def test_a_picture_says_its_figures_in_words_and_escapes(school_cast):
    row = {"code": "a", "label": "<b>Очень длинная строка</b>" * 4, "now": [3], "before": [1]}
    table = {
        "code": "kinds", "title": "Виды", "clause": "", "note": "", "chart": "bars", "total": [],
        "measures": [{"code": "n", "title": "записей", "unit": "count", "opens": True}], "rows": [row] * 3,
    }  # fmt: skip
    for chart in ("bars", "months"):
        svg = table_svg(table | {"chart": chart}, ("2026/27", "2025/26"))
        assert "<b>" not in svg
        assert "2025/26 — 1" in svg
    assert table_svg(table | {"rows": [row]}, ("", "")) == ""
