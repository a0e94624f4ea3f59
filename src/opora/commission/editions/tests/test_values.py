"""The head of the central commission confirms a value; it reaches the rules of her commissions and nobody else's."""

from __future__ import annotations

import shutil
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.commission.editions import apps, services
from opora.commission.editions.laws import law_for, law_of, law_on, one_reading
from opora.commission.editions.models import ConfirmedValue
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.organisations.scope import within
from opora.people import law as of_people
from opora.people.retention.keeping import years_kept
from opora.regulations import edition as editions
from tests import cast as people

from .stage import POINT, SINCE, Region, region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def stage() -> Region:
    return region()


def days(organisation: int, on: date | None = TODAY) -> int:
    return law_for(organisation, "2025", on).term("conclusion_copy").value


def test_confirmed_value_holds_for_the_central_commission_and_its_territorial_one(stage: Region) -> None:
    before = days(stage.central.pk)
    row = stage.confirm()

    assert (before, days(stage.central.pk)) == (5, 3)
    with within(stage.cast.commission):
        law = law_of(SimpleNamespace(edition="2025", organisation_id=stage.cast.commission.pk))
    assert (law.term("conclusion_copy").value, law.term("conclusion_copy").source) == (3, "act")
    assert law.doubt("term", "conclusion_copy") is None
    assert row.signed_as == "Полякова Полина Павловна"
    assert Event.objects.get(code="law.value_confirmed").details["code"] == "conclusion_copy"


def test_another_region_and_an_older_edition_know_nothing_of_it(stage: Region) -> None:
    stage.confirm()

    with within(stage.cast.other):
        assert days(stage.cast.other.pk) == 5
    assert law_for(stage.central.pk, "2016").term("conclusion_copy").value == 5
    assert editions.edition("2025").term("conclusion_copy").value == 5


def test_confirmed_value_holds_from_its_day(stage: Region) -> None:
    stage.confirm(since=date(2026, 9, 1))

    assert days(stage.central.pk, date(2026, 8, 31)) == 5
    assert days(stage.central.pk, date(2026, 9, 1)) == 3
    assert days(stage.central.pk, None) == 3


def test_value_of_keeping_reaches_the_rooms_of_people(stage: Region) -> None:
    stage.confirm(code="card_retention", values={"value": 15})

    with within(stage.cast.commission):
        assert years_kept(TODAY) == 15
    with within(stage.cast.other):
        assert years_kept(TODAY) == 10
        assert of_people.law_on(TODAY).doubt("term", "card_retention") is not None


def test_programme_that_was_only_recalled_appears_once_it_is_confirmed(stage: Region) -> None:
    stage.confirm(
        table="programme", code="faop_ooo_7", values={"short": "ФАОП ООО, вариант 7"},
        clause="ФАОП ООО (приказ № 1025), п. 1",
    )  # fmt: skip

    assert law_on(TODAY, stage.central.pk).programme("faop_ooo_7").is_law
    with pytest.raises(KeyError):
        law_on(TODAY, stage.cast.other.pk).programme("faop_ooo_7")


def test_question_is_settled_by_words_alone(stage: Region) -> None:
    stage.confirm(table="question", code="age_limit", values={}, note="Старше 18 лет обследуют по заявлению.")

    assert law_for(stage.central.pk, "2025").doubt("question", "age_limit") is None


def test_correction_names_the_old_row_and_takes_its_place(stage: Region) -> None:
    old = stage.confirm()
    with within(stage.central):
        new = services.value_correct(
            actor=stage.cast.actor(stage.polina), value=old, values={"value": 7}, clause=POINT, since=SINCE,
            reason="Опечатка",
        )  # fmt: skip

    assert new.replaces == old
    assert days(stage.central.pk) == 7
    with pytest.raises(Refusal, match="исправлено или отменено"), within(stage.central):
        services.value_annul(actor=stage.cast.actor(stage.polina), value=old, reason="Поздно")
    with within(stage.central):
        assert ConfirmedValue.objects.count() == 2


