"""A mark of suicidal risk at every door: whoever it is not for finds nothing of it, wherever he goes.

The story leaves a secret word in each text about it. Then each person walks through all pages that are linked to one
another, and tries each address of the product with the ids of the hidden rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.models import EmergencyAccess
from opora.foundation.audit.models import Event
from opora.foundation.ui.desk import desk_of
from opora.foundation.ui.notices import notices_of
from opora.people.children.models import Child
from opora.records.documents.services import paper_read
from opora.records.journals import lines
from opora.school.consilium import services as conferring
from opora.school.consilium.candidates import candidates_of
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, MeetingMember
from opora.school.presentations import services as presenting
from opora.school.programmes.models import Programme, ProgrammeSection
from opora.school.programmes.services import programme_open
from opora.school.signals import services as signalling
from opora.school.signals.models import ScreeningResult
from tests.permissions.canaries import carried_by
from tests.routes import patterns
from tests.school_cast import SchoolCast, assemble

SECRET = "ТАЙНОЕ"
TODAY = timezone.localdate
NOWHERE = SimpleNamespace(model=None)
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
LEFT_OUT = re.compile(r"/(sign-out|logout|exit|static|workplace|account)/")
PAGES = 400


@dataclass
class Story:
    """`people`; rows that are for the chair, the psychologist and the author alone."""

    people: SchoolCast
    hidden: list[Any]
    item: AgendaItem

    @property
    def ids(self) -> list[str]:
        return [row.public_id for row in self.hidden]


@pytest.fixture
def story(db: None) -> Story:
    people = assemble()
    chair, psychologist = people.actor(people.elena), people.actor(people.polina)
    people.agreed(people.misha)
    concern = signalling.concern_raise(
        actor=people.actor(people.uliana), child_id=people.misha.public_id, noticed_on=TODAY(), suicide_risk=True,
        signs=["anxiety"], seen=f"{SECRET} увидено",
    )  # fmt: skip
    signalling.concern_send(
        actor=chair, concern=concern, psychologist=people.post(people.polina), due_on=TODAY(),
        decision=f"{SECRET} решено",
    )  # fmt: skip
    examination = signalling.examination_record(
        actor=psychologist, concern=concern, held_on=TODAY(), confirmed=True, methods=f"{SECRET} методики",
        findings=f"{SECRET} найдено", answer=f"{SECRET} ответ",
    )  # fmt: skip
    concern.refresh_from_db()
    waiting = signalling.concern_raise(
        actor=people.actor(people.uliana), child_id=people.misha.public_id, noticed_on=TODAY(), suicide_risk=True,
        seen=f"{SECRET} ещё",
    )  # fmt: skip
    item = _talk(people, concern)
    opinion, referral = item.opinion, item.referral
    screening = signalling.screening_start(
        actor=psychologist, kind="testing", title="Тестирование", held_on=TODAY(), school_class=None
    )
    marks = [
        signalling.Mark(one.public_id, "special", f"{SECRET} показало", suicide_risk=True)
        for one in (people.misha, people.lev)
    ]
    signalling.results_save(actor=psychologist, screening=screening, marks=marks)
    _others_at_work(people)
    hidden = [concern, waiting, examination, item, opinion, referral, *ScreeningResult.objects.all()]
    hidden += [*item.sections.all(), *item.participants.filter(kind="guardian"), *item.signatures.all()]
    return Story(people, hidden, item)


def _talk(people: SchoolCast, concern) -> AgendaItem:
    """An unplanned meeting of the chair and the psychologist, with its opinion, protocol and referral."""
    chair = people.actor(people.elena)
    meeting = ConsiliumMeeting.objects.create(
        organisation=people.school, day=TODAY(), chair=people.post(people.elena), kind="unplanned"
    )
    for user in (people.elena, people.polina):
        MeetingMember.objects.create(organisation=people.school, meeting=meeting, position=people.post(user))
    item = conferring.item_add(
        actor=chair, meeting=meeting, child=people.misha, ground="concern", words=f"{SECRET} повод", concern=concern
    )
    item.participants.filter(kind="staff").delete()  # the class teacher was not asked to this one
    conferring.item_open(actor=chair, item=item, on=TODAY())
    for section in item.sections.all():
        conferring.section_write(actor=chair, section=section, text=f"{SECRET} {section.code}", base_version=0)
    conferring.decision_set(
        actor=chair, item=item, outcome="referral", recommendation="difficulties", leading=people.post(people.polina)
    )
    conferring.parents_hear(actor=chair, item=item, answer="agree", words=f"{SECRET} слова")
    item = conferring.opinion_offer(actor=chair, item=item, on=TODAY())
    dissents = {people.post(people.polina).public_id: f"{SECRET} особое"}
    item = conferring.opinion_sign_paper(actor=chair, item=item, on=TODAY(), dissents=dissents)
    conferring.meeting_end(actor=chair, meeting=meeting, on=TODAY())
    conferring.protocol_issue(actor=chair, meeting=meeting, on=TODAY())
    people.school.kind, kept = "territorial_commission", people.school.kind
    conferring.referral_make(
        actor=chair, item=item, commission=people.school, purpose=f"{SECRET} цель", reasons=f"{SECRET} причина",
        papers="Характеристика", on=TODAY(),
    )  # fmt: skip
    people.school.kind = kept
    return item


def _others_at_work(people: SchoolCast) -> None:
    """The speech therapist writes of the child, the curator has an emergency: both know the card."""
    presenting.presentation_request(
        actor=people.actor(people.elena), child=people.misha, due_on=TODAY(), on=TODAY(), purpose="consilium",
        asked=[(people.post(people.larisa), "speech_therapist")],
    )  # fmt: skip
    EmergencyAccess.objects.create(
        organisation=people.school, user=people.zhanna, person_id=people.misha.public_id, reason="Ребёнку плохо",
        expires_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip


STRANGERS = ["irina", "daniil", "tatiana", "larisa", "zhanna", "zakhar"]


def _walk(client: Client) -> dict[str, str]:
    """Everything that is linked from page to page, lists in files and printed papers too."""
    seen: dict[str, str] = {}
    waiting = ["/"]
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        if address in seen or LEFT_OUT.search(address):
            continue
        answer = client.get(address)
        seen[address] = text = carried_by(answer)
        waiting += [answer.headers["Location"]] if answer.headers.get("Location", "").startswith("/") else []
        if "text/html" in answer.headers.get("Content-Type", ""):
            waiting += [unescape(one) for one in LINK.findall(text)]
    return seen


@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_of_it_stands_on_any_page_that_a_stranger_can_reach(story: Story, as_user, who: str):
    user = getattr(story.people, who)
    pages = _walk(as_user(user))

    assert len(pages) > 5
    found = {address for address, text in pages.items() if SECRET in text}
    told = {(one, address) for address, text in pages.items() for one in story.ids if one in text}
    assert (found, told) == (set(), set())


@pytest.mark.parametrize("who", STRANGERS)
def test_no_address_answers_to_the_ids_of_what_is_hidden(story: Story, as_user, who: str):
    client = as_user(getattr(story.people, who))
    opened, tried = [], 0
    for name, pattern in patterns():
        asked, model = set(pattern.pattern.converters), getattr(pattern.callback, "route", NOWHERE).model
        if model is None or not asked <= {"public_id", "code"}:
            continue
        more = {"code": "collegial_opinion"} if "code" in asked else {}
        for row in (one for one in story.hidden if isinstance(one, model)):
            answer = client.get(reverse(name, kwargs={"public_id": row.public_id, **more}))
            tried += 1
            if answer.status_code not in (403, 404, 405) or SECRET in carried_by(answer):
                opened.append((name, type(row).__name__, answer.status_code))
    assert tried > 30
    assert opened == []


@pytest.mark.parametrize("who", STRANGERS)
def test_what_each_row_says_of_itself_is_not_for_strangers(story: Story, who: str):
    actor = story.people.actor(getattr(story.people, who))
    assert [
        row for row in story.hidden if type(row)._default_manager.visible_to(actor).filter(pk=row.pk).exists()
    ] == []


@pytest.mark.parametrize("who", STRANGERS)
def test_desk_notices_candidates_and_the_log_keep_silent(story: Story, who: str):
    actor = story.people.actor(getattr(story.people, who))
    desk = desk_of(actor, TODAY())
    said = " ".join(f"{one.who} {one.todo} {one.address} {one.note}" for one in (*desk.today, *desk.soon))

    assert not [one for one in story.ids if one in said]
    assert not [one for one in notices_of(actor) if any(key in one.address for key in story.ids)]
    assert not [one for one in candidates_of(actor, TODAY()) if one.concern or one.is_urgent]
    assert not Event.objects.visible_to(actor).filter(subject_id__in=story.ids).exists()


def test_those_whom_it_is_for_find_it(story: Story, as_user):
    """So that the silence above is not an empty story."""
    for who in ("elena", "polina"):
        pages = _walk(as_user(getattr(story.people, who)))
        assert [address for address, text in pages.items() if SECRET in text], who
    chair = Event.objects.visible_to(story.people.actor(story.people.elena))
    assert chair.filter(subject_id=story.item.public_id).count() > 3


def test_services_refuse_a_lead_who_may_not_see_the_talk(story: Story):
    actor = story.people.actor(story.people.irina)
    for deed in (
        lambda: conferring.item_change(actor=actor, item=story.item, ground="other"),
        lambda: conferring.opinion_annul(actor=actor, item=story.item, on=TODAY(), reason="Не вижу"),
        lambda: conferring.parents_tell(actor=actor, item=story.item, on=TODAY()),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_the_journals_keep_the_number_of_a_hidden_line_alone(story: Story):
    people = story.people
    for journal in (lines.OPINIONS, lines.REFERRALS):
        for user, is_told in ((people.elena, True), (people.irina, False), (people.daniil, False)):
            (line,) = lines.entries_of(people.actor(user), journal)
            assert lines.number_of(line) == f"1/{TODAY().year}"
            assert (people.misha.last_name in str(lines.content_of(line))) is is_told


def test_the_protocol_closes_what_its_reader_may_not_know(story: Story):
    people, meeting = story.people, story.item.meeting
    meeting.refresh_from_db()
    for user, is_told in ((people.elena, True), (people.polina, True), (people.irina, False), (people.daniil, False)):
        paper = conferring.protocol_read(actor=people.actor(user), meeting=meeting)
        assert (SECRET in str(paper)) is is_told
        assert (people.misha.last_name in str(paper)) is is_told


def test_a_member_who_keeps_no_meeting_decides_nothing(story: Story):
    people = story.people
    plain = conferring.meeting_plan(actor=people.actor(people.elena), day=TODAY(), on=TODAY())
    item = conferring.item_add(
        actor=people.actor(people.elena), meeting=plain, child=people.lev, ground="parents", words="Просят"
    )
    MeetingMember.objects.get_or_create(organisation=people.school, meeting=plain, position=people.post(people.polina))
    with pytest.raises(PermissionDenied, match="секретарь заседания"):
        conferring.decision_set(actor=people.actor(people.polina), item=item, outcome="no_difficulties")


def test_a_colleague_at_another_table_knows_no_child_of_this_one(story: Story):
    people = story.people
    uliana, larisa = people.actor(people.uliana), people.actor(people.larisa)

    assert people.misha not in Child.objects.visible_to(uliana), "she has told of him and sits at no talk about him"
    assert people.misha in Child.objects.visible_to(larisa), "she writes of him"
    assert people.lev not in Child.objects.visible_to(larisa)


def test_signed_papers_of_the_talk_are_opened_by_those_who_may_see_it(story: Story):
    """Their frozen rows have ids of their own, which a page of the commission's kind would open."""
    people = story.people
    papers = [story.item.opinion.snapshot, story.item.referral.snapshot]
    for user in (people.irina, people.daniil, people.tatiana, people.larisa):
        for snapshot in papers:
            with pytest.raises(PermissionDenied):
                paper_read(actor=people.actor(user), snapshot=snapshot)


