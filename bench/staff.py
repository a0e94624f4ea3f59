"""One large commission with its people, rooms and the schools around it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from opora.commission.intake.models import Place
from opora.demo.names import Names
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation

HIRED = date(2015, 1, 12)
MEMBERS = (
    Speciality.SPEECH_THERAPIST,
    Speciality.PSYCHOLOGIST,
    Speciality.DEFECTOLOGIST,
    Speciality.SOCIAL_PEDAGOGUE,
    Speciality.DOCTOR,
)


@dataclass
class Staff:
    organisation: Organisation
    schools: list[Organisation]
    places: list[Place]
    registrar: User
    head: User
    members: dict[str, User]
    positions: dict[int, Position]

    def position(self, user: User) -> Position:
        return self.positions[user.pk]


def build_staff(names: Names, chance: random.Random, places: int) -> Staff:
    """Make the commission; `places` is how many rooms its reception needs."""
    here = _organisation("central_commission", "Центральная ПМПК", 0)
    schools = [_organisation("school", f"Школа № {number}", number) for number in range(1, 61)]
    positions: dict[int, Position] = {}

    def hire(login: str, role: Role, speciality: str = "") -> User:
        last, first, middle = names.adult(woman=chance.random() < 0.85)
        user = User(username=login, last_name=last, first_name=first, middle_name=middle)
        user.set_unusable_password()
        user.save()
        positions[user.pk] = Position.objects.create(
            organisation=here, user=user, role=role, speciality=speciality, started_on=HIRED
        )
        Undertaking.objects.create(organisation=here, user=user, signed_on=HIRED)
        return user

    return Staff(
        organisation=here,
        schools=schools,
        places=[Place.objects.create(organisation=here, title=f"Кабинет № {one + 1}") for one in range(places)],
        registrar=hire("registrar", Role.REGISTRAR),
        head=hire("head", Role.COMMISSION_HEAD),
        members={one.value: hire(one.value, Role.COMMISSION_SPECIALIST, one.value) for one in MEMBERS},
        positions=positions,
    )


def _organisation(kind: str, name: str, number: int) -> Organisation:
    return Organisation.objects.create(
        kind=kind, short_name=name, full_name=f"Государственное бюджетное учреждение «{name}»",
        address=f"г. Приозёрск, ул. Садовая, д. {number + 1}", district="г. Приозёрск",
        phone=f"+7 (000) 200-00-{number:02d}", email=f"office{number}@example.org",
        letterhead="Министерство образования Приозёрской области", works_here=number == 0,
        requires_second_factor=False,
    )  # fmt: skip
