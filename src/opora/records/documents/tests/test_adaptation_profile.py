"""The profile of adaptation on paper: the scales of the case, by those who may read sheets."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opora.commission.examinations.tests.day import arrived, sheet_begun, today, words
from opora.commission.instruments.services import answers_write
from opora.foundation.access.refusals import Refusal
from opora.records.documents import services
from opora.regulations.edition import edition
from opora.regulations.instruments.reading import items

from .paper_text import text_of

pytestmark = pytest.mark.django_db
SCALE = "adaptation_orphan"


def printed(cast, user, case) -> str:
    pdf = services.paper_print(actor=cast.actor(user), code="adaptation_profile", subject=case, on=today())
    return " ".join(text_of(pdf).split())


@pytest.fixture
def sheet(cast):
    return sheet_begun(cast, cast.sofia, arrived(cast))


def fill(cast, sheet, count: int = 10) -> None:
    scales = [item.code for item in items(edition("2016"), SCALE) if item.kind == "scale"]
    answers_write(
        actor=cast.actor(cast.sofia), examination=sheet, instrument=SCALE, base_version=0,
        answers=dict.fromkeys(scales[:count], 3),
    )  # fmt: skip


def test_the_profile_carries_the_picture_and_both_descriptors_of_a_doubled_value(cast, as_user, sheet):
    fill(cast, sheet)
    text = printed(cast, cast.sofia, sheet.case)
    assert "Данилов Миша Игоревич" in text
    assert "1–3: с программой по ручному труду не справляется." in text
    assert "3–4: с программой по труду справляется удовлетворительно." in text
    assert "Для служебного пользования" in text
    assert "Соколова С. С." in text
    page = as_user(cast.sofia).get(reverse("instruments:instrument", args=[sheet.public_id, SCALE]))
    address = reverse("documents:case_form", kwargs={"public_id": sheet.case.public_id, "code": "adaptation_profile"})
    assert address in words(page)
    assert as_user(cast.sofia).get(address).headers["Content-Type"] == "application/pdf"


def test_without_a_complete_scale_there_is_nothing_to_print(cast, sheet):
    with pytest.raises(Refusal) as refused:
        printed(cast, cast.sofia, sheet.case)
    assert refused.value.code == "no_profile"
    fill(cast, sheet, 9)
    with pytest.raises(Refusal):
        printed(cast, cast.sofia, sheet.case)


def test_who_does_not_read_sheets_does_not_print_the_profile(cast, sheet):
    fill(cast, sheet)
    with pytest.raises(PermissionDenied):
        printed(cast, cast.anna, sheet.case)
