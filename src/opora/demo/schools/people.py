"""Who works at a school of the demonstration; everyone is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation

from ..names import Names
from ..world import Commission, account


@dataclass
class School:
    """A school with its people; `number` ends their logins, `size` tells how many pupils and programmes it has."""

    organisation: Organisation
    number: int
    posts: dict[str, Position] = field(default_factory=dict)
    teachers: list[Position] = field(default_factory=list)
    _actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, post: Position) -> Actor:
        """The actor of a colleague; posts of the demonstration do not change, so it is kept."""
        if post.user_id not in self._actors:
            self._actors[post.user_id] = actor_of(post.user, on=Commission.hired, organisation=self.organisation)
        return self._actors[post.user_id]

    @property
    def chair(self) -> Actor:
        return self.actor(self.posts["predsedatel"])

    @property
    def director(self) -> Actor:
        return self.actor(self.posts["direktor"])

    @property
    def psychologist(self) -> Actor:
        return self.actor(self.posts["specialist"])

    @property
    def curators(self) -> list[Position]:
        """Who leads programmes: the curator, the psychologist, the speech therapist, class teachers."""
        return [self.posts["kurator"], self.posts["specialist"], self.posts["logoped"], *self.teachers]


def staff(organisation: Organisation, number: int, names: Names, *, teachers: int) -> School:
    """The people that the region has hired, and those whom a consilium needs besides."""
    here = School(organisation, number)
    for post in Position.objects.filter(organisation=organisation).select_related("user"):
        here.posts[post.user.username.split("-")[0]] = post
    specialist = here.posts["specialist"]
    specialist.speciality = Speciality.PSYCHOLOGIST
    specialist.save(update_fields=["speciality"])
    for login, role, speciality in (
        ("sluzhba", Role.SERVICE_HEAD, ""),
        ("logoped", Role.SCHOOL_SPECIALIST, Speciality.SPEECH_THERAPIST),
        ("kurator", Role.CURATOR, ""),
    ):
        here.posts[login] = hire(organisation, f"{login}-{number}", names, role, speciality)
    here.teachers = [here.posts["uchitel"]]
    for more in range(2, teachers + 1):
        here.teachers.append(hire(organisation, f"uchitel-{number}-{more}", names, Role.CLASS_TEACHER, ""))
    return here


def hire(organisation: Organisation, login: str, names: Names, role: Role, speciality: str) -> Position:
    """A colleague with an account, a post and a signed undertaking."""
    user: User = account(login, names, woman=True)
    Undertaking.objects.create(organisation=organisation, user=user, signed_on=Commission.hired)
    return Position.objects.create(
        organisation=organisation, user=user, role=role, speciality=speciality, started_on=Commission.hired
    )


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day begins."""
    return day.year if day.month >= 9 else day.year - 1
