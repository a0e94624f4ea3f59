"""The school in the house of the permission tests: its people and its rows beside those of the commission.

A wall, a right and the need to know do not ask of which kind an organisation is. So each house has both crafts, and
every route is walked by the roles of both. All children of the house are in the class of its class teacher, and on
the agenda of a meeting where the specialist and the curator sit; another teacher and another specialist know none.

Each room adds its rows by a function in `ROOMS`, told as people would do it, by its services.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from opora.commission.intake.models import PaperFile
from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.registers.services import sha256
from opora.people.children.models import Child
from opora.records.journals.models import JournalPrint
from opora.school.consilium import services as conferring
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, MeetingMember
from opora.school.duties import services as bringing
from opora.school.duties.offers import DutyDraft
from opora.school.presentations import services as presenting
from opora.school.programmes import services as drafting
from opora.school.programmes.models import Activity, BankItem, Criterion, Goal, Programme, ProgrammeHandover, Task
from opora.school.programmes.services import following
from opora.school.programmes.services.ending import opinion_record
from opora.school.pupils.models import ExaminationConsent, Placement, SchoolClass
from opora.school.signals import services as signalling
from opora.school.signals.models import ScreeningImport, SignalTerms
from tests import cast as people

from . import (
    support_analysis,
    support_cards,
    support_passports,
    support_plans,
    support_schedules,
    support_worklog,
)

if TYPE_CHECKING:
    from .house import House

POSTS = {
    Role.DIRECTOR: ("Давыдов", ""), Role.CONSILIUM_CHAIR: ("Егорова", ""), Role.SERVICE_HEAD: ("Ильина", ""),
    Role.SCHOOL_SPECIALIST: ("Павлова", Speciality.PSYCHOLOGIST), Role.CLASS_TEACHER: ("Титова", ""),
    Role.CURATOR: ("Жукова", ""),
}  # fmt: skip


def settle(house: House, prefix: str) -> None:
    """Hire the people of the school and tell the story of each room. Called when the commission's is told."""
    for role, (last, speciality) in POSTS.items():
        user = people.hire(house.place, f"{prefix}{role}", last, "Имя", "Отчество", (role, speciality))
        house.school[role] = user
    for room in ROOMS:
        room(house)


def children_of(house: House) -> list[Child]:
    """The children of the cases, in their order; the first is `Status.OPENED`."""
    return [case.child for case in house.cases.values()]


def post(house: House, role: Role) -> Position:
    return Position.objects.get(organisation=house.place, user=house.school[role])


def _pupils(house: House) -> None:
    room = SchoolClass.objects.create(
        organisation=house.place, title="4 «А»", year=house.today.year, level="primary",
        teacher=post(house, Role.CLASS_TEACHER),
    )  # fmt: skip
    for child in children_of(house):
        Placement.objects.create(organisation=house.place, child=child, school_class=room, started_on=house.today)
        ExaminationConsent.objects.create(
            organisation=house.place, child=child, guardian=child.guardianships.get().guardian, answer="given",
            signed_on=house.today, note=f"Согласна: {child.last_name}", recorded_by=_leader(house),
            scan=PaperFile.objects.filter(organisation=house.place).latest("pk").file,
        )  # fmt: skip


def _consilium(house: House) -> None:
    """Of each child: an opinion signed with a referral to ПМПК, one that is being signed, a talk that goes on."""
    chair = house.actor(_leader(house))
    conferring.settings_save(actor=chair, act="приказ № 1")
    held = _meeting(house, "обсуждение")
    for child in children_of(house):
        item = _talked(house, held, child, outcome="referral")
        conferring.opinion_sign_paper(actor=chair, item=item, on=house.today, dissents=_dissents(house, child))
        conferring.parents_tell(actor=chair, item=item, on=house.today)
        conferring.teachers_tell(actor=chair, item=item, teachers=[post(house, Role.CLASS_TEACHER)], on=house.today)
        referral = conferring.referral_make(
            actor=chair, item=item, commission=house.place, purpose=f"Цель: {child.last_name}",
            reasons=f"Причина: {child.last_name}", papers=f"Характеристика: {child.last_name}", on=house.today,
        )  # fmt: skip
        conferring.referral_answer(
            actor=chair, referral=referral, guardian=child.guardianships.get().guardian, answer="agreed",
            on=house.today, words=f"Ответ: {child.last_name}",
        )  # fmt: skip
    conferring.meeting_end(actor=chair, meeting=held, on=house.today)
    conferring.protocol_issue(actor=chair, meeting=held, on=house.today)
    signing, talk = _meeting(house, "подписи"), _meeting(house, "обсуждение идёт")
    for child in children_of(house):
        _talked(house, signing, child, outcome="no_difficulties")
    for child in children_of(house):
        item = conferring.item_add(actor=chair, meeting=talk, child=child, ground="other")
        conferring.item_open(actor=chair, item=item, on=house.today)