def test_annulled_value_is_unverified_again_and_may_be_confirmed_anew(stage: Region) -> None:
    old = stage.confirm()
    with within(stage.central):
        services.value_annul(actor=stage.cast.actor(stage.polina), value=old, reason="Приказ изменён")

    assert days(stage.central.pk) == 5
    assert law_for(stage.central.pk, "2025").doubt("term", "conclusion_copy") is not None
    stage.confirm(values={"value": 4})
    assert days(stage.central.pk) == 4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "visits_minimum"}, "verified"),
        ({"code": "nothing"}, "verified"),
        ({"edition_code": "1999"}, "no_edition"),
        ({"clause": "п. 22"}, "no_act"),
        ({"clause": " "}, "no_act"),
        ({"since": date(2020, 1, 1)}, "too_early"),
        ({"values": {"value": "три"}}, "wrong_type"),
        ({"values": {"value": -3}}, "negative"),
        ({"values": {"colour": 3}}, "no_field"),
        ({"values": {"clause": "другой"}}, "no_field"),
        ({"table": "question", "code": "forms", "values": {"value": 3}}, "no_field"),
    ],
)
def test_what_the_edition_cannot_take_is_refused(stage: Region, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        stage.confirm(**changes)

    assert refused.value.code == code
    with within(stage.central):
        assert not ConfirmedValue.objects.exists()


def test_one_value_is_not_confirmed_twice(stage: Region) -> None:
    stage.confirm()

    with pytest.raises(Refusal, match="уже подтверждено"):
        stage.confirm(values={"value": 9})


def test_head_of_a_territorial_commission_and_a_stranger_confirm_nothing(stage: Region) -> None:
    row = stage.confirm()
    boris, zakhar = stage.cast.actor(stage.cast.boris), stage.cast.actor(stage.cast.zakhar)
    wanted = {"values": {"value": 9}, "clause": POINT, "since": SINCE}

    with within(stage.cast.commission), pytest.raises(Refusal, match="центральной"):
        services.value_confirm(actor=boris, edition_code="2025", table="question", code="forms", **wanted)
    for actor in (boris, zakhar):
        with within(actor.at), pytest.raises(PermissionDenied):
            services.value_correct(actor=actor, value=row, reason="Хочу", **wanted)
    assert days(stage.central.pk) == 3


def test_nobody_but_the_head_of_the_central_commission_confirms(stage: Region) -> None:
    nina = people.hire(stage.central, "centre", "Цветкова", "Нина", "Львовна", (Role.REGISTRAR, ""))

    with within(stage.central), pytest.raises(PermissionDenied):
        services.value_confirm(
            actor=stage.cast.actor(nina), edition_code="2025", table="term", code="conclusion_copy",
            values={"value": 3}, clause=POINT, since=SINCE,
        )  # fmt: skip
    assert days(stage.central.pk) == 5


def test_change_without_a_reason_is_refused(stage: Region) -> None:
    row = stage.confirm()

    with within(stage.central), pytest.raises(Refusal, match="почему"):
        services.value_annul(actor=stage.cast.actor(stage.polina), value=row, reason="  ")


def test_one_request_reads_the_confirmed_values_once(stage: Region) -> None:
    stage.confirm()
    case = SimpleNamespace(edition="2025", organisation_id=stage.cast.commission.pk)

    with (
        within(stage.cast.commission),
        one_reading(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        laws = [law_of(case) for _ in range(30)]
    assert len(asked) == 1
    assert len({id(one) for one in laws}) == 1, "the edition is made once and keeps what rules prepared of it"


def test_law_without_confirmed_values_is_the_edition_of_the_files_itself(stage: Region) -> None:
    assert law_for(stage.central.pk, "2025", TODAY) is editions.edition("2025", TODAY)
    assert law_for(0, "2025", TODAY) is editions.edition("2025", TODAY)


def test_typo_in_an_edition_file_stops_the_start_with_its_place(tmp_path, monkeypatch) -> None:
    copy = tmp_path / "editions"
    shutil.copytree(editions.EDITIONS_DIR, copy)
    path = copy / "2016" / "terms.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("value = 5", 'value = "пять"', 1), encoding="utf-8")
    monkeypatch.setattr(editions, "EDITIONS_DIR", copy)

    with pytest.raises(ImproperlyConfigured, match=r"2016/terms\.toml:6.*conclusion_copy.*value"):
        apps.read_editions()
