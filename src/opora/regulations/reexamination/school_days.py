"""The last day that a rule allows, found from the day of the examination, the class and the age."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opora.regulations.calendar import Age, add_years, age_on
from opora.regulations.edition import Edition
from opora.regulations.facts.case import CaseFacts
from opora.regulations.reexamination.entries import ReexaminationRule, SchoolNumber

EARLY_YEARS = 3  # early help is for children of 0 to 3 years


@dataclass(frozen=True, slots=True)
class Counted:
    """A day, how it was found, the facts it rests on, and those that are missing.

    `met`: the examination that the rule asks for is this one or past; another one is made when somebody asks for it.
    """

    day: date | None = None
    how: str = ""
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    met: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is needed to count: `start` is the first day of learning by the programme under discussion."""

    facts: CaseFacts
    numbers: Mapping[str, int]
    on: date
    start: date

    @property
    def year_begins(self) -> date:
        """The first day of the next school year."""
        first = date(self.on.year, self.numbers["year_begins_month"], 1)
        return first if first > self.on else first.replace(year=self.on.year + 1)

    @property
    def year_of_end(self) -> int:
        """The calendar year in which the school year of the examination ends; summer belongs to the past one."""
        return self.on.year + (self.on.month >= self.numbers["year_begins_month"])

    @property
    def grade(self) -> int | None:
        """The class; 0 for a child who is about to enter school."""
        grade = self.facts.get("grade")
        if grade is None:
            return 0 if self.facts.get("enters_school") is True else None
        return int(grade)  # type: ignore[arg-type]

    def end_of_year(self, year: int) -> date:
        """The last day of the school year that ends in a calendar year."""
        return last_day(year, self.numbers["year_ends_month"])


def numbers_of(law: Edition) -> Mapping[str, int]:
    """The numbers of the school calendar."""
    return law.prepared(__name__, lambda of: {one.code: one.value for one in of.entries("school_number", SchoolNumber)})


def calendar_of(facts: CaseFacts, school_year: date | None) -> Calendar | None:
    """The calendar of a case; None when the day of the examination is not known.

    Learning begins with the next school year for a child who enters school, and in summer; else at once.
    """
    if facts.on is None:
        return None
    found = Calendar(facts, numbers_of(facts.law), facts.on, facts.on)
    months = found.numbers["year_ends_month"], found.numbers["year_begins_month"]
    waits = found.grade == 0 or months[0] < facts.on.month < months[1]
    return replace(found, start=school_year or (found.year_begins if waits else facts.on))


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def count(rule: ReexaminationRule, known: Calendar | None) -> Counted:
    """The last day that a rule allows."""
    if known is None or rule.counts == "none":
        return Counted()
    return _WAYS[rule.counts](rule, known)


def shown(day: date) -> str:
    """A day for the screen."""
    return day.strftime("%d.%m.%Y")


def _years_from_start(rule: ReexaminationRule, known: Calendar) -> Counted:
    years = known.facts.law.term(rule.term).value
    day = add_years(known.start, years)
    return Counted(day, f"начало обучения {shown(known.start)}, {Age(years, 0, 0)} — до {shown(day)}")


def _next_school_year(_rule: ReexaminationRule, known: Calendar) -> Counted:
    begins = known.year_begins
    day = known.end_of_year(begins.year + 1)
    return Counted(day, f"следующий учебный год: {shown(begins)} — {shown(day)}")


def _end_of_primary(rule: ReexaminationRule, known: Calendar) -> Counted:
    grade, last = known.grade, known.numbers["primary_last_grade"]
    if grade is None:
        return Counted(missing=("grade",))
    if grade == 0:
        return _primary_from_entry(rule, known, last)
    day = known.end_of_year(known.year_of_end + last - grade)
    if day < known.on:
        return Counted(how=f"начальная школа окончена {shown(day)}", facts=("grade",), met=True)
    how = f"сейчас {grade}-й класс, окончание {last}-го — {shown(day)}"
    if grade == 1:
        how += f"; с дополнительным годом в первом классе — {shown(known.end_of_year(day.year + 1))}"
    return Counted(day, how, ("grade",))


