"""The methods ticked in the sheets stand in the protocol 2.15, before the specialist's own words about them."""

from __future__ import annotations

import pytest

from opora.commission.conclusions.protocol import protocol_content
from opora.commission.conclusions.services import conclusion_draft
from opora.commission.examinations import services as examining
from opora.commission.examinations.tests.day import arrived, finished, sheet_begun, today, write
from opora.commission.methods import services as methods
from opora.commission.methods.models import OwnMethod

pytestmark = pytest.mark.django_db


def test_the_protocol_lists_the_ticked_methods_and_then_the_own_words(cast):
    visit = arrived(cast)
    sheet = sheet_begun(cast, cast.gleb, visit)
    gleb = cast.actor(cast.gleb)
    own = methods.own_method_save(actor=gleb, own=OwnMethod(organisation=cast.commission, title="Проба с кубиками"))
    used = methods.method_use(actor=gleb, examination=sheet, code="8.2.06")
    methods.method_note(actor=gleb, use=used, note="по образцу")
    methods.method_use(actor=gleb, examination=sheet, code=own.public_id)
    methods.method_use(actor=gleb, examination=sheet, code="psychology_text.06")
    write(cast, cast.gleb, sheet, "methods", "наблюдение в игре")
    write(cast, cast.gleb, sheet, "conclusion", "Нуждается в занятиях.")
    examining.examination_finish(actor=gleb, examination=sheet)
    finished(cast, cast.vera, visit)
    examining.case_discuss(actor=cast.actor(cast.boris), case=sheet.case, on=today(), reason="Остальных нет.")
    sheet.case.refresh_from_db()
    draft = conclusion_draft(actor=cast.actor(cast.boris), case=sheet.case)
    content = protocol_content(draft)
    assert content["psychologist"]["methods"] == (
        "Рисунок человека (по образцу); Проба с кубиками; Комплекс И.А. Коробейникова: «Нелепицы»; наблюдение в игре"
    )
    assert content["speech_therapist"]["methods"] == ""
