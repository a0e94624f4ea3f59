"""What is written about people, checked and put into its usual form. Errors are Russian and name the field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from opora.foundation.access.refusals import Refusal
from opora.regulations.calendar import add_years

OLDEST = 100
YEARS_BETWEEN_GENERATIONS = 12
USUAL_OLDEST_LEARNER = 25
_NAME = re.compile(r"[^\W\d_]([^\W\d_]|[ .'’()\-])*")
_MOBILE = re.compile(r"[78]?(\d{3})(\d{3})(\d{2})(\d{2})")
_SPACES = re.compile(r"\s+")
_QUOTED = re.compile(r"[\"“„”]([^\"“„”«»]+)[\"“„”]")
_NUMBER_MARK = re.compile(r"(?:№|\bN[o°]?\.?) ?(?=\d)")
NAME_FIELDS = ("last_name", "first_name", "middle_name", "former_last_name")


def tidy(text: str) -> str:
    """One line without stray spaces and control characters."""
    seen = "".join(sign if unicodedata.category(sign) != "Cc" else " " for sign in text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", seen)).strip()


def title(text: str) -> str:
    """A title as a directory holds it: «Школа N7» becomes «Школа № 7», «1 "Б"» becomes «1 «Б»»."""
    quoted = _QUOTED.sub(r"«\1»", tidy(text))
    return _NUMBER_MARK.sub("№ ", quoted)


def name(text: str, field: str, *, required: bool = False) -> str:
    """A part of a name. «ИВАНОВА» and «иванова» become «Иванова»; mixed case is left as it is written."""
    tidied = tidy(text)
    if not tidied:
        if required:
            raise Refusal("empty_name", "Заполните это поле.", field=field)
        return ""
    if not _NAME.fullmatch(tidied):
        raise Refusal("not_a_name", "В имени могут быть только буквы, дефис, пробел, точка и апостроф.", field=field)
    if len(tidied) > 1 and (tidied.isupper() or tidied.islower()):
        return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), tidied)
    return tidied


def names(values: Mapping[str, object]) -> dict[str, str]:
    """Those of the values that are parts of a name, checked."""
    required = ("last_name", "first_name")
    return {key: name(str(values[key] or ""), key, required=key in required) for key in NAME_FIELDS if key in values}


def sex_by_patronymic(middle_name: str) -> str:
    """`male` or `female` when a Russian patronymic tells it, otherwise an empty string."""
    last = middle_name.lower().rsplit(maxsplit=1)[-1:] or [""]
    if last[0].endswith("ич") or last[0] in ("оглы", "оглу", "улы", "уулу"):
        return "male"
    return "female" if last[0].endswith("на") or last[0] in ("кызы", "гызы") else ""


def phone(text: str, field: str = "phone") -> str:
    """«89001234567» becomes «+7 (900) 123-45-67»; several numbers are kept, parted by commas."""
    return ", ".join(_one_phone(part, field) for part in re.split(r"[,;]", text) if part.strip())


def _one_phone(text: str, field: str) -> str:
    digits = re.sub(r"\D", "", text)
    foreign = text.strip().startswith("+") and not digits.startswith("7")
    if not foreign and (found := _MOBILE.fullmatch(digits)):
        return f"+7 ({found[1]}) {found[2]}-{found[3]}-{found[4]}"
    if foreign and 8 <= len(digits) <= 15:
        return f"+{digits}"
    if 5 <= len(digits) <= 7 and not re.search(r"[^\W\d_]", text):
        return "-".join(filter(None, (digits[:-4], digits[-4:-2], digits[-2:])))
    raise Refusal("phone", "Телефон: 10 цифр с кодом, например 900 123-45-67.", field=field)


def insurance_number(text: str, field: str = "insurance_number") -> str:
    """A СНИЛС as «123-456-789 00». Raises Refusal when its control number does not agree."""
    digits = re.sub(r"\D", "", text)
    if not text.strip():
        return ""
    if len(digits) != 11:
        raise Refusal("insurance_length", "В СНИЛС 11 цифр.", field=field)
    total = sum(int(digit) * (9 - at) for at, digit in enumerate(digits[:9]))
    if digits[:9] > "001001998" and total % 101 % 100 != int(digits[9:]):
        raise Refusal("insurance_check", "Контрольное число СНИЛС не сходится: проверьте цифры.", field=field)
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def birth_date_of_child(born: date, on: date, field: str = "birth_date") -> None:
    """A child is born already and not a hundred years ago."""
    if born > on:
        raise Refusal("born_later", "Дата рождения ещё не наступила.", field=field)
    if add_years(born, OLDEST) < on:
        raise Refusal("born_long_ago", f"По этой дате ребёнку больше {OLDEST} лет: проверьте год.", field=field)


def birth_date_of_guardian(born: date | None, child_born: date, on: date, field: str = "birth_date") -> None:
    """A representative is grown up beside the child. An unknown date is not judged."""
    if born is None:
        return
    if born > on:
        raise Refusal("born_later", "Дата рождения ещё не наступила.", field=field)
    if add_years(born, 120) < on:
        raise Refusal("born_long_ago", "Проверьте год рождения представителя.", field=field)
    if born >= child_born:
        raise Refusal("guardian_younger", "Представитель младше ребёнка: проверьте даты рождения.", field=field)
    if add_years(born, YEARS_BETWEEN_GENERATIONS) > child_born:
        raise Refusal(
            "guardian_too_young",
            f"Представитель старше ребёнка меньше чем на {YEARS_BETWEEN_GENERATIONS} лет: проверьте даты рождения.",
            field=field,
        )


def period(started: date | None, ended: date | None, on: date, field: str = "ended_on") -> None:
    """An end comes after its beginning and not in the future."""
    if started and ended and ended < started:
        raise Refusal("ends_before_start", "Дата окончания раньше даты начала.", field=field)
    if ended and ended > on:
        raise Refusal("future", "Эта дата ещё не наступила.", field=field)


def not_in_future(day: date | None, on: date, field: str) -> None:
    if day and day > on:
        raise Refusal("future", "Эта дата ещё не наступила.", field=field)
