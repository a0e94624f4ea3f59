"""The individual programme of support (ИПС): what is planned, agreed, done and found out (000)."""

from .bank import BankItem
from .family import Agreement, ProgrammeVersion, Proposal
from .following import Mark, Observation
from .leaving import ProgrammeHandover
from .plan import Activity, Criterion, Goal, OfProgramme, Task
from .programme import Programme, ProgrammeSection
from .words import Audience, Direction, Scale

__all__ = [
    "Activity",
    "Agreement",
    "Audience",
    "BankItem",
    "Criterion",
    "Direction",
    "Goal",
    "Mark",
    "Observation",
    "OfProgramme",
    "Programme",
    "ProgrammeHandover",
    "ProgrammeSection",
    "ProgrammeVersion",
    "Proposal",
    "Scale",
    "Task",
]