def _meeting(house: House, purpose: str) -> ConsiliumMeeting:
    meeting = ConsiliumMeeting.objects.create(
        organisation=house.place, day=house.today, chair=post(house, Role.CONSILIUM_CHAIR), purpose=purpose,
        place="Кабинет № 1",
    )  # fmt: skip
    for role in (Role.CONSILIUM_CHAIR, Role.SCHOOL_SPECIALIST, Role.CURATOR):
        MeetingMember.objects.create(organisation=house.place, meeting=meeting, position=post(house, role))
    return meeting


def _talked(house: House, meeting: ConsiliumMeeting, child: Child, outcome: str) -> AgendaItem:
    chair = house.actor(_leader(house))
    item = conferring.item_add(
        actor=chair, meeting=meeting, child=child, ground="parents", words=f"Повод: {child.last_name}"
    )
    conferring.participant_invite(
        actor=chair, item=item, kind="outside", name=f"Гость: {child.last_name}", competence="по делу",
        body=house.place, invited_on=house.today,
    )  # fmt: skip
    conferring.item_open(actor=chair, item=item, on=house.today)
    for section in item.sections.all():
        conferring.section_write(
            actor=chair, section=section, text=f"{section.code}: {child.last_name}", base_version=0
        )
    conferring.decision_set(
        actor=chair, item=item, outcome=outcome, recommendation="difficulties",
        leading=post(house, Role.SCHOOL_SPECIALIST),
    )  # fmt: skip
    conferring.parents_hear(actor=chair, item=item, answer="agree", words=f"Родители: {child.last_name}")
    return conferring.opinion_offer(actor=chair, item=item, on=house.today)


def _dissents(house: House, child: Child) -> dict[str, str]:
    return {post(house, Role.CURATOR).public_id: f"Особое мнение: {child.last_name}"}


def _duties(house: House) -> None:
    """A conclusion of ПМПК about each child, its conditions answered for by the specialist and marked by the chair."""
    chair = house.actor(_leader(house))
    for child in children_of(house):
        brought = bringing.brought_record(
            actor=chair, child=child, guardian=child.guardianships.get().guardian, number=f"№ {child.last_name}",
            signed_on=house.today, brought_on=house.today, has_limitations=True, commission=house.place,
            programme="7.1", parents_answer="partly", parents_words=f"Слова: {child.last_name}",
            note=f"Заметка: {child.last_name}", next_on=house.today + timedelta(days=60),
            scan=PaperFile.objects.filter(organisation=house.place).latest("pk").file,
            duties=[
                DutyDraft(
                    "tutor", f"Тьютор: {child.last_name}", responsible=post(house, Role.SCHOOL_SPECIALIST),
                    due_on=house.today,
                ),
                DutyDraft("other", f"Ещё не отмечено: {child.last_name}", responsible=post(house, Role.CURATOR)),
            ],
        )  # fmt: skip
        marked = brought.duties.get(kind="tutor")
        bringing.duty_mark(actor=chair, duty=marked, state="not_created", reason=f"Почему: {child.last_name}")


