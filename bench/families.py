"""Children with their families, written in bulk; the name index is built by the register's own service."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from opora.demo.names import BOYS, FATHERS, GIRLS, MOTHERS, Names
from opora.demo.profiles import PROFILES, Profile
from opora.people.children.models import Child, Diagnosis, Disability, Enrolment, Family, Guardian, Guardianship
from opora.people.children.search import index_rebuild
from opora.people.consents.models import Consent

from .batch import Batch
from .ids import fast_id
from .staff import Staff

ORDER = (Child, Guardian, Guardianship, Enrolment, Family, Diagnosis, Disability, Consent)
CHUNK = 2000


@dataclass
class Home:
    """A child as the cases need him."""

    child: Child
    mother: Guardian
    profile: Profile
    place: Enrolment


def build_families(staff: Staff, names: Names, chance: random.Random, count: int, today: date) -> list[Home]:
    batch, homes = Batch(ORDER), []
    weights = [profile.weight for profile in PROFILES]
    for number in range(count):
        profile = chance.choices(PROFILES, weights)[0]
        homes.append(_home(staff, names, chance, profile, today, batch))
        if number % CHUNK == CHUNK - 1:
            batch.flush()
    batch.flush()
    index_rebuild(staff.organisation)
    return homes


def _home(staff: Staff, names: Names, chance: random.Random, profile: Profile, today: date, batch: Batch) -> Home:
    at = staff.organisation
    boy = chance.random() < 0.62
    his, hers = names.surname_pair()
    father = chance.choice(FATHERS)
    born = today - timedelta(days=chance.randint(*profile.ages) * 365 + chance.randint(20, 340))
    address = names.address(at.district)
    child = Child(
        organisation=at, public_id=fast_id(), last_name=his if boy else hers,
        first_name=chance.choice(BOYS if boy else GIRLS), middle_name=father[1 if boy else 2],
        sex="male" if boy else "female", birth_date=born, registered_address=address, lives_with="с родителями",
        identity_number=f"II-АА № {chance.randint(100000, 999999)}", identity_issued="Отдел ЗАГС, г. Приозёрск",
    )  # fmt: skip
    mother = Guardian(
        organisation=at, public_id=fast_id(), last_name=hers, first_name=chance.choice(MOTHERS),
        middle_name=names.patronymic(woman=True), sex="female", registered_address=address, phone=names.phone(),
        email=f"parent{chance.randint(1000, 9999)}@example.org", identity_series="4510",
        identity_number=str(chance.randint(100000, 999999)), occupation="медсестра",
    )  # fmt: skip
    batch.add(child, mother, *_links(child, mother, his, father, chance, names))
    place = _place(staff, child, chance, today)
    batch.add(place, Family(organisation=at, public_id=fast_id(), child=child, kinds=["full"], children_count=2))
    for kind in Consent.Kind.values:
        batch.add(
            Consent(
                organisation=at, public_id=fast_id(), child=child, guardian=mother, kind=kind, signed_on=born,
                recorded_by=staff.registrar,
            )
        )  # fmt: skip
    if profile.limitations:
        batch.add(Diagnosis(organisation=at, public_id=fast_id(), child=child, text=profile.diagnosis))
    if profile.disability:
        batch.add(
            Disability(
                organisation=at, public_id=fast_id(), child=child, document_number=f"МСЭ-{chance.randint(1000, 9999)}",
                issued_by="Бюро МСЭ № 2", valid_from=born, valid_to=today + timedelta(days=400),
            )
        )  # fmt: skip
    return Home(child, mother, profile, place)


def _links(
    child: Child, mother: Guardian, surname: str, father: tuple[str, str, str], chance: random.Random, names: Names
) -> list[Guardian | Guardianship]:
    at = child.organisation
    rows: list[Guardian | Guardianship] = [
        Guardianship(organisation=at, public_id=fast_id(), child=child, guardian=mother, kinship="mother", is_main=True)
    ]
    if chance.random() < 0.35:
        man = Guardian(
            organisation=at, public_id=fast_id(), last_name=surname, first_name=father[0],
            middle_name=names.patronymic(woman=False), sex="male", phone=names.phone(),
            registered_address=child.registered_address,
        )  # fmt: skip
        rows += [
            man,
            Guardianship(organisation=at, public_id=fast_id(), child=child, guardian=man, kinship="father"),
        ]
    return rows


def _place(staff: Staff, child: Child, chance: random.Random, today: date) -> Enrolment:
    years = (today - child.birth_date).days // 365
    grade = max(1, min(years - 6, 9))
    small = years < 7
    return Enrolment(
        organisation=staff.organisation, public_id=fast_id(), child=child, school=chance.choice(staff.schools),
        level=Enrolment.Level.PRESCHOOL if small else Enrolment.Level.PRIMARY if grade <= 4 else Enrolment.Level.BASIC,
        group="старшая группа" if small else f"{grade} «{chance.choice('АБВ')}»",
    )  # fmt: skip
