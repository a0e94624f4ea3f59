"""What is known of a child before its programme is written: nobody types it again."""

from __future__ import annotations

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.support.checking import sections_of
from opora.school.consilium.models import AgendaItem, AgendaSection
from opora.school.pupils.models import Placement
from opora.school.signals.models import AdditionalExamination, ScreeningResult

from .flow import Status
from .models import Programme, ProgrammeSection

# Sections of the programme by the steps of the talk that they begin with.
FROM_STEPS = {"problems": "problems", "characteristic": "information"}
# The step «ресурсы» does not say which of them are inner: it begins the longer list.
RESOURCES = ("resources_outer", "resources")
DIAGNOSTICS = "diagnostics"
# What still holds when the support begins anew for another reason.
LASTING = frozenset({"characteristic", "resources_inner", "resources_outer"})
GOES_ON = (AgendaItem.Ground.FINAL, AgendaItem.Ground.CONTROL)


def first_texts(actor: Actor, programme: Programme) -> dict[str, str]:
    """First texts of the sections: out of the talk and what led to it, else out of the programme before this one.

    A programme that goes on takes all texts of the one before. A new reason takes what lasts alone: who the child is
    and what he leans on; what was found out and expected then would pass for what is known now.
    """
    texts: dict[str, str] = {}
    if programme.previous is not None:
        anew = programme.item is not None and programme.item.ground not in GOES_ON
        anew = anew and programme.previous.status != Status.CONTINUED
        texts = _of_previous(programme.previous, LASTING if anew else None)
    if programme.item is not None:
        texts |= _of_item(actor, programme.item) | _diagnostics(actor, programme, programme.item)
    known = {one.code for one in sections_of(law_on(programme.starts_on or programme.created_at.date()))}
    return {code: text for code, text in texts.items() if code in known and text.strip()}


def _of_previous(previous: Programme, codes: frozenset[str] | None) -> dict[str, str]:
    rows = ProgrammeSection.objects.filter(programme=previous)
    return {one.code: one.text for one in rows if codes is None or one.code in codes}


def _diagnostics(actor: Actor, programme: Programme, item: AgendaItem) -> dict[str, str]:
    """What the psychologist found on the concern that led here, or what the screenings showed.

    Findings behind a mark of suicidal risk go into a programme of that kind alone: it is as narrow as they are.
    """
    at_risk = programme.kind == Programme.Kind.RISK
    found: list[str] = []
    if item.concern is not None and (at_risk or not item.concern.suicide_risk):
        rows = AdditionalExamination.objects.visible_to(actor).filter(concern=item.concern, confirmed=True)
        for one in rows.select_related("concern__child"):
            said = " ".join(filter(None, (_sentence(one.methods), _sentence(one.findings))))
            found.append(f"Обследование педагога-психолога {one.held_on:%d.%m.%Y}. {said}")
    if item.ground == AgendaItem.Ground.SCREENING:
        results = ScreeningResult.objects.visible_to(actor).filter(child=item.child, settled="meeting")
        for result in results.filter(suicide_risk=False).select_related("screening", "child").order_by("-pk")[:1]:
            note = f". {_sentence(result.note)}" if result.note else "."
            words = f"{result.screening.title}, {result.screening.held_on:%d.%m.%Y}: {result.get_level_display()}"
            found.append(f"{words}{note}")
    return {DIAGNOSTICS: "\n".join(found)} if found else {}


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if not said or said[-1] in ".!?…" else f"{said}."


def _of_item(actor: Actor, item: AgendaItem) -> dict[str, str]:
    steps = {one.code: one.text.strip() for one in AgendaSection.objects.visible_to(actor).filter(item=item)}
    texts = {code: steps[step] for code, step in FROM_STEPS.items() if steps.get(step)}
    code, step = RESOURCES
    if steps.get(step):
        texts[code] = steps[step]
    return texts


def class_of(child: Child) -> tuple[str, str]:
    """Class and class teacher of a child: «4 «А»», «Титова Татьяна Тимофеевна»; empty where nobody has said."""
    present = Placement.objects.present().filter(child=child).select_related("school_class__teacher__user").first()
    if present is None:
        enrolment = child.enrolments.filter(ended_on__isnull=True).first()
        return (enrolment.group if enrolment else ""), ""
    teacher = present.school_class.teacher
    return present.school_class.title, teacher.user.full_name if teacher else ""


def protocol_of(programme: Programme) -> str:
    """«№ 3/2026 от 21.11.2026», or an empty text while the protocol has no number."""
    meeting = programme.item.meeting if programme.item else None
    if meeting is None or not meeting.number:
        return ""
    return f"№\u00a0{meeting.number_title} от {meeting.day:%d.%m.%Y}"