def test_a_programme_because_of_a_risk_is_not_for_a_head_who_takes_no_part(story: Story, as_user):
    people = story.people
    irina = people.actor(people.irina)
    programme = programme_open(
        actor=people.actor(people.elena), child=people.misha, curator=people.post(people.zhanna), on=TODAY(),
        kind="risk",
    )  # fmt: skip

    assert not Programme.objects.visible_to(irina).exists()
    assert not ProgrammeSection.objects.visible_to(irina).exists()
    assert as_user(people.irina).get(reverse("programmes:programme", args=[programme.public_id])).status_code == 404
    for user in (people.elena, people.zhanna, people.daniil):
        assert Programme.objects.visible_to(people.actor(user)).get() == programme
    Programme.objects.update(curator=people.post(people.irina))
    assert Programme.objects.visible_to(irina).get() == programme


def test_a_participant_who_knows_the_child_otherwise_reads_no_programme(story: Story, as_user):
    """The speech therapist writes of the child and answers for nothing in its programme."""
    people = story.people
    programme = programme_open(
        actor=people.actor(people.elena), child=people.misha, curator=people.post(people.zhanna), on=TODAY()
    )
    for user in (people.larisa, people.uliana):
        assert not Programme.objects.visible_to(people.actor(user)).exists()
        for name in ("programme", "draft", "versions", "family", "marks", "observations", "ending"):
            assert as_user(user).get(reverse(f"programmes:{name}", args=[programme.public_id])).status_code in (
                403,
                404,
            )
    for user in (people.elena, people.zhanna, people.daniil, people.irina):
        assert Programme.objects.visible_to(people.actor(user)).get() == programme
