"""What the list of papers of a case depends on, and what a new application may take from the last one."""

from __future__ import annotations

from typing import Any

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Enrolment, Guardian, Guardianship
from opora.regulations.edition import Edition
from opora.regulations.entries import PaperFacts

from .models import Application

Level = Enrolment.Level
LEARNS_AT_SCHOOL = (Level.PRIMARY, Level.BASIC, Level.SECONDARY, Level.VOCATIONAL)
EXAMINED = (Status.SIGNED, Status.HANDED)
CARRIED = ("initiator", "referred_by", "filing", "source", "reason", "request", "needs_psychiatrist", "wants_copies")


def edition_of(case: Case) -> Edition:
    """The law of the case, with the dated parameters of the day it was opened."""
    return law_of(case, case.opened_on)


def present_enrolment(child: Child) -> Enrolment | None:
    """Where the child studies now."""
    return Enrolment.objects.filter(child=child, ended_on__isnull=True).select_related("school").first()


def guardians_of(child: Child) -> list[Guardianship]:
    """Representatives whose powers hold, the main one first."""
    return list(Guardianship.objects.filter(child=child, ended_on__isnull=True).select_related("guardian"))


def guardianship_of(child: Child, guardian: Guardian) -> Guardianship | None:
    """How the guardian stands for the child today, if he does."""
    return next((one for one in guardians_of(child) if one.guardian_id == guardian.pk), None)


def was_examined(child: Child) -> bool:
    """Whether this commission has examined the child before."""
    return Case.objects.filter(child=child, status__in=EXAMINED).exists()


def paper_facts(application: Application) -> PaperFacts:
    """Facts for `Edition.papers_for` (letter, annexes 2.1 and 2.14)."""
    child = application.case.child
    enrolment = present_enrolment(child)
    level = enrolment.level if enrolment else Level.NONE
    guardianship = guardianship_of(child, application.applicant)
    sender = application.referred_by
    return PaperFacts(
        schoolchild=level in LEARNS_AT_SCHOOL,
        preschooler=level in (Level.PRESCHOOL, Level.EARLY),
        attends_organisation=bool(enrolment and enrolment.school_id),
        repeat=application.is_repeat,
        from_territorial=application.initiator == "territorial_commission"
        or bool(sender and sender.kind == Organisation.Kind.TERRITORIAL_COMMISSION),
        not_a_parent=guardianship is None or not guardianship.is_parent,
    )


def last_application(actor: Actor, child: Child) -> Application | None:
    """The latest application for the child at this commission."""
    rows = Application.objects.visible_to(actor).filter(case__child=child)
    return rows.select_related("applicant", "referred_by").order_by("-case__opened_on", "-pk").first()


def usual_answers(actor: Actor, child: Child) -> dict[str, Any]:
    """What the form of a new application offers: the last application, else the usual values."""
    guardians = guardians_of(child)
    answers: dict[str, Any] = {
        "applicant": guardians[0].guardian if guardians else None,
        "is_repeat": was_examined(child),
        "initiator": "parent",
    }
    last = last_application(actor, child)
    if last is None:
        return answers
    answers |= {name: getattr(last, name) for name in CARRIED}
    if any(one.guardian_id == last.applicant_id for one in guardians):
        answers["applicant"] = last.applicant
    return answers
