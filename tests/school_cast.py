"""The cast of a school: Елена leads the consilium of «Школа № 7», Захар works at another school and must see nothing.

Each teacher has a class with one child in it: Ульяна, who teaches 2 «Б», must not see Миша of Татьяна's 4 «А».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role, Speciality
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Enrolment, Guardian
from opora.school.pupils.models import ExaminationConsent, Placement, SchoolClass
from tests.cast import child_of, hire, organisation

FIRST_OF_SEPTEMBER = date(2026, 9, 1)


@dataclass
class SchoolCast:
    """Everyone whom a story at a school needs. `x` are users, `actor(x)` their actors today."""

    school: Organisation
    other: Organisation
    daniil: User  # director
    elena: User  # chair of the consilium
    irina: User  # head of the support service
    polina: User  # psychologist
    larisa: User  # speech therapist
    tatiana: User  # class teacher of 4 «А»
    uliana: User  # class teacher of 2 «Б»
    zhanna: User  # curator
    yulia: User  # psychologist who has not signed the undertaking
    zakhar: User  # every role, at another school
    four_a: SchoolClass
    two_b: SchoolClass
    misha: Child  # in 4 «А», son of Дарья
    lev: Child  # in 2 «Б»

    def actor(self, user: User, on: date | None = None) -> Actor:
        return actor_of(user, on=on or timezone.localdate())

    def post(self, user: User) -> Position:
        """The post of a person, as a form names it."""
        return Position.objects.filter(user=user).earliest("pk")

    def mother(self, child: Child) -> Guardian:
        return child.guardianships.get(is_main=True).guardian

    def agreed(self, child: Child, on: date | None = None) -> ExaminationConsent:
        """The mother agreed to an examination by the specialists of the school."""
        return ExaminationConsent.objects.create(
            organisation=child.organisation, child=child, guardian=self.mother(child), answer="given",
            signed_on=on or timezone.localdate(), recorded_by=self.elena,
        )  # fmt: skip


def school_class(at: Organisation, title: str, teacher: User, year: int = FIRST_OF_SEPTEMBER.year) -> SchoolClass:
    post = Position.objects.filter(organisation=at, user=teacher).earliest("pk")
    return SchoolClass.objects.create(organisation=at, title=title, year=year, level="primary", teacher=post)


def pupil_of(room: SchoolClass, last: str, first: str, middle: str, since: date = FIRST_OF_SEPTEMBER) -> Child:
    """A child with his mother, who has been in the class since a day."""
    at = room.organisation
    child = child_of(at, last, first, middle)
    Enrolment.objects.create(
        organisation=at, child=child, school=at, level=room.level, group=room.title, started_on=since
    )
    Placement.objects.create(organisation=at, child=child, school_class=room, started_on=since)
    return child


def assemble() -> SchoolCast:
    school, other = organisation("school", "Школа № 7"), organisation("school", "Школа № 12")
    specialist = Role.SCHOOL_SPECIALIST
    people = {
        "daniil": hire(school, "daniil", "Давыдов", "Даниил", "Денисович", (Role.DIRECTOR, "")),
        "elena": hire(school, "elena", "Егорова", "Елена", "Евгеньевна", (Role.CONSILIUM_CHAIR, "")),
        "irina": hire(school, "irina", "Ильина", "Ирина", "Игоревна", (Role.SERVICE_HEAD, "")),
        "polina": hire(school, "polina", "Павлова", "Полина", "Петровна", (specialist, Speciality.PSYCHOLOGIST)),
        "larisa": hire(school, "larisa", "Лебедева", "Лариса", "Львовна", (specialist, Speciality.SPEECH_THERAPIST)),
        "tatiana": hire(school, "tatiana", "Титова", "Татьяна", "Тимофеевна", (Role.CLASS_TEACHER, "")),
        "uliana": hire(school, "uliana", "Устинова", "Ульяна", "Ульяновна", (Role.CLASS_TEACHER, "")),
        "zhanna": hire(school, "zhanna", "Жукова", "Жанна", "Жоровна", (Role.CURATOR, "")),
        "yulia": hire(
            school, "yulia", "Юдина", "Юлия", "Юрьевна", (specialist, Speciality.PSYCHOLOGIST), sworn=False
        ),
        "zakhar": hire(other, "zakhar", "Захаров", "Захар", "Зиновьевич", *((one, "") for one in sorted(SCHOOL_ROLES))),
    }  # fmt: skip
    four_a, two_b = school_class(school, "4 «А»", people["tatiana"]), school_class(school, "2 «Б»", people["uliana"])
    return SchoolCast(
        school=school, other=other, four_a=four_a, two_b=two_b, **people,
        misha=pupil_of(four_a, "Данилов", "Миша", "Игоревич"), lev=pupil_of(two_b, "Уваров", "Лев", "Олегович"),
    )  # fmt: skip
