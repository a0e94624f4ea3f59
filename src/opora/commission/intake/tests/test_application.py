"""An application is taken, signed with both consents, taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.intake import services
from opora.commission.intake.facts import usual_answers
from opora.commission.intake.models import Application
from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.people.children.models import Enrolment, Guardianship
from opora.people.consents.models import Consent
from tests.cast import child_of

from .stage import apply, bring_everything, mother_of, ready, receive, to_school, today


def asked(case):
    return set(case.papers.values_list("requirement", flat=True))


def test_the_list_of_papers_is_made_for_this_child(cast, daria_child):
    to_school(cast, daria_child)
    case = apply(cast, daria_child)
    assert {"application", "consent_child", "medical_extract", "written_works", "characteristic"} <= asked(case)
    assert not {"conclusion", "specialist_protocols", "referral_territorial", "authority_document"} & asked(case)
    assert Event.objects.filter(code="intake.application_submitted", person_id=daria_child.public_id).exists()


def test_a_preschooler_brings_drawings_and_no_copybooks(cast, daria_child):
    to_school(cast, daria_child, Enrolment.Level.PRESCHOOL)
    assert "creative_works" in asked(case := apply(cast, daria_child))
    assert "written_works" not in asked(case)


def test_a_guardian_who_is_not_a_parent_brings_proof_of_his_powers(cast, daria_child):
    Guardianship.objects.update(kinship="guardian")
    assert "authority_document" in asked(apply(cast, daria_child))


def test_a_child_sent_by_a_territorial_commission_brings_its_referral(cast, daria_child):
    assert "referral_territorial" in asked(apply(cast, daria_child, initiator="territorial_commission"))


def test_a_second_application_waits_for_the_end_of_the_first(cast, daria_child):
    first = apply(cast, daria_child)
    with pytest.raises(Refusal, match="уже идёт дело") as refused:
        apply(cast, daria_child)
    assert refused.value.code == "open_case"
    assert first.title in refused.value.message
    assert Case.objects.count() == 1


def test_only_a_representative_of_this_child_applies(cast, daria_child):
    stranger = mother_of(child_of(cast.commission, "Петров", "Пётр"))
    with pytest.raises(Refusal) as refused:
        services.application_submit(
            actor=cast.actor(cast.anna), child=daria_child, applicant=stranger, on=today(), reason="Речь"
        )
    assert refused.value.field == "applicant"


@pytest.mark.parametrize("user", ["vera", "olga", "nina"])
def test_specialist_operator_and_unsworn_take_no_application(cast, daria_child, user):
    with pytest.raises(PermissionDenied):
        services.application_submit(
            actor=cast.actor(getattr(cast, user)), child=daria_child, applicant=mother_of(daria_child),
            on=today(), reason="Речь",
        )  # fmt: skip


def test_another_commission_takes_no_application_for_our_child(cast, daria_child):
    with pytest.raises(Refusal):
        services.application_submit(
            actor=cast.actor(cast.zakhar),
            child=daria_child,
            applicant=mother_of(daria_child),
            on=today(),
            reason="Речь",
        )


def test_twenty_thousand_signs_are_refused_beside_the_field(cast, daria_child):
    with pytest.raises(Refusal, match="сократите") as refused:
        apply(cast, daria_child, reason="я" * 20_000)
    assert refused.value.field == "reason"


def test_both_consents_open_the_way_and_tick_their_papers(cast, daria_child):
    case = receive(cast, apply(cast, daria_child))
    assert case.status == "papers"
    assert Consent.objects.filter(child=daria_child).count() == 2
    done = set(case.papers.filter(received_on__isnull=False).values_list("requirement", flat=True))
    assert done == {"application", "consent_child", "consent_parent"}


def test_without_a_consent_the_case_stands_still(cast, daria_child):
    case = apply(cast, daria_child)
    with pytest.raises(Refusal, match=r"прил\. 2\.17") as refused:
        services.application_receive(
            actor=cast.actor(cast.anna), case=case, on=today(), application_on=today(), consent_child_on=today()
        )
    assert refused.value.field == "consent_guardian_on"
    case.refresh_from_db()
    assert case.status == "opened"
    assert not Consent.objects.exists()


def test_a_signature_of_tomorrow_is_refused(cast, daria_child):
    case = apply(cast, daria_child)
    with pytest.raises(Refusal, match="ещё не наступила"):
        services.application_receive(
            actor=cast.actor(cast.anna), case=case, on=today(), application_on=today() + timedelta(days=1),
            consent_child_on=today(), consent_guardian_on=today(),
        )  # fmt: skip


def test_consents_in_force_are_not_asked_again(cast, daria_child):
    case = ready(cast, daria_child)
    services.case_withdraw(actor=cast.actor(cast.anna), case=case, on=today(), reason="Переехали")
    again = apply(cast, daria_child)
    case = services.application_receive(actor=cast.actor(cast.anna), case=again, on=today(), application_on=today())
    assert case.status == "papers"
    assert Consent.objects.count() == 2


def test_a_withdrawn_consent_stops_the_acceptance_of_papers(cast, daria_child):
    case = receive(cast, apply(cast, daria_child))
    bring_everything(cast, case)
    Consent.objects.filter(kind="child_data").update(withdrawn_on=today())
    with pytest.raises(Refusal, match="не ведут без согласий"):
        services.papers_accept(actor=cast.actor(cast.anna), case=case, on=today())


def test_a_repeat_application_offers_what_the_last_one_said(cast, daria_child):
    case = apply(cast, daria_child, initiator="medical", reason="Речь", request="Программа", needs_psychiatrist=True)
    Case.objects.filter(pk=case.pk).update(status="handed")
    answers = usual_answers(cast.actor(cast.anna), daria_child)
    assert answers["is_repeat"]
    assert answers["applicant"] == mother_of(daria_child)
    assert (answers["initiator"], answers["reason"], answers["request"]) == ("medical", "Речь", "Программа")
    again = apply(cast, daria_child)
    assert Application.objects.get(case=again).is_repeat
    assert "previous_conclusion" in asked(again)


def test_a_change_brings_the_list_into_line_and_keeps_what_was_touched(cast, daria_child):
    case = apply(cast, daria_child, is_repeat=True)
    application = Application.objects.get(case=case)
    anna = cast.actor(cast.anna)
    services.application_change(
        actor=anna, application=application, is_repeat=False, initiator="territorial_commission"
    )
    assert "referral_territorial" in asked(case)
    services.paper_receive(actor=anna, paper=case.papers.get(requirement="referral_territorial"), on=today())
    services.application_change(actor=anna, application=application, initiator="parent")
    assert "referral_territorial" in asked(case)
    assert "previous_conclusion" not in asked(case)


def test_the_signed_application_keeps_its_applicant(cast, daria_child):
    case = receive(cast, apply(cast, daria_child))
    father = mother_of(child_of(cast.commission, "Петров", "Пётр"))
    with pytest.raises(Refusal, match="уже подписано"):
        services.application_change(
            actor=cast.actor(cast.anna), application=Application.objects.get(case=case), applicant=father
        )


def test_the_parent_takes_the_application_back(cast, daria_child):
    case = apply(cast, daria_child)
    anna = cast.actor(cast.anna)
    with pytest.raises(Refusal, match="причину"):
        services.case_withdraw(actor=anna, case=case, on=today(), reason=" ")
    case = services.case_withdraw(actor=anna, case=case, on=today(), reason="Переехали")
    assert (case.status, case.finish_reason) == ("withdrawn", "Переехали")


def test_the_head_refuses_and_the_secretary_may_not(cast, daria_child):
    case = apply(cast, daria_child)
    with pytest.raises(PermissionDenied):
        services.case_refuse(actor=cast.actor(cast.anna), case=case, on=today(), reason="Неполный пакет")
    case = services.case_refuse(actor=cast.actor(cast.boris), case=case, on=today(), reason="Неполный пакет")
    assert case.status == "refused"


def test_a_date_before_the_first_edition_is_refused_beside_the_field(cast, daria_child):
    daria_child.birth_date = date(2008, 5, 1)
    daria_child.save()

    with pytest.raises(Refusal) as refused:
        apply(cast, daria_child, on=date(2015, 9, 1))

    assert (refused.value.code, refused.value.field) == ("before_law", "on")
    assert not Case.objects.exists()


def test_once_the_conclusion_is_signed_the_application_stays_as_it_was(cast, daria_child):
    case = apply(cast, daria_child)
    change = {"actor": cast.actor(cast.anna), "application": Application.objects.get(case=case)}
    services.application_change(**change, reason="Трудности в чтении")
    Case.objects.update(status=Status.SIGNED)

    with pytest.raises(Refusal) as refused:
        services.application_change(**change, reason="Иное")

    assert refused.value.code == "decided"
    assert Application.objects.get().reason == "Трудности в чтении"
