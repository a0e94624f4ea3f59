"""Help is asked of other bodies: on what ground it may be told of a child, who sees it, what came back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.people.children.models import Child
from opora.people.children.search import index_rebuild
from opora.people.disclosures import services as disclosing
from opora.people.disclosures.sources import transfers_of
from opora.people.disclosures.tests.stage import body, scan, told
from opora.school.support.contacts.forms import requests_of
from opora.school.support.contacts.models import OutsideContact
from opora.school.support.contacts.services import contact_answer, contact_change, contact_make
from tests.school_cast import pupil_of

pytestmark = pytest.mark.usefixtures("known_day")
TODAY = date(2026, 11, 21)


def ask(cast, who=None, **changes):
    """The head asks a centre for help for Миша, with his mother's consent."""
    usual = {
        "actor": cast.actor(who or cast.irina), "kind": "help", "child": cast.misha, "ground": "consent",
        "consent_note": "Данилова Д. Д., 14.11.2026", "body_title": "Центр «Доверие»", "asked": "Обследовать речь",
        "asked_on": TODAY, "due_on": TODAY + timedelta(days=20),
    }  # fmt: skip
    return contact_make(**usual | changes)


def requested(cast, recipient, *, decide=True):
    """A written request about Миша, and the director's decision to give."""
    chair, director = cast.actor(cast.elena), cast.actor(cast.daniil)
    found = disclosing.disclosure_receive(
        actor=chair, child=cast.misha, recipient=recipient, ground="request", asked="Сведения", request_on=TODAY,
        received_on=TODAY,
    )  # fmt: skip
    found = disclosing.scan_attach(actor=chair, disclosure=found, upload=scan())
    return disclosing.disclosure_decide(actor=director, disclosure=found, **told()) if decide else found


