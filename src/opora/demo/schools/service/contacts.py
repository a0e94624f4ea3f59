"""Requests for help to other bodies, and what came of them; one gives what a guardianship body asked in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from opora.people.children.models import Child
from opora.people.disclosures import services as disclosures
from opora.people.disclosures.models import Disclosure
from opora.school.support.contacts import services

from ...requests import scan
from ...stories import Story, at
from ..plans import workday
from .children import with_grounds
from .people import Service


@dataclass(frozen=True)
class Asked:
    """One request: `ago` days; `wait` days the answer is awaited; an empty outcome waits still."""

    ago: int
    login: str
    kind: str
    body: str
    asked: str
    ground: str = "nobody"
    wait: int = 14
    outcome: str = ""
    answer: str = ""
    after: int = 9


CENTRE, CLINIC = "Областной центр психолого-педагогической помощи", "Детская поликлиника № 3"
GUARDIANSHIP = "Отдел опеки и попечительства Приозёрска"
CONTACTS = (
    Asked(402, "socped", "joint", "КДНиЗП Приозёрска", "План совместных рейдов на учебный год.", outcome="helped",
          answer="План согласован."),
    Asked(275, "specialist", "help", CENTRE, "Консультация семьи и занятия во время каникул.", "consent",
          outcome="helped", answer="Проведено шесть встреч, рекомендации переданы семье."),
    Asked(212, "logoped", "consultation", CLINIC, "Консультация врача-невролога: причины нарушения речи.", "consent",
          outcome="partly", answer="Приём проведён, наблюдение через полгода; записи на массаж нет."),
    Asked(75, "sluzhba", "methods", CENTRE, "Методическая помощь по программам для детей с ОВЗ.", outcome="helped",
          answer="Присланы программы и приглашение на семинар."),
    Asked(48, "defektolog", "help", "Центр помощи детям «Радуга»", "Место в группе занятий на второе полугодие.",
          "consent", outcome="refused", answer="Мест нет до сентября, семья поставлена в очередь."),
    Asked(35, "socped", "joint", "ПДН отдела полиции по г. Приозёрску", "Беседа инспектора в классах о безопасности."),
    Asked(8, "specialist", "help", CENTRE, "Консультация врача-психиатра: помощь семье.", "consent", wait=20),
    Asked(16, "socped", "help", GUARDIANSHIP, "Помощь семье: условия жизни ребёнка, сопровождение.", "request",
          wait=30),
)  # fmt: skip
CONSENT = "мама, письменное согласие от {day}"


def contact_story(service: Service, asked: Asked, place: int) -> Story:
    """Asked on a day, answered after some; a written request comes two days earlier and is decided by the director."""
    day = workday(service.today - timedelta(days=asked.ago))
    disclosure = None
    yield at(day - timedelta(days=3), 10, place)
    child = _child(service, asked, place) if asked.ground != "nobody" else None
    if asked.ground != "nobody" and child is None:
        return
    if asked.ground == "request" and child is not None:
        disclosure = _requested(service, child)
        yield at(day - timedelta(days=1), 12)
        disclosure = _given(service, disclosure)
    yield at(day, 11, place)
    today = timezone.localdate()
    made = services.contact_make(
        actor=service.actor(asked.login), kind=asked.kind, asked=asked.asked, child=child,
        body=disclosure.recipient if disclosure else None, body_title="" if disclosure else asked.body,
        ground=asked.ground, consent_note=CONSENT.format(day=f"{today:%d.%m.%Y}") if asked.ground == "consent" else "",
        disclosure=disclosure, asked_on=today, due_on=today + timedelta(days=asked.wait),
    )  # fmt: skip
    if asked.outcome:
        yield at(workday(day + timedelta(days=asked.after), 1), 12, place)
        services.contact_answer(
            actor=service.actor(asked.login), contact=made, outcome=asked.outcome, answer=asked.answer,
            answered_on=timezone.localdate(),
        )  # fmt: skip


def _child(service: Service, asked: Asked, place: int) -> Child | None:
    """A pupil with a ground for help, whom the one who asks knows; the head knows all."""
    login = asked.login if asked.login != "sluzhba" else "specialist"
    known = Child.objects.visible_to(service.actor(asked.login)).values_list("pk", flat=True)
    found = [child for child, _ in with_grounds(service, login) if child.pk in set(known)]
    return found[place % len(found)] if found else None


def _requested(service: Service, child: Child) -> Disclosure:
    """The body asks in writing: the paper is scanned."""
    head, today = service.head, timezone.localdate()
    recipient = disclosures.recipient_by_name(
        actor=head, name=GUARDIANSHIP, kind="guardianship_body", address="г. Приозёрск, ул. Набережная, д. 2"
    )
    found = disclosures.disclosure_receive(
        actor=head, child=child, ground="request", recipient=recipient, request_number="02-11/417",
        request_on=today, received_on=today, asked="Характеристика обучающегося и сведения о работе с семьёй.",
        asked_by_name="Громова А. П.", asked_by_post="начальник отдела",
    )  # fmt: skip
    return disclosures.scan_attach(actor=head, disclosure=found, upload=scan(timezone.now()))


def _given(service: Service, disclosure: Disclosure) -> Disclosure:
    today = timezone.localdate()
    return disclosures.disclosure_decide(
        actor=service.director, disclosure=disclosure, decision="give", on=today, categories=["family", "contacts"],
        given_text="Сведения о работе школы с семьёй за полугодие.", knowledge="told", told_on=today,
    )  # fmt: skip