def _presentations(house: House) -> None:
    """A characteristic and a psychologist's presentation of each child, given out and packed; another one begun."""
    chair, teacher = house.actor(_leader(house)), house.actor(house.school[Role.CLASS_TEACHER])
    psychologist = house.actor(house.school[Role.SCHOOL_SPECIALIST])
    by_teacher = (post(house, Role.CLASS_TEACHER), "characteristic")
    for child in children_of(house):
        ask = {"actor": chair, "child": child, "due_on": house.today, "on": house.today, "purpose": "commission"}
        asked = presenting.presentation_request(
            **ask, note=f"Просьба: {child.last_name}",
            asked=[by_teacher, (post(house, Role.SCHOOL_SPECIALIST), "psychologist")],
        )  # fmt: skip
        presenting.details_set(
            actor=psychologist, presentation=asked[1].presentation, examined_on=house.today, third_person="other",
            third_person_words=f"Присутствовала: {child.last_name}",
        )  # fmt: skip
        done = []
        for one, actor, code in ((asked[0], teacher, "c_maths"), (asked[1], psychologist, "p_contact")):
            sheet = one.presentation
            chosen = {code: ["c_maths_entry.digits"]} if code == "c_maths" else {}
            texts = {code: f"Пишет: {child.last_name}"}
            presenting.presentation_fill(actor=actor, presentation=sheet, texts=texts, chosen=chosen)
            done.append(presenting.presentation_finish(actor=actor, presentation=sheet, on=house.today))
        presenting.characteristic_hand(
            actor=chair, presentation=done[0], guardian=child.guardianships.get().guardian, on=house.today,
            today=house.today,
        )  # fmt: skip
        presenting.package_prepare(actor=chair, child=child, commission=house.place, presentations=done, on=house.today)
        presenting.presentation_request(**ask, asked=[by_teacher], note=f"Ещё: {child.last_name}")


def _signals(house: House) -> None:
    """A class teacher's concern about each child: examined and confirmed, or still waiting; a screening, a table."""
    teacher, chair = house.actor(house.school[Role.CLASS_TEACHER]), house.actor(_leader(house))
    psychologist, position = house.actor(house.school[Role.SCHOOL_SPECIALIST]), post(house, Role.SCHOOL_SPECIALIST)
    screening = signalling.screening_start(
        actor=psychologist, kind="testing", title="Скрининг", held_on=house.today, school_class=None
    )
    for child in children_of(house):
        for confirmed in (True, None):
            told = signalling.concern_raise(
                actor=teacher, child_id=child.public_id, noticed_on=house.today, signs=["peers"],
                seen=f"Ссора: {child.last_name}",
            )  # fmt: skip
            signalling.concern_send(
                actor=chair, concern=told, psychologist=position, due_on=house.today,
                decision=f"Решено: {child.last_name}",
            )  # fmt: skip
            if confirmed:
                signalling.examination_record(
                    actor=psychologist, concern=told, held_on=house.today, confirmed=True,
                    methods=f"Беседа: {child.last_name}", findings=f"Найдено: {child.last_name}",
                    answer=f"Ответ: {child.last_name}",
                )  # fmt: skip
        mark = signalling.Mark(child.public_id, "raised", f"Показало: {child.last_name}")
        signalling.results_save(actor=psychologist, screening=screening, marks=[mark])
    ScreeningImport.objects.create(
        organisation=house.place, kind="testing", title="Таблица", held_on=house.today, state="read",
        run_by=house.school[Role.SCHOOL_SPECIALIST], total=1,
        file=PaperFile.objects.filter(organisation=house.place).latest("pk").file,
        lines=[{"n": 2, "name": house.surname, "room": "4А", "level": "raised", "note": "", "risk": False,
                "child": children_of(house)[0].public_id, "near": [], "fault": ""}],
    )  # fmt: skip
    SignalTerms.objects.create(
        organisation=house.place, decide_soon=2, decide_planned=5, examine_today=1, examine_soon=5, examine_planned=9
    )


def _drawing_up(house: House) -> None:
    """Of the first children: a draft, a programme that the family has with its words, one that waits for approval."""
    curator = house.actor(house.school[Role.CURATOR])
    for child, stage in zip(children_of(house), ("draft", "family", "agreed"), strict=False):
        programme = drafting.programme_open(
            actor=house.actor(_leader(house)), child=child, curator=post(house, Role.CURATOR), on=house.today
        )
        for section in programme.sections.all():
            drafting.section_write(actor=curator, section=section, text=f"Текст: {child.last_name}", base_version=0)
        _plan(house, programme)
        if stage == "draft":
            continue
        drafting.programme_send_to_family(actor=curator, programme=programme, on=house.today)
        mother = child.guardianships.get().guardian
        proposal = drafting.proposal_record(
            actor=curator, programme=programme, text=f"Просим: {child.last_name}", made_on=house.today,
            on=house.today, guardian=mother,
        )  # fmt: skip
        drafting.agreement_record(
            actor=curator, programme=programme, guardian=mother, answer="agreed", signed_on=house.today,
            on=house.today, words=f"Слова: {child.last_name}",
        )  # fmt: skip
        if stage == "agreed":
            drafting.proposal_answer(
                actor=curator, proposal=proposal, taken=True, answer=f"Ответ: {child.last_name}", on=house.today
            )
            drafting.programme_agree(
                actor=curator, programme=programme, on=house.today, reason=f"Почему: {child.last_name}"
            )


