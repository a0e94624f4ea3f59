"""Previews of what is not signed yet: protocol and conclusion, marked «ПРОЕКТ». Signed ones come from snapshots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from opora.commission.attestation import content as attestation
from opora.commission.attestation.models import AttestationConclusion
from opora.commission.cases.models import Case
from opora.commission.conclusions.content import conclusion_content, school_content
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.protocol import protocol_content
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor


def protocol(case: Case, actor: Actor, on: date) -> dict[str, Any]:
    """Protocol 2.15 as it stands now."""
    return _draft(case, protocol_content)


def conclusion(case: Case, actor: Actor, on: date) -> dict[str, Any]:
    """Conclusion 2.16, the family's copy, as it stands now."""
    return _draft(case, conclusion_content)


def conclusion_school(case: Case, actor: Actor, on: date) -> dict[str, Any]:
    """The school's extract as it stands now."""
    return _draft(case, school_content)


def attestation_conclusion(case: Case, actor: Actor, on: date) -> dict[str, Any]:
    """The conclusion on conditions of ГИА as it stands now."""
    return attestation.conclusion_content(_attestation(case)) | {"draft": True}


def attestation_protocol(case: Case, actor: Actor, on: date) -> dict[str, Any]:
    """The protocol on conditions of ГИА as it stands now."""
    return attestation.protocol_content(_attestation(case)) | {"draft": True}


def _attestation(case: Case) -> AttestationConclusion:
    drafts = case.attestations.filter(state=AttestationConclusion.State.DRAFT)
    found = drafts.select_related("case__child", "organisation", "visit__session__place").first()
    if found is None:
        raise Refusal("no_draft", f"По делу {case.title} заключение ГИА ещё не составляют: печатать нечего.")
    return found


def _draft(case: Case, content: Callable[[Conclusion], dict[str, Any]]) -> dict[str, Any]:
    found = case.conclusions.filter(state=Conclusion.State.DRAFT).select_related("case__child").first()
    if found is None:
        raise Refusal(
            "no_draft",
            f"По делу {case.title} заключение ещё не составляют: печатать нечего.",
            "письмо ВК-1074/07, разд. 2",
        )
    return content(found) | {"draft": True}
