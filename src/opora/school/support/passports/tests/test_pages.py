"""The pages: the sheet saves each tick, figures open their children to those who may, bad input changes nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.audit.models import Event
from opora.people.children.models import Family, PreventionRecord
from opora.school.support.passports.models import FamilyFact, PassportRow, SocialPassport
from opora.school.support.passports.services import class_passport_accept, class_passport_submit, fact_tick
from tests.school_cast import pupil_of

from .stage import TODAY, begun, row, sister, sofia

pytestmark = pytest.mark.usefixtures("known_day")


@pytest.fixture
def tatiana(school_cast, as_user):
    return as_user(school_cast.tatiana)


@pytest.fixture
def passport(school_cast):
    return begun(school_cast)


def at(name, passport, *more):
    return reverse(f"passports:{name}", args=[passport.public_id, *more])


def told(answer):
    """The page with plain spaces."""
    return answer.content.decode().replace("\u00a0", " ")


def input_of(child, column):
    return f"t-{child.public_id}-{column.public_id}"


def test_the_teacher_begins_from_the_list_fills_and_hands_in(school_cast, tatiana):
    page = tatiana.get(reverse("passports:list")).content.decode()
    assert "4 «А»: социального паспорта этого года ещё нет" in page
    begin = reverse("passports:class_begin", args=[school_cast.four_a.public_id])
    answer = tatiana.post(begin, {"on": "21.11.2026"})
    made = SocialPassport.objects.get()
    assert answer.headers["Location"] == at("sheet", made)
    page = tatiana.get(at("sheet", made)).content.decode()
    assert "Данилов Миша Игоревич" in page
    assert "Уваров" not in page
    kinds, misha = row(school_cast, "full"), school_cast.misha
    told = {"child": misha.public_id, "column": kinds.public_id, "section": "1"}
    answer = tatiana.post(
        at("tick", made), told | {input_of(misha, kinds): row(school_cast, "one_parent").public_id},
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert "Неполные семьи — 1" in answer.content.decode()
    assert Family.objects.get(child=misha).kinds == ["one_parent"]
    answer = tatiana.post(
        at("children_count", made), {"child": misha.public_id, f"n-{misha.public_id}": "3", "section": "1"}
    )  # fmt: skip
    assert answer.status_code == 302
    assert Family.objects.get(child=misha).children_count == 3
    assert tatiana.post(at("submit_class", made)).status_code == 302
    page = tatiana.get(at("passport", made)).content.decode()
    assert "ждёт: социальный педагог или руководитель Службы" in page
    assert tatiana.get(at("sheet", made)).status_code in (200, 302)


def test_without_scripts_the_whole_section_is_saved_by_one_button(school_cast, tatiana, passport):
    misha, town, lost = school_cast.misha, row(school_cast, "town"), row(school_cast, "lost_parent")
    first = {
        "section": "1",
        "shown": misha.public_id,
        input_of(misha, lost): lost.public_id,
        f"n-{misha.public_id}": "2",
    }
    assert tatiana.post(at("sheet", passport), first).status_code == 302
    assert FamilyFact.objects.get().row == lost
    third = {"section": "3", "shown": misha.public_id, input_of(misha, town): row(school_cast, "village").public_id}
    assert tatiana.post(at("sheet", passport), third).status_code == 302
    assert set(FamilyFact.objects.values_list("row__code", flat=True)) == {"lost_parent", "village"}
    assert tatiana.post(at("sheet", passport), {"section": "1"}).status_code == 302
    assert FamilyFact.objects.count() == 2, "a child who was not on the page is left alone"
    empty = {"section": "1", "shown": misha.public_id}
    assert tatiana.post(at("sheet", passport), empty).status_code == 302
    assert set(FamilyFact.objects.values_list("row__code", flat=True)) == {"village"}


def test_one_bad_box_loses_nothing_that_was_typed(school_cast, tatiana, passport):
    misha, other = school_cast.misha, pupil_of(school_cast.four_a, "Новиков", "Иван", "Ильич")
    lost, full = row(school_cast, "lost_parent"), row(school_cast, "full")
    fact_tick(
        actor=school_cast.actor(school_cast.tatiana), passport=passport, child=misha, row=lost, is_true=True
    )  # fmt: skip
    page = tatiana.get(at("sheet", passport))
    choice = next(one for one in page.context["sheet"].part.columns if full in one.rows)
    typed = {
        "section": "1", "shown": [misha.public_id, other.public_id], f"n-{misha.public_id}": "3",
        f"n-{other.public_id}": "<много", f"t-{misha.public_id}-{choice.key}": full.public_id,
        f"t-{other.public_id}-{choice.key}": "нет такой",
    }  # fmt: skip
    answer = tatiana.post(at("sheet", passport), typed)
    assert answer.status_code == 422
    assert not Family.objects.exists()
    lines = {one.child.pk: one for one in answer.context["sheet"].lines}
    chosen = {cell.column.key: cell.chosen for cell in lines[misha.pk].cells}
    assert (lines[misha.pk].count_words, chosen[choice.key], chosen[lost.public_id]) == ("3", full.public_id, "")
    shown = answer.content.decode()
    assert f'<option value="{full.public_id}" selected>' in shown
    assert 'value="&lt;много"' in shown
    assert "нет такой" not in shown
    del typed[f"n-{other.public_id}"], typed[f"t-{other.public_id}-{choice.key}"]
    assert tatiana.post(at("sheet", passport), typed).status_code == 302
    assert Family.objects.get(child=misha).children_count == 3
    assert not FamilyFact.objects.filter(until_on=None).exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("sheet", {"n-CHILD": "много", "shown": "CHILD"}), ("sheet", {"n-CHILD": "-1", "shown": "CHILD"}),
        ("sheet", {"n-CHILD": "99", "shown": "CHILD"}), ("sheet", {"t-CHILD-ROW": "нет такой", "shown": "CHILD"}),
        ("children_count", {"child": "CHILD", "n-CHILD": "0"}),
        ("tick", {"child": "CHILD", "column": "<script>"}), ("tick", {"child": "CHILD", "column": "\x00"}),
        ("tick", {"child": "CHILD", "column": "ROW", "t-CHILD-ROW": "xx"}), ("rest", {"row": ""}),
        ("comments", {"comments": "х" * 4001}),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_changes_nothing(school_cast, tatiana, passport, name, data):
    known = {"CHILD": school_cast.misha.public_id, "ROW": row(school_cast, "full").public_id}

    def filled(text):
        for word, value in known.items():
            text = text.replace(word, value)
        return text

    answer = tatiana.post(at(name, passport), {filled(key): filled(value) for key, value in data.items()})
    assert answer.status_code == 422
    assert re.search('role="alert"|id="[a-z_]+_error"', answer.content.decode())
    assert not Family.objects.exists()
    assert not FamilyFact.objects.exists()


@pytest.mark.parametrize("typed", ["22.11.2026", "31.02.2026", "", "01.09.2025", "x", "\x00"])
def test_a_wrong_day_is_told_beside_its_field(school_cast, tatiana, typed):
    begin = reverse("passports:class_begin", args=[school_cast.four_a.public_id])
    answer = tatiana.post(begin, {"on": typed})
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode()
    assert not SocialPassport.objects.exists()


def test_a_figure_opens_its_children_to_those_who_may(school_cast, as_user, passport):
    fact_tick(
        actor=school_cast.actor(school_cast.irina), passport=passport, child=school_cast.misha,
        row=row(school_cast, "full"), is_true=True,
    )  # fmt: skip
    address = at("behind", passport, "full")
    page = as_user(school_cast.tatiana).get(address).content.decode()
    assert "Данилов Миша Игоревич" in page
    event = Event.objects.get(code="passport.figure_opened")
    assert event.details["count"] == 1
    for who in ("uliana", "zakhar", "polina", "yulia"):
        assert as_user(getattr(school_cast, who)).get(address).status_code in (403, 404), who
    assert as_user(school_cast.daniil).get(address).status_code == 403, "a director does not see families"


def test_marks_of_risk_are_withheld_from_the_teacher(school_cast, as_user, passport):
    PreventionRecord.objects.create(
        organisation=school_cast.school, child=school_cast.misha, body="police", started_on=TODAY
    )  # fmt: skip
    teacher, head = as_user(school_cast.tatiana), as_user(school_cast.irina)
    assert teacher.get(at("behind", passport, "police")).status_code == 403
    page = told(teacher.get(at("passport", passport)))
    assert at("behind", passport, "police") not in page
    assert "Отметки об учёте видят" in page
    assert "Данилов" in head.get(at("behind", passport, "police")).content.decode()
    sheets = [teacher.get(at("sheet", passport), {"section": one}).content.decode() for one in range(1, 8)]
    assert not any("злоупотребляют" in one or "ПДН" in one for one in sheets)


def test_a_frozen_figure_opens_the_children_of_then(school_cast, as_user, passport):
    handed = class_passport_submit(actor=school_cast.actor(school_cast.tatiana), passport=passport)
    class_passport_accept(actor=school_cast.actor(school_cast.irina), passport=handed, on=TODAY)
    pupil_of(school_cast.four_a, "Новиков", "Иван", "Ильич")
    page = as_user(school_cast.irina).get(at("behind", passport, "all_pupils"))
    assert "Данилов" in page.content.decode()
    assert "Новиков" not in page.content.decode()


def test_the_institution_shows_sums_and_who_has_to_be_mended(school_cast, as_user, passport):
    irina = as_user(school_cast.irina)
    irina.post(reverse("passports:school_begin"), {"on": "21.11.2026"})
    whole = SocialPassport.objects.of_school().get()
    page = told(irina.get(at("passport", whole)))
    assert "Семьи по составу вместе" in page
    assert page.count(">Документы<") == 1
    assert at("sum", whole, "kinds") in page
    page = irina.get(at("sum", whole, "kinds")).content.decode()
    assert "Уваров" in page
    assert "не отмечено ничего" in page
    assert irina.get(at("sum", whole, "zzz")).status_code == 404
    answer = irina.post(reverse("passports:school_begin"), {"on": "21.11.2026"})
    assert answer.status_code == 422
    assert "уже есть" in answer.content.decode()
    answer = irina.post(reverse("passports:school_begin"), {"on": "01.01.0001"})
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode()
    assert as_user(school_cast.tatiana).get(at("passport", whole)).status_code == 404


def test_two_years_stand_side_by_side(school_cast, as_user, passport):
    before = SocialPassport.objects.create(
        organisation=school_cast.school, school_class=school_cast.four_a, year=2025, on="2026-05-20",
        filled_by=school_cast.post(school_cast.tatiana),
    )  # fmt: skip
    page = as_user(school_cast.tatiana).get(at("passport", passport))
    assert page.context["shown"].earlier == before
    assert "+1" in page.content.decode()
    assert page.content.decode().count("<svg") >= 1
    alone = as_user(school_cast.tatiana).get(at("passport", passport), {"with": "none"})
    assert alone.context["shown"].earlier is None


def test_rows_are_settled_by_the_service(school_cast, as_user):
    pedagogue = as_user(sofia(school_cast))
    page = pedagogue.get(reverse("passports:rows")).content.decode()
    assert "Завести строки" in page
    assert pedagogue.post(reverse("passports:rows_provide")).status_code == 302
    typed = {"title": "Вещи из фонда", "section": "Помощь", "of_family": "on", "field_class": "family"}
    assert pedagogue.post(reverse("passports:row_add"), typed).status_code == 302
    made = PassportRow.objects.get(title="Вещи из фонда")
    edit = reverse("passports:row_edit", args=[made.public_id])
    assert pedagogue.post(edit, typed | {"title": ""}).status_code == 422
    assert pedagogue.post(edit, typed | {"order": "-5"}).status_code == 422
    assert pedagogue.post(edit, typed | {"is_retired": "on", "order": "7"}).status_code == 302
    made.refresh_from_db()
    assert (made.is_retired, made.order) == (True, 7)
    assert pedagogue.post(reverse("passports:row_add"), typed | {"field_class": "zzz"}).status_code == 422
    assert as_user(school_cast.polina).post(reverse("passports:rows_provide")).status_code == 403


def test_the_card_tells_who_said_what_and_keeps_a_note(school_cast, tatiana, passport):
    fact_tick(
        actor=school_cast.actor(school_cast.tatiana), passport=passport, child=school_cast.misha,
        row=row(school_cast, "village"), is_true=True,
    )  # fmt: skip
    fact = FamilyFact.objects.get()
    assert tatiana.post(reverse("passports:note", args=[fact.public_id]), {"note": "Переехали"}).status_code == 302
    page = told(tatiana.get(reverse("children:child", args=[school_cast.misha.public_id])))
    assert "Живут в селе — Переехали" in page
    assert "с 21.11.2026, отметил Титова" in page
    assert tatiana.post(reverse("passports:note", args=[fact.public_id]), {"note": "х" * 501}).status_code == 422


def test_thirty_pupils_ask_as_few_queries_as_three(school_cast, as_user, passport):
    sister(school_cast)
    irina, asked = as_user(school_cast.irina), []
    irina.post(reverse("passports:school_begin"), {"on": "21.11.2026"})
    whole = SocialPassport.objects.of_school().get()
    for number in (0, 1):
        for more in range(3 + 24 * number):
            pupil_of(school_cast.four_a, f"Новиков{number}{more}", "Иван", "Ильич")
        for address in (at("sheet", passport), at("passport", whole), at("passport", passport)):
            irina.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert irina.get(address).status_code == 200
            asked.append(len(queries))
    assert asked[:3] == asked[3:]
    assert max(asked) <= 45


def test_a_sheet_of_a_school_that_ticks_nothing_opens(school_cast, as_user):
    passport = begun(school_cast)
    PassportRow.objects.of(school_cast.school).delete()
    page = as_user(school_cast.tatiana).get(reverse("passports:sheet", args=[passport.public_id]))
    assert page.status_code == 200
