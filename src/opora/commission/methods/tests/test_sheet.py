"""Stories of the methods in a sheet: offered for the child's age, ticked, explained, printed in the protocol."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from opora.commission.cases.models import Case
from opora.commission.examinations import services as examining
from opora.commission.examinations.tests.day import arrived, sheet_begun, today, words, write
from opora.commission.methods import services
from opora.commission.methods.choice import choice_of
from opora.commission.methods.models import MethodUse, OwnMethod
from opora.commission.methods.protocol import methods_used
from opora.foundation.access.actions import ReadingOnly
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Child
from opora.people.clearing import withdrawal_clear

pytestmark = pytest.mark.django_db
DRAWING, BAYLEY = "8.2.06", "early_scales.07"
FAST = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def sheet(cast):
    """Глеб examines Миша, who is six years and ten months old today."""
    visit = arrived(cast)
    _born_months_ago(visit.case.child, 82)
    visit.case.child.refresh_from_db()
    return sheet_begun(cast, cast.gleb, visit)


def _born_months_ago(child: Child, months: int) -> None:
    years, month = divmod(today().year * 12 + today().month - 1 - months, 12)
    Child.objects.filter(pk=child.pk).update(birth_date=date(years, month + 1, 1))


def use(cast, user, sheet, code=DRAWING) -> MethodUse:
    return services.method_use(actor=cast.actor(user), examination=sheet, code=code)


def titles(parts) -> list[str]:
    return [row.title for part in parts for row in part.rows]


def test_gleb_is_offered_what_suits_a_child_of_six_years_and_ten_months(cast, sheet):
    choice = choice_of(cast.actor(cast.gleb), sheet)
    assert choice.parts[0].title == "Пакет психолога, 5—7 лет"
    assert "прил.\u00a08.2" in choice.parts[0].clause
    assert {"Рисунок человека", "Графический диктант"} <= set(titles(choice.parts))
    assert "Таблицы Шульте" not in titles(choice.parts)
    assert choice.others == []
    assert choice.rest > 100
    whole = choice_of(cast.actor(cast.gleb), sheet, everything=True)
    assert "Таблицы Шульте" in titles(whole.others)
    older = next(part for part in whole.others if part.title == "Пакет психолога, 7—11 лет")
    assert "старшего возраста" in older.why


def test_words_narrow_the_offer_and_an_empty_one_says_why(cast, sheet):
    found = choice_of(cast.actor(cast.gleb), sheet, "матриц равен")
    assert titles(found.parts) == ["Цветные прогрессивные матрицы Равена"]
    nothing = choice_of(cast.actor(cast.gleb), sheet, "гороскоп")
    assert (nothing.parts, "гороскоп" in nothing.empty) == ([], True)


def test_a_doctor_reads_that_the_letter_gives_no_list_and_which_are_nearest(cast, sheet):
    type(sheet).objects.filter(pk=sheet.pk).update(speciality="doctor")
    sheet.refresh_from_db()
    choice = choice_of(cast.actor(cast.gleb), sheet)
    assert "не даёт списка" in choice.empty
    assert "Пакет раннего возраста" in choice.nearest


def test_a_method_is_ticked_once_explained_and_taken_out_with_events(cast, sheet):
    ticked = use(cast, cast.gleb, sheet)
    assert use(cast, cast.gleb, sheet) == ticked
    assert (ticked.title, ticked.code) == ("Рисунок человека", DRAWING)
    services.method_note(actor=cast.actor(cast.gleb), use=ticked, note="  по   образцу ")
    ticked.refresh_from_db()
    assert ticked.printed == "Рисунок человека (по образцу)"
    services.method_drop(actor=cast.actor(cast.gleb), use=ticked)
    services.method_drop(actor=cast.actor(cast.gleb), use=ticked)
    assert not MethodUse.objects.filter(examination=sheet).exists()
    codes = list(Event.objects.filter(code__startswith="method.").order_by("pk").values_list("code", flat=True))
    assert codes == ["method.used", "method.noted", "method.dropped"]
    first = Event.objects.get(code="method.used")
    assert first.details == {"method": DRAWING}
    assert first.person_id == sheet.person_id


def test_only_the_specialist_and_the_head_tick(cast, sheet):
    use(cast, cast.boris, sheet)
    for user in (cast.vera, cast.anna, cast.olga, cast.nina, cast.zakhar):
        with pytest.raises(PermissionDenied):
            use(cast, user, sheet, "8.2.01")
    assert MethodUse.objects.filter(examination=sheet).count() == 1
    assert Event.objects.filter(code="method.used").count() == 1


def test_an_emergency_lets_read_and_not_tick(cast, sheet):
    sheet.visit.session.members.filter(position__user=cast.dina).delete()
    cast.acquaint(cast.dina, sheet.case.child)
    with pytest.raises(ReadingOnly):
        use(cast, cast.dina, sheet)


def test_a_finished_sheet_and_a_decided_case_are_closed(cast, sheet):
    ticked = use(cast, cast.gleb, sheet)
    write(cast, cast.gleb, sheet, "conclusion", "Нуждается в занятиях.")
    examining.examination_finish(actor=cast.actor(cast.gleb), examination=sheet)
    for deed in (
        lambda: use(cast, cast.gleb, sheet, "8.2.01"),
        lambda: services.method_drop(actor=cast.actor(cast.gleb), use=ticked),
        lambda: services.method_note(actor=cast.actor(cast.gleb), use=ticked, note="поздно"),
    ):
        with pytest.raises(Refusal) as refused:
            deed()
        assert refused.value.code == "finished"
    Case.objects.filter(pk=sheet.case_id).update(status="signed")
    with pytest.raises(Refusal) as refused:
        use(cast, cast.gleb, sheet, "8.2.01")
    assert refused.value.code == "decided"
    assert MethodUse.objects.get(examination=sheet).note == ""


def test_an_unknown_method_and_one_of_another_commission_are_refused(cast, sheet):
    strange = OwnMethod.objects.create(organisation=cast.other, title="Чужая проба")
    away = OwnMethod.objects.create(organisation=cast.commission, title="Убранная проба", is_active=False)
    for code in ("8.9.99", "", strange.public_id, away.public_id):
        with pytest.raises(Refusal) as refused:
            use(cast, cast.gleb, sheet, code)
        assert refused.value.code == "unknown_method"


def test_a_note_that_is_too_long_changes_nothing(cast, sheet):
    ticked = use(cast, cast.gleb, sheet)
    with pytest.raises(ValidationError):
        services.method_note(actor=cast.actor(cast.gleb), use=ticked, note="я" * 301)
    ticked.refresh_from_db()
    assert ticked.note == ""


def test_a_changed_own_method_leaves_what_was_used(cast, sheet):
    own = OwnMethod.objects.create(organisation=cast.commission, title="Проба с кубиками")
    use(cast, cast.gleb, sheet, own.public_id)
    own.title = "Проба с кубиками, вторая редакция"
    services.own_method_save(actor=cast.actor(cast.boris), own=own)
    assert methods_used(sheet.case)[sheet.pk] == ["Проба с кубиками"]


def test_a_withdrawal_takes_the_methods_away(cast, sheet):
    services.method_note(actor=cast.actor(cast.gleb), use=use(cast, cast.gleb, sheet), note="по образцу")
    withdrawal_clear(cast.commission, sheet.person_id)
    left = MethodUse.objects.get(examination=sheet)
    assert (left.title, left.code, left.note) == ("", "", "")
    assert methods_used(sheet.case) == {}


def test_bayley_keeps_its_warning_where_it_is_chosen(cast, sheet):
    _born_months_ago(sheet.case.child, 20)
    sheet.case.child.refresh_from_db()
    rows = [row for part in choice_of(cast.actor(cast.gleb), sheet).parts for row in part.rows]
    assert "не рекомендует" in next(row for row in rows if row.code == BAYLEY).warning


def test_the_panel_stands_in_the_sheet_collapsed_and_counts(cast, sheet, as_user):
    gleb, address = as_user(cast.gleb), reverse("examinations:sheet", args=[sheet.public_id])
    page = words(gleb.get(address))
    assert "Отметить методики" in page
    assert "Пакет психолога, 5—7 лет" in page
    use(cast, cast.gleb, sheet)
    page = words(gleb.get(address))
    assert "Использовано: 1" in page
    assert 'class="methods" open' not in page
    assert 'aria-pressed="true"' in page


def test_a_reader_sees_what_was_used_and_no_buttons(cast, sheet, as_user):
    vera, address = as_user(cast.vera), reverse("examinations:sheet", args=[sheet.public_id])
    assert "sheet_methods" not in words(vera.get(address))
    use(cast, cast.gleb, sheet)
    page = words(vera.get(address))
    assert "Рисунок человека" in page
    assert "methods-form" not in page
    alone = words(vera.get(reverse("methods:sheet", args=[sheet.public_id])))
    assert "Рисунок человека" in alone
    assert "methods-form" not in alone


def test_a_click_saves_at_once_with_and_without_javascript(cast, sheet, as_user):
    gleb, choose = as_user(cast.gleb), reverse("methods:choose", args=[sheet.public_id])
    fast = gleb.post(choose, {"use": DRAWING, "q": "рисунок"}, **FAST)
    assert fast.status_code == 200
    assert "Использовано: 1" in words(fast)
    assert 'id="row-method-8-2-06" hx-swap-oob="true"' in words(fast)
    assert 'hx-swap-oob="beforeend:#methods-chosen"' in words(fast)
    twice = words(gleb.post(choose, {"use": DRAWING}, **FAST))
    assert "Использовано: 1" in twice
    plain = gleb.post(choose, {"use": "8.2.01"})
    assert plain.headers["Location"].endswith("?methods=open#sheet_methods")
    dropped = MethodUse.objects.get(code="8.2.01")
    paged = gleb.post(choose, {"drop": dropped.public_id, "back": "page"})
    assert paged.headers["Location"] == reverse("methods:sheet", args=[sheet.public_id])
    assert list(MethodUse.objects.filter(examination=sheet).values_list("code", flat=True)) == [DRAWING]


def test_the_search_answers_with_the_list_alone_or_with_a_whole_page(cast, sheet, as_user):
    gleb, address = as_user(cast.gleb), reverse("methods:sheet", args=[sheet.public_id])
    part = gleb.get(address, {"q": "равена"}, headers={"HX-Request": "true", "HX-Target": "method-choice"})
    assert words(part).lstrip().startswith('<div id="method-choice">')
    assert "Цветные прогрессивные матрицы" in words(part)
    whole = words(gleb.get(address, {"q": "шульте", "all": "1"}))
    assert "Таблицы Шульте" in whole
    assert "Не по возрасту" in whole
    assert Event.objects.filter(code="method.opened", person_id=sheet.person_id).count() == 2


def test_a_refusal_is_said_in_the_panel(cast, sheet, as_user):
    answer = as_user(cast.gleb).post(reverse("methods:choose", args=[sheet.public_id]), {"use": "нет"}, **FAST)
    assert "Такой методики в списках нет" in words(answer)
    write(cast, cast.gleb, sheet, "conclusion", "Нуждается в занятиях.")
    examining.examination_finish(actor=cast.actor(cast.gleb), examination=sheet)
    late = as_user(cast.gleb).post(reverse("methods:choose", args=[sheet.public_id]), {"use": DRAWING}, **FAST)
    assert "Лист завершён" in words(late)
    assert "methods-form" not in words(late)


def test_a_note_is_saved_when_its_line_is_left(cast, sheet, as_user):
    gleb = as_user(cast.gleb)
    note = reverse("methods:note", args=[use(cast, cast.gleb, sheet).public_id])
    assert "Сохранено" in words(gleb.post(note, {"note": "по показу"}, **FAST))
    assert "не более 300" in words(gleb.post(note, {"note": "я" * 400}, **FAST))
    assert gleb.post(note, {"note": "по показу"}).status_code == 302
    assert MethodUse.objects.get().note == "по показу"
    assert as_user(cast.vera).post(note, {"note": "чужое"}).status_code == 403
    assert as_user(cast.zakhar).post(note, {"note": "чужое"}).status_code == 404


def test_the_panel_asks_as_often_for_one_method_as_for_twenty(cast, sheet, as_user, django_assert_max_num_queries):
    gleb, address = as_user(cast.gleb), reverse("methods:sheet", args=[sheet.public_id])

    def queries() -> int:
        with django_assert_max_num_queries(30) as counted:
            assert gleb.get(address).status_code == 200
        return len(counted)

    services.method_note(actor=cast.actor(cast.gleb), use=use(cast, cast.gleb, sheet), note="по образцу")
    queries()
    one = queries()
    for number in range(1, 21):
        services.method_note(
            actor=cast.actor(cast.gleb), use=use(cast, cast.gleb, sheet, f"8.2.{number:02d}"), note=f"так {number}"
        )
        OwnMethod.objects.create(organisation=cast.commission, title=f"Проба {number}")
    assert queries() == one
