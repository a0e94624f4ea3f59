"""A conclusion of the commission of the district about Миша, as his mother brings it to «Школа № 7»."""

from datetime import date
from typing import Any

from opora.foundation.organisations.models import Organisation
from opora.school.duties.models import BroughtConclusion
from opora.school.duties.services import brought_record
from tests.cast import organisation
from tests.school_cast import SchoolCast

TODAY = date(2026, 11, 21)
SIGNED = date(2026, 11, 10)


def commission() -> Organisation:
    found = Organisation.objects.commissions().first()
    return found or organisation("territorial_commission", "ПМПК Заречного района")


def paper(cast: SchoolCast, **changes: Any) -> dict[str, Any]:
    """What stands in the paper."""
    return {
        "guardian": cast.mother(cast.misha), "number": "17", "signed_on": SIGNED, "brought_on": TODAY,
        "has_limitations": True, "commission": commission(), "programme": "5.1", "parents_answer": "agree",
        "commission_title": "", "next_on": None, "valid_until": None, "programme_title": "", "note": "",
        "parents_words": "", "orientation": "",
    } | changes  # fmt: skip


def bring(cast: SchoolCast, **changes: Any) -> BroughtConclusion:
    """Елена writes it down, unless another actor is given."""
    known = {name: changes.pop(name) for name in ("actor", "duties", "presented_before") if name in changes}
    return brought_record(**{"actor": cast.actor(cast.elena)} | known, child=cast.misha, **paper(cast, **changes))