def test_nothing_about_a_child_goes_without_its_ground(school_cast):
    for wrong, said in (
        ({"ground": "nobody"}, "нужно согласие"), ({"consent_note": " "}, "кто из родителей"),
        ({"ground": "request"}, "сначала внесите"), ({"child": None}, "с его карты"),
        ({"child": None, "kind": "methods"}, "основание для них не нужно"), ({"body_title": ""}, "куда"),
        ({"asked_on": TODAY + timedelta(days=1)}, "будущем"), ({"due_on": TODAY - timedelta(days=1)}, "Срок"),
        ({"kind": "zzz"}, "Выберите"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=said):
            ask(school_cast, **wrong)
    assert not OutsideContact.objects.exists()
    made = ask(school_cast)
    assert made.person_id == school_cast.misha.public_id
    assert [one.recipient for one in transfers_of(school_cast.actor(school_cast.elena), school_cast.misha)] == [
        "Центр «Доверие»"
    ]
    assert Event.objects.filter(code="contact.made", person_id=made.person_id).exists()


def test_a_written_request_has_to_be_decided_and_answers_whoever_asked(school_cast):
    court = body("court", "Заречный районный суд")
    on_request = {"ground": "request", "consent_note": "", "body_title": ""}
    undecided = requested(school_cast, court, decide=False)
    with pytest.raises(Refusal, match="не решено передать"):
        ask(school_cast, **on_request, disclosure=undecided)
    given = requested(school_cast, court)
    with pytest.raises(Refusal, match="тому, кто их запросил"):
        ask(school_cast, **on_request | {"body_title": "Центр"}, disclosure=given)
    with pytest.raises(PermissionDenied):
        ask(school_cast, **on_request, disclosure=given, child=school_cast.lev)
    made = ask(school_cast, **on_request, disclosure=given)
    assert (made.body, made.disclosure) == (court, given)


def test_a_request_about_nobody_names_nobody(school_cast):
    made = ask(school_cast, school_cast.larisa, child=None, kind="methods", ground="nobody", asked="Семинар")
    assert (made.person_id, made.consent_note) == ("", "")
    assert made.position.user == school_cast.larisa


def test_a_specialist_sees_his_own_and_knows_the_child_until_the_answer(school_cast):
    polina = school_cast.actor(school_cast.polina)
    with pytest.raises(PermissionDenied):
        ask(school_cast, school_cast.polina)
    ask(school_cast, position=None)
    assert not OutsideContact.objects.visible_to(polina).exists()
    OutsideContact.objects.update(position=school_cast.post(school_cast.polina))
    own = OutsideContact.objects.visible_to(polina).get()
    assert list(Child.objects.visible_to(polina)) == [school_cast.misha]
    assert not OutsideContact.objects.visible_to(school_cast.actor(school_cast.larisa)).exists()
    assert not OutsideContact.objects.visible_to(school_cast.actor(school_cast.zakhar)).exists()
    contact_answer(actor=polina, contact=own, outcome="helped", answered_on=TODAY)
    assert not Child.objects.visible_to(polina).exists()
    assert OutsideContact.objects.visible_to(school_cast.actor(school_cast.daniil)).exists()


def test_after_the_last_reason_to_know_the_child_the_list_opens(school_cast, as_user):
    made = ask(school_cast)
    OutsideContact.objects.update(position=school_cast.post(school_cast.polina))
    polina, reply = as_user(school_cast.polina), reverse("contacts:answer", args=[made.public_id])
    own = reverse("contacts:contact", args=[made.public_id])
    silent = polina.post(reply, {"outcome": "silent", "answered_on": "211126"})
    assert silent.headers["Location"] == own, "the answer may come late"
    assert polina.get(own).status_code == 200
    late = polina.post(reply, {"outcome": "helped", "answered_on": "211126"})
    assert late.headers["Location"] == reverse("contacts:list")
    assert polina.get(late.headers["Location"]).status_code == 200
    assert polina.get(own).status_code == 404


@pytest.mark.parametrize(
    ("asked", "due", "known"), [(90, None, True), (91, None, False), (120, 90, True), (120, 91, False), (5, -1, True)]
)
def test_a_silent_body_keeps_the_child_known_for_three_months(school_cast, asked, due, known):
    polina = school_cast.actor(school_cast.polina)
    made = ask(
        school_cast, asked_on=TODAY - timedelta(days=asked), due_on=None if due is None else TODAY - timedelta(days=due)
    )
    OutsideContact.objects.update(position=school_cast.post(school_cast.polina))
    made.refresh_from_db()
    assert Child.objects.visible_to(polina).exists(), "while it waits, whatever the term"
    contact_answer(actor=polina, contact=made, outcome="silent")
    assert Child.objects.visible_to(polina).exists() is known


def test_an_answer_is_written_once_and_may_come_late(school_cast):
    irina = school_cast.actor(school_cast.irina)
    made = ask(school_cast)
    contact_change(actor=irina, contact=made, asked="Обследовать слух", due_on=None)
    for wrong in (
        {"outcome": "waiting"}, {"outcome": "zzz"}, {"outcome": "refused"}, {"answered_on": TODAY + timedelta(days=1)},
        {"answered_on": TODAY - timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(Refusal):
            contact_answer(actor=irina, contact=made, **{"outcome": "helped", "answered_on": TODAY} | wrong)
    silent = contact_answer(actor=irina, contact=made, outcome="silent")
    assert silent.answered_on is None
    contact_answer(actor=irina, contact=made, outcome="partly", answer="Приняли на диагностику", answered_on=TODAY)
    with pytest.raises(Refusal):
        contact_answer(actor=irina, contact=made, outcome="helped", answered_on=TODAY)
    with pytest.raises(Refusal):
        contact_change(actor=irina, contact=made, asked="x", due_on=None)


@pytest.fixture
def irina(school_cast, as_user):
    return as_user(school_cast.irina)


def typed(cast, **changes):
    return {
        "body": "Центр «Доверие»", "kind": "help", "asked": "Обследовать речь", "ground": "consent",
        "guardian": cast.mother(cast.misha).public_id, "consent_on": "141126", "asked_on": "211126",
        "due_on": "21.12.2026",
    } | changes  # fmt: skip


def test_a_request_is_one_page_and_its_answer_another(school_cast, irina):
    body("support_centre", "Центр «Доверие»")
    address = reverse("contacts:new_about", args=[school_cast.misha.public_id])
    assert "Центр «Доверие»" in irina.get(address).content.decode()
    answer = irina.post(address, typed(school_cast))
    made = OutsideContact.objects.get()
    assert made.body is not None
    assert made.consent_note.endswith("14.11.2026")
    page = irina.get(answer.headers["Location"]).content.decode()
    assert "Обследовать речь" in page
    assert "п.&nbsp;3.7" in page or "п.\xa03.7" in page
    reply = reverse("contacts:answer", args=[made.public_id])
    refused = irina.post(reply, {"outcome": "refused", "answer": "", "answered_on": "211126"})
    assert refused.status_code == 422
    given = {"outcome": "helped", "answer": "Приняли", "answered_on": "211126", "scan": scan("ответ.png")}
    assert irina.post(reply, given).status_code == 302
    assert irina.get(reverse("contacts:scan", args=[made.public_id])).status_code == 200
    assert "Приняли" in irina.get(reverse("contacts:contact", args=[made.public_id])).content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"body": ""}, {"body": "х" * 400}, {"kind": "zzz"}, {"asked": ""}, {"asked": "х" * 4001}, {"ground": "nobody"},
        {"guardian": "zzz"}, {"consent_on": ""}, {"consent_on": "31.02.2026"}, {"consent_on": "22.11.2026"},
        {"asked_on": "01.01.9999"}, {"due_on": "01.01.2020"}, {"ground": "request"},
        {"ground": "request", "disclosure": "zzz"}, {"body": "\x00"},
    ],
)  # fmt: skip
def test_a_bad_value_is_told_beside_its_field_and_the_rest_stays(school_cast, irina, bad):
    address = reverse("contacts:new_about", args=[school_cast.misha.public_id])
    answer = irina.post(address, typed(school_cast) | bad)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Обследовать речь" in page or "asked" in bad
    assert not OutsideContact.objects.exists()


