"""Pages of the room."""

from .bringing import paste, pupil_add, take
from .classes import class_add, class_edit, class_page, classes, year
from .consents import class_consents, consent_new, consent_scan, consent_withdraw
from .placing import leave, place

__all__ = [
    "class_add",
    "class_consents",
    "class_edit",
    "class_page",
    "classes",
    "consent_new",
    "consent_scan",
    "consent_withdraw",
    "leave",
    "paste",
    "place",
    "pupil_add",
    "take",
    "year",
]
