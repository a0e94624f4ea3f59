"""Which tables stand under each figure that the law's data names, and how the whole year is counted."""

from __future__ import annotations

from datetime import date

from opora.foundation.organisations.models import Organisation

from ...materials.models import WorkDirection
from ...schoolyear.reading import YearSpan, school_year
from . import (
    cards,
    children,
    consilium,
    contacts,
    groups,
    materials,
    passports,
    plans,
    programmes,
    signals,
    staff,
    work,
)
from .tables import Rule, Table, laid
from .year import Year, year_ago

TABLES: dict[str, tuple[Rule, ...]] = {
    "staff": (staff.STAFF, work.SPECIALISTS),
    "rates": (),  # they stand in the table of the staff
    "cabinets": (staff.CABINET_COUNT,),
    "plan_done": (plans.PLAN_DONE, work.BY_DIRECTION, work.BY_KIND, work.BY_MONTH, staff.QUALITY),
    "passport": (children.COVERED, passports.PASSPORT),
    "log_diagnostics": (work.log_of(WorkDirection.DIAGNOSTICS),),
    "screenings": (signals.SCREENINGS,),
    "signals": (signals.SIGNALS,),
    "log_correction": (work.log_of(WorkDirection.CORRECTION),),
    "groups": (groups.GROUP_COUNT, groups.GROUNDS, groups.LESSON_COUNT, children.ATTENDANCE),
    "hours_delivered": (groups.HOURS_GIVEN,),
    "programmes": (programmes.PROGRAMME_COUNT, programmes.CRITERIA_REACHED),
    "log_education": (
        work.log_of(WorkDirection.EDUCATION),
        work.audience_of(WorkDirection.EDUCATION),
        work.CONSULTATIONS,
    ),
    "log_methods": (work.log_of(WorkDirection.METHODS),),
    "materials": (materials.MATERIAL_USES, materials.BANK),
    "consilium": (consilium.MEETING_COUNT, consilium.OPINION_COUNT, consilium.CONDITIONS_KEPT),
    "referrals": (consilium.REFERRALS,),
    "cards": (cards.CARD_COUNT, cards.CARD_GROUNDS, cards.CARD_REASONS, cards.DYNAMICS),
    "contacts": (contacts.CONTACT_KINDS, contacts.CONTACT_OUTCOMES),
    "problems": (),  # people write them
}
RULES: dict[str, Rule] = {rule.code: rule for rules in TABLES.values() for rule in rules}


def tables_of(organisation: Organisation, span: YearSpan, on: date) -> dict[str, Table]:
    """Every table of a year by its code, beside the year before it; a fixed number of queries.

    While the year goes on it is counted up to `on`, and the last one up to the same day of it.
    """
    now = Year(organisation, span, on)
    before = Year(organisation, school_year(span.year - 1), year_ago(on))
    return {code: laid(rule, rule.count(now), rule.count(before)) for code, rule in RULES.items()}