def _plan(house: House, programme: Programme) -> None:
    name = programme.child.last_name
    adding = {"actor": house.actor(house.school[Role.CURATOR]), "programme": programme, "on": house.today}
    goal = drafting.line_add(**adding, part="goal", values={"title": f"Цель: {name}"})
    task = drafting.line_add(**adding, part="task", parent=goal, values={"title": f"Задача: {name}"})
    for role in (Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER):
        drafting.line_add(
            **adding, part="activity", parent=task,
            values={"title": f"Дело: {name}", "planned_result": f"Итог: {name}", "responsible": post(house, role)},
        )  # fmt: skip
    drafting.line_add(**adding, part="criterion", values={"title": f"Видно: {name}", "measure": f"Опрос: {name}"})


def _following(house: House) -> None:
    """A programme that runs, of the last child: marked, observed, with an opinion; and the bank."""
    child, place, begun = children_of(house)[-1], house.place, house.today - timedelta(days=40)
    programme = Programme.objects.create(
        organisation=place, child=child, status="running", curator=post(house, Role.CURATOR), number=1,
        named_by=post(house, Role.CONSILIUM_CHAIR), year=begun.year, starts_on=begun,
        ends_on=begun + timedelta(days=100),
    )  # fmt: skip
    of = {"organisation": place, "programme": programme}
    goal = Goal.objects.create(**of, title=f"Цель: {child.last_name}")
    task = Task.objects.create(**of, goal=goal, title=f"Задача: {child.last_name}", direction="psychological")
    activity = Activity.objects.create(
        **of, task=task, audience="pupil", title=f"Беседы: {child.last_name}", starts_on=begun,
        ends_on=programme.ends_on, responsible=post(house, Role.SCHOOL_SPECIALIST),
    )  # fmt: skip
    one = Criterion.objects.create(**of, title=f"Спокойствие: {child.last_name}", scale="five", starts_at=2, wanted=4)
    specialist, curator = house.actor(house.school[Role.SCHOOL_SPECIALIST]), house.actor(house.school[Role.CURATOR])
    following.mark_set(
        actor=specialist, activity=activity, state="under_way", on=house.today, result=f"Сделано: {child.last_name}",
        recommendation=f"Дальше: {child.last_name}",
    )  # fmt: skip
    following.observations_record(
        actor=specialist, programme=programme, on=house.today, voice="specialist",
        given=[following.Given(one, Decimal(3), f"Видно: {child.last_name}")],
    )  # fmt: skip
    opinion_record(actor=curator, programme=programme, voice="parent", words=f"Мнение: {child.last_name}")
    BankItem.objects.create(organisation=place, kind="goal", title="Ходит в школу с радостью")
    ProgrammeHandover.objects.create(
        **of, prepared_on=house.today, archive=f"Пакет: {child.last_name}", prepared_by=specialist.person,
        sha256=sha256(f"Пакет: {child.last_name}"),
    )  # fmt: skip


def _journals(house: House) -> None:
    order = JournalPrint.objects.filter(organisation=house.place).latest("pk")
    JournalPrint.objects.create(
        organisation=house.place, journal="opinions", since=order.since, until=order.until, state=order.state,
        file=order.file, user=_leader(house),
    )  # fmt: skip


def _cards(house: House) -> None:
    support_cards.cards(house, children_of(house))
    support_cards.contacts(house, children_of(house))
    support_cards.leading(house)


def _worklog(house: House) -> None:
    support_worklog.worklog(house, children_of(house))


def _service(house: House) -> None:
    support_plans.year(house)
    support_plans.bank(house)
    support_plans.plans(house)


def _passports(house: House) -> None:
    support_passports.passports(house, children_of(house))


def _schedules(house: House) -> None:
    support_schedules.groups(house, children_of(house))
    support_schedules.schedules(house)


def _analysis(house: House) -> None:
    support_analysis.analyses(house)


def _leader(house: House) -> User:
    return house.school[Role.CONSILIUM_CHAIR]


ROOMS: list[Callable[[House], None]] = [
    _pupils, _signals, _presentations, _consilium, _duties, _drawing_up, _following, _journals, _service, _schedules,
    _cards, _worklog, _passports, _analysis,
]  # fmt: skip
