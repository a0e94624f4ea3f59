"""The one door for writes of the analysis of a year."""

from .approving import analysis_approve, analysis_change, analysis_examine, analysis_return, analysis_submit
from .drafting import analysis_begin, section_write, sentence_take
from .problems import problem_add, problem_came_mark, problem_change, problem_plan, problem_remove

__all__ = [
    "analysis_approve",
    "analysis_begin",
    "analysis_change",
    "analysis_examine",
    "analysis_return",
    "analysis_submit",
    "problem_add",
    "problem_came_mark",
    "problem_change",
    "problem_plan",
    "problem_remove",
    "section_write",
    "sentence_take",
]
