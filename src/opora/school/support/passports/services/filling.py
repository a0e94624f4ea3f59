"""Ticks on the sheet of a class. What the card of a child keeps is written there, everything else is a `FamilyFact`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.knowledge import is_frozen, may_change
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.children.families import families_of
from opora.people.children.models import Child, Family
from opora.people.children.services import family_tick
from opora.people.law import law_on
from opora.school.pupils.models import Placement

from .. import events
from ..counting import behind_of
from ..models import FamilyFact, PassportRow, SocialPassport
from ..reading import read_school
from ..rows import is_seen, is_ticked, rivals_of, rows_of, source_value, total_of, whence
from .beginning import open_passport

ONE_DAY = timedelta(days=1)
ELSEWHERE = "Отметка стоит у брата или сестры из другого класса: её снимает социальный педагог или руководитель Службы."


@transaction.atomic
def fact_tick(*, actor: Actor, passport: SocialPassport, child: Child, row: PassportRow, is_true: bool) -> None:
    """Say of a child whether a row is true on the day of the passport.

    A row of a family is ticked for all its children here whom the actor may change; rows that exclude it are taken
    off. Raises PermissionDenied for others' work, Refusal for a row that is counted from a list.
    """
    fresh = open_passport(actor, passport)
    require_own(actor, child)
    require_own(actor, row)
    _in_class(fresh, child)
    _ticked_by(actor, row)
    kin = _kin(fresh, [child])[child.pk] if row.of_family else [child]
    if is_true:
        for other in rivals_of(law_on(fresh.on), rows_of(actor.at), row):
            _set(actor, fresh.on, kin if other.of_family else [child], other, is_true=False)
    _set(actor, fresh.on, kin, row, is_true=is_true)


@transaction.atomic
def rest_fill(*, actor: Actor, passport: SocialPassport, row: PassportRow) -> int:
    """Tick a row for every child of the class of whom neither it nor a row that excludes it is true; how many."""
    fresh = open_passport(actor, passport)
    require_own(actor, row)
    _ticked_by(actor, row)
    if fresh.school_class is None:
        raise Refusal("no_class", "Отметки ставят в паспорте класса.")
    rows = rows_of(actor.at)
    school = read_school(actor.at, fresh.on)
    law = law_on(fresh.on)
    said = {key for one in (row, *rivals_of(law, rows, row)) for key in behind_of(school, one)}
    within = total_of(law, rows, row)
    asked = behind_of(school, within) if within is not None else school.pupils.keys()
    here = {one.key for one in school.pupils.values() if one.room == fresh.school_class_id}
    wanted = (here & asked) - said
    children = list(Child.objects.visible_to(actor).filter(pk__in=wanted).order_by("pk"))
    kin_of = _kin(fresh, children) if row.of_family else {one.pk: [one] for one in children}
    done: set[int] = set()
    for child in children:
        family = school.pupils[child.pk].family
        if not row.of_family or family not in done:
            done.add(family)
            _set(actor, fresh.on, kin_of[child.pk], row, is_true=True)
    return len(children)


@transaction.atomic
def children_count_set(*, actor: Actor, passport: SocialPassport, child: Child, count: int) -> None:
    """How many children the family has, written into the cards of those here."""
    fresh = open_passport(actor, passport)
    require_own(actor, child)
    _in_class(fresh, child)
    for one in _kin(fresh, [child])[child.pk]:
        if _may_write(actor, one):
            family_tick(actor=actor, child=one, children_count=count)


@transaction.atomic
def fact_note(*, actor: Actor, fact: FamilyFact, note: str) -> FamilyFact:
    """Words beside a fact, sealed with the key of the child."""
    require(actor, "passport.fill")
    require_own(actor, fact)
    if not is_seen(actor, fact.row):
        raise PermissionDenied("Эти сведения видят другие сотрудники.")
    fact.note = " ".join(note.replace("\x00", "").split())
    fact.full_clean(validate_constraints=False)
    fact.save(update_fields=["note"])
    record(events.FACT_NOTED, actor=actor, subject=fact, person_id=fact.person_id)
    return fact


def _in_class(passport: SocialPassport, child: Child) -> None:
    if passport.school_class_id is None:
        raise Refusal("no_class", "Отметки ставят в паспорте класса.")
    day = passport.on
    there = Placement.objects.filter(child=child, school_class=passport.school_class_id, started_on__lte=day)
    if not there.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day)).exists():
        raise Refusal("other_class", f"{day:%d.%m.%Y} ребёнка в этом классе не было.")


def _ticked_by(actor: Actor, row: PassportRow) -> None:
    if not is_seen(actor, row):
        raise PermissionDenied("Эту строку заполняют другие сотрудники.")
    if not is_ticked(row):
        raise Refusal("counted", f"«{row.title}» считается {whence(row)}: исправьте там.")
    if row.is_retired:
        raise Refusal("retired", f"Строку «{row.title}» больше не считают.")


def _kin(passport: SocialPassport, children: Collection[Child]) -> dict[int, list[Child]]:
    """Each child with his brothers and sisters who are here now, by his key; two queries."""
    families = families_of(passport.organisation, passport.on)
    asked = {families[one.pk] for one in children if one.pk in families}
    present = Placement.objects.present().filter(child__in=[key for key, family in families.items() if family in asked])
    here: dict[int, list[Child]] = defaultdict(list)
    for one in Child.objects.of(passport.organisation).filter(pk__in=present.values("child")).order_by("pk"):
        here[families[one.pk]].append(one)
    return {one.pk: [one, *(kin for kin in here[families.get(one.pk, 0)] if kin != one)] for one in children}


def _may_write(actor: Actor, child: Child) -> bool:
    return may_change(actor, child.public_id) and not is_frozen(child.public_id)


def _set(actor: Actor, on: date, kin: list[Child], row: PassportRow, *, is_true: bool) -> None:
    """Set a row for those of the family whom the actor may change; what stands at others he cannot take off."""
    mine = [one for one in kin if _may_write(actor, one)]
    others = [one for one in kin if one not in mine and not is_frozen(one.public_id)]
    if not is_true and others and _stands_at(row, others):
        raise Refusal("elsewhere", ELSEWHERE)
    for child in mine:
        if row.source:
            _set_on_card(actor, child, source_value(row), is_true=is_true)
        elif is_true:
            _fact_begin(actor, child, row, on)
        else:
            _facts_end(actor, child, row, on)


def _stands_at(row: PassportRow, children: list[Child]) -> bool:
    if row.source:
        kinds = Family.objects.filter(child__in=children).values_list("kinds", flat=True)
        return any(source_value(row) in some for some in kinds)
    return FamilyFact.objects.filter(child__in=children, row=row, until_on__isnull=True).exists()


def _set_on_card(actor: Actor, child: Child, code: str, *, is_true: bool) -> None:
    held = Family.objects.filter(child=child).values_list("kinds", flat=True).first() or []
    if (code in held) is not is_true:
        family_tick(actor=actor, child=child, add=[code] if is_true else [], drop=[] if is_true else [code])


def _fact_begin(actor: Actor, child: Child, row: PassportRow, on: date) -> None:
    present = FamilyFact.objects.filter(child=child, row=row, until_on__isnull=True).first()
    if present is not None and present.since_on <= on:
        return
    fact = present or FamilyFact(organisation=actor.at, child=child, row=row, recorded_by=actor.person)
    fact.since_on = on
    fact.full_clean()
    fact.save()
    record(
        events.FACT_SET, actor=actor, subject=fact, person_id=child.public_id, row=row.public_id,
        since=f"{on:%d.%m.%Y}",
    )  # fmt: skip


def _facts_end(actor: Actor, child: Child, row: PassportRow, on: date) -> None:
    """What began earlier ends the day before; what began on the day was a slip and goes."""
    running = FamilyFact.objects.filter(child=child, row=row, since_on__lte=on)
    for fact in running.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)):
        told = {"person_id": child.public_id, "row": row.public_id}
        if fact.since_on == on:
            record(events.FACT_REMOVED, actor=actor, subject=fact, **told)
            fact.delete()
            continue
        fact.until_on = on - ONE_DAY
        fact.save(update_fields=["until_on"])
        record(events.FACT_ENDED, actor=actor, subject=fact, until=f"{fact.until_on:%d.%m.%Y}", **told)
