"""Topics as people type and paste them: a line each, hours at its end. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(r"^\s*(?:тема\s*)?\d{1,3}[.)]\s*", re.IGNORECASE)
_HOURS = re.compile(r"[\s\t—–:;,(-]+(\d{1,3}(?:[.,]\d)?)\s*(?:ч\.?|час(?:а|ов)?\.?)?\s*\)?\s*$", re.IGNORECASE)
ONE_HOUR = Decimal(1)


@dataclass(frozen=True, slots=True)
class Topic:
    title: str
    hours: Decimal


def topics_of(text: str) -> list[Topic]:
    """«1. Знакомство — 2 ч» is a topic of two hours; without a figure at the end it takes one."""
    return [_topic(line) for line in text.splitlines() if line.strip()]


def _topic(line: str) -> Topic:
    words = _NUMBER.sub("", " ".join(line.split()))
    found = _HOURS.search(words)
    if found and words[: found.start()].strip():
        hours = Decimal(found[1].replace(",", "."))
        if hours > 0:
            return Topic(words[: found.start()].strip(" —–-:;,("), hours)
    return Topic(words, ONE_HOUR)
