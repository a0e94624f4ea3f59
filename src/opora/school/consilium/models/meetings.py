"""Meetings of the consilium and their members (000, Р-93)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Entry, Snapshot

from ..querysets import MeetingQuerySet


class ConsiliumMeeting(Owned):
    """A meeting (заседание ППк): planned or called for a reason, with a protocol of its own number."""

    loaded_with = ("chair__user", "secretary__user")

    class Kind(models.TextChoices):
        PLANNED = "planned", "плановое"
        UNPLANNED = "unplanned", "внеплановое"

    class State(models.TextChoices):
        PLANNED = "planned", "назначено"
        RUNNING = "running", "идёт"
        HELD = "held", "проведено"
        CANCELLED = "cancelled", "отменено"

    kind = models.CharField("вид", max_length=10, choices=Kind.choices, default=Kind.PLANNED)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.PLANNED)
    day = models.DateField("день")
    starts = models.TimeField("время", null=True, blank=True)
    place = models.CharField("место", max_length=120, blank=True)
    purpose = models.CharField("тематика заседания", max_length=300, blank=True)
    chair = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="председатель")
    secretary = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="секретарь"
    )
    number = models.PositiveIntegerField("№ протокола", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField("проведено", null=True, blank=True)
    protocol_on = models.DateField("протокол оформлен", null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MeetingQuerySet.as_manager()
    children: int  # these two are given by `with_counts`
    decided: int

    class Meta:
        verbose_name = "заседание консилиума"
        verbose_name_plural = "заседания консилиума"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], condition=Q(number__isnull=False),
                name="consilium_protocol_number_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation", "-day"], name="meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} заседание {self.day:%d.%m.%Y}"

    @property
    def number_title(self) -> str:
        return f"{self.number}/{self.year}" if self.number else ""

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.HELD, self.State.CANCELLED)


class MeetingMember(Owned):
    """A member of the consilium at a meeting, present or not."""

    meeting = models.ForeignKey(ConsiliumMeeting, on_delete=models.CASCADE, related_name="members")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField("присутствует", default=True)

    objects = OwnedQuerySet["MeetingMember"].as_manager()

    class Meta:
        verbose_name = "член консилиума на заседании"
        verbose_name_plural = "члены консилиума на заседании"
        ordering = ["position__role", "position__user__last_name"]
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="member_once_per_meeting")]

    def __str__(self) -> str:
        return str(self.position)
