"""A bureau of МСЭ asks for what the commission has signed; the parent asks who was told."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.commission.conclusions.services import conclusion_annul, conclusion_sign, handover_record
from opora.commission.conclusions.tests.stage import TOMORROW, discussed, ready
from opora.foundation.access.models import Freeze
from opora.foundation.access.refusals import Refusal
from opora.foundation.files.services import file_read
from opora.people.children.search import index_rebuild
from opora.people.disclosures.services import disclosure_annul
from opora.people.disclosures.sources import offers_of, transfers_of
from opora.people.disclosures.tests.stage import TODAY, body, decided, request_of, sent
from opora.records.documents import services
from tests.cast import child_of

from .paper_text import text_of, words_of

pytestmark = pytest.mark.usefixtures("known_day")


def cells_of(pdf: bytes) -> str:
    """The text of a table cell by cell, without white space and marks of a broken word."""
    words = text_of(pdf, layout=False)
    return "".join(character for character in words if not character.isspace() and character != "\u00ad")


@pytest.fixture
def signed(cast, daria_child):
    draft = ready(cast, discussed(cast, daria_child))
    return conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=TOMORROW)


@pytest.fixture
def bureau():
    return body("disability_bureau", "Бюро МСЭ № 14")


def test_a_bureau_is_offered_the_protocol_and_the_conclusion(cast, daria_child, as_user, signed, bureau):
    boris = as_user(cast.boris)
    found = request_of(cast, daria_child, bureau)
    page = words_of(boris.get(reverse("disclosures:decide", args=[found.public_id])))
    for snapshot, ticked in (
        (signed.protocol_snapshot, True), (signed.snapshot, True), (signed.school_snapshot, False),
    ):  # fmt: skip
        box = page.split(f'value="{snapshot.public_id}"')[1].split(">")[0]
        assert ("checked" in box) is ticked
    assert "приказ Минтруда России от 10.12.2013 № 723" in page
    court = request_of(cast, daria_child, body("court", "Суд района"))
    page = words_of(boris.get(reverse("disclosures:decide", args=[court.public_id])))
    assert "checked" not in page.split(f'value="{signed.snapshot.public_id}"')[1].split(">")[0]


def test_the_chosen_papers_go_out_as_they_were_issued(cast, daria_child, as_user, signed, bureau):
    chosen = [signed.protocol_snapshot.public_id, signed.snapshot.public_id]
    answer = decided(cast, request_of(cast, daria_child, bureau), papers=chosen, categories=[])
    papers = list(answer.papers.select_related("file"))
    assert [paper.title for paper in papers] == [
        "Протокол №\xa01 от\xa021.11.2026", "Заключение №\xa01 от\xa021.11.2026",
    ]  # fmt: skip
    issued = as_user(cast.anna).get(f"/papers/issued/{signed.snapshot.public_id}.pdf").content
    given = as_user(cast.anna).get(reverse("disclosures:paper", args=[papers[1].public_id]))
    assert given.content == issued
    assert hashlib.sha256(issued).hexdigest() == papers[1].file.sha256
    letter = text_of(services.paper_read(actor=cast.actor(cast.anna), snapshot=answer.letter))
    assert "№ 1/2026" in letter
    assert "Данилова Миши Игоревича" in letter
    assert "1. Протокол № 1 от 21.11.2026" in letter
    assert "Руководитель комиссии" in letter
    sent(cast, answer)
    page = as_user(cast.anna).get(reverse("disclosures:letter", args=[answer.public_id]))
    assert page.content == services.paper_read(actor=cast.actor(cast.anna), snapshot=answer.letter)


def test_a_letter_that_refuses_keeps_the_secret(cast, daria_child, signed):
    clinic = body("other", "Частная клиника")
    answer = decided(cast, request_of(cast, daria_child, clinic), decision="refuse", reason="Нет полномочий.")
    letter = text_of(services.paper_read(actor=cast.actor(cast.anna), snapshot=answer.letter))
    assert "не подтверждает и не опровергает обращение" in letter
    assert "Заключение №" not in letter
    assert "Нет полномочий." in letter


def test_an_annulled_conclusion_and_a_strangers_one_are_not_offered(cast, daria_child, signed, bureau):
    boris = cast.actor(cast.boris)
    key = signed.snapshot.public_id
    assert key in {one.key for one in offers_of(boris, daria_child)}
    assert offers_of(cast.actor(cast.zakhar), daria_child) == []
    other = request_of(cast, child_of(cast.commission, "Егоров", "Егор"), bureau)
    with pytest.raises(Refusal, match="больше нет"):
        decided(cast, other, papers=[key])
    conclusion_annul(actor=boris, conclusion=signed, on=TOMORROW, reason="Опечатка")
    with pytest.raises(Refusal, match="больше нет"):
        decided(cast, request_of(cast, daria_child, bureau), papers=[key])


def test_a_paper_damaged_in_the_store_is_not_sent(cast, daria_child, signed, bureau):
    answer = decided(cast, request_of(cast, daria_child, bureau), papers=[signed.snapshot.public_id])
    stored = answer.papers.get().file
    with stored.content.storage.open(stored.content.name, "wb") as file:
        file.write(b"%PDF-1.7 other")
    with pytest.raises(Refusal, match="повреждён"):
        file_read(stored)
    with pytest.raises(Refusal, match="повреждён"):
        sent(cast, answer)


def test_the_parents_print_tells_everything_that_left(cast, daria_child, as_user, signed, bureau):
    anna = cast.actor(cast.anna)
    mother = daria_child.guardianships.get().guardian
    address = reverse("documents:data_transfers", args=[daria_child.public_id])
    before = text_of(as_user(cast.anna).get(address).content)
    assert "Данные никому не передавались" in before
    handover_record(
        actor=anna, handover=signed.handover, recipient=mother, received_on=TODAY, today=TODAY
    )  # fmt: skip
    sent(cast, decided(cast, request_of(cast, daria_child, bureau), papers=[signed.snapshot.public_id]))
    decided(cast, request_of(cast, daria_child, body("court", "Суд района")))
    text = cells_of(as_user(cast.anna).get(address).content)
    for word in ("Бюро МСЭ № 14", "исх. № 1/2026", "выписка для школы", "на обработку данных ребёнка", "мать"):
        assert word.replace(" ", "") in text, word
    assert "Судрайона" not in text
    assert as_user(cast.vera).get(address).status_code == 403
    assert as_user(cast.zakhar).get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        services.transfers_print(actor=cast.actor(cast.zakhar), child=daria_child, on=TODAY)


def test_the_journal_of_answers_is_read_and_printed(cast, daria_child, as_user, signed, bureau):
    index_rebuild(cast.commission)
    anna = as_user(cast.anna)
    sent(cast, decided(cast, request_of(cast, daria_child, bureau), papers=[signed.snapshot.public_id]))
    spoiled = decided(cast, request_of(cast, daria_child, body("court", "Суд района")))
    disclosure_annul(actor=cast.actor(cast.boris), disclosure=spoiled, reason="Не тот ребёнок")
    page = words_of(anna.get("/journals/disclosure/?q=Данилов"))
    assert "Бюро МСЭ № 14" in page
    assert "<s>2/2026</s>" in page
    assert "Передача сведений" in words_of(anna.get("/journals/booking/"))
    assert "Не тот ребёнок" in anna.get("/journals/disclosure/?format=csv").content.decode("utf-8-sig")
    printed = cells_of(anna.get("/journals/disclosure/journal.pdf?since=2026-11-01&until=2026-11-30").content)
    assert "личноподподпись21.11.2026" in printed
    assert "аннулир" in printed.lower()
    vera = as_user(cast.vera)
    assert vera.get("/journals/disclosure/").status_code == 403
    assert "Передача сведений" not in words_of(vera.get("/journals/booking/"))


def test_after_a_withdrawal_only_a_court_a_law_or_the_family_is_told(cast, daria_child, as_user, signed, bureau):
    boris, key = cast.actor(cast.boris), signed.snapshot.public_id
    asked = request_of(cast, daria_child, bureau)
    waiting = decided(cast, request_of(cast, daria_child, bureau), papers=[key])
    Freeze.objects.create(
        organisation=cast.commission, person_id=daria_child.public_id, ground="согласие отозвано", since=TODAY
    )
    with pytest.raises(Refusal, match="обработка данных остановлена"):
        decided(cast, asked, papers=[key])
    with pytest.raises(Refusal, match="обработка данных остановлена"):
        sent(cast, waiting)
    sent(cast, decided(cast, asked, decision="refuse", reason="Передача невозможна."))
    court = request_of(cast, daria_child, body("court", "Суд района"), ground="court")
    answer = sent(cast, decided(cast, court, papers=[key]))
    for name, row in (("disclosure", answer), ("letter", answer), ("paper", answer.papers.get())):
        assert as_user(cast.anna).get(reverse(f"disclosures:{name}", args=[row.public_id])).status_code == 200, name
    address = reverse("documents:data_transfers", args=[daria_child.public_id])
    assert as_user(cast.anna).get(address)["Content-Type"] == "application/pdf"
    assert [one.recipient for one in transfers_of(boris, daria_child)] == ["Государственное учреждение «Суд района»"]
