"""The joint decision (001, 3.3): taken when all have answered and nobody is against, whatever the order of words."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import faults
from opora.people.children.models import Child
from opora.people.consents.services import consent_record, consent_withdraw
from opora.school.pupils.leaving import pupil_leaves
from opora.school.pupils.services import examination_consent_withdraw
from opora.school.support.cards.deciding import Answer, Outcome, outcome_of
from opora.school.support.cards.models import DecisionVote, SupportCard
from opora.school.support.cards.services import (
    card_propose,
    decision_ask,
    lead_change,
    note_add,
    note_remove,
    section_write,
    vote_excuse,
    vote_give,
)

from .stage import TODAY, agree, line_of, opened, propose, waiting

pytestmark = pytest.mark.usefixtures("known_day")
ANSWERS = st.lists(st.sampled_from(Answer.values), min_size=1, max_size=12)


@given(ANSWERS, st.randoms())
def test_the_order_of_words_does_not_matter(answers, chance):
    mixed = list(answers)
    chance.shuffle(mixed)
    assert outcome_of(mixed) == outcome_of(answers)


@given(ANSWERS)
def test_taken_only_when_all_have_answered_and_none_is_against(answers):
    taken = outcome_of(answers) == Outcome.TAKEN
    assert taken == (Answer.WAITING not in answers and Answer.AGAINST not in answers and Answer.AGREE in answers)
    assert (outcome_of(answers) == Outcome.WAITING) == (Answer.WAITING in answers)


def test_a_card_opens_with_the_last_word_and_takes_its_number(school_cast):
    card = propose(school_cast)
    assert waiting(card).votes.count() == 4, "the head, two specialists, one who has not signed the undertaking"
    assert line_of(card, school_cast.irina).answer == "agree", "whoever proposes is for it"
    agree(school_cast, card, school_cast.polina, school_cast.larisa)
    assert card.state == "proposed"
    vote_excuse(actor=school_cast.actor(school_cast.irina), vote=line_of(card, school_cast.yulia), reason="нет подписи")
    card.refresh_from_db()
    assert (card.state, card.number, card.year, card.opened_on) == ("open", 1, 2026, TODAY)
    assert card.review_on == TODAY + timedelta(days=90)
    assert Entry.objects.get(subject_id=card.public_id).content["lead"]
    assert faults(school_cast.school) == []


def test_one_word_against_and_it_is_not_opened_unless_asked_anew(school_cast):
    card = propose(school_cast)
    irina = school_cast.actor(school_cast.irina)
    with pytest.raises(Refusal, match="почему"):
        vote_give(actor=school_cast.actor(school_cast.larisa), vote=line_of(card, school_cast.larisa), answer="against")
    vote_give(
        actor=school_cast.actor(school_cast.larisa), vote=line_of(card, school_cast.larisa), answer="against",
        words="Речь в норме",
    )  # fmt: skip
    vote_excuse(actor=irina, vote=line_of(card, school_cast.yulia), reason="нет подписи")
    agree(school_cast, card, school_cast.polina)
    assert card.state == "declined"
    assert card.number is None
    with pytest.raises(Refusal):
        decision_ask(actor=irina, card=card, kind="open")
    asked = decision_ask(actor=irina, card=card, kind="open", text="Новая диагностика")
    card.refresh_from_db()
    assert card.state == "proposed"
    assert asked.votes.get(position__user=school_cast.larisa).answer == "waiting"


def test_a_word_is_changed_while_others_are_awaited_and_not_later(school_cast):
    card = propose(school_cast)
    larisa = school_cast.actor(school_cast.larisa)
    line = line_of(card, school_cast.larisa)
    vote_give(actor=larisa, vote=line, answer="against", words="Зачем?")
    vote_give(actor=larisa, vote=line, answer="agree")
    vote_excuse(actor=school_cast.actor(school_cast.irina), vote=line_of(card, school_cast.yulia), reason="нет подписи")
    agree(school_cast, card, school_cast.polina)
    assert card.state == "open"
    lead = school_cast.actor(school_cast.polina)
    own = DecisionVote.objects.get(decision__card=card, position__user=school_cast.polina)
    with pytest.raises(Refusal, match="уже принято"):
        vote_give(actor=lead, vote=own, answer="agree")


def test_nobody_speaks_for_another_and_only_the_head_excuses(school_cast):
    card = propose(school_cast)
    line = line_of(card, school_cast.larisa)
    with pytest.raises(PermissionDenied):
        vote_give(actor=school_cast.actor(school_cast.polina), vote=line, answer="agree")
    with pytest.raises(PermissionDenied):
        vote_excuse(actor=school_cast.actor(school_cast.polina), vote=line, reason="нет")
    with pytest.raises(Refusal, match="почему"):
        vote_excuse(actor=school_cast.actor(school_cast.irina), vote=line, reason=" ")
    with pytest.raises(PermissionDenied):
        vote_give(actor=school_cast.actor(school_cast.zakhar), vote=line, answer="agree")


def test_what_the_question_opens_ends_with_the_decision(school_cast):
    larisa = school_cast.actor(school_cast.larisa)
    assert not Child.objects.visible_to(larisa).exists()
    card = propose(school_cast)
    assert list(Child.objects.visible_to(larisa)) == [school_cast.misha]
    assert (
        not Child.objects.visible_to(school_cast.actor(school_cast.tatiana)).exclude(pk=school_cast.misha.pk).exists()
    )
    vote_excuse(actor=school_cast.actor(school_cast.irina), vote=line_of(card, school_cast.yulia), reason="нет подписи")
    agree(school_cast, card, school_cast.larisa, school_cast.polina)
    assert not Child.objects.visible_to(larisa).exists()
    assert SupportCard.objects.visible_to(school_cast.actor(school_cast.polina)).exists(), "who leads it reads on"
    assert not SupportCard.objects.visible_to(school_cast.actor(school_cast.zakhar)).exists()


def test_a_card_is_reviewed_and_closed_by_all(school_cast):
    card = opened(school_cast)
    polina = school_cast.actor(school_cast.polina)
    decision_ask(actor=polina, card=card, kind="review", text="Идёт", review_on=date(2027, 3, 1))
    with pytest.raises(Refusal, match="ещё отвечают"):
        decision_ask(actor=polina, card=card, kind="close", text="Итог", close_reason="reached")
    vote_excuse(actor=school_cast.actor(school_cast.irina), vote=line_of(card, school_cast.yulia), reason="нет подписи")
    agree(school_cast, card, school_cast.irina, school_cast.larisa)
    assert card.review_on == date(2027, 3, 1)
    for wrong in ({"text": ""}, {"close_reason": "left"}, {"close_reason": "zzz"}):
        with pytest.raises(Refusal):
            decision_ask(
                actor=polina, card=card, **{"kind": "close", "text": "Итог", "close_reason": "reached"} | wrong
            )
    decision_ask(actor=polina, card=card, kind="close", text="Читает", close_reason="reached")
    vote_excuse(actor=school_cast.actor(school_cast.irina), vote=line_of(card, school_cast.yulia), reason="нет подписи")
    agree(school_cast, card, school_cast.irina, school_cast.larisa)
    assert (card.state, card.close_note, card.closed_on) == ("closed", "Читает", TODAY)
    assert not Child.objects.visible_to(polina).exists()


def test_one_card_in_work_and_a_ground_with_words(school_cast):
    for wrong in (
        {"ground": ""}, {"ground": "zzz"}, {"ground_note": " "}, {"lead": school_cast.post(school_cast.tatiana)},
        {"on": TODAY + timedelta(days=1)}, {"review_on": TODAY}, {"review_on": TODAY + timedelta(days=800)},
    ):  # fmt: skip
        with pytest.raises(Refusal):
            propose(school_cast, **wrong)
    propose(school_cast)
    with pytest.raises(Refusal, match="второй не открывают"):
        propose(school_cast)
    with pytest.raises(PermissionDenied):
        card_propose(
            actor=school_cast.actor(school_cast.polina), child=school_cast.lev, ground="request", ground_note="x"
        )
    assert Event.objects.filter(code="card.proposed").count() == 1


def test_a_pupil_who_leaves_closes_the_card_and_nobody_need_answer(school_cast):
    card = opened(school_cast)
    decision_ask(actor=school_cast.actor(school_cast.polina), card=card, kind="review")
    pupil_leaves(school_cast.actor(school_cast.elena), school_cast.misha, TODAY)
    card.refresh_from_db()
    assert (card.state, card.close_reason) == ("closed", "left")
    assert not card.decisions.filter(outcome="waiting").exists()


def test_a_withdrawn_consent_closes_the_card_and_a_consent_to_examination_does_not(school_cast):
    elena, misha, lev = school_cast.actor(school_cast.elena), school_cast.misha, school_cast.lev
    card, proposed = opened(school_cast), propose(school_cast, child=lev)
    decision_ask(actor=school_cast.actor(school_cast.polina), card=card, kind="review")
    examination_consent_withdraw(actor=elena, consent=school_cast.agreed(misha), on=TODAY)
    card.refresh_from_db()
    assert card.state == "open", "the family may refuse examinations and go on being helped"
    for child in (misha, lev):
        consent = consent_record(
            actor=elena, child=child, guardian=school_cast.mother(child), kind="child_data", signed_on=TODAY
        )  # fmt: skip
        consent_withdraw(actor=elena, consent=consent, on=TODAY)

    card.refresh_from_db()
    proposed.refresh_from_db()
    ended = [(one.state, one.close_reason) for one in (card, proposed)]
    assert ended == [("closed", "parents"), ("declined", "parents")]
    assert not DecisionVote.objects.filter(decision__outcome="waiting").exists(), "nobody is asked any more"
    assert not SupportCard.objects.visible_to(school_cast.actor(school_cast.irina)).exists()
    assert Event.objects.filter(code="card.stopped").count() == 2


def test_words_and_notes_are_kept_by_those_who_work_with_the_card(school_cast):
    card = opened(school_cast)
    polina, irina = school_cast.actor(school_cast.polina), school_cast.actor(school_cast.irina)
    section = card.sections.get(code="aims")
    saved = section_write(actor=polina, section=section, text="Читать вслух", base_version=1)
    assert (saved.conflict, saved.section.version) == (False, 2)
    assert section_write(actor=polina, section=section, text="Иначе", base_version=1).conflict
    note = note_add(actor=polina, card=card, sphere="learning", dynamics="up", text="Читает слоги", on=TODAY)
    with pytest.raises(Refusal):
        note_add(actor=polina, card=card, sphere="learning", dynamics="up", on=TODAY + timedelta(days=2))
    note_remove(actor=polina, note=note)
    lead_change(actor=irina, card=card, lead=school_cast.post(school_cast.larisa))
    card.refresh_from_db()
    with pytest.raises(PermissionDenied):
        section_write(actor=polina, section=card.sections.get(code="aims"), text="x", base_version=2)
    assert list(Child.objects.visible_to(school_cast.actor(school_cast.larisa))) == [school_cast.misha]
