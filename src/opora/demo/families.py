"""Children with their families, made through the services of the register."""

from __future__ import annotations

import random
from datetime import date, timedelta

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Enrolment, Guardian
from opora.people.children.services.children import child_register
from opora.people.children.services.guardians import GuardianFields, guardian_add
from opora.people.children.services.health import diagnosis_add, disability_add
from opora.people.children.services.surroundings import enrolment_set, family_save

from .names import BOYS, FATHERS, GIRLS, MOTHERS, Names
from .profiles import Profile

OCCUPATIONS = (
    "продавец",
    "водитель",
    "медсестра",
    "инженер",
    "бухгалтер",
    "не работает",
    "учитель",
    "рабочий",
    "повар",
)
EDUCATIONS = ("среднее", "среднее профессиональное", "высшее")
LANGUAGES = ("русский",) * 9 + ("русский и татарский", "таджикский и русский")


class Families:
    """Makes one child after another; sometimes a brother or a sister of an earlier one."""

    def __init__(self, names: Names, chance: random.Random, schools: list[Organisation]) -> None:
        self.names, self.chance = names, chance
        self.schools = [one for one in schools if one.kind == "school"]
        self.kindergarten = next(one for one in schools if one.kind == "kindergarten")
        self.mothers: list[tuple[Guardian, str, str, int]] = []

    def child(self, actor: Actor, profile: Profile, on: date, *, sibling: bool = False) -> Child:
        """Register a child of the profile's age on the day, with mother, place of study and what the papers say."""
        boy = self.chance.random() < 0.62
        known = [one for one in self.mothers if one[0].organisation_id == actor.at.pk] if sibling else []
        mother, his, hers, father = self.chance.choice(known) if known else (None, *self._new_family())
        town = actor.at.district
        address = mother.registered_address if mother else self.names.address(town)
        years = self.chance.randint(*profile.ages)
        born = on - timedelta(days=years * 365 + self.chance.randint(20, 340))
        child = child_register(
            actor=actor, on=on, last_name=his if boy else hers, first_name=self.chance.choice(BOYS if boy else GIRLS),
            middle_name=FATHERS[father][1 if boy else 2], sex="male" if boy else "female", birth_date=born,
            registered_address=address, identity_number=f"II-АА № {self.chance.randint(100000, 999999)}",
            identity_issued=f"Отдел ЗАГС, {town}, {born + timedelta(days=20):%d.%m.%Y}",
            lives_with="с родителями" if self.chance.random() < 0.7 else "с матерью",
            not_duplicates_of=[one.public_id for one in Child.objects.of(actor.at)] if known else (),
        )  # fmt: skip
        link = guardian_add(
            actor=actor, child=child, kinship="mother", existing=mother, on=on,
            authority_number=child.identity_number, authority_issued_on=born + timedelta(days=20),
            **(GuardianFields() if mother else self._mother(hers, address, on)),
        )  # fmt: skip
        if mother is None:
            self.mothers.append((link.guardian, his, hers, father))
            if self.chance.random() < 0.35:
                self._father(actor, child, his, father, address, on)
        self._place(actor, child, years, on)
        self._papers(actor, child, profile, on)
        return child

    def _new_family(self) -> tuple[str, str, int]:
        his, hers = self.names.surname_pair()
        return his, hers, self.chance.randrange(len(FATHERS))

    def _mother(self, surname: str, address: str, on: date) -> GuardianFields:
        return {
            "last_name": surname, "first_name": self.chance.choice(MOTHERS),
            "middle_name": self.names.patronymic(woman=True), "sex": "female",
            "birth_date": on - timedelta(days=self.chance.randint(29, 44) * 365),
            "identity_series": f"{self.chance.randint(10, 99)} {self.chance.randint(10, 24)}",
            "identity_number": f"{self.chance.randint(100000, 999999)}",
            "identity_issued": f"ОВД, 1{self.chance.randint(0, 9)}.05.201{self.chance.randint(0, 9)}",
            "registered_address": address, "phone": self.names.phone(),
            "email": f"parent{self.chance.randint(1000, 9999)}@example.org" if self.chance.random() < 0.6 else "",
            "education": self.chance.choice(EDUCATIONS), "occupation": self.chance.choice(OCCUPATIONS),
        }  # fmt: skip

    def _father(self, actor: Actor, child: Child, surname: str, father: int, address: str, on: date) -> None:
        guardian_add(
            actor=actor, child=child, kinship="father", on=on, last_name=surname, first_name=FATHERS[father][0],
            middle_name=self.names.patronymic(woman=False), sex="male", registered_address=address,
            phone=self.names.phone(), birth_date=on - timedelta(days=self.chance.randint(30, 47) * 365),
            occupation=self.chance.choice(OCCUPATIONS),
        )  # fmt: skip

    def _place(self, actor: Actor, child: Child, years: int, on: date) -> None:
        started = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
        if years < 7:
            enrolment_set(
                actor=actor, child=child, level=Enrolment.Level.PRESCHOOL, school=self.kindergarten,
                group=self.chance.choice(("старшая группа", "подготовительная группа", "средняя группа")),
                started_on=max(started, child.birth_date),
            )  # fmt: skip
            return
        grade = min(years - 6, 5)
        enrolment_set(
            actor=actor, child=child, school=self.chance.choice(self.schools), started_on=started,
            level=Enrolment.Level.PRIMARY if grade <= 4 else Enrolment.Level.BASIC,
            group=f"{grade} «{self.chance.choice('АБВ')}»", programme="ООП НОО", study_form="очная",
        )  # fmt: skip

    def _papers(self, actor: Actor, child: Child, profile: Profile, on: date) -> None:
        if profile.icd10 or profile.limitations:
            consented = bool(profile.icd10) and self.chance.random() < 0.8
            diagnosis_add(
                actor=actor, child=child, text=profile.diagnosis, icd10=profile.icd10 if consented else "",
                consented=consented, source=f"Детская поликлиника № 3, {on - timedelta(days=14):%d.%m.%Y}",
            )  # fmt: skip
        if profile.disability:
            disability_add(
                actor=actor, child=child, document_number=f"МСЭ-20{on.year % 100} № {self.chance.randint(1000, 9999)}",
                issued_by="Бюро МСЭ № 2", valid_from=on - timedelta(days=200), valid_to=on + timedelta(days=530),
                rehabilitation_number=f"{self.chance.randint(10, 99)}.1.{on.year}",
            )  # fmt: skip
        family_save(
            actor=actor, child=child, kinds=[self.chance.choice(("full", "full", "full", "one_parent"))],
            children_count=self.chance.choice((1, 2, 2, 3)), home_language=self.chance.choice(LANGUAGES),
        )  # fmt: skip
