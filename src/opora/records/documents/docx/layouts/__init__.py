"""Layouts of editable copies by the code of the form; captions as the PDF of the same form has them."""

from __future__ import annotations

from ..pieces import Layout
from .consilium import COLLEGIAL_OPINION, COMMISSION_REFERRAL, CONSILIUM_PROTOCOL
from .presentations import PRESENTATIONS, SCHOOL_CHARACTERISTIC
from .programmes import SUPPORT_PROGRAMME, TEACHERS_EXTRACT
from .service import SOCIAL_PASSPORT, SUPPORT_CARD, WORK_PLAN, WORK_SCHEDULE, YEAR_ANALYSIS

LAYOUTS: dict[str, Layout] = {
    "support_programme": SUPPORT_PROGRAMME,
    "teachers_extract": TEACHERS_EXTRACT,
    "consilium_protocol": CONSILIUM_PROTOCOL,
    "collegial_opinion": COLLEGIAL_OPINION,
    "commission_referral": COMMISSION_REFERRAL,
    "school_characteristic": SCHOOL_CHARACTERISTIC,
    "work_plan": WORK_PLAN,
    "work_schedule": WORK_SCHEDULE,
    "support_card": SUPPORT_CARD,
    "social_passport": SOCIAL_PASSPORT,
    "year_analysis": YEAR_ANALYSIS,
    **PRESENTATIONS,
}
