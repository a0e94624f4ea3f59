"""Somebody asks about Миша: what is given, on which paper, and what is never given."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.files.services import file_read, file_store
from opora.foundation.registers.models import Entry, Series
from opora.foundation.registers.services import faults, snapshot_freeze
from opora.people.consents.models import Consent
from opora.people.disclosures import services, sources
from opora.people.disclosures.models import Disclosure
from opora.people.disclosures.sources import Offer, offers_of, transfers_of
from opora.people.disclosures.terms import answer_term
from tests.cast import child_of

from .stage import ASKED, CAME, TODAY, body, decided, request_of, scan, sent, told

OCTOBER = date(2026, 10, 30)
pytestmark = pytest.mark.usefixtures("known_day")


def consent_of(child, **fields):
    guardian = child.guardianships.get().guardian
    return Consent.objects.create(
        organisation=child.organisation, child=child, guardian=guardian, kind="child_data", signed_on=ASKED, **fields
    )


def test_a_court_asks_and_the_whole_way_is_recorded(cast, daria_child):
    found = request_of(cast, daria_child, ground="court", request_number="2-518/2026")
    answer = decided(cast, found)
    assert (answer.number, answer.year, answer.state) == (1, 2026, "decided")
    gone = sent(cast, answer)
    done = services.disclosure_acknowledge(actor=cast.actor(cast.anna), disclosure=gone, on=TODAY, receipt=None)

    assert done.state == "acknowledged"
    line = Entry.objects.in_register("disclosure").get()
    assert line.content["recipient"] == "Государственное учреждение «Заречный районный суд»"
    assert line.content["request"] == "решение суда №\xa02-518/2026 от\xa010.11.2026"
    assert line.content["given"] == "актуальное состояние ребёнка и перспективы его развития"
    assert line.content["snapshot"] == done.letter.sha256
    told_of = [event.code for event in Event.objects.about(done).order_by("pk") if event.code.startswith("disclosure")]
    deeds = ("received", "scan_attached", "decided", "sent", "acknowledged")
    assert told_of == [f"disclosure.{deed}" for deed in deeds]


def test_a_call_is_refused_with_the_clause_and_leaves_no_row(cast, daria_child):
    court = body("court", "Заречный районный суд")
    with pytest.raises(Refusal, match="По телефону и устно") as refused:
        request_of(cast, daria_child, court, ground="oral")
    assert refused.value.clause == "положение о Службе сопровождения, п.\xa03.7"
    assert not Disclosure.objects.exists()
    assert request_of(cast, daria_child, court, ground="request").state == "received"


def test_nothing_is_given_without_the_scan(cast, daria_child):
    found = request_of(cast, daria_child, scanned=False)
    with pytest.raises(Refusal, match="приложите скан") as refused:
        decided(cast, found)
    assert "3.7" in refused.value.clause
    assert not Series.objects.filter(code="disclosure", last__gt=0).exists()
    services.scan_attach(actor=cast.actor(cast.anna), disclosure=found, upload=scan())
    assert decided(cast, found).number == 1


def test_a_refusal_is_signed_without_the_scan_but_not_sent(cast, daria_child):
    found = request_of(cast, daria_child, scanned=False)
    answer = decided(cast, found, decision="refuse", reason="Запрос не подписан.")
    with pytest.raises(Refusal, match="без бумаги"):
        sent(cast, answer)
    services.scan_attach(actor=cast.actor(cast.anna), disclosure=answer, upload=scan())
    assert sent(cast, answer).state == "sent"


def test_the_database_gives_nothing_without_the_paper_either(cast, daria_child):
    """Past the service: the row itself refuses to be sent without the scan."""
    answer = decided(cast, request_of(cast, daria_child))
    for step in (lambda: None, lambda: sent(cast, answer)):  # decided, and then sent
        step()
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(pk=answer.pk).update(scan=None)


def test_a_refusal_never_tells_that_the_child_is_known(cast, daria_child):
    found = request_of(cast, daria_child, body("other", "Частная клиника"))
    answer = decided(cast, found, decision="refuse", reason="Клиника не уполномочена.", categories=["health"])
    assert answer.letter.content["reason"] == "Клиника не уполномочена."
    assert not {"text", "categories", "papers"} & set(answer.letter.content)
    assert answer.categories == []
    assert answer.papers.count() == 0


def test_an_answer_gives_something_or_has_a_reason(cast, daria_child):
    found = request_of(cast, daria_child)
    with pytest.raises(Refusal, match="что передаёте"):
        decided(cast, found, categories=[])
    with pytest.raises(Refusal, match="причину"):
        decided(cast, found, decision="clarify", reason=" ")
    with pytest.raises(Refusal, match="больше нет"):
        decided(cast, found, papers=["чужое"])
    assert decided(cast, found, categories=[], given_text="Обследован в 2026 году.").number == 1


def test_one_more_file_goes_out_as_it_was_brought(cast, daria_child):
    boris = cast.actor(cast.boris)
    found = request_of(cast, daria_child)
    extra = file_store(actor=boris, upload=scan("характеристика.png"), person_id=daria_child.public_id)
    answer = decided(cast, found, categories=[], extra=extra, extra_title="Характеристика")
    paper = answer.papers.get()
    assert (paper.title, paper.file) == ("Характеристика", extra)
    paper.file.content.storage.delete(paper.file.content.name)
    with pytest.raises(Refusal, match="повреждён"):
        sent(cast, answer)
    assert file_read(answer.scan)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"knowledge": ""}, "knowledge"),
        ({"knowledge": "asked"}, "knowledge"),
        ({"knowledge": "consent"}, "knowledge"),
        ({"told_on": None}, "told_on"),
        ({"told_on": TODAY + timedelta(days=1)}, "told_on"),
        ({"knowledge": "withheld"}, "withheld_clause"),
    ],
)
def test_whether_the_family_knows_is_answered_before_anything_is_given(cast, daria_child, fields, field):
    found = request_of(cast, daria_child)
    with pytest.raises(Refusal) as refused:
        decided(cast, found, **fields)
    assert refused.value.field == field
    assert decided(cast, found).told_on == TODAY


def test_the_consent_counts_only_for_those_it_names(cast, daria_child):
    consent_of(daria_child)
    police = request_of(cast, daria_child, body("police", "ПДН района"))
    bureau = request_of(cast, daria_child, body("disability_bureau", "Бюро МСЭ № 14"))
    assert decided(cast, police, knowledge="consent").knowledge == "consent"
    with pytest.raises(Refusal, match="не называет") as refused:
        decided(cast, bureau, knowledge="consent")
    assert "2.17" in refused.value.clause


def test_a_withdrawn_consent_covers_nobody(cast, daria_child):
    consent_of(daria_child, withdrawn_on=TODAY - timedelta(days=1))
    with pytest.raises(Refusal, match="не действует"):
        decided(cast, request_of(cast, daria_child, body("police", "ПДН района")), knowledge="consent")


def test_the_mothers_own_request_has_the_term_of_the_law(cast, daria_child):
    mother = daria_child.guardianships.get().guardian
    own = request_of(cast, daria_child, ground="family", guardian=mother, request_on=OCTOBER, received_on=OCTOBER)
    assert own.due_on == date(2026, 11, 16)  # ten working days, 4 November is a holiday
    assert not answer_term(TODAY).verified
    assert request_of(cast, daria_child).due_on is None
    sooner = request_of(cast, daria_child, ground="family", guardian=mother, due_on=CAME)
    assert sooner.due_on == CAME
    assert decided(cast, own, knowledge="asked").knowledge == "asked"


def test_only_a_representative_of_today_asks_as_family(cast, daria_child):
    link = daria_child.guardianships.get()
    with pytest.raises(Refusal, match="своей письменной просьбе"):
        request_of(cast, daria_child, ground="request", guardian=link.guardian)
    with pytest.raises(Refusal, match="кто просит"):
        request_of(cast, daria_child, ground="family", guardian=None)
    link.ended_on = CAME
    link.save()
    with pytest.raises(Refusal, match="не представляет"):
        request_of(cast, daria_child, ground="family", guardian=link.guardian)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"request_on": CAME + timedelta(days=1)}, "received_on"),
        ({"request_on": date(2019, 1, 1)}, "request_on"),
        ({"due_on": ASKED}, "due_on"),
        ({"ground": "law"}, "ground_clause"),
    ],
)
def test_a_request_has_sane_days_and_its_clause(cast, daria_child, fields, field):
    court = body("court", "Заречный районный суд")
    with pytest.raises(Refusal) as refused:
        request_of(cast, daria_child, court, **fields)
    assert refused.value.field == field
    assert request_of(cast, daria_child, court, ground="law", ground_clause="120-ФЗ, ст. 9").ground == "law"


def test_an_answer_has_sane_days_and_post_its_number(cast, daria_child):
    anna, found = cast.actor(cast.anna), request_of(cast, daria_child)
    for day in (CAME - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refusal) as refused:
            decided(cast, found, on=day)
        assert refused.value.field == "on"
    answer = decided(cast, found)
    with pytest.raises(Refusal, match="подписан позже"):
        services.disclosure_send(actor=anna, disclosure=answer, way="channel", sent_on=CAME)
    with pytest.raises(Refusal, match="номер почтового"):
        services.disclosure_send(actor=anna, disclosure=answer, way="post", sent_on=TODAY)
    posted = services.disclosure_send(actor=anna, disclosure=answer, way="post", sent_on=TODAY, track_number="RR1")
    with pytest.raises(Refusal, match="не наступила"):
        services.disclosure_acknowledge(actor=anna, disclosure=posted, on=TODAY + timedelta(days=1))


def test_what_has_left_cannot_be_annulled_what_has_not_keeps_its_number(cast, daria_child):
    boris = cast.actor(cast.boris)
    first, second = request_of(cast, daria_child), request_of(cast, daria_child)
    spoiled = decided(cast, first)
    with pytest.raises(Refusal, match="почему"):
        services.disclosure_annul(actor=boris, disclosure=spoiled, reason="")
    services.disclosure_annul(actor=boris, disclosure=spoiled, reason="Не тот адресат")
    gone = sent(cast, decided(cast, second))
    assert gone.number == 2
    with pytest.raises(Refusal, match="невозможно"):
        services.disclosure_annul(actor=boris, disclosure=gone, reason="Передумали")
    kinds = Entry.objects.in_register("disclosure").order_by("line").values_list("kind", "number")
    assert list(kinds) == [("entry", 1), ("annulment", 1), ("entry", 2)]
    assert list(faults(cast.commission)) == []


def test_a_step_is_made_once(cast, daria_child):
    answer = decided(cast, request_of(cast, daria_child))
    with pytest.raises(Refusal, match="невозможно"):
        decided(cast, answer)
    with pytest.raises(Refusal, match="уже подписано"):
        services.scan_attach(actor=cast.actor(cast.anna), disclosure=answer, upload=scan())
    sent(cast, answer)
    with pytest.raises(Refusal, match="невозможно"):
        sent(cast, answer)


def test_an_unclear_request_comes_again_and_names_the_first(cast, daria_child):
    first = decided(cast, request_of(cast, daria_child), decision="clarify", reason="Не указана цель.")
    again = request_of(cast, daria_child, first.recipient, earlier=first)
    assert again.earlier == first
    other = child_of(cast.commission, "Егоров", "Егор")
    with pytest.raises(Refusal, match="том же ребёнке"):
        request_of(cast, other, first.recipient, earlier=first)


def test_the_parent_is_told_of_what_left_and_of_nothing_else(cast, daria_child):
    boris = cast.actor(cast.boris)
    court, bureau, police = body("court", "Суд"), body("disability_bureau", "Бюро"), body("police", "ПДН")
    sent(cast, decided(cast, request_of(cast, daria_child, court)))
    sent(cast, decided(cast, request_of(cast, daria_child, bureau), decision="refuse", reason="Нет подписи"))
    decided(cast, request_of(cast, daria_child, bureau))
    secret = {"knowledge": "withheld", "withheld_clause": "постановление следователя"}
    sent(cast, decided(cast, request_of(cast, daria_child, police), **secret))
    known = transfers_of(boris, daria_child)
    assert [(one.recipient, one.by) for one in known] == [("Государственное учреждение «Суд»", "Борисов\xa0Б.\xa0Б.")]


def test_a_new_body_enters_the_directory_once(cast):
    anna = cast.actor(cast.anna)
    first = services.recipient_by_name(actor=anna, name="  Бюро  МСЭ № 3 ", kind="disability_bureau")
    assert (first.short_name, first.works_here) == ("Бюро МСЭ № 3", False)
    assert services.recipient_by_name(actor=anna, name="бюро мсэ № 3", kind="") == first
    assert services.recipient_by_name(actor=anna, name=" ", kind="court") is None
    with pytest.raises(Refusal, match="выберите её вид"):
        services.recipient_by_name(actor=anna, name="Неизвестная", kind="")


def test_the_secretary_does_not_decide_and_a_specialist_does_nothing(cast, daria_child):
    found = request_of(cast, daria_child)
    with pytest.raises(PermissionDenied):
        services.disclosure_decide(actor=cast.actor(cast.anna), disclosure=found, **told())
    for user in (cast.vera, cast.olga, cast.nina):
        with pytest.raises(PermissionDenied):
            services.disclosure_receive(
                actor=cast.actor(user), child=daria_child, ground="request", asked="всё", recipient=found.recipient,
                request_on=ASKED, received_on=CAME,
            )  # fmt: skip


def test_zakhar_from_another_commission_reaches_nothing(cast, daria_child):
    zakhar = cast.actor(cast.zakhar)
    found = request_of(cast, daria_child)
    answer = decided(cast, request_of(cast, daria_child, found.recipient))
    deeds = [
        lambda: services.disclosure_receive(
            actor=zakhar, child=daria_child, ground="request", asked="всё", recipient=found.recipient,
            request_on=ASKED, received_on=CAME,
        ),
        lambda: services.scan_attach(actor=zakhar, disclosure=found, upload=scan()),
        lambda: services.disclosure_decide(actor=zakhar, disclosure=found, **told()),
        lambda: services.disclosure_annul(actor=zakhar, disclosure=found, reason="так"),
        lambda: services.disclosure_send(actor=zakhar, disclosure=answer, way="in_person", sent_on=TODAY),
    ]  # fmt: skip
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    assert not Disclosure.objects.visible_to(zakhar).exists()
    assert transfers_of(zakhar, daria_child) == []


def test_a_strangers_file_is_not_taken(cast, daria_child):
    foreign = file_store(actor=cast.actor(cast.zakhar), upload=scan())
    court = body("court", "Суд")
    with pytest.raises(Refusal) as refused:
        request_of(cast, daria_child, court, scanned=False, scan=foreign)
    assert refused.value.code == "stranger"
    with pytest.raises(Refusal) as refused:
        decided(cast, request_of(cast, daria_child, court), extra=foreign)
    assert refused.value.code == "stranger"


def test_a_source_that_offers_another_childs_paper_is_not_believed(cast, daria_child, monkeypatch):
    boris, other = cast.actor(cast.boris), child_of(cast.commission, "Егоров", "Егор")
    papers = [
        snapshot_freeze(actor=boris, form="conclusion", subject=one, content={}, person_id=one.public_id)
        for one in (daria_child, other)
    ]
    monkeypatch.setattr(sources, "_OFFERS", [lambda actor, child: [Offer(one, "Заключение") for one in papers]])
    assert [one.snapshot for one in offers_of(boris, daria_child)] == papers[:1]
