"""A case from a file: read, checked field by field, refused with a list of what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from opora.regulations.calendar import age_on
from opora.regulations.edition import Edition, edition, edition_codes, edition_for
from opora.regulations.facts.case import CaseFacts, Observation, merged
from opora.regulations.facts.reading import definition, facts_read, value_read
from opora.regulations.predicates import Value

KEYS = (
    "edition", "born", "on", "facts", "observations", "programme", "orientation", "conclusion", "diagnoses", "views",
    "lag", "instrument", "answers", "age_months", "speciality", "text", "chosen", "school_year", "id",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be taken: `place` is the key («facts.hearing»), `message` a Russian sentence."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class BadCase(ValueError):
    """A case that cannot be judged, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(one) for one in faults))
        self.faults = faults


@dataclass(frozen=True)
class Request:
    """A case ready for the rules. `given` is the file's own object for what only one call needs."""

    law: Edition
    on: date
    born: date | None
    facts: CaseFacts
    given: Mapping[str, Any]

    @property
    def age_months(self) -> int | None:
        """Full months of age on the day, else what the file says."""
        if self.born is not None:
            age = age_on(self.born, self.on)
            return age.years * 12 + age.months
        said = self.given.get("age_months")
        return said if isinstance(said, int) and not isinstance(said, bool) else None


def request_read(given: Any, on: date | None, today: date) -> Request:
    """A case from an object of a file; `on` goes before the day that the file names, `today` after it.

    Raises BadCase with everything that is wrong.
    """
    if not isinstance(given, Mapping):
        raise BadCase([Fault("случай", "Нужен объект JSON с признаками ребёнка.")])
    faults = [_unknown(key) for key in given if key not in KEYS]
    day = on or _day(given, "on", faults) or today
    born = _day(given, "born", faults)
    if born is not None and born > day:
        faults.append(Fault("born", "Ребёнок родился позже дня, на который спрашивают."))
    law = _law(given, day, faults)
    if law is None:
        raise BadCase(faults)
    values = _facts(law, given, faults)
    programme, orientation = (_programme(law, given, key, faults) for key in ("programme", "orientation"))
    _age(given, faults)
    if faults:
        raise BadCase(faults)
    return Request(law, day, born, CaseFacts(law, values, born, day, programme, orientation), given)


def _programme(law: Edition, given: Mapping[str, Any], key: str, faults: list[Fault]) -> str:
    code = given.get(key) or ""
    if not isinstance(code, str) or (code and code not in law.tables["programme"]):
        faults.append(Fault(key, f"Программы «{code}» в редакции нет."))
    return str(code)


def _unknown(key: str) -> Fault:
    near = get_close_matches(str(key), KEYS, 1)
    return Fault(str(key), "Такого ключа нет." + (f" Может быть, «{near[0]}»?" if near else ""))


def _day(given: Mapping[str, Any], key: str, faults: list[Fault]) -> date | None:
    said = given.get(key)
    if said in (None, ""):
        return None
    try:
        day = date.fromisoformat(said if isinstance(said, str) and len(said) == 10 else "")
    except ValueError:
        faults.append(Fault(key, "Нужна дата вида 2020-01-22."))
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        faults.append(Fault(key, f"Год — от {FIRST_YEAR} до {LAST_YEAR}."))
        return None
    return day


def _law(given: Mapping[str, Any], day: date, faults: list[Fault]) -> Edition | None:
    code = given.get("edition")
    if code is not None and (not isinstance(code, str) or code not in edition_codes()):
        faults.append(Fault("edition", f"Редакции «{code}» нет; есть: {', '.join(edition_codes())}."))
        return None
    try:
        return edition(code, day) if code else edition_for(day)
    except LookupError:
        faults.append(Fault("on", f"На {day:%d.%m.%Y} ещё нет ни одной редакции: укажите «edition»."))
        return None


def _facts(law: Edition, given: Mapping[str, Any], faults: list[Fault]) -> dict[str, Value]:
    """Facts of the file; those of the observations stand under them."""
    said = {} if given.get("facts") is None else given["facts"]
    if not isinstance(said, Mapping):
        faults.append(Fault("facts", "Нужен объект «признак: значение»."))
        said = {}
    odd = [code for code, value in said.items() if not _is_plain(value)]
    faults += [Fault(f"facts.{code}", "Нужно значение или перечень значений.") for code in odd]
    values, errors = facts_read(law, {code: value for code, value in said.items() if code not in odd})
    faults += [Fault(f"facts.{one.fact}", one.message) for one in errors]
    return {**merged(law, _observations(law, given.get("observations"), faults)), **values}


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str | int | float) for one in value)
    return value is None or isinstance(value, str | int | float)


def _observations(law: Edition, given: Any, faults: list[Fault]) -> list[Observation]:
    if given in (None, []):
        return []
    if not isinstance(given, list):
        faults.append(Fault("observations", "Нужен перечень наблюдений."))
        return []
    found = []
    for number, row in enumerate(given, 1):
        one = _observation(law, row, f"observations.{number}", faults)
        found += [one] if one else []
    return found


def _observation(law: Edition, row: Any, place: str, faults: list[Fault]) -> Observation | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("fact"), str):
        faults.append(Fault(place, "Нужен объект с ключами speciality, fact, value."))
        return None
    code, speciality = row["fact"], row.get("speciality")
    if not _is_plain(row.get("value")):
        faults.append(Fault(f"{place}.{code}", "Нужно значение или перечень значений."))
        return None
    if not isinstance(speciality, str) or speciality not in law.tables["speciality"]:
        faults.append(Fault(f"{place}.speciality", f"Специальности «{speciality}» в редакции нет."))
        return None
    try:
        value = value_read(definition(law, code), row.get("value"))
    except KeyError:
        faults.append(Fault(f"{place}.{code}", "Такого признака в редакции нет."))
        return None
    except ValueError as error:
        faults.append(Fault(f"{place}.{code}", str(error)))
        return None
    return Observation(str(speciality), code, value, "") if value is not None else None


def _age(given: Mapping[str, Any], faults: list[Fault]) -> None:
    said = given.get("age_months")
    if said is not None and (not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= 1200):
        faults.append(Fault("age_months", "Нужно целое число месяцев."))
