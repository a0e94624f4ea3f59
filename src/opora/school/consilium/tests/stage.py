"""Meetings for the stories, made through the services as people make them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from opora.people.children.models import Child
from opora.school.consilium import services
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting
from opora.school.signals.models import Concern
from tests.school_cast import SchoolCast

STEPS = {
    "information": "Учится с интересом, но устаёт к третьему уроку.",
    "problems": "Не успевает по русскому языку.",
    "goals": "Догнать класс по письму к весне.",
    "resources": "Любит рисовать, дружит с Петей.",
    "plan": "Занятия с логопедом дважды в неделю.",
    "conclusion": "Нуждается в занятиях с логопедом до конца года.",
    "for_teachers": "Давать больше времени на письменные работы.",
    "for_parents": "Читать вслух по десять минут в день.",
}


def today() -> date:
    return timezone.localdate()


def words(answer) -> str:
    """The page with plain spaces, as a reader sees it."""
    return answer.content.decode().replace("\u00a0", " ")


def planned(cast: SchoolCast, day: date | None = None, **values) -> ConsiliumMeeting:
    elena = cast.actor(cast.elena)
    return services.meeting_plan(actor=elena, day=day or today(), on=today(), **values)


def added(cast: SchoolCast, meeting: ConsiliumMeeting, child: Child | None = None, ground: str = "parents"):
    elena = cast.actor(cast.elena)
    return services.item_add(
        actor=elena, meeting=meeting, child=child or cast.misha, ground=ground, words="Трудно писать"
    )


def write(cast: SchoolCast, item: AgendaItem, user=None, **texts: str) -> None:
    for code, text in texts.items():
        section = item.sections.get(code=code)
        actor = cast.actor(user or cast.elena)
        services.section_write(actor=actor, section=section, text=text, base_version=section.version)


def talked(cast: SchoolCast, item: AgendaItem, outcome: str = "difficulties", answer: str = "agree") -> AgendaItem:
    """The talk is over: all five steps, the decision, the parents' word."""
    elena = cast.actor(cast.elena)
    services.item_open(actor=elena, item=item, on=today())
    write(cast, item, **STEPS)
    services.decision_set(
        actor=elena, item=item, outcome=outcome, recommendation="difficulties", leading=cast.post(cast.larisa)
    )
    return services.parents_hear(actor=elena, item=item, answer=answer, words="Мы поможем дома.")


def offered(cast: SchoolCast, item: AgendaItem, outcome: str = "difficulties") -> AgendaItem:
    talked(cast, item, outcome)
    return services.opinion_offer(actor=cast.actor(cast.elena), item=item, on=today())


def signed(cast: SchoolCast, item: AgendaItem, outcome: str = "difficulties") -> AgendaItem:
    """The chair records the signatures of the printed paper."""
    offered(cast, item, outcome)
    return services.opinion_sign_paper(actor=cast.actor(cast.elena), item=item, on=today())


def confirmed_concern(cast: SchoolCast, child: Child | None = None, risk: bool = False) -> Concern:
    """A concern of the class teacher that the psychologist confirmed."""
    child = child or cast.misha
    return Concern.objects.create(
        organisation=cast.school, child=child, author=cast.tatiana, noticed_on=today(), signs=[],
        seen="Плачет на переменах.", urgency="today" if risk else "soon", suicide_risk=risk, state="confirmed",
        psychologist=cast.post(cast.polina),
    )  # fmt: skip
