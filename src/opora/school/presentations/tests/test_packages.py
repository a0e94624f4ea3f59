"""What leaves the school: the characteristic by hand, the rest sealed; nothing clear in the database."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from opora.foundation.access.refusals import Refusal
from opora.foundation.registers.services import sha256
from opora.school.presentations import services
from opora.school.presentations.models import CommissionPackage, Presentation
from opora.school.presentations.packing import candidates, package_is_whole, package_lacks
from tests.cast import organisation
from tests.school_cast import SchoolCast

from .test_presentations import TODAY, ask

CANARY = "Кенаровский-тайный-вывод"
pytestmark = pytest.mark.usefixtures("known_day")


def written(cast: SchoolCast) -> dict[str, Presentation]:
    cast.agreed(cast.misha)
    found = {}
    asked = ask(cast, ("tatiana", "characteristic"), ("polina", "psychologist"))
    for request, name, code in zip(asked, ("tatiana", "polina"), ("c_conclusions", "p_conclusion"), strict=True):
        actor, sheet = cast.actor(getattr(cast, name)), request.presentation
        services.presentation_fill(actor=actor, presentation=sheet, texts={code: f"{CANARY} {name}"})
        found[sheet.kind] = services.presentation_finish(actor=actor, presentation=sheet, on=TODAY)
    return found


def pack(cast: SchoolCast, *papers: Presentation, on: date = TODAY) -> CommissionPackage:
    commission = organisation("territorial_commission", "ПМПК района")
    return services.package_prepare(
        actor=cast.actor(cast.elena), child=cast.misha, commission=commission, presentations=papers, on=on
    )


def test_characteristic_is_given_against_a_signature_and_a_presentation_never(school_cast: SchoolCast) -> None:
    papers, elena = written(school_cast), school_cast.actor(school_cast.elena)
    given = {"actor": elena, "guardian": school_cast.mother(school_cast.misha), "on": TODAY, "today": TODAY}
    with pytest.raises(Refusal) as refused:
        services.characteristic_hand(presentation=papers["psychologist"], **given)
    assert refused.value.code == "closed_channel"
    assert "недопустима" in refused.value.clause
    made = services.characteristic_hand(presentation=papers["characteristic"], **given)
    assert made.snapshot == papers["characteristic"].snapshot
    for change, code in (
        ({"guardian": school_cast.mother(school_cast.lev)}, "stranger"),
        ({"on": TODAY + timedelta(days=1)}, "wrong_day"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            services.characteristic_hand(presentation=papers["characteristic"], **(given | change))
        assert refused.value.code == code


def test_package_is_sealed_and_no_word_of_it_is_clear_in_the_database(school_cast: SchoolCast) -> None:
    papers = written(school_cast)
    package = pack(school_cast, *papers.values())
    with connection.cursor() as cursor:
        clear = []
        for table in ("commissionpackage", "presentationsection", "presentation"):
            cursor.execute(f"SELECT * FROM presentations_{table}")
            clear.append(str(cursor.fetchall()))
        cursor.execute("SELECT * FROM registers_snapshot")
        clear.append(str(cursor.fetchall()))
    assert CANARY not in "".join(clear)
    fresh = CommissionPackage.objects.get(pk=package.pk)
    inside = json.loads(fresh.archive)
    assert sha256(fresh.archive) == fresh.sha256
    assert [one["form"] for one in inside["papers"]] == ["school_characteristic", "psychologist_presentation"]
    assert f"{CANARY} polina" in fresh.archive
    assert package_is_whole(fresh)
    fresh.archive = fresh.archive.replace("polina", "другой")
    assert not package_is_whole(fresh)


def test_package_keeps_what_was_packed_when_its_author_writes_on(school_cast: SchoolCast) -> None:
    papers = written(school_cast)
    package = pack(school_cast, *papers.values())
    polina = school_cast.actor(school_cast.polina)
    again = services.presentation_reopen(actor=polina, presentation=papers["psychologist"])
    services.presentation_fill(actor=polina, presentation=again, texts={"p_advice": "Новое"})
    assert package_is_whole(CommissionPackage.objects.get(pk=package.pk))
    assert package.contents.get(presentation=again).snapshot.content["parts"]


def test_unfinished_and_foreign_papers_do_not_go_in(school_cast: SchoolCast) -> None:
    papers = written(school_cast)
    polina = school_cast.actor(school_cast.polina)
    with pytest.raises(Refusal) as refused:
        pack(school_cast)
    assert refused.value.code == "empty"
    draft = services.presentation_reopen(actor=polina, presentation=papers["psychologist"])
    with pytest.raises(Refusal) as refused:
        pack(school_cast, draft)
    assert refused.value.code == "draft"
    with pytest.raises(PermissionDenied):
        services.package_prepare(
            actor=polina, child=school_cast.misha, commission=school_cast.other, presentations=[draft], on=TODAY
        )


def test_a_new_package_replaces_the_one_that_was_not_sent(school_cast: SchoolCast) -> None:
    papers = written(school_cast)
    first = pack(school_cast, papers["characteristic"])
    second = services.package_prepare(
        actor=school_cast.actor(school_cast.elena), child=school_cast.misha, commission=first.commission,
        presentations=list(papers.values()), on=TODAY,
    )  # fmt: skip
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "prepared")


def test_what_is_missing_is_told_with_its_clause(school_cast: SchoolCast) -> None:
    papers = written(school_cast)
    lacks = package_lacks(school_cast.misha, papers.values())
    assert {one.code for one in lacks} == {"no_speech_therapist", "no_supposition", "not_handed"}
    assert all(one.clause for one in lacks)
    assert "not_informed" in {
        one.code for one in package_lacks(school_cast.misha, [], pack(school_cast, *papers.values()))
    }
    offered = candidates(school_cast.actor(school_cast.elena), school_cast.misha)
    assert [(one.presentation.kind, one.is_newest) for one in offered] == [
        ("characteristic", True),
        ("psychologist", True),
    ]
