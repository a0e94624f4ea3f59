"""Papers of a conclusion on ГИА: printed as drafts, given out as they were signed, offered to those who ask."""

from __future__ import annotations

import pytest

from opora.commission.attestation.services import attestation_hand_over, attestation_sign
from opora.commission.attestation.tests.stage import DAY, discussed_learner, drawn_up
from opora.people.disclosures.sources import offers_of, transfers_of
from opora.records.documents.selectors import links_of

from .paper_text import text_of


@pytest.fixture
def case(cast, daria_child):
    return discussed_learner(cast, daria_child)


@pytest.fixture
def draft(cast, case):
    return drawn_up(cast, case)


def test_draft_and_signed_papers_are_printed(cast, case, draft, as_user):
    for user in (cast.vera, cast.anna):
        for code in ("attestation_conclusion", "attestation_protocol"):
            answer = as_user(user).get(f"/papers/{case.public_id}/{code}.pdf")
            assert answer.status_code == 200
            assert "проект" in text_of(answer.content).lower()
    signed = attestation_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY)
    first = as_user(cast.anna).get(f"/papers/{case.public_id}/attestation_conclusion.pdf").content
    assert first == as_user(cast.anna).get(f"/papers/issued/{signed.snapshot.public_id}.pdf").content
    text = " ".join(text_of(first).split())
    assert "Данилова Миши Игоревича" in text
    assert "Русский язык" in text
    assert "проект" not in text.lower()


def test_without_a_draft_there_is_nothing_to_print(cast, case, as_user):
    assert as_user(cast.vera).get(f"/papers/{case.public_id}/attestation_conclusion.pdf").status_code == 409


def test_signed_papers_are_linked_offered_and_counted_as_given(cast, case, draft):
    anna = cast.actor(cast.anna)
    signed = attestation_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY)
    mother = case.child.guardianships.get().guardian
    attestation_hand_over(actor=anna, conclusion=signed, recipient=mother, way="in_person", on=DAY, today=DAY)
    titles = [link.title for link in links_of(anna, case) if link.is_signed]
    assert titles == ["Заключение ГИА №\u00a01", "Протокол ГИА №\u00a01"]
    assert [one.snapshot for one in offers_of(anna, case.child)] == [signed.snapshot, signed.protocol_snapshot]
    assert [one.given for one in transfers_of(anna, case.child)] == ["Заключение ГИА №\u00a01 (копия)"]