def test_a_request_is_picked_from_those_decided_and_else_there_is_a_way_to_record_it(school_cast, irina):
    address = reverse("contacts:new_about", args=[school_cast.misha.public_id])
    answer = irina.post(address, typed(school_cast, ground="request"))
    assert reverse("disclosures:new", args=[school_cast.misha.public_id]) in answer.content.decode()
    given = requested(school_cast, body("court", "Заречный районный суд"))
    answer = irina.post(address, typed(school_cast, ground="request", disclosure=given.public_id, body=""))
    assert answer.status_code == 302
    assert OutsideContact.objects.get().disclosure == given


def test_a_child_is_found_by_letters_and_only_among_the_known(school_cast, irina, as_user):
    index_rebuild(school_cast.school)
    address = reverse("contacts:new")
    link = reverse("contacts:new_about", args=[school_cast.misha.public_id])
    assert link in irina.get(address, {"who": "Данил"}).content.decode()
    assert link not in as_user(school_cast.larisa).get(address, {"who": "Данил"}).content.decode()
    posted = irina.post(
        address, {"body": "Центр", "kind": "methods", "asked": "Семинар", "asked_on": "211126", "due_on": ""}
    )
    assert posted.status_code == 302


def test_late_answers_stand_on_the_desk_and_in_the_list(school_cast, irina):
    for at in range(5):
        ask(school_cast, due_on=TODAY + timedelta(days=at))
    later = TODAY + timedelta(days=2)
    own = desk_of(school_cast.actor(school_cast.irina), later)
    assert sum("записать ответ" in one.todo for one in (*own.late, *own.today, *own.soon)) == 5
    OutsideContact.objects.update(position=school_cast.post(school_cast.polina))
    head = desk_of(school_cast.actor(school_cast.irina), TODAY + timedelta(days=9))
    assert any("почему нет ответа" in one.todo for one in head.late)
    assert "Доверие" in irina.get(reverse("contacts:list"), {"q": "доверие"}).content.decode()


def test_thirty_requests_ask_as_few_queries_as_three(school_cast, irina):
    def more(count):
        for at in range(count):
            ask(school_cast, child=pupil_of(school_cast.four_a, f"Петров{at}", "Пётр", "Иванович"))

    def queries(address):
        irina.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert irina.get(address).status_code == 200
        return len(caught)

    more(3)
    few = queries(reverse("contacts:list"))
    more(27)
    assert queries(reverse("contacts:list")) == few


def test_others_change_nothing(school_cast, as_user):
    made = ask(school_cast)
    OutsideContact.objects.update(position=school_cast.post(school_cast.polina))
    assert as_user(school_cast.daniil).get(reverse("contacts:contact", args=[made.public_id])).status_code == 200
    chair = as_user(school_cast.elena)
    assert chair.get(reverse("contacts:change", args=[made.public_id])).status_code == 403
    assert chair.post(reverse("contacts:answer", args=[made.public_id]), {"outcome": "helped"}).status_code in (
        403,
        422,
    )
    assert as_user(school_cast.tatiana).get(reverse("contacts:list")).status_code == 403


def test_a_request_about_nobody_is_for_its_author_and_those_who_lead(school_cast):
    ask(school_cast, school_cast.polina, child=None, kind="methods", ground="nobody", consent_note="")
    seen = {
        who: OutsideContact.objects.visible_to(school_cast.actor(getattr(school_cast, who))).exists()
        for who in ("polina", "irina", "daniil", "larisa", "zakhar")
    }
    assert seen == {"polina": True, "irina": True, "daniil": True, "larisa": False, "zakhar": False}


def test_that_a_court_has_asked_is_told_only_to_those_who_keep_requests(school_cast):
    given = requested(school_cast, body("court", "Заречный районный суд"))
    knowing = requests_of(school_cast.actor(school_cast.irina), school_cast.misha)
    assert knowing == [given]
    assert requests_of(school_cast.actor(school_cast.polina), school_cast.misha) == []
