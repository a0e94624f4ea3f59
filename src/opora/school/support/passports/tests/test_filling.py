"""A class teacher fills the passport of the class: each fact in its one home, families as one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.foundation.access.refusals import Refusal
from opora.people.children.models import Family, Guardianship
from opora.regulations.edition import edition, edition_codes
from opora.school.support.passports.models import FamilyFact, PassportRow, SocialPassport
from opora.school.support.passports.services import (
    children_count_set,
    class_passport_begin,
    comments_write,
    fact_note,
    fact_tick,
    passport_drop,
    passport_row_add,
    passport_row_change,
    rest_fill,
    school_passport_begin,
)
from opora.school.support.passports.sums import by_code, counts_now
from opora.school.support.worklog.services import ChildWork, Work, entry_record
from tests.school_cast import pupil_of

from .stage import TODAY, begun, row, sister, sofia

pytestmark = pytest.mark.usefixtures("known_day")
FIRST_OF_LAW = edition(edition_codes()[0]).valid_from


@pytest.fixture
def passport(school_cast):
    return begun(school_cast)


@pytest.fixture
def tick(school_cast, passport):
    def say(code, is_true=True, child=None, who=None, on=None):
        fact_tick(
            actor=school_cast.actor(who or school_cast.tatiana), passport=on or passport,
            child=child or school_cast.misha, row=row(school_cast, code), is_true=is_true,
        )  # fmt: skip

    return say


def figures(passport):
    return by_code(counts_now(passport))


def test_the_rows_are_made_on_first_use_and_never_twice(school_cast, passport):
    count = PassportRow.objects.of(school_cast.school).count()
    assert count > 40
    school_passport_begin(actor=school_cast.actor(school_cast.irina), on=TODAY)
    assert PassportRow.objects.of(school_cast.school).count() == count


def test_a_tick_of_the_card_is_written_into_the_card_and_excludes_its_rivals(school_cast, passport, tick):
    tick("full")
    assert Family.objects.get(child=school_cast.misha).kinds == ["full"]
    tick("one_parent")
    tick("low_income")
    assert Family.objects.get(child=school_cast.misha).kinds == ["one_parent", "low_income"]
    assert not FamilyFact.objects.exists()
    assert figures(passport)["one_parent"]["families"] == 1
    assert figures(passport)["full"]["families"] == 0
    tick("low_income", False)
    assert figures(passport)["low_income"]["pupils"] == 0


def test_a_fact_begins_on_the_day_of_the_passport_and_ends_the_day_before(school_cast, passport, tick):
    earlier = SocialPassport.objects.create(
        organisation=school_cast.school, school_class=school_cast.four_a, year=2026, on=date(2026, 9, 15),
        filled_by=school_cast.post(school_cast.tatiana),
    )  # fmt: skip
    tick("village", on=earlier)
    assert FamilyFact.objects.get().since_on == date(2026, 9, 15)
    tick("village")
    assert FamilyFact.objects.count() == 1, "it is there already"
    tick("town")
    ended = FamilyFact.objects.get(row__code="village")
    assert ended.until_on == TODAY - timedelta(days=1)
    assert figures(earlier)["village"]["families"] == 1
    assert figures(passport)["village"]["families"] == 0
    assert figures(passport)["town"]["families"] == 1
    tick("town", False)
    assert not FamilyFact.objects.filter(row__code="town").exists(), "a slip of the same day leaves nothing"


def test_what_is_true_of_a_family_is_true_of_brothers_and_sisters(school_cast, passport, tick):
    rita = sister(school_cast)
    tick("lost_parent")
    assert [one.child for one in FamilyFact.objects.all()] == [school_cast.misha], "Рита is others' work"
    whole = school_passport_begin(actor=school_cast.actor(school_cast.irina), on=TODAY)
    assert figures(whole)["lost_parent"] == {"families": 1, "children": 2, "pupils": 2}
    assert figures(passport)["lost_parent"] == {"families": 1, "children": 2, "pupils": 1}
    tick("free_meals")
    assert figures(whole)["free_meals"]["pupils"] == 1, "a row about the child alone"
    tick("bilingual", who=school_cast.irina)
    assert Family.objects.get(child=rita).kinds == ["bilingual"], "the head knows both"
    with pytest.raises(Refusal, match="брата или сестры"):
        tick("bilingual", False)
    tick("bilingual", False, who=school_cast.irina)
    assert figures(whole)["bilingual"]["pupils"] == 0


def test_the_number_of_children_is_written_once_for_the_family(school_cast, passport):
    children_count_set(
        actor=school_cast.actor(school_cast.tatiana), passport=passport, child=school_cast.misha, count=4
    )  # fmt: skip
    sister(school_cast)
    whole = school_passport_begin(actor=school_cast.actor(school_cast.irina), on=TODAY)
    assert figures(whole)["many_children"] == {"families": 1, "children": 4, "pupils": 2}
    with pytest.raises(Refusal, match="от 1 до 30"):
        children_count_set(
            actor=school_cast.actor(school_cast.tatiana), passport=passport, child=school_cast.misha, count=0
        )  # fmt: skip


def test_the_rest_of_the_class_gets_one_row_at_once(school_cast, passport, tick):
    for number in range(3):
        pupil_of(school_cast.four_a, f"Новиков{number}", "Иван", "Ильич")
    tick("one_parent")
    made = rest_fill(
        actor=school_cast.actor(school_cast.tatiana), passport=passport, row=row(school_cast, "full")
    )  # fmt: skip
    assert made == 3
    told = figures(passport)
    assert (told["full"]["families"], told["one_parent"]["families"]) == (3, 1)
    assert told["all_pupils"]["families"] == 4


def test_the_rest_is_filled_with_one_reading_of_families(school_cast, passport):
    tatiana, asked = school_cast.actor(school_cast.tatiana), []
    for code, more in (("full", 2), ("town", 0), ("village", 6)):
        made = [pupil_of(school_cast.four_a, f"Новиков{code}{at}", "Иван", "Ильич") for at in range(more)]
        if code == "village":
            Guardianship.objects.filter(child__in=made[:2]).update(guardian=school_cast.mother(made[0]))
            FamilyFact.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            rest_fill(actor=tatiana, passport=passport, row=row(school_cast, code))
        asked.append(sum('FROM "children_guardianship"' in one["sql"] for one in queries))
    assert asked[1] == asked[2] == 2, "the figures of the class, and who is kin"
    assert FamilyFact.objects.filter(row__code="village").count() == 9, "brothers and sisters with the rest"


def test_rows_counted_from_lists_are_not_ticked(school_cast, passport, tick):
    with pytest.raises(Refusal, match="считается"):
        tick("boys")
    with pytest.raises(PermissionDenied):
        tick("police")
    with pytest.raises(PermissionDenied):
        tick("cause_alcohol")
    tick("cause_alcohol", who=school_cast.irina)
    assert figures(passport)["cause_alcohol"]["pupils"] == 1


@pytest.mark.parametrize("who", ["uliana", "polina", "zhanna", "zakhar", "yulia"])
def test_others_do_not_fill_the_passport_of_the_class(school_cast, passport, tick, who):
    with pytest.raises((PermissionDenied, Refusal)):
        tick("full", who=getattr(school_cast, who))
    assert not Family.objects.exists()


def test_a_child_of_another_class_is_not_ticked_here(school_cast, passport, tick):
    with pytest.raises(Refusal, match="не было"):
        tick("full", child=school_cast.lev, who=school_cast.irina)


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2026, 11, 22), "не наступила"), (date(2025, 10, 1), "учебного года"), (TODAY, "уже есть"),
     (date(2026, 10, 1), "ещё заполняется")],
)  # fmt: skip
def test_a_wrong_day_is_refused(school_cast, passport, on, said):
    with pytest.raises(Refusal, match=said):
        begun(school_cast, on)
    assert SocialPassport.objects.count() == 1


@pytest.mark.parametrize("on", [date(1, 1, 1), FIRST_OF_LAW - timedelta(days=1), FIRST_OF_LAW])
def test_a_day_before_the_first_law_is_refused(school_cast, on):
    irina = school_cast.actor(school_cast.irina)
    if on < FIRST_OF_LAW:
        with pytest.raises(Refusal, match="проверьте год") as refused:
            school_passport_begin(actor=irina, on=on)
        assert refused.value.field == "on"
        assert not SocialPassport.objects.exists()
    else:
        counts_now(school_passport_begin(actor=irina, on=on))


def test_the_institution_is_counted_once_a_day(school_cast):
    irina = school_cast.actor(school_cast.irina)
    school_passport_begin(actor=irina, on=TODAY)
    with pytest.raises(Refusal, match="уже есть"):
        school_passport_begin(actor=irina, on=TODAY)
    with pytest.raises(PermissionDenied):
        school_passport_begin(actor=school_cast.actor(school_cast.polina), on=TODAY)


def test_what_was_begun_by_mistake_goes_and_the_facts_stay(school_cast, passport, tick):
    tick("village")
    tatiana = school_cast.actor(school_cast.tatiana)
    comments_write(actor=tatiana, passport=passport, comments="Класс новый")
    passport_drop(actor=tatiana, passport=passport)
    assert not SocialPassport.objects.exists()
    assert FamilyFact.objects.count() == 1


def test_own_rows_are_added_renamed_and_retired(school_cast, passport):
    pedagogue = school_cast.actor(sofia(school_cast))
    made = passport_row_add(actor=pedagogue, section="Помощь", title="Получают вещи из фонда", of_family=True)
    assert made.code.startswith("own_")
    with pytest.raises(Refusal, match="уже есть"):
        passport_row_add(actor=pedagogue, section="Помощь", title="Получают вещи из фонда")
    passport_row_change(actor=pedagogue, row=made, title="Вещи из фонда", of_family=False, is_retired=True)
    made.refresh_from_db()
    assert (made.title, made.of_family) == ("Вещи из фонда", False)
    assert made.code not in figures(passport)
    with pytest.raises(PermissionDenied):
        passport_row_add(actor=school_cast.actor(school_cast.polina), section="Помощь", title="Ещё")


def test_words_beside_a_fact_are_sealed(school_cast, passport, tick):
    tick("village")
    fact = FamilyFact.objects.get()
    fact_note(actor=school_cast.actor(school_cast.tatiana), fact=fact, note="Переехали\nв мае")
    fact.refresh_from_db()
    assert fact.note == "Переехали в мае"
    with pytest.raises(PermissionDenied):
        fact_note(actor=school_cast.actor(school_cast.uliana), fact=fact, note="x")


def test_a_class_without_a_teacher_is_filled_by_the_service(school_cast):
    school_cast.four_a.teacher = None
    school_cast.four_a.save()
    with pytest.raises(PermissionDenied):
        begun(school_cast)
    made = class_passport_begin(
        actor=school_cast.actor(school_cast.irina), school_class=school_cast.four_a, on=TODAY
    )  # fmt: skip
    assert made.filled_by == school_cast.post(school_cast.irina)


def test_a_specialist_who_works_with_the_child_does_not_fill_its_class(school_cast, passport, tick):
    polina = school_cast.actor(school_cast.polina)
    work = Work("consultation", "Внимание", 20, children=[ChildWork(school_cast.misha.public_id)])
    entry_record(actor=polina, on=TODAY, work=work, day_off_allowed=True)
    with pytest.raises(PermissionDenied):
        tick("full", who=school_cast.polina)
    assert not Family.objects.exists()
