"""The one door for writes about classes, places in them and consents to an examination."""

from .bringing import Brought, pupil_bring, pupils_bring
from .classes import Next, class_add, class_change, year_begin
from .consents import (
    examination_consent_attach,
    examination_consent_record,
    examination_consent_withdraw,
    examination_consents_record,
    require_consent,
)
from .importing import (
    class_list_bring,
    class_list_cancel,
    class_list_check,
    class_list_confirm,
    class_list_fail,
    class_list_map,
    class_list_write,
)
from .placing import pupil_leave, pupil_place

__all__ = [
    "Brought",
    "Next",
    "class_add",
    "class_change",
    "class_list_bring",
    "class_list_cancel",
    "class_list_check",
    "class_list_confirm",
    "class_list_fail",
    "class_list_map",
    "class_list_write",
    "examination_consent_attach",
    "examination_consent_record",
    "examination_consent_withdraw",
    "examination_consents_record",
    "pupil_bring",
    "pupil_leave",
    "pupil_place",
    "pupils_bring",
    "require_consent",
    "year_begin",
]
