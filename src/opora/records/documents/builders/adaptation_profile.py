"""The profile of adaptation: the scales 10.2 and 10.3 of a case with the dynamics that the reader may see."""

from __future__ import annotations

from datetime import date

from opora.commission.cases.models import Case
from opora.commission.instruments.models import ScoredInstrument
from opora.commission.instruments.page import picture
from opora.commission.instruments.results import dynamics, result_of, subject_of
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.people.naming import NameCase
from opora.records.documents.forms.adaptation_profile.form import AdaptationProfileData, ProfileScale
from opora.regulations.instruments.scoring import ScaleValue, Score

from .persons import letterhead, name_in, upper_first


def build(case: Case, actor: Actor, on: date) -> AdaptationProfileData:
    """Every complete scale of the case. Raises Refusal when there is none: an empty profile says nothing."""
    rows = ScoredInstrument.objects.visible_to(actor).of_case(case).with_people()
    found = [_scale(actor, row) for row in rows.select_related("examination__position__user")]
    scales = [one for one in found if one is not None]
    if not scales:
        raise Refusal(
            "no_profile",
            f"По делу {case.title} ни одна шкала адаптированности не заполнена до конца: печатать нечего.",
            "письмо ВК-1074/07, прил. 10.2, 10.3",
        )
    return {
        "letterhead": letterhead(case.organisation),
        "official_use": True,
        "child_name": name_in(case.child, NameCase.NOMINATIVE),
        "birth_date": case.child.birth_date.isoformat(),
        "case_title": case.title,
        "scales": scales,
    }


def _scale(actor: Actor, row: ScoredInstrument) -> ProfileScale | None:
    examination = row.examination
    subject = subject_of(examination)
    result = result_of(subject, row.instrument, row.answers)
    if not isinstance(result, Score) or not result.profile:
        return None
    return {
        "title": result.title,
        "clause": upper_first(result.clause),
        "date": row.filled_on.isoformat(),
        "position": upper_first(examination.position.caption),
        "name": examination.specialist.short_name,
        "picture": str(picture(subject, dynamics(actor, examination, row.instrument)) or ""),
        "marks": [{"title": one.title, "value": str(one.value), "text": _text(one)} for one in result.profile],
    }


def _text(one: ScaleValue) -> str:
    if not one.descriptors:
        return one.note
    return "\n".join(
        f"{found.span}: {found.text}" + (f" ({found.mark})" if found.mark else "") for found in one.descriptors
    )
