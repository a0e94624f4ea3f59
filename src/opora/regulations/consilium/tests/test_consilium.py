"""The law of the consilium: the five steps, three outcomes, three journals, and what is recalled says so."""

from __future__ import annotations

import pytest

from opora.regulations.consilium.reading import choices_of, columns_of, quorum_of, sections_of, term_of, title_of
from opora.regulations.edition import edition, edition_codes


@pytest.mark.parametrize("code", edition_codes())
def test_the_talk_has_the_five_steps_of_the_recommendations_in_their_order(code):
    law = edition(code)
    steps = sections_of(law, "step")
    assert [one.code for one in steps] == ["information", "problems", "goals", "resources", "plan"]
    assert [one.clause[-1] for one in steps] == ["1", "2", "3", "4", "5"]
    assert all(one.hint and one.is_law for one in steps)


def test_three_outcomes_three_groups_of_recommendations_and_three_journals():
    law = edition("2016")
    assert [one.code for one in choices_of(law, "consilium_outcome")] == ["no_difficulties", "difficulties", "referral"]
    assert len(choices_of(law, "consilium_recommendation")) == 3
    assert [len(columns_of(law, name)) for name in ("meetings", "opinions", "referrals")] == [4, 7, 6]
    assert title_of(law, "consilium_outcome", "") == ""
    with pytest.raises(KeyError):
        title_of(law, "consilium_outcome", "expelled")


def test_what_is_recalled_is_never_shown_as_law():
    law = edition("2025")
    recalled = [one for one in law.everything if "Р-93" in one.clause and "consilium" in type(one).__module__]
    assert len(recalled) > 25
    assert all(not one.is_law and "по памяти" in one.note for one in recalled)


def test_usual_terms():
    law = edition("2016")
    values = {code: term_of(law, code).value for code in ("protocol_days", "teachers_days", "meetings_months")}
    assert values == {"protocol_days": 5, "teachers_days": 3, "meetings_months": 6}
    assert term_of(law, "first_control_months").value == 1.5


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (7, 4), (10, 6), (0, 1)])
def test_quorum_is_more_than_a_half(members, needed):
    assert quorum_of(51, members) == needed
