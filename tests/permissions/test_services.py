"""The wall stands in the services too: whoever calls them past the routes changes and prints nothing of others.

Захар is head, secretary and specialist of another commission, so his roles would allow each deed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from opora.commission.conclusions import services as conclusions
from opora.commission.conclusions.tests.stage import DAY, discussed, ready
from opora.commission.examinations import services as examinations
from opora.commission.examinations.models import Examination, ExaminationSection, Visit
from opora.commission.examinations.tests.day import arrived, booked_case, post_of, sheet_begun
from opora.commission.intake import services as intake
from opora.commission.intake.models import Application, DayTemplate, Paper
from opora.foundation.access import services as access
from opora.foundation.access.refusals import Refusal
from opora.foundation.organisations.models import Owned
from opora.people.children import services as children
from opora.people.consents.models import Consent
from opora.people.consents.services import consent_withdraw
from opora.records.documents import services as documents
from opora.records.journals import services as journals
from tests.cast import child_of

Deeds = dict[str, Callable[[], Any]]


@pytest.fixture
def day(cast):
    """A child who is with Вера, another one who is expected."""
    expected = booked_case(cast, "Егорова", "Маша", time(10))
    visit = arrived(cast)
    sheet_begun(cast, cast.vera, visit)
    return expected, visit


@pytest.fixture
def signed(cast):
    case = discussed(cast, child_of(cast.commission, "Иванов", "Илья"), number=77)
    draft = ready(cast, case)
    return conclusions.conclusion_sign(actor=cast.actor(cast.boris), conclusion=draft, on=DAY)


def of_the_reception(cast, actor, case) -> Deeds:
    today, booking = timezone.localdate(), intake.booking_of(case)
    application = Application.objects.get(case=case)
    paper = Paper.objects.create(organisation=cast.commission, case=case, title="Справка", presence="obligatory")
    template = DayTemplate.objects.create(
        organisation=cast.commission, title="День", place=booking.slot.place, starts=time(9), ends=time(12)
    )
    week = {"first": today, "last": today, "on": today}
    return {
        "application_change": lambda: intake.application_change(actor=actor, application=application, reason="иное"),
        "paper_receive": lambda: intake.paper_receive(actor=actor, paper=paper, on=today),
        "paper_remove": lambda: intake.paper_remove(actor=actor, paper=paper),
        "booking_cancel": lambda: intake.booking_cancel(actor=actor, booking=booking, reason="болезнь", on=today),
        "booking_miss": lambda: intake.booking_miss(actor=actor, booking=booking, reason="болезнь", on=today),
        "booking_arrive": lambda: intake.booking_arrive(actor=actor, booking=booking),
        "case_withdraw": lambda: intake.case_withdraw(actor=actor, case=case, on=today, reason="передумали"),
        "slot_close": lambda: intake.slot_close(actor=actor, slot=booking.slot),
        "slots_open": lambda: intake.slots_open(actor=actor, template=template, **week),
    }


def of_the_day(cast, actor, expected, visit) -> Deeds:
    today, session = timezone.localdate(), visit.session
    waiting = Visit.objects.get(case=expected)
    sheet = Examination.objects.get(visit=visit)
    section = ExaminationSection.objects.filter(examination=sheet).first()
    return {
        "session_start": lambda: examinations.session_start(actor=actor, session=session),
        "session_close": lambda: examinations.session_close(actor=actor, session=session),
        "session_reopen": lambda: examinations.session_reopen(actor=actor, session=session),
        "day_list_sync": lambda: examinations.day_list_sync(actor=actor, session=session),
        "member": lambda: examinations.member_set_present(
            actor=actor, session=session, position=post_of(cast.gleb), is_present=False
        ),
        "visit_arrive": lambda: examinations.visit_arrive(actor=actor, visit=waiting, on=today),
        "visit_miss": lambda: examinations.visit_miss(actor=actor, visit=waiting, reason="болезнь", on=today),
        "visit_release": lambda: examinations.visit_release(actor=actor, visit=visit),
        "visit_add": lambda: examinations.visit_add(actor=actor, session=session, case=visit.case, on=today),
        "section_write": lambda: examinations.section_write(actor=actor, section=section, text="я", base_version=0),
        "examination_reopen": lambda: examinations.examination_reopen(actor=actor, examination=sheet),
        "case_discuss": lambda: examinations.case_discuss(actor=actor, case=visit.case, on=today, reason="так"),
    }


def of_the_conclusion(cast, actor, signed) -> Deeds:
    today, case = timezone.localdate(), signed.case
    recipient = case.child.guardianships.get().guardian
    section, handover = signed.sections.first(), signed.handover
    given = {"actor": actor, "handover": handover, "recipient": recipient, "today": today}
    return {
        "conclusion_draft": lambda: conclusions.conclusion_draft(actor=actor, case=case),
        "conclusion_fill": lambda: conclusions.conclusion_fill(actor=actor, conclusion=signed, values={}),
        "text_save": lambda: conclusions.text_save(actor=actor, section=section, text="я", base_version=0),
        "opinion_add": lambda: conclusions.opinion_add(actor=actor, conclusion=signed, text="я", expert="Я"),
        "sign": lambda: conclusions.conclusion_sign(actor=actor, conclusion=signed, on=today),
        "annul": lambda: conclusions.conclusion_annul(actor=actor, conclusion=signed, on=today, reason="так"),
        "handover_send": lambda: conclusions.handover_send(**given, sent_on=today),
        "handover_record": lambda: conclusions.handover_record(**given, received_on=today),
        "paper_read": lambda: documents.paper_read(actor=actor, snapshot=signed.snapshot),
        "paper_print": lambda: documents.paper_print(actor=actor, code="protocol", case=case, on=today),
        "contents": lambda: documents.file_contents_print(actor=actor, child=case.child, on=today),
        "certify": lambda: journals.session_certify(actor=actor, session=signed.visit.session, on=today),
    }


def of_the_file(cast, actor, child) -> Deeds:
    today, consent = timezone.localdate(), Consent.objects.filter(child=child).first()
    return {
        "child_change": lambda: children.child_change(actor=actor, child=child, last_name="Чужов"),
        "diagnosis_add": lambda: children.diagnosis_add(actor=actor, child=child, text="диагноз"),
        "consent_withdraw": lambda: consent_withdraw(actor=actor, consent=consent, on=today),
        "position_end": lambda: access.position_end(actor=actor, position=post_of(cast.anna), ended_on=today),
    }


def rows() -> dict[str, list[Any]]:
    """All rows about children and staff as they stand."""
    owned = [model for model in apps.get_models() if issubclass(model, Owned)]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in owned}


@pytest.mark.django_db
def test_no_service_touches_a_row_of_another_commission(cast, day, signed, monkeypatch):
    zakhar, (expected, visit) = cast.actor(cast.zakhar), day
    monkeypatch.setattr(documents, "render_pdf", lambda *args, **kwargs: b"%PDF-1.7 %%EOF")
    deeds = (
        of_the_reception(cast, zakhar, expected)
        | of_the_day(cast, zakhar, expected, visit)
        | of_the_conclusion(cast, zakhar, signed)
        | of_the_file(cast, zakhar, signed.case.child)
    )
    before, passed = rows(), []

    for name, deed in deeds.items():
        with transaction.atomic():
            try:
                deed()
            except PermissionDenied:
                pass
            except Refusal as refusal:
                if refusal.code != "stranger":
                    passed.append(f"{name}: {refusal.code}")
            else:
                passed.append(name)

    assert passed == []
    assert rows() == before
