"""Layouts of editable copies by the code of the form; captions as the PDF of the same form has them."""

from __future__ import annotations

from ..pieces import Layout
from .consilium import COLLEGIAL_OPINION, COMMISSION_REFERRAL, CONSILIUM_PROTOCOL
from .presentations import PRESENTATIONS, SCHOOL_CHARACTERISTIC
from .programmes import SUPPORT_PROGRAMME, TEACHERS_EXTRACT

LAYOUTS: dict[str, Layout] = {
    "support_programme": SUPPORT_PROGRAMME,
    "teachers_extract": TEACHERS_EXTRACT,
    "consilium_protocol": CONSILIUM_PROTOCOL,
    "collegial_opinion": COLLEGIAL_OPINION,
    "commission_referral": COMMISSION_REFERRAL,
    "school_characteristic": SCHOOL_CHARACTERISTIC,
    **PRESENTATIONS,
}
