"""Conclusions of ПМПК at a school: brought, turned into duties, marked."""

from .duties import duties_add, duty_change, duty_mark, duty_remove
from .recording import brought_change, brought_end, brought_record, parents_answer_record

__all__ = [
    "brought_change",
    "brought_end",
    "brought_record",
    "duties_add",
    "duty_change",
    "duty_mark",
    "duty_remove",
    "parents_answer_record",
]
