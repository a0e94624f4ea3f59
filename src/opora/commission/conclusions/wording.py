"""Chosen answers as the words of the printed form 2.16."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opora.foundation.ui.typography import long_date
from opora.regulations.edition import Edition

Values = Mapping[str, Any]
NOT_NEEDED = "не требуется"
NOT_NEEDED_MANY = "не требуются"
NOT_CONSIDERED = "не рассматривались"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def iso_long(value: str) -> str:
    """«1 июня 2029 г.» of an ISO date; empty for nothing."""
    return long_date(date.fromisoformat(value)) if value else ""


def programme(law: Edition, values: Values) -> str:
    """Item 1 with the caption of the edition and the section of the variant."""
    code = values["programme_code"]
    if not code:
        return ""
    chosen = law.programme(code)
    if chosen.needs_orientation and not values["orientation"]:
        wording = chosen.short
    else:
        wording = law.programme_wording(code, values["orientation"])
    section = values["programme_section"]
    return capital(f"{wording}, {section} отделение" if section else wording)


def programme_short(law: Edition, values: Values) -> str:
    """The cipher of the letter, for lists and journals: «вариант 5.1, I отделение»."""
    code = values["programme_code"]
    if not code:
        return ""
    short = law.programme(code).short
    if law.programme(code).needs_orientation and values["orientation"]:
        short = short.removesuffix("на код") + "на " + law.programme(values["orientation"]).short
    section = values["programme_section"]
    return f"{short}, {section} отделение" if section else short


def second_programme(law: Edition, values: Values) -> str:
    code = values["second_programme_code"]
    if not code:
        return ""
    chosen = law.programme(code)
    return capital(chosen.short if chosen.needs_orientation else chosen.title)


def chosen(law: Edition, vocabulary: str, codes: list[str], detail: str) -> str:
    """Captions of several choices and the person's own words; words replace «иное»."""
    known = law.vocabulary(vocabulary)
    titles = [known.choice(code).title for code in codes if not (known.choice(code).detail and detail)]
    return "; ".join(filter(None, [*titles, detail]))


def study_form(law: Edition, values: Values) -> str:
    code = values["study_form"]
    return law.vocabulary("study_form").choice(code).title if code else ""


def grounds(law: Edition, values: Values) -> list[str]:
    """Grounds of the form of study: codes that the printed form knows, else the caption of the edition."""
    known = {"medical_commission": "medical_commission", "parents_wish": "parents"}
    vocabulary = law.vocabulary("study_form_ground")
    return [known.get(code) or vocabulary.choice(code).title for code in values["study_form_grounds"]]


def support(law: Edition, values: Values, who: str) -> str:
    """Item 6 for «assistant» or «tutor»: need, for how long, why."""
    need = values[f"{who}_need"]
    if need != "needed":
        return NOT_NEEDED if need or values["needs_conditions"] is False else ""
    reason, term = values[f"{who}_reason"], values[f"{who}_term"]
    words = f"требуется, {law.vocabulary('support_term').choice(term).title}" if term else "требуется"
    if reason:
        words += f"; основание — {reason.rstrip('. ')}"
    if who == "assistant" and values["assistant_by_parent"]:
        words += "; роль ассистента могут выполнять родители (законные представители)"
    return words


def reexamination(law: Edition, values: Values) -> str:
    """Item 12: the wording of the letter with its date and the person's own words."""
    code, day, detail = values["reexamination_wording"], values["term_on"], values["reexamination_detail"]
    by_day = f"не позднее {iso_long(day)}" if day else ""
    if not code or code == "date":
        return ", ".join(filter(None, [by_day, detail]))
    wording = law.vocabulary("reexamination_wording").choice(code)
    return ", ".join(filter(None, ["" if wording.detail and detail else wording.title, detail, by_day]))
