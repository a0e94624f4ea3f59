"""Codes that other packages keep in the database: a rename breaks stored rows."""

from __future__ import annotations

import pytest

from opora.regulations.edition import edition, edition_codes

STORED = {
    "kinship": "mother father adopter guardian trustee foster institution other",
    "prevention_registration": "school juvenile_commission police family",
    "registration_kind": "permanent temporary none",
    "session_mode": "on_site visiting remote",
    "delivery": "in_person post",
    "filing": "in_person remote",
    "booking_source": "visit phone web school",
    "commission_kind": "usual in_depth extended inter_agency",
    "route": "first confirmed changed",
    "programme_section": "I II",
    "limitations": "yes no",
    "needs_conditions": "yes no",
}


@pytest.mark.parametrize("code", edition_codes())
def test_stored_codes_stay_as_they_are(code: str) -> None:
    law = edition(code)
    assert {name: " ".join(key for key, _ in law.vocabulary(name).pairs) for name in STORED} == STORED


def test_other_asks_for_words_of_its_own() -> None:
    law = edition("2016")
    assert law.vocabulary("regime").choice("other").detail
    assert not law.vocabulary("regime").choice("full_day").detail
    with pytest.raises(KeyError):
        law.vocabulary("regime").choice("night")


def test_what_is_practice_is_not_shown_as_law() -> None:
    law = edition("2016")
    assert not law.programme("oop_spo").is_law
    assert not law.vocabulary("support_term").is_law
    assert law.programme("7.1").is_law
