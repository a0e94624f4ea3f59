"""Which row of a commission a route is tried on: one in a state that lets the deed be done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import models

from opora.commission.attestation.models import AttestationConclusion
from opora.commission.cases.flow import Status, transition
from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion, ConclusionSection, DissentingOpinion, Handover
from opora.commission.examinations.models import Examination, ExaminationSection, Session, Visit
from opora.commission.intake.models import Application, Paper, PaperFile, Slot
from opora.commission.methods.models import MethodUse
from opora.foundation.access.models import EmergencyAccess, Position
from opora.foundation.accounts.models import User
from opora.foundation.registers.models import Snapshot
from opora.people.children.models import Child, Guardianship
from opora.people.consents.models import Consent, Withdrawal
from opora.people.disclosures.models import DisclosedPaper, Disclosure
from opora.people.retention.models import DestructionOrder
from opora.school.consilium.models import MeetingMember
from opora.school.programmes.models import BankItem
from opora.school.pupils.models import SchoolClass
from tests import cast as people

from . import (
    support_analysis,
    support_cards,
    support_papers,
    support_passports,
    support_plans,
    support_schedules,
    support_worklog,
)
from .house import FIRST_NAMES, House


def row_of(house: House, model: type[models.Model], **where: Any) -> models.Model:
    return model._default_manager.filter(organisation=house.place, **where).latest("pk")


def by_action(house: House, model: type[models.Model], action: str) -> models.Model:
    """For a step of the flow: a case whose status allows it. Else the row of the case that is under way."""
    case = house.cases[status_for(action)]
    if model is Case:
        return case
    if model is Child:
        return case.child
    return PATHS.get(model, lambda h, m, c: row_of(h, m))(house, model, case)


def status_for(action: str) -> str:
    try:
        return str(next(source for source in transition(action).source if source in FIRST_NAMES))
    except KeyError:
        return STATUS_OF_ROOM.get(action.split(".")[0], str(Status.PAPERS))


STATUS_OF_ROOM = {
    "examination": Status.EXAMINATION, "visit": Status.EXAMINATION, "conclusion": Status.DISCUSSION,
    "handover": Status.SIGNED, "paper": Status.SIGNED, "attestation": Status.DISCUSSION,
}  # fmt: skip
# How a row is found from the case that the deed needs; other models have one row for each commission.
PATHS: dict[type[models.Model], Callable[[House, type[models.Model], Case], models.Model]] = {
    Visit: lambda h, m, case: row_of(h, m, case=case),
    Application: lambda h, m, case: row_of(h, m, case=case),
    Paper: lambda h, m, case: row_of(h, m, case=case),
    PaperFile: lambda h, m, case: row_of(h, m, paper__case=case),
    Examination: lambda h, m, case: row_of(h, m, case=case, specialist=h.vera),
    ExaminationSection: lambda h, m, case: row_of(h, m, examination__case=case, examination__specialist=h.vera),
    MethodUse: lambda h, m, case: row_of(h, m, examination__case=case, examination__specialist=h.vera),
    Conclusion: lambda h, m, case: row_of(h, m, case=case),
    ConclusionSection: lambda h, m, case: row_of(h, m, conclusion__case=case),
    DissentingOpinion: lambda h, m, case: row_of(h, m, conclusion__case=case),
    AttestationConclusion: lambda h, m, case: row_of(h, m, case=case),
    Handover: lambda h, m, case: row_of(h, m, conclusion__case=case),
    Consent: lambda h, m, case: row_of(h, m, child=case.child),
    Guardianship: lambda h, m, case: row_of(h, m, child=case.child),
    Slot: lambda h, m, case: Slot.objects.filter(organisation=h.place, bookings=None).latest("pk"),
    Position: lambda h, m, case: Position.objects.get(organisation=h.place, user__username__endswith="-unsworn"),
    Session: lambda h, m, case: row_of(h, m),
    EmergencyAccess: lambda h, m, case: row_of(h, m, user=h.vera),
    Snapshot: lambda h, m, case: row_of(h, m, form="conclusion"),
}
# Routes that need another row than their action tells.
TARGETS: dict[str, Callable[[House, type[models.Model], str], models.Model]] = {
    "attestation:annul": lambda h, m, a: row_of(h, AttestationConclusion, state="signed"),
    "attestation:hand_over": lambda h, m, a: row_of(h, AttestationConclusion, state="signed"),
    "consents:act": lambda h, m, a: row_of(h, m, state="done"),
    "retention:act": lambda h, m, a: row_of(h, m, state="destroyed"),
    "retention:log": lambda h, m, a: row_of(h, m, state="destroyed"),
    "children:prevention_new": lambda h, m, a: h.cases[Status.EXAMINATION].child,
    "intake:application_new": lambda h, m, a: people.child_of(h.place, h.surname, "Новый"),
    "disclosures:attach": lambda h, m, a: row_of(h, Disclosure, state="received"),
    "disclosures:decide": lambda h, m, a: row_of(h, Disclosure, state="received"),
    "disclosures:annul": lambda h, m, a: row_of(h, Disclosure, state="received"),
    "disclosures:send": lambda h, m, a: row_of(h, Disclosure, state="decided"),
    "disclosures:acknowledge": lambda h, m, a: row_of(h, Disclosure, state="sent"),
    "disclosures:paper": lambda h, m, a: row_of(h, DisclosedPaper),
    "consents:carry_out": lambda h, m, a: row_of(h, Withdrawal, state="recorded"),
    "consents:lift": lambda h, m, a: row_of(h, Withdrawal, state="recorded"),
    "retention:confirm": lambda h, m, a: row_of(h, DestructionOrder, state="proposed"),
    "retention:decline": lambda h, m, a: row_of(h, DestructionOrder, state="proposed"),
}
# Papers of the class teacher: the one under his hand, and the finished one.
TARGETS |= {
    f"presentations:{name}": lambda h, m, a: row_of(h, m, kind="characteristic", state="draft")
    for name in ("sheet", "lacks", "details", "carry", "finish")
}
TARGETS |= {
    f"presentations:{name}": lambda h, m, a: row_of(h, m, kind="characteristic", state="finished")
    for name in ("reopen", "hand_over")
}
TARGETS |= {
    f"presentations:{name}": lambda h, m, a: row_of(
        h, m, presentation__kind="characteristic", presentation__state="draft", code="c_maths"
    )
    for name in ("section", "choices", "section_earlier")
}
# The talk goes on in the last item; the one before is being signed, the first one is signed.
TARGETS |= {
    f"consilium:{name}": lambda h, m, a: row_of(h, m, state="signing") for name in ("sign", "sign_paper", "withdraw")
}
TARGETS |= {
    f"consilium:{name}": lambda h, m, a: row_of(h, m, state="signed")
    for name in ("parents_told", "teachers_told", "annul", "refer")
}
TARGETS |= {
    f"consilium:{name}": lambda h, m, a: row_of(h, m, state="held")
    for name in ("protocol", "protocol_issue", "protocol_annul")
}
TARGETS |= {
    f"documents:{name}": lambda h, m, a: row_of(h, m, kind="characteristic", state="draft")
    for name in ("presentation_paper", "presentation_copy")
}
TARGETS |= {
    f"journals:{craft}{name}": lambda h, m, a, journal=journal: row_of(h, m, journal=journal)
    for craft, journal in (("", "booking"), ("consilium_", "opinions"))
    for name in ("order_status", "order_file")
}
# Drawing up: a draft and its parts, the programme that the family has, the one that waits for the director.
TARGETS |= {
    f"programmes:{name}": lambda h, m, a, status=status: row_of(h, m, status=status)
    for status, names in (
        ("draft", ("draft", "checks", "term", "line_add", "plan_take", "send")),
        ("family", ("family", "take_back", "proposal_add", "agreement_add", "agree", "versions")),
        ("agreed", ("approve",)),
    )
    for name in names
}
TARGETS |= {
    f"programmes:{name}": lambda h, m, a: row_of(h, m, programme__status="draft")
    for name in ("section", "section_earlier", "goal", "task", "activity", "criterion")
}
TARGETS["programmes:proposal_answer"] = lambda h, m, a: row_of(h, m, programme__status="family")
# Following: the programme that runs, and its parts.
TARGETS |= {
    f"programmes:{name}": lambda h, m, a: row_of(h, m, status="running")
    for name in (
        "marks", "observations", "observe", "told", "ending", "opinion", "finish", "continue", "bank_side", "bank_take",
    )
}  # fmt: skip
TARGETS |= {
    f"programmes:{name}": lambda h, m, a: row_of(h, m, programme__status="running") for name in ("mark", "bank_keep")
}
TARGETS["contacts:scan"] = lambda h, m, a: row_of(h, m, outcome="helped")
TARGETS |= {
    name: lambda h, m, a, where=where: row_of(h, m, **where)
    for room in (
        support_analysis, support_plans, support_schedules, support_worklog, support_passports, support_papers,
    )
    for name, where in room.WHERE.items()
}  # fmt: skip
# What a form must carry to get past its first question.
POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    "ui:choose_workplace": lambda h, user: {"workplace": user.positions.first().organisation.public_id},
    "examinations:examine": lambda h, user: {"position": user.positions.earliest("pk").public_id},
    "examinations:case_examine": lambda h, user: {"position": user.positions.earliest("pk").public_id},
    "examinations:member": lambda h, user: {"position": h.vera.positions.get().public_id, "present": "1"},
    "findings:save": lambda h, user: {"asked-mood": "1", "f-mood": "no"},
    "pupils:take": lambda h, user: {"child": h.cases[Status.PAPERS].child.public_id},
    "pupils:class_consents": lambda h, user: {"child": h.cases[Status.PAPERS].child.public_id},
    "presentations:start": lambda h, user: {
        "position": user.positions.earliest("pk").public_id,
        "kind": "characteristic",
    },
    "presentations:finish": lambda h, user: {"anyway": "1"},
    "presentations:section": lambda h, user: {"text": "Счёт", "version": "0"},
    "presentations:choices": lambda h, user: {"chosen": "c_maths_entry.digits"},
    "consilium:member": lambda h, user: {"position": row_of(h, MeetingMember).position.public_id, "present": "1"},
    "consilium:item_add": lambda h, user: {"child": h.cases[Status.PAPERS].child.public_id},
    "programmes:mark": lambda h, user: {"state": "done"},
    "programmes:line_add": lambda h, user: {"part": "goal", "title": "Ещё одна цель"},
    "programmes:section": lambda h, user: {"text": "Обсудили", "version": "1"},
    "programmes:bank_take": lambda h, user: {"item": row_of(h, BankItem).public_id, "reason": "по совету психолога"},
    "consilium:section": lambda h, user: {"text": "Обсудили", "version": "0"},
    "pupils:place": lambda h, user: {"school_class": row_of(h, SchoolClass).public_id},
    "conclusions:take": lambda h, user: {
        "source": row_of(h, ExaminationSection, examination__case=h.cases[Status.DISCUSSION]).public_id
    },
}
for room in (support_schedules, support_cards, support_plans, support_worklog, support_passports):
    POSTED |= room.POSTED
# What other parts of an address may stand for.
EXTRA = {
    "code": "consent_child", "act": "order_763", "table": "term", "entry": "conclusion_copy",
    "instrument": "family_risk",
}  # fmt: skip
# Papers of the school: a code that the row of the route is printed by.
_CODES = {
    "programme": "teachers_extract", "meeting": "consilium_protocol", "agenda": "collegial_opinion",
    "presentation": "school_characteristic", "pupil": "examination_consent",
}  # fmt: skip
EXTRA_OF = {f"documents:{row}_{way}": {"code": code} for row, code in _CODES.items() for way in ("paper", "copy")}
EXTRA_OF |= support_passports.EXTRA_OF | support_papers.EXTRA_OF


def keywords_of(name: str, converters: Collection[str]) -> dict[str, str]:
    """The other parts of the address of a route."""
    known = EXTRA | EXTRA_OF.get(name, {})
    return {key: known[key] for key in converters if key in known}
