"""The region: organisations, staff, places of reception. Everyone and everything here is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache

from django.contrib.auth.hashers import make_password

from opora.commission.intake.models import DayTemplate, Place
from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import Position, Undertaking
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation

from .names import Names

PASSWORD = "opora-demo-2026"  # noqa: S105 - printed on the screen of the demonstration
S = Speciality
MEMBERS = (S.DEFECTOLOGIST, S.SPEECH_THERAPIST, S.PSYCHOLOGIST, S.SOCIAL_PEDAGOGUE, S.DOCTOR)
CENTRAL_MEMBERS = (*MEMBERS, S.HEARING_TEACHER, S.VISION_TEACHER)
LOGINS = {
    S.DEFECTOLOGIST: "defektolog",
    S.SPEECH_THERAPIST: "logoped",
    S.PSYCHOLOGIST: "psiholog",
    S.SOCIAL_PEDAGOGUE: "socpedagog",
    S.DOCTOR: "vrach",
    S.HEARING_TEACHER: "surdopedagog",
    S.VISION_TEACHER: "tiflopedagog",
}
WOMEN_AT_WORK = 0.85


@dataclass
class Commission:
    """A commission with its people; `suffix` ends their logins."""

    organisation: Organisation
    suffix: str
    weekdays: tuple[int, ...]
    place: Place = field(init=False)
    registrar: User = field(init=False)
    head: User = field(init=False)
    members: dict[str, User] = field(default_factory=dict)
    _actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, user: User) -> Actor:
        """The actor of a colleague; posts of the demonstration do not change, so it is kept."""
        if user.pk not in self._actors:
            self._actors[user.pk] = actor_of(user, on=self.hired, organisation=self.organisation)
        return self._actors[user.pk]

    hired: date = date(2020, 1, 9)


@dataclass
class Region:
    commissions: list[Commission]
    schools: list[Organisation]
    clinic: Organisation


def build_region(names: Names, chance: random.Random) -> Region:
    """Make organisations and staff."""
    central = _organisation(
        "central_commission", "Центральная ПМПК",
        "Центральная психолого-медико-педагогическая комиссия Приозёрской области", "г. Приозёрск", "ул. Речная, д. 14",
    )  # fmt: skip
    others = [
        _organisation(
            "territorial_commission", f"ПМПК {place}",
            f"Территориальная психолого-медико-педагогическая комиссия {place}", town, street, parent=central,
        )
        for place, town, street in (
            ("Заречного района", "г. Заречный", "ул. Школьная, д. 3"),
            ("Нагорного района", "г. Нагорск", "пр. Мира, д. 27"),
        )
    ]  # fmt: skip
    schools = [
        _organisation(kind, short, full, town, street, works_here=works)
        for kind, short, full, town, street, works in (
            ("school", "Школа № 1", "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 1»",
             "г. Приозёрск", "ул. Садовая, д. 8", True),
            ("school", "Школа № 4", "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 4»",
             "г. Заречный", "ул. Полевая, д. 2", True),
            ("school", "Школа-интернат № 2", "Государственное казённое общеобразовательное учреждение "
             "«Школа-интернат № 2»", "г. Нагорск", "ул. Лесная, д. 19", True),
            ("kindergarten", "Детский сад «Ручеёк»", "Муниципальное дошкольное образовательное учреждение "
             "«Детский сад комбинированного вида „Ручеёк“»", "г. Приозёрск", "ул. Озёрная, д. 5", True),
        )
    ]  # fmt: skip
    clinic = _organisation(
        "medical", "Детская поликлиника № 3", "Областное бюджетное учреждение «Детская поликлиника № 3»",
        "г. Приозёрск", "ул. Больничная, д. 1", works_here=False,
    )  # fmt: skip
    commissions = [
        _staffed(one, suffix, days, members, names, chance)
        for one, suffix, days, members in (
            (central, "", (1, 3), CENTRAL_MEMBERS),
            (others[0], "2", (2, 4), MEMBERS),
            (others[1], "3", (0, 3), MEMBERS),
        )
    ]
    for number, school in enumerate(schools, start=1):
        _school_staff(school, number, names)
    return Region(commissions, schools, clinic)


def _organisation(kind: str, short: str, full: str, town: str, street: str, **more: object) -> Organisation:
    options = {"works_here": True, "requires_second_factor": False} | more
    return Organisation.objects.create(
        kind=kind, short_name=short, full_name=full, address=f"{town}, {street}", district=town,
        phone=f"+7 (000) 200-{10 + Organisation.objects.count():02d}-00",
        email=f"office{Organisation.objects.count() + 1}@example.org",
        letterhead="Министерство образования Приозёрской области", **options,
    )  # fmt: skip


def _staffed(
    organisation: Organisation,
    suffix: str,
    weekdays: tuple[int, ...],
    members: tuple[Speciality, ...],
    names: Names,
    chance: random.Random,
) -> Commission:
    here = Commission(organisation, suffix, weekdays)
    here.place = Place.objects.create(organisation=organisation, title="Кабинет комиссии", address=organisation.address)
    DayTemplate.objects.create(
        organisation=organisation, title="Приёмный день", place=here.place, starts=time(9), ends=time(15),
        lunch_starts=time(12), lunch_ends=time(13), minutes=60, weekdays=list(weekdays),
    )  # fmt: skip
    here.registrar = _hire(here, f"sekretar{suffix}", names, Role.REGISTRAR, "")
    here.head = _hire(here, f"rukovoditel{suffix}", names, Role.COMMISSION_HEAD, "")
    for speciality in members:
        woman = chance.random() < WOMEN_AT_WORK
        user = _hire(here, LOGINS[speciality] + suffix, names, Role.COMMISSION_SPECIALIST, speciality, woman=woman)
        here.members[speciality] = user
    operator = _hire(here, f"administrator{suffix}", names, Role.OPERATOR, "")
    Undertaking.objects.filter(user=operator).delete()
    return here


def _hire(here: Commission, login: str, names: Names, role: Role, speciality: str, *, woman: bool = True) -> User:
    user = account(login, names, woman=woman)
    Position.objects.create(
        organisation=here.organisation, user=user, role=role, speciality=speciality, started_on=here.hired,
        title="руководитель комиссии" if role == Role.COMMISSION_HEAD else "",
        medical_speciality="психиатр детский" if speciality == S.DOCTOR else "",
        in_composition=role in (Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST),
    )  # fmt: skip
    Undertaking.objects.create(organisation=here.organisation, user=user, signed_on=here.hired)
    return user


@lru_cache(maxsize=1)
def _hashed() -> str:
    """One password for everyone, hashed once."""
    return make_password(PASSWORD)


def account(login: str, names: Names, *, woman: bool) -> User:
    """A person with an account and no post yet."""
    last, first, middle = names.adult(woman=woman)
    user = User(
        username=login, last_name=last, first_name=first, middle_name=middle, password=_hashed()
    )  # fmt: skip
    user.save()
    return user


def _school_staff(school: Organisation, number: int, names: Names) -> None:
    for role, login in (
        (Role.DIRECTOR, "direktor"),
        (Role.CONSILIUM_CHAIR, "predsedatel"),
        (Role.SCHOOL_SPECIALIST, "specialist"),
        (Role.CLASS_TEACHER, "uchitel"),
    ):
        user = account(f"{login}-{number}", names, woman=True)
        Position.objects.create(organisation=school, user=user, role=role, started_on=Commission.hired)
        Undertaking.objects.create(organisation=school, user=user, signed_on=Commission.hired)
