"""What was signed is given out as it was signed, byte for byte, or not at all."""

from __future__ import annotations

import pytest

from opora.commission.conclusions.services import conclusion_sign
from opora.commission.conclusions.tests.stage import CODE, DIAGNOSIS, TOMORROW, discussed, ready
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import SystemActor
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Snapshot
from opora.records.documents import services
from opora.records.documents.models import IssuedPaper

from .paper_text import text_of, words_of


@pytest.fixture
def signed(cast, daria_child):
    draft = ready(cast, discussed(cast, daria_child))
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=TOMORROW)


def test_the_preview_is_marked_as_a_draft(cast, daria_child, as_user):
    case = discussed(cast, daria_child)
    ready(cast, case)
    for code in ("conclusion", "conclusion_school", "protocol"):
        response = as_user(cast.vera).get(f"/papers/{case.public_id}/{code}.pdf")
        assert response.status_code == 200
        assert "проект" in text_of(response.content).lower()
    assert Snapshot.objects.count() == 0


def test_the_same_bytes_are_given_out_ever_after(cast, signed, as_user):
    first = as_user(cast.anna).get(f"/papers/issued/{signed.snapshot.public_id}.pdf")
    signed.case.child.last_name = "Иванов"
    signed.case.child.save()
    second = as_user(cast.boris).get(f"/papers/issued/{signed.snapshot.public_id}.pdf")
    by_case = as_user(cast.anna).get(f"/papers/{signed.case.public_id}/conclusion.pdf")
    assert first.content == second.content == by_case.content
    assert IssuedPaper.objects.count() == 1
    text = text_of(first.content)
    assert "Данилов Миша Игоревич" in text
    assert "Борисов Б. Б." in text
    assert "проект" not in text.lower()


def test_the_school_copy_holds_no_diagnosis(cast, signed, as_user):
    family = text_of(as_user(cast.anna).get(f"/papers/{signed.case.public_id}/conclusion.pdf").content)
    school = text_of(as_user(cast.anna).get(f"/papers/{signed.case.public_id}/conclusion_school.pdf").content)
    assert DIAGNOSIS in family
    assert DIAGNOSIS not in school
    assert CODE not in school
    assert DIAGNOSIS not in str(signed.school_snapshot.content)


def test_the_machine_itself_issues_a_signed_paper_that_nobody_has_opened(cast, signed):
    """`opora form` acts as the system, which is no user."""
    system = SystemActor(cast.commission)
    first = services.paper_read(actor=system, snapshot=signed.snapshot)
    assert first.startswith(b"%PDF")
    assert services.paper_read(actor=system, snapshot=signed.snapshot) == first


def rewritten(snapshot: Snapshot, content: dict[str, str]) -> None:
    """By somebody who has the key as well: the hash notices."""
    snapshot.content = content
    snapshot.save()


def test_a_changed_snapshot_is_refused_with_an_incident(cast, signed, as_user, caplog):
    rewritten(signed.snapshot, signed.snapshot.content | {"programme": "другая программа"})
    response = as_user(cast.anna).get(f"/papers/issued/{signed.snapshot.public_id}.pdf")
    assert response.status_code == 409
    assert "не сходится с тем, что было подписано" in words_of(response)
    assert "другая программа" not in words_of(response)
    assert IssuedPaper.objects.count() == 0
    assert Event.objects.filter(code="paper.broken").count() == 1
    assert "Incident" in caplog.text


def test_a_changed_snapshot_is_refused_even_after_the_paper_was_issued(cast, signed):
    actor = cast.actor(cast.anna)
    services.paper_read(actor=actor, snapshot=signed.snapshot)
    rewritten(signed.snapshot, {"number": "1"})
    with pytest.raises(Refusal) as refused:
        services.paper_read(actor=actor, snapshot=signed.snapshot)
    assert refused.value.code == "snapshot_broken"


def test_a_changed_file_is_refused(cast, signed):
    actor = cast.actor(cast.anna)
    services.paper_read(actor=actor, snapshot=signed.snapshot)
    stored = IssuedPaper.objects.get().file
    path = stored.content.path
    with open(path, "ab") as kept:
        kept.write(b"%%")
    with pytest.raises(Refusal) as refused:
        services.paper_read(actor=actor, snapshot=signed.snapshot)
    assert refused.value.code == "file_broken"
    assert Event.objects.filter(code="paper.broken").exists()


def test_a_stranger_never_sees_an_issued_paper(cast, signed, as_user):
    address = f"/papers/issued/{signed.snapshot.public_id}.pdf"
    assert as_user(cast.zakhar).get(address).status_code == 404
    assert as_user(cast.olga).get(address).status_code == 403
    assert IssuedPaper.objects.count() == 0


def test_every_signed_paper_is_linked_from_the_case(cast, signed):
    from opora.records.documents.selectors import links_of

    links = links_of(cast.actor(cast.anna), signed.case)
    assert [link.title for link in links if link.is_signed] == [
        f"Заключение, копия для семьи №\u00a0{signed.number}",
        "Выписка для школы",
        f"Протокол №\u00a0{signed.protocol_number}",
    ]