def _primary_from_entry(rule: ReexaminationRule, known: Calendar, last: int) -> Counted:
    if known.facts.get("enters_school") is False:
        return Counted(how="ребёнок в школу ещё не поступает", facts=("enters_school",))
    begins = known.start if known.start > known.on else known.year_begins
    longer = rule.prolonged and known.facts.get("programme") in rule.prolonged
    years = last + bool(longer)
    day = known.end_of_year(begins.year + years)
    how = f"первый класс с {shown(begins)}, начальная школа {Age(years, 0, 0)} — до {shown(day)}"
    if not longer:
        how += f"; с дополнительным годом в первом классе — {shown(known.end_of_year(day.year + 1))}"
    return Counted(day, how, ("grade", "enters_school"))


def _end_of_early_age(_rule: ReexaminationRule, known: Calendar) -> Counted:
    if known.facts.born is None:
        return Counted()
    day = add_years(known.facts.born, EARLY_YEARS)
    return Counted(day, f"{Age(EARLY_YEARS, 0, 0)} исполнится {shown(day)}", ("age_months",))


def _before_school(_rule: ReexaminationRule, known: Calendar) -> Counted:
    begins, enters = known.year_begins, known.facts.get("enters_school")
    if enters is not True:
        if known.facts.born is None:
            return Counted(missing=("enters_school",))
        if enters is False:
            begins = add_years(begins, 1)
        while age_on(known.facts.born, begins).total_months < known.numbers["school_age_months"]:
            begins = add_years(begins, 1)
    years, months = divmod(known.numbers["school_age_months"], 12)
    day = begins - timedelta(days=1)
    why = "поступает в школу" if enters is True else f"первый учебный год, к которому ребёнку {years} лет {months} мес."
    return Counted(day, f"{why}: с {shown(begins)}, день перед ним — {shown(day)}", ("enters_school",))


def _before_state_examination(rule: ReexaminationRule, known: Calendar, last: int) -> Counted:
    grade = known.grade
    if not grade:
        return Counted(missing=("grade",))
    month = known.facts.law.term(rule.term).value
    day = last_day(known.year_of_end + max(last - grade, 0), month)
    if day < known.on:
        how = f"срок этого года прошёл {shown(day)}: рекомендацию об условиях ГИА дать немедленно"
        return Counted(None, how, ("grade",), met=True)
    if (day - known.on).days <= (day - date(day.year, 1, 1)).days:
        return Counted(None, f"это обследование и есть обследование перед ГИА: до {shown(day)}", ("grade",), met=True)
    how = f"сейчас {grade}-й класс, завершение {max(last, grade)}-го в {day.year} году, не позже {shown(day)}"
    if grade >= last:
        how += "; если условия ГИА даны уже в этом заключении, оно отвечает сроку"
    return Counted(day, how, ("grade",))


def _before_gia(rule: ReexaminationRule, known: Calendar) -> Counted:
    return _before_state_examination(rule, known, known.numbers["basic_last_grade"])


def _before_gia_secondary(rule: ReexaminationRule, known: Calendar) -> Counted:
    return _before_state_examination(rule, known, known.numbers["secondary_last_grade"])


def _end_of_intellectual(rule: ReexaminationRule, known: Calendar) -> Counted:
    """A wish has no last day; the longest schooling is said for the family to know."""
    years = known.facts.law.term(rule.term).value
    if known.grade is None:
        return Counted(how=f"обучение не дольше {years} лет")
    begun = known.year_begins.year if known.grade == 0 else known.year_of_end - known.grade
    day = known.end_of_year(begun + years)
    return Counted(None, f"обучение не дольше {years} лет: самое позднее {shown(day)}", ("grade",))


_WAYS: Mapping[str, Callable[[ReexaminationRule, Calendar], Counted]] = {
    "years_from_start": _years_from_start,
    "next_school_year": _next_school_year,
    "end_of_primary": _end_of_primary,
    "before_school": _before_school,
    "end_of_early_age": _end_of_early_age,
    "before_gia": _before_gia,
    "before_gia_secondary": _before_gia_secondary,
    "end_of_intellectual": _end_of_intellectual,
}
