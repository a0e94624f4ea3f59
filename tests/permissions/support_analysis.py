"""Analyses of years in the house of the permission tests: an approved one, and one that is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from opora.foundation.accounts.roles import Role
from opora.school.support.analysis import services as analysing
from opora.school.support.schoolyear.reading import school_year_of

if TYPE_CHECKING:
    from .house import House


def analyses(house: House) -> None:
    """Last year's is approved, this year's is drawn up by the head of the service."""
    head, director = (house.actor(house.school[role]) for role in (Role.SERVICE_HEAD, Role.DIRECTOR))
    year = school_year_of(house.today).year
    for number in (year - 1, year):
        analysis = analysing.analysis_begin(actor=head, year=number, on=house.today)
        analysing.problem_add(actor=head, analysis=analysis, problem="Мало часов логопеда", measure="Ввести ставку")
        for section in analysis.sections.all():
            analysing.section_write(actor=head, section=section, text="Вывод раздела", base_version=0)
        if number < year:
            handed = analysing.analysis_submit(actor=head, analysis=analysis)
            analysing.analysis_approve(actor=director, analysis=handed, on=house.today)


# Words are written in this year's; what became of a problem is said of last year's.
WHERE: dict[str, dict[str, Any]] = {
    **{f"analysis:{one}": {"analysis__status": "draft"} for one in ("section", "sentence", "problem", "problem_plan")},
    "analysis:problem_came": {"analysis__status": "approved"},
    **{f"analysis:{one}": {"status": "draft"} for one in ("problem_add", "submit")},
}
