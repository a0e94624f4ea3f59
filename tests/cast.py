"""The cast of the tests: people with posts, not factories. Захар works elsewhere and must see nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from opora.foundation.access.actors import actor_of
from opora.foundation.access.models import EmergencyAccess, Position, Undertaking
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian, Guardianship

PASSWORD = "Проверка-2026"
HIRED = date(2024, 1, 9)


def organisation(kind: str, short_name: str, **fields: object) -> Organisation:
    return Organisation.objects.create(
        kind=kind, short_name=short_name, full_name=f"Государственное учреждение «{short_name}»",
        address="г. Верхнереченск, ул. Садовая, д. 5", phone="+7 (900) 000-00-01",
        email="pmpk@example.org", **({"works_here": True, "requires_second_factor": False} | fields),
    )  # fmt: skip


def hire(
    at: Organisation, username: str, last: str, first: str, middle: str, *posts: tuple[Role, str], sworn: bool = True
) -> User:
    """Make a person with posts (role, speciality) and, unless told otherwise, a recorded undertaking."""
    user = User(username=username, last_name=last, first_name=first, middle_name=middle)
    user.set_password(PASSWORD)
    user.save()
    for role, speciality in posts:
        Position.objects.create(organisation=at, user=user, role=role, speciality=speciality, started_on=HIRED)
    if sworn:
        Undertaking.objects.create(organisation=at, user=user, signed_on=HIRED)
    return user


def prove(client: Client, user: User) -> None:
    """What a sign-in by the page leaves in the session: the password was given just now."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@dataclass
class Cast:
    """Everyone a story needs. `x` are users, `x_actor()` their actors today."""

    commission: Organisation
    other: Organisation
    school: Organisation
    anna: User  # secretary
    boris: User  # head
    vera: User  # speech therapist
    gleb: User  # psychologist
    dina: User  # defectologist
    sofia: User  # social pedagogue
    zakhar: User  # head and secretary of another commission
    olga: User  # operator
    nina: User  # speech therapist who has not signed the undertaking

    def acquaint(self, user: User, child: Child) -> None:
        """Open the child's file to someone who does not work with the child, for an hour."""
        EmergencyAccess.objects.create(
            organisation=child.organisation, user=user, person_id=child.public_id, reason="Замена на приёме",
            expires_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip

    def actor(self, user: User, on: date | None = None) -> Actor:
        return actor_of(user, on=on or timezone.localdate())


def assemble() -> Cast:
    commission = organisation("territorial_commission", "ПМПК Заречного района")
    other = organisation("territorial_commission", "ПМПК Нагорного района")
    school = organisation("school", "Школа № 7", works_here=False)
    specialist = Role.COMMISSION_SPECIALIST
    return Cast(
        commission=commission,
        other=other,
        school=school,
        anna=hire(commission, "anna", "Алексеева", "Анна", "Андреевна", (Role.REGISTRAR, "")),
        boris=hire(commission, "boris", "Борисов", "Борис", "Богданович", (Role.COMMISSION_HEAD, "")),
        vera=hire(commission, "vera", "Васильева", "Вера", "Викторовна", (specialist, Speciality.SPEECH_THERAPIST)),
        gleb=hire(commission, "gleb", "Громов", "Глеб", "Григорьевич", (specialist, Speciality.PSYCHOLOGIST)),
        dina=hire(commission, "dina", "Дорофеева", "Дина", "Денисовна", (specialist, Speciality.DEFECTOLOGIST)),
        sofia=hire(commission, "sofia", "Соколова", "София", "Сергеевна", (specialist, Speciality.SOCIAL_PEDAGOGUE)),
        zakhar=hire(
            other, "zakhar", "Захаров", "Захар", "Зиновьевич",
            (Role.COMMISSION_HEAD, ""), (Role.REGISTRAR, ""), (specialist, Speciality.SPEECH_THERAPIST),
        ),
        olga=hire(commission, "olga", "Орлова", "Ольга", "Олеговна", (Role.OPERATOR, "")),
        nina=hire(
            commission, "nina", "Никитина", "Нина", "Николаевна", (specialist, Speciality.SPEECH_THERAPIST), sworn=False
        ),
    )  # fmt: skip


def child_of(at: Organisation, last: str = "Данилов", first: str = "Миша", middle: str = "Игоревич") -> Child:
    """A child of six with his mother Дарья, as a register row (no search index)."""
    child = Child.objects.create(
        organisation=at, last_name=last, first_name=first, middle_name=middle, sex="male",
        birth_date=date(2020, 1, 15), registered_address="г. Верхнереченск, ул. Лесная, д. 3, кв. 8",
        search_name=f"{last} {first} {middle}".lower().replace("ё", "е"),
    )  # fmt: skip
    daria = Guardian.objects.create(
        organisation=at, last_name=f"{last}а", first_name="Дарья", middle_name="Петровна", sex="female",
        identity_series="4500", identity_number="000001", identity_issued="ОВД района, 01.02.2015",
        registered_address=child.registered_address, phone="+7 (900) 123-45-67", email="daria@example.org",
    )  # fmt: skip
    Guardianship.objects.create(organisation=at, child=child, guardian=daria, kinship="mother", is_main=True)
    return child
