"""One call of the door: a request in, a JSON object of the rules' answer out. The calls are the table `CALLS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from opora.regulations.advice.advising import advise
from opora.regulations.calendar import NBSP
from opora.regulations.checks.checking import check
from opora.regulations.checks.reading import subject_read
from opora.regulations.directions.choosing import directions_for, template_of
from opora.regulations.door.conclusions import conclusion_check
from opora.regulations.door.requests import BadCase, Fault, Request, request_read
from opora.regulations.instruments.reading import instruments
from opora.regulations.instruments.scoring import score
from opora.regulations.lag.counting import lag_of
from opora.regulations.methods.choosing import methods_for
from opora.regulations.reexamination.terms import next_examination, reminders
from opora.regulations.special.offering import conditions_for

Answer = dict[str, Any]
Call = Callable[[Request], Answer]


def answer(call: str, given: Any, *, on: date | None, today: date) -> Answer:
    """Answer one case of a file. `on` goes before the day of the file, `today` after it.

    Every answer names the call, the edition, the day and, when the file gave one, the `id` of the case. Raises
    BadCase with all that is wrong, KeyError for an unknown call.
    """
    request = request_read(given, on, today)
    head: Answer = {"call": call, "edition": request.law.code, "on": request.on.isoformat()}
    if "id" in request.given:
        head["id"] = request.given["id"]
    return head | CALLS[call](request)


def answer_all(call: str, given: Any, *, on: date | None, today: date) -> Answer | list[Answer]:
    """Answer a file: an object for an object, a list for a list. Raises BadCase with the faults of every case."""
    if not isinstance(given, list):
        return answer(call, given, on=on, today=today)
    answers, faults = [], []
    for number, one in enumerate(given, 1):
        try:
            answers.append(answer(call, one, on=on, today=today))
        except BadCase as bad:
            faults += [Fault(f"случай {number}, {fault.place}", fault.message) for fault in bad.faults]
    if faults:
        raise BadCase(faults)
    return answers


def _advise(request: Request) -> Answer:
    return advise(request.facts).as_json()


def _check(request: Request) -> Answer:
    conclusion_check(request)
    values = request.facts.values
    given = {**request.given, "facts": {code: _plain(value) for code, value in values.items()}}
    subject, errors = subject_read(request.law, given, request.on)
    if subject is None:
        raise BadCase([Fault(one.fact, one.message) for one in errors])
    found = check(subject)
    return {
        "can_be_signed": not any(one.blocks for one in found),
        "found": [one.as_json() for one in found],
        "advised": sorted(":".join(filter(None, pair)) for pair in subject.advised.listed),
    }


def _term(request: Request) -> Answer:
    began = _day_of(request.given, "school_year")
    found = next_examination(request.facts, began)
    days = reminders(request.law, found.day) if found.day else ()
    return found.as_json() | {"reminders": [day.isoformat() for day in days]}


def _lag(request: Request) -> Answer:
    said = request.given.get("lag")
    if not isinstance(said, Mapping) or not isinstance(said.get("lines"), Mapping):
        raise BadCase([Fault("lag", "Нужен объект с ключом lines: линия развития — достигнутый возраст в месяцах.")])
    if request.born is None:
        raise BadCase([Fault("born", "Без даты рождения отставание не посчитать.")])
    found = lag_of(request.law, request.born, request.on, said["lines"], said.get("weeks"))
    if found.errors:
        raise BadCase([Fault(f"lag.{one.line}", one.message) for one in found.errors])
    return found.as_json()


def _score(request: Request) -> Answer:
    code, given = request.given.get("instrument"), request.given.get("answers")
    known = {one.code for one in instruments(request.law)}
    code = _by_annex(request, code) if isinstance(code, str) else code
    if not isinstance(code, str) or code not in known:
        raise BadCase([Fault("instrument", f"Методики «{code}» в редакции нет; есть: {', '.join(sorted(known))}.")])
    if not isinstance(given, Mapping):
        raise BadCase([Fault("answers", "Нужен объект «вопрос: ответ».")])
    found = score(request.law, code, given, request.age_months)
    if found.errors:
        raise BadCase([Fault(f"answers.{one.item}", one.message) for one in found.errors])
    return found.as_json()


def _by_annex(request: Request, said: str) -> str:
    """The code of an instrument that is named by its annex: «10.1»."""
    wanted = re.compile(rf"прил\. {re.escape(said)}(?![\w.])")
    named = (one.code for one in instruments(request.law) if wanted.search(one.clause.replace(NBSP, " ")))
    return next(named, said)


def _methods(request: Request) -> Answer:
    speciality, text = request.given.get("speciality"), request.given.get("text") or ""
    if not isinstance(speciality, str) or speciality not in request.law.tables["speciality"]:
        known = ", ".join(request.law.tables["speciality"])
        raise BadCase([Fault("speciality", f"Специальности «{speciality}» в редакции нет; есть: {known}.")])
    if request.age_months is None:
        raise BadCase([Fault("born", "Нужна дата рождения (born) или возраст в месяцах (age_months).")])
    if not isinstance(text, str):
        raise BadCase([Fault("text", "Нужен текст.")])
    return methods_for(request.law, speciality, request.age_months, text, request.facts).as_json()


def _conditions(request: Request) -> Answer:
    return {"offers": [one.as_json() for one in conditions_for(request.facts)]}


def _directions(request: Request) -> Answer:
    chosen = request.given.get("chosen") or {}
    if not isinstance(chosen, Mapping) or not all(isinstance(text, str) for text in chosen.values()):
        raise BadCase([Fault("chosen", "Нужен объект «специалист: текст».")])
    template = template_of(request.facts, chosen) if chosen else None
    return {
        "offers": [one.as_json() for one in directions_for(request.facts)],
        "template": template.as_json() if template else None,
    }


CALLS: Mapping[str, Call] = {
    "advise": _advise,
    "check": _check,
    "term": _term,
    "lag": _lag,
    "score": _score,
    "methods": _methods,
    "conditions": _conditions,
    "directions": _directions,
}


def _day_of(given: Mapping[str, Any], key: str) -> date | None:
    said = given.get(key)
    if said in (None, ""):
        return None
    try:
        return date.fromisoformat(said if isinstance(said, str) else "")
    except ValueError:
        raise BadCase([Fault(key, "Нужна дата вида 2026-09-01.")]) from None


def _plain(value: Any) -> Any:
    return [*value] if isinstance(value, tuple) else value
