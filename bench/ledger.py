"""Registers written in bulk: the same numbers, salts and chained hashes as `registers.services.entry_add` gives."""

from __future__ import annotations

import json
import secrets
from datetime import date
from typing import Any

from django.db import models

from opora.foundation.access.routes import person_of
from opora.foundation.accounts.models import User
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers import services as registers
from opora.foundation.registers.models import Entry, Series

from .ids import fast_id


class Ledger:
    """Counters of one organisation. Lines are given in the order of their days; `close` writes the counters."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.counters: dict[tuple[str, int], Series] = {}

    def counter(self, code: str, day: date) -> Series:
        found = self.counters.get((code, day.year))
        if found is None:
            found = Series.objects.create(organisation=self.organisation, code=code, year=day.year)
            self.counters[code, day.year] = found
        return found

    def next_number(self, code: str, day: date) -> int:
        return self.counter(code, day).last + 1

    def line(self, code: str, day: date, subject: models.Model, content: dict[str, Any], user: User) -> Entry:
        """The next line of a register, not saved yet."""
        counter = self.counter(code, day)
        text = registers.canonical(content)
        salt = secrets.token_hex(16)
        commitment = registers.sha256(salt + text)
        subject_type, subject_id = subject._meta.label_lower, str(getattr(subject, "public_id"))  # noqa: B009
        previous = counter.head
        counter.last += 1
        counter.lines += 1
        counter.head = registers._digest(
            previous=previous, line=counter.lines, number=f"{counter.last}/{counter.year}", kind=Entry.Kind.ENTRY,
            day=day, subject=f"{subject_type}:{subject_id}", commitment=commitment, corrects="",
        )  # fmt: skip
        return Entry(
            organisation=self.organisation, public_id=fast_id(), series=counter, line=counter.lines,
            number=counter.last, year=counter.year, kind=Entry.Kind.ENTRY, day=day, subject_type=subject_type,
            subject_id=subject_id, person_id=person_of(subject), content=json.loads(text), salt=salt,
            commitment=commitment, previous=previous, digest=counter.head, user=user,
        )  # fmt: skip

    def close(self) -> None:
        Series.objects.bulk_update(self.counters.values(), ["last", "lines", "head"])
