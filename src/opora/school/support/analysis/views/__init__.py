"""Pages of the analysis of a year."""

from .behind import figure
from .listing import analysis_list, begin
from .page import analysis, compared
from .problems import problem, problem_add, problem_came, problem_plan
from .steps import approve, change, send_back, submit
from .words import section, section_earlier, sentence

__all__ = [
    "analysis",
    "analysis_list",
    "approve",
    "begin",
    "change",
    "compared",
    "figure",
    "problem",
    "problem_add",
    "problem_came",
    "problem_plan",
    "section",
    "section_earlier",
    "send_back",
    "sentence",
    "submit",
]
