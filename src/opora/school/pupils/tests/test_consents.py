"""Whether the specialists of the school may examine: given, refused, withdrawn, by whom it is recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from opora.foundation.access.refusals import Refusal
from opora.foundation.audit.models import Event
from opora.school.pupils import services
from opora.school.pupils.models import ExaminationConsent
from opora.school.pupils.selectors import consent_state

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def answer(cast, user, child, given: str = "given", on: date | None = None, **more):
    return services.examination_consent_record(
        actor=cast.actor(user), child=child, guardian=cast.mother(child), answer=given,
        signed_on=on or timezone.localdate(), **more,
    )  # fmt: skip


def test_without_a_consent_nobody_examines(school_cast):
    today = timezone.localdate()
    with pytest.raises(Refusal, match="ещё не дала") as refused:
        services.require_consent(school_cast.misha, today)
    assert refused.value.clause.startswith("273-ФЗ, ст. 42")
    row = answer(school_cast, school_cast.tatiana, school_cast.misha)
    assert services.require_consent(school_cast.misha, today) == row
    with pytest.raises(Refusal, match="подписано позже"):
        services.require_consent(school_cast.misha, today - timedelta(days=1))


def test_a_refusal_and_a_withdrawal_stop_it(school_cast):
    today, misha = timezone.localdate(), school_cast.misha
    row = answer(school_cast, school_cast.tatiana, misha, on=today - timedelta(days=5))
    services.examination_consent_withdraw(actor=school_cast.actor(school_cast.elena), consent=row, on=today)
    assert consent_state(misha).words == "согласие отозвано"
    with pytest.raises(Refusal, match="отозвано"):
        services.require_consent(misha, today)
    answer(school_cast, school_cast.elena, misha, "refused", note="Наблюдаемся в поликлинике")
    with pytest.raises(Refusal, match="отказалась"):
        services.require_consent(misha, today)
    answer(school_cast, school_cast.elena, misha)
    assert consent_state(misha).is_in_force


def test_a_refusal_after_a_consent_counts(school_cast):
    today, misha = timezone.localdate(), school_cast.misha
    answer(school_cast, school_cast.elena, misha, on=today - timedelta(days=5))
    answer(school_cast, school_cast.elena, misha, "refused")
    with pytest.raises(Refusal, match="отказалась"):
        services.require_consent(misha, today)
    assert not ExaminationConsent.objects.in_force().filter(child=misha).exists()
    assert services.require_consent(misha, today - timedelta(days=1)), "an examination of yesterday had its consent"


def test_the_same_answer_is_not_recorded_twice(school_cast):
    answer(school_cast, school_cast.elena, school_cast.misha)
    with pytest.raises(Refusal, match="уже действует"):
        answer(school_cast, school_cast.elena, school_cast.misha)
    with pytest.raises(Refusal, match="не наступила"):
        answer(school_cast, school_cast.elena, school_cast.lev, on=timezone.localdate() + timedelta(days=1))


def test_the_mother_of_another_child_does_not_answer(school_cast):
    with pytest.raises(Refusal, match="не представляет"):
        services.examination_consent_record(
            actor=school_cast.actor(school_cast.elena), child=school_cast.misha,
            guardian=school_cast.mother(school_cast.lev), answer="given", signed_on=timezone.localdate(),
        )  # fmt: skip


def test_another_teacher_and_another_school_do_not_record(school_cast):
    for stranger in (school_cast.uliana, school_cast.zakhar, school_cast.yulia, school_cast.daniil):
        with pytest.raises(PermissionDenied):
            answer(school_cast, stranger, school_cast.misha)
    assert not ExaminationConsent.objects.exists()


def test_the_papers_of_a_class_in_one_go(school_cast):
    elena, both = school_cast.actor(school_cast.elena), [school_cast.misha, school_cast.lev]
    services.examination_consents_record(actor=elena, children=both, signed_on=timezone.localdate())
    assert all(consent_state(child).is_in_force for child in both)
    assert Event.objects.filter(code="pupils.consent_recorded").count() == 2
    with pytest.raises(Refusal, match="Данилов Миша Игоревич: Согласие"):
        services.examination_consents_record(actor=elena, children=both, signed_on=timezone.localdate())


def test_the_scan_may_come_later(school_cast):
    row = answer(school_cast, school_cast.tatiana, school_cast.misha)
    scan = SimpleUploadedFile("согласие.pdf", PDF, content_type="application/pdf")
    services.examination_consent_attach(actor=school_cast.actor(school_cast.tatiana), consent=row, scan=scan)
    assert row.scan.person_id == school_cast.misha.public_id
    with pytest.raises(Refusal, match="уже приложен"):
        services.examination_consent_attach(actor=school_cast.actor(school_cast.tatiana), consent=row, scan=scan)
