"""What is refused in a brought conclusion, each with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from opora.foundation.access.refusals import Refusal
from opora.people.children.models import Child, Guardian, Guardianship
from opora.people.law import law_on
from opora.regulations.duties.offering import icd_codes_in

from .models import BroughtConclusion
from .offers import PRESENTATION, presented_until

NO_DIAGNOSIS = "письмо ВК-1074/07, прил. 2.5; 152-ФЗ, ст. 10"
PARENTS_DECIDE = "273-ФЗ, ст. 55, ч. 3 — по памяти, сверить с официальным текстом"
SCHOOL_CREATES = "273-ФЗ, ст. 28, 79"
MOST_DUTIES = 60


def require_no_diagnosis(texts: Mapping[str, str]) -> None:
    """Raise Refusal for a code of a diagnosis: a school gets the conclusion without it."""
    for name, text in texts.items():
        codes = icd_codes_in(text)
        if codes:
            raise Refusal(
                "diagnosis",
                f"«{codes[0]}» похоже на код диагноза по МКБ-10. В школе диагноз не записывают: уберите его, "
                "условия от этого не изменятся.",
                NO_DIAGNOSIS,
                name,
            )


def require_representative(child: Child, guardian: Guardian, on: date) -> None:
    """Raise Refusal unless the guardian represents the child on the day."""
    link = Guardianship.objects.filter(child=child, guardian=guardian).first()
    if link is None or (link.ended_on and link.ended_on < on):
        raise Refusal(
            "not_a_guardian", "Этот человек не представляет ребёнка.", "письмо ВК-1074/07, разд. 2", "guardian"
        )


def require_days(one: BroughtConclusion, today: date) -> None:
    """Raise Refusal for days that contradict each other or the birth of the child."""
    if one.signed_on < one.child.birth_date:
        raise Refusal("before_birth", "Заключение подписано раньше, чем родился ребёнок.", field="signed_on")
    if one.signed_on > today:
        raise Refusal("future", "Дата заключения ещё не наступила.", field="signed_on")
    if one.brought_on > today:
        raise Refusal("future", "День, когда заключение принесли, ещё не наступил.", field="brought_on")
    if one.brought_on < one.signed_on:
        raise Refusal("before_signing", "Принести заключение раньше, чем его подписали, нельзя.", field="brought_on")
    if one.valid_until and one.valid_until < one.brought_on:
        raise Refusal(
            "expired", "Срок заключения уже истёк. Попросите семью пройти обследование снова.",
            "письмо ВК-1074/07, прил. 2.16, п. 12", "valid_until",
        )  # fmt: skip
    if one.next_on and one.next_on <= one.signed_on:
        raise Refusal("next_before", "Следующее обследование бывает позже заключения.", field="next_on")


def require_presented_in_time(one: BroughtConclusion, presented_before: bool) -> None:
    """Raise Refusal for a conclusion that comes later than the edition lets it, unless a school had it in time."""
    last = presented_until(one.signed_on, one.brought_on)
    if one.brought_on <= last or presented_before:
        return
    term = law_on(one.brought_on).term(PRESENTATION)
    raise Refusal(
        "too_old",
        f"Заключение представляют в течение года: этот срок прошёл {last:%d.%m.%Y}. Если оно уже было принято другой "
        "школой вовремя или семья учится по нему, отметьте это.",
        f"{term.clause}; {term.note.rstrip('.').lower()}",
        "presented_before",
    )


def require_programme(one: BroughtConclusion) -> None:
    """Raise Refusal for a programme that the edition does not know, or without the code that it leans on."""
    law = law_on(one.brought_on)
    codes = {known.code: known for known in law.programmes}
    if one.programme and one.programme not in codes:
        raise Refusal("programme", "Такой программы в перечне нет.", field="programme")
    if not one.programme or not codes[one.programme].needs_orientation:
        one.orientation = ""
    elif one.orientation not in {known.code for known in law.variants}:
        raise Refusal(
            "orientation", "Эта программа опирается на вариант АООП: выберите его.",
            codes[one.programme].clause, "orientation",
        )  # fmt: skip
