"""Which papers stand on a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from opora.commission.attestation.models import AttestationConclusion
from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Owned
from opora.foundation.registers.models import Snapshot
from opora.school.support.plans.models import WorkPlan
from opora.school.support.schedules.models import WorkSchedule

from .builders import CASE_FORMS, SIGNED_FORMS
from .builders.school import forms_of
from .builders.service import plan_signed, schedule_signed
from .forms import FORMS

_FIELDS = {"conclusion": "snapshot", "conclusion_school": "school_snapshot", "protocol": "protocol_snapshot"}
_ATTESTATION = {"attestation_conclusion": "snapshot", "attestation_protocol": "protocol_snapshot"}
_TITLES = {
    "conclusion": "Заключение, копия для семьи",
    "conclusion_school": "Выписка для школы",
    "protocol": "Протокол",
}


@dataclass(frozen=True)
class PrintLink:
    """A paper that can be opened or printed from a page."""

    title: str
    hint: str
    url: str
    is_signed: bool = False
    is_annulled: bool = False


def signed_snapshot(actor: Actor, case: Case, code: str) -> Snapshot | None:
    """The frozen paper of the conclusion in force, or None before the signature."""
    if code not in SIGNED_FORMS:
        return None
    model, field = (AttestationConclusion, _ATTESTATION[code]) if code in _ATTESTATION else (Conclusion, _FIELDS[code])
    found = model.objects.visible_to(actor).filter(case=case, state="signed").select_related(field).first()
    snapshot: Snapshot | None = getattr(found, field) if found else None
    return snapshot


def links_of(actor: Actor, case: Case) -> list[PrintLink]:
    """All papers of a case: those to print now, then the signed ones from the newest, annulled ones last."""
    signed = list(
        Conclusion.objects.visible_to(actor)
        .filter(case=case)
        .exclude(state=Conclusion.State.DRAFT)
        .select_related("snapshot", "school_snapshot", "protocol_snapshot")
        .defer("snapshot__content", "school_snapshot__content", "protocol_snapshot__content")
        .order_by("state", "-signed_on", "-pk")
    )
    in_force = sorted(signed, key=lambda one: one.state == Conclusion.State.ANNULLED)
    papers = [link for one in in_force for link in _signed_links(one)]
    return [*papers, *_attestation_links(actor, case), *_prints(actor, case)]


def _attestation_links(actor: Actor, case: Case) -> list[PrintLink]:
    """Signed papers on ГИА, annulled ones last."""
    rows = AttestationConclusion.objects.visible_to(actor).filter(case=case).exclude(state="draft")
    rows = rows.select_related("snapshot", "protocol_snapshot")
    rows = rows.defer("snapshot__content", "protocol_snapshot__content")
    answer = []
    for one in sorted(rows, key=lambda one: one.state == "annulled"):
        for title, number, snapshot in (
            ("Заключение ГИА", one.number, one.snapshot),
            ("Протокол ГИА", one.protocol_number, one.protocol_snapshot),
        ):
            if snapshot is not None:
                url = reverse("documents:issued", kwargs={"public_id": snapshot.public_id})
                day = f"от {one.signed_on:%d.%m.%Y}" if one.signed_on else ""
                annulled = one.state == AttestationConclusion.State.ANNULLED
                answer.append(PrintLink(f"{title} №\u00a0{number}", day, url, is_signed=True, is_annulled=annulled))
    return answer


@dataclass(frozen=True)
class SchoolLink:
    """A paper of a row of the school: to read or print, and where there is one its editable copy."""

    title: str
    hint: str
    url: str
    copy_url: str
    is_signed: bool
    frozen_word: str = "подписано"


def school_links(actor: Actor, subject: Owned, row: str) -> list[SchoolLink]:
    """Papers that this actor prints from a row; `row` is the word of its addresses in `urls.py`."""
    printed = [
        SchoolLink(
            form.title,
            form.hint,
            reverse(f"documents:{row}_paper", args=[subject.public_id, form.code]),
            reverse(f"documents:{row}_copy", args=[subject.public_id, form.code]) if form.editable else "",
            form.signed(subject) is not None,
            form.frozen_word,
        )
        for form in forms_of(type(subject))
        if may(actor, form.action) and form.offered(subject) and not form.withheld_from(actor, subject)
    ]
    return printed + _versions(actor, subject) if printed else []


def _versions(actor: Actor, subject: Owned) -> list[SchoolLink]:
    """Approved versions of a plan or a schedule other than the one that its paper opens, the newest first."""
    if not isinstance(subject, WorkPlan | WorkSchedule) or not may(actor, "paper.read"):
        return []
    opened = plan_signed(subject) if isinstance(subject, WorkPlan) else schedule_signed(subject)
    rows = subject.versions.exclude(snapshot=opened).select_related("snapshot").defer("snapshot__content")
    return [
        SchoolLink(
            f"Версия\u00a0{one.number}", f"утверждена {one.approved_on:%d.%m.%Y}",
            reverse("documents:issued", kwargs={"public_id": one.snapshot.public_id}), "", True, "утверждено",
        )
        for one in rows.order_by("-number")
    ]  # fmt: skip


def _prints(actor: Actor, case: Case) -> list[PrintLink]:
    return [
        PrintLink(
            form.title,
            form.hint,
            reverse("documents:case_form", kwargs={"public_id": case.public_id, "code": form.code}),
        )
        for form in CASE_FORMS.values()
        if case.status in form.offered_in and not form.withheld_from(actor, case)
    ]


def _signed_links(one: Conclusion) -> list[PrintLink]:
    annulled = one.state == Conclusion.State.ANNULLED
    answer = []
    for code, field in _FIELDS.items():
        snapshot = getattr(one, field)
        if snapshot is not None and snapshot.form in FORMS:
            number = one.protocol_number if code == "protocol" else one.number
            day = f" от {one.signed_on:%d.%m.%Y}" if one.signed_on else ""
            title = f"{_TITLES[code]} №\u00a0{number}" if code != "conclusion_school" else _TITLES[code]
            url = reverse("documents:issued", kwargs={"public_id": snapshot.public_id})
            answer.append(PrintLink(title, day.strip(), url, is_signed=True, is_annulled=annulled))
    return answer
