"""A withdrawn consent ends the case of the child, frees its hour, and takes the papers that no card needs."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.commission.cases.flow import Status
from opora.commission.intake import services as intake
from opora.commission.intake.models import Application, Booking, PaperFile, Slot
from opora.foundation.access.refusals import Refusal
from opora.foundation.files.services import file_read
from opora.people.consents.models import Consent
from opora.people.consents.services import consent_withdraw, withdrawal_carry_out

from .stage import place_of, ready, slot_at

TODAY = date(2026, 11, 21)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
pytestmark = pytest.mark.usefixtures("known_day")


def withdrawn(cast, child):
    consent = Consent.objects.get(child=child, kind="child_data")
    return consent_withdraw(actor=cast.actor(cast.anna), consent=consent, on=TODAY)


def test_the_case_ends_and_the_hour_is_free_again(cast, daria_child):
    case, slot = ready(cast, daria_child), slot_at(place_of(cast.commission))
    booking = intake.booking_make(actor=cast.actor(cast.anna), case=case, slot=slot, on=TODAY)
    withdrawn(cast, daria_child)
    case.refresh_from_db()
    booking.refresh_from_db()
    assert (case.status, booking.state) == (Status.WITHDRAWN, Booking.State.CANCELLED)
    assert Slot.objects.free().filter(pk=slot.pk).exists()


def test_papers_of_a_child_who_was_not_examined_go_and_the_consent_stays(cast, daria_child):
    case, anna = ready(cast, daria_child), cast.actor(cast.anna)
    upload = SimpleUploadedFile("выписка.pdf", PDF, content_type="application/pdf")
    file = intake.paper_attach(actor=anna, paper=case.papers.first(), upload=upload, on=TODAY)
    kept = PaperFile.objects.get(pk=file.pk).file
    assert file_read(kept)
    withdrawal_carry_out(actor=cast.actor(cast.boris), withdrawal=withdrawn(cast, daria_child))
    kept.refresh_from_db()
    assert kept.content.name == ""
    with pytest.raises(Refusal) as refused:
        file_read(kept)
    assert refused.value.code == "erased"
    assert Application.objects.get(case=case).reason == ""
    assert Consent.objects.filter(child=daria_child).count() == 2
