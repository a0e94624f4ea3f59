"""The one door for each write about a child: records, guardians, place of study, health, family."""

from .children import ChildFields, child_change, child_register, names_decline
from .families import family_tick
from .guardians import GuardianFields, guardian_add, guardian_change, guardianship_end
from .health import (
    DisabilityFields,
    diagnosis_add,
    diagnosis_remove,
    disability_add,
    disability_change,
)
from .surroundings import (
    EnrolmentFields,
    enrolment_change,
    enrolment_end,
    enrolment_set,
    family_save,
    prevention_add,
    prevention_end,
    school_by_name,
)

__all__ = [
    "ChildFields",
    "DisabilityFields",
    "EnrolmentFields",
    "GuardianFields",
    "child_change",
    "child_register",
    "diagnosis_add",
    "diagnosis_remove",
    "disability_add",
    "disability_change",
    "enrolment_change",
    "enrolment_end",
    "enrolment_set",
    "family_save",
    "family_tick",
    "guardian_add",
    "guardian_change",
    "guardianship_end",
    "names_decline",
    "prevention_add",
    "prevention_end",
    "school_by_name",
]
