"""Pages of the room."""

from .bringing import paste, pupil_add, take
from .classes import class_add, class_edit, class_page, classes, year
from .consents import class_consents, consent_new, consent_scan, consent_withdraw
from .importing import class_list, class_list_cancel, class_list_confirm, class_list_map, class_list_new, list_new
from .placing import leave, place

__all__ = [
    "class_add",
    "class_consents",
    "class_edit",
    "class_list",
    "class_list_cancel",
    "class_list_confirm",
    "class_list_map",
    "class_list_new",
    "class_page",
    "classes",
    "consent_new",
    "consent_scan",
    "consent_withdraw",
    "leave",
    "list_new",
    "paste",
    "place",
    "pupil_add",
    "take",
    "year",
]
