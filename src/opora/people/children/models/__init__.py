"""Children and their families (C-01 to C-04). Every row belongs to one organisation."""

from .child import Child, NameTrigram, NameWord
from .guardians import Guardian, Guardianship
from .health import Diagnosis, Disability
from .named import NBSP, Named, Sex
from .surroundings import Enrolment, Family, PreventionRecord

__all__ = [
    "NBSP",
    "Child",
    "Diagnosis",
    "Disability",
    "Enrolment",
    "Family",
    "Guardian",
    "Guardianship",
    "NameTrigram",
    "NameWord",
    "Named",
    "PreventionRecord",
    "Sex",
]
