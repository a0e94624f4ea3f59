"""The bank of methods and materials: what was used, what was added, what has to be looked at again (S-03, S-14)."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Q

from ...materials.models import Material
from ...worklog.models import WorkEntry
from .tables import TOTAL, Behind, Counted, Line, Measure, Phrase, Rule, lines_of
from .year import Year

CLAUSE = "Положение о Службе сопровождения, ч. 4, п. 5.1"
USES = (Measure("uses", "применений"),)
MATERIALS = (Measure("materials", "материалов"),)
SHOWN = 15
OTHERS = "others"
STATES = (("in_use", "в работе"), ("added", "утверждены в году"), ("late", "пора пересмотреть"))


def _uses(year: Year) -> Counted:
    uses: Counter[int] = Counter()
    for deed, sums in year.work.items():
        if deed.material is not None:
            uses[deed.material] += sums.entries
    titles = dict(Material.objects.of(year.organisation).filter(pk__in=uses).values_list("pk", "title"))
    most = sorted(titles, key=lambda key: (-uses[key], titles[key]))
    lines = [Line(str(key), titles[key], (uses[key],)) for key in most[:SHOWN]]
    if most[SHOWN:]:
        lines.append(Line(OTHERS, "остальные", (sum(uses[key] for key in most[SHOWN:]),)))
    return Counted(tuple(lines), (sum(uses.values()),))


def _used(year: Year, row: str, _: str) -> Behind | None:
    used = year.finished & Q(material__isnull=False)
    if row == TOTAL:
        return Behind(WorkEntry, used)
    if row == OTHERS:
        named = [int(line.code) for line in _uses(year).lines if line.code != OTHERS]
        return Behind(WorkEntry, used & ~Q(material__in=named))
    return Behind(WorkEntry, used & Q(material=int(row))) if row.isdecimal() and len(row) < 18 else None


def _states(year: Year) -> dict[str, Q]:
    in_use = Q(status=Material.Status.IN_USE)
    return {"in_use": in_use, "added": year.days("approved_on"), "late": in_use & Q(review_on__lte=year.until)}


def _bank(year: Year) -> Counted:
    rows = Material.objects.of(year.organisation)
    found = rows.aggregate(**{code: Count("pk", filter=asked) for code, asked in _states(year).items()})
    return Counted(lines_of(STATES, {code: (n,) for code, n in found.items()}))


def _of_state(year: Year, row: str, _: str) -> Behind | None:
    asked = _states(year).get(row)
    return Behind(Material, asked) if asked is not None else None


MATERIAL_USES = Rule(
    "materials_used", "Применение методик и материалов", CLAUSE, USES, _uses, _used,
    Phrase("Методики и материалы применены", "раз,раза,раз", most="Чаще всего — "),
)  # fmt: skip
BANK = Rule(
    "materials", "Банк методик и материалов", CLAUSE, MATERIALS, _bank, _of_state,
    note="«В работе» и «пора пересмотреть» — на день подсчёта, прошлых состояний банк не хранит.",
)  # fmt: skip
