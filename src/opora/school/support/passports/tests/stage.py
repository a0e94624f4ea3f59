"""A social pedagogue comes to «Школа № 7»; Миша of 4 «А» gets a sister Рита in 2 «Б»."""

from __future__ import annotations

from datetime import date

from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role, Speciality
from opora.people.children.models import Child, Guardianship
from opora.school.support.passports.models import PassportRow, SocialPassport
from opora.school.support.passports.services import class_passport_begin
from tests.cast import hire
from tests.school_cast import SchoolCast, pupil_of

TODAY = date(2026, 11, 21)


def sofia(cast: SchoolCast) -> User:
    """The social pedagogue."""
    known = User.objects.filter(username="sofia-school").first()
    post = (Role.SCHOOL_SPECIALIST, Speciality.SOCIAL_PEDAGOGUE)
    return known or hire(cast.school, "sofia-school", "Соколова", "София", "Сергеевна", post)


def sister(cast: SchoolCast, of: Child | None = None) -> Child:
    """Рита has the same mother."""
    brother = of or cast.misha
    girl = pupil_of(cast.two_b, "Данилова", "Рита", "Игоревна")
    Child.objects.filter(pk=girl.pk).update(sex="female")
    Guardianship.objects.filter(child=girl).update(guardian=cast.mother(brother))
    girl.refresh_from_db()
    return girl


def begun(cast: SchoolCast, on: date = TODAY) -> SocialPassport:
    """Татьяна begins the passport of 4 «А»."""
    return class_passport_begin(actor=cast.actor(cast.tatiana), school_class=cast.four_a, on=on)


def row(cast: SchoolCast, code: str) -> PassportRow:
    return PassportRow.objects.of(cast.school).get(code=code)
