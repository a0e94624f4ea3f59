"""What is not in order before a passport goes on: sums row by row, classes without passports, figures that moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.typography import plural
from opora.people.law import law_on
from opora.regulations.service.entries import PassportSum
from opora.regulations.service.reading import Mismatch, passport_sums
from opora.school.pupils.models import SchoolClass

from .counting import Figure, School, behind_of, figures_by_class
from .models import PassportFigure, PassportRow, SocialPassport
from .permissions import leads_passports
from .rows import is_seen
from .sums import COUNTERS, Count, mismatches_of

ROWS_NAMED = 3


@dataclass(frozen=True)
class Check:
    """One thing to mend: what, where; `kind` is late or soon."""

    text: str
    url: str = ""
    label: str = ""
    kind: str = "soon"


def blocks_of(actor: Actor, passport: SocialPassport) -> list[str]:
    """Why a class passport cannot be handed in: sums do not stop it, they are shown; a class without pupils does."""
    room = passport.school_class
    if room is not None and room.teacher is None and not leads_passports(actor):
        return [f"У класса {room.title} нет классного руководителя: его назначают в карточке класса."]
    if room is None:
        return []
    until = Q(ended_on__isnull=True) | Q(ended_on__gte=passport.on)
    if not room.placements.filter(until, started_on__lte=passport.on).exists():
        return [f"На {passport.on:%d.%m.%Y} в классе нет ни одного обучающегося."]
    return []


def sum_checks(actor: Actor, passport: SocialPassport, counts: Sequence[Count]) -> list[Check]:
    """Rows that do not add up, each with the way to the children who make the difference."""
    titles = {one.row.code: one.row for one in counts}
    wrong: dict[tuple[str, str], list[Mismatch]] = {}
    for one in mismatches_of(passport, counts):
        if passport.school_class_id is None or is_seen(actor, titles[one.row]):
            wrong.setdefault((one.rule.code, one.row), []).append(one)
    found = []
    for (code, row), some in wrong.items():
        url = "" if passport.is_frozen else reverse("passports:sum", args=[passport.public_id, code])
        found.append(Check(_sum_words(some, titles[row]), url, "Кого поправить", "late"))
    return found


def _sum_words(some: Sequence[Mismatch], row: PassportRow) -> str:
    """«Семьи по составу вместе — все семьи: семей 65, а в строке «Всего» — 77»."""
    told = ", ".join(f"{COUNTERS[one.counter]} {one.parts} вместо {one.total}" for one in some)
    if some[0].rule.kind == "equal":
        return f"{some[0].rule.title}: {told}."
    return f"«{row.title}» больше целого: {told}."


def sum_of(passport: SocialPassport, code: str) -> PassportSum | None:
    """The rule of a sum by its code."""
    return next((one for one in passport_sums(law_on(passport.on)) if one.code == code), None)


def at_fault(
    school: School, rule: PassportSum, rows: Sequence[PassportRow], room: int | None
) -> dict[int, str]:  # fmt: skip
    """Children who make a sum disagree -> why: they are in none of its parts, in several, or in a part alone."""
    by_code = {row.code: row for row in rows}
    total = by_code.get(rule.total)
    if total is None:
        return {}
    whole = behind_of(school, total)
    inside: dict[int, list[str]] = {key: [] for key in whole}
    for code in rule.parts:
        for key in behind_of(school, by_code[code]) if code in by_code else ():
            inside.setdefault(key, []).append(by_code[code].title)
    found = {}
    for key, titles in inside.items():
        if room is not None and school.pupils[key].room != room:
            continue
        if key not in whole:
            found[key] = f"отмечено «{titles[0]}», но не «{total.title}»"
        elif not titles and rule.kind == "equal":
            found[key] = "не отмечено ничего"
        elif len(titles) > 1 and rule.kind == "equal":
            found[key] = "отмечено сразу: " + ", ".join(f"«{one}»" for one in titles)
    return found


def class_checks(actor: Actor, passport: SocialPassport, school: School, rows: list[PassportRow]) -> list[Check]:
    """Classes without a passport or a teacher, and accepted passports that differ from the count now; four queries."""
    rooms = list(
        SchoolClass.objects.visible_to(actor)
        .filter(pk__in={one.room for one in school.pupils.values()})
        .select_related("teacher__user")
    )
    latest = _latest(passport, rooms)
    found = [*_without_teacher(actor, rooms, passport.on), *_without_passport(rooms, latest)]
    accepted = {room: one for room, one in latest.items() if one.is_frozen}
    return [*found, *_moved(accepted, school, rows)]


def _latest(passport: SocialPassport, rooms: list[SchoolClass]) -> dict[int, SocialPassport]:
    """The newest passport of each class up to the day, of its year."""
    found = SocialPassport._base_manager.filter(
        organisation=passport.organisation, school_class__in=rooms, on__lte=passport.on
    )
    return {one.school_class_id: one for one in found.order_by("on") if one.school_class_id}


def _without_teacher(actor: Actor, rooms: list[SchoolClass], on: date) -> list[Check]:
    found = []
    for room in rooms:
        gone = room.teacher is not None and room.teacher.ended_on is not None and room.teacher.ended_on < on
        if room.teacher is None or gone:
            page = "class_edit" if may(actor, "class.keep") else "class"
            url = reverse(f"pupils:{page}", args=[room.public_id])
            found.append(Check(f"{room.title}: нет классного руководителя.", url, "Назначить"))
    return found


def _without_passport(rooms: list[SchoolClass], latest: dict[int, SocialPassport]) -> list[Check]:
    found = []
    for room in rooms:
        one = latest.get(room.pk)
        if one is None:
            url = reverse("passports:class_begin", args=[room.public_id])
            found.append(Check(f"{room.title}: паспорта класса ещё нет.", url, "Начать"))
        elif not one.is_frozen:
            url = reverse("passports:passport", args=[one.public_id])
            found.append(Check(f"{room.title}: паспорт класса ещё не принят.", url, "Открыть"))
    return found


def _moved_words(was: PassportFigure, now: Figure) -> str:
    """«Неполные» 3 → 4; another counter than that of pupils is named: «Неполные» семей 2 → 3. Empty: no change."""
    for counter in ("pupils", "families", "children"):
        before, after = getattr(was, counter), now.counts[counter]
        if before != after:
            named = "" if counter == "pupils" else f"{COUNTERS[counter]} "
            return f"«{now.row.title}» {named}{before} → {after}"
    return ""


def _moved(accepted: dict[int, SocialPassport], school: School, rows: list[PassportRow]) -> list[Check]:
    """Accepted figures of a class beside those counted now."""
    now = figures_by_class(school, rows)
    kept: dict[int, dict[int, PassportFigure]] = {}
    for figure in PassportFigure._base_manager.filter(passport__in=[one.pk for one in accepted.values()]):
        kept.setdefault(figure.passport_id, {})[figure.row_id] = figure
    found = []
    for room, one in sorted(accepted.items(), key=lambda pair: pair[1].scope):
        before = kept.get(one.pk, {})
        both = [(before[fig.row.pk], fig) for fig in now.get(room, []) if fig.row.pk in before]
        moved = [said for said in (_moved_words(*pair) for pair in both) if said]
        if moved:
            words = ", ".join(moved[:ROWS_NAMED])
            more = len(moved) - ROWS_NAMED
            rest = f" и ещё {plural(more, 'строка,строки,строк')}" if more > 0 else ""
            text = f"{one.scope}: с {one.on:%d.%m.%Y} изменилось: {words}{rest}."
            found.append(Check(text, reverse("passports:passport", args=[one.public_id]), "Открыть"))
    return found
