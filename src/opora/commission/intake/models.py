"""Intake: the application, the papers, the slots of the reception and bookings (P-01 to P-04)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.commission.cases.flow import CONCLUDED
from opora.commission.cases.models import Case
from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField
from opora.people.children.models import Guardian

from .querysets import BookingQuerySet, PaperQuerySet, SlotQuerySet

NBSP = "\u00a0"


class Application(Owned):
    """The application of annex 2.3 and what is asked at the first visit."""

    loaded_with = ("case__child", "applicant")
    person_path = "case__child__public_id"
    cleared_on_erasure = {
        "reason": "", "request": "", "incomplete_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "filing": "a code", "source": "a code", "initiator": "a code", "signed_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("reason", "request", "incomplete_reason")
    spared_on_withdrawal = {"case__status__in": CONCLUDED}
    stays_by_law = "письмо ВК-1074/07, прил. 2.14: заявление"

    class Filing(models.TextChoices):
        IN_PERSON = "in_person", "лично"
        REMOTE = "remote", "дистанционно"

    class Source(models.TextChoices):
        VISIT = "visit", "на приёме"
        PHONE = "phone", "по телефону"
        WEB = "web", "через сайт"
        SCHOOL = "school", "через образовательную организацию"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="application")
    applicant = models.ForeignKey(
        Guardian, on_delete=models.PROTECT, related_name="applications", verbose_name="заявитель"
    )
    is_repeat = models.BooleanField("повторное обращение", default=False)
    filing = models.CharField("способ подачи", max_length=10, choices=Filing.choices, default=Filing.IN_PERSON)
    source = models.CharField("откуда обращение", max_length=10, choices=Source.choices, default=Source.VISIT)
    initiator = models.CharField("инициатор обращения", max_length=30)
    referred_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="кем направлен",
    )  # fmt: skip
    has_referral = models.BooleanField("направление есть", default=False)
    reason = SealedTextField("причина обращения", limit=3000)
    request = SealedTextField("запрос родителя", blank=True, limit=3000)
    needs_psychiatrist = models.BooleanField("нужен врач-психиатр", default=False)
    wants_copies = models.BooleanField("просит копии заключения и особых мнений", default=True)
    signed_on = models.DateField("заявление подписано", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    incomplete_reason = SealedTextField("почему приняты неполные документы", blank=True, limit=1000)

    objects = OwnedQuerySet["Application"].as_manager()

    class Meta:
        verbose_name = "заявление"
        verbose_name_plural = "заявления"

    def __str__(self) -> str:
        return f"Заявление к делу {self.case}"

    @property
    def person_id(self) -> str:
        return self.case.person_id


IDENTITY_PAPERS = frozenset(
    {"application", "consent_child", "consent_parent", "child_identity", "guardian_identity", "authority_document"}
)


class Paper(Owned):
    """One line of the list of papers (P-02): asked by the edition or added by hand, brought or not, checked by whom."""

    loaded_with = ("case__child",)
    person_path = "case__child__public_id"
    cleared_on_erasure = {
        "title": "", "note": "",
    }  # fmt: skip
    kept_on_erasure = {
        "requirement": "a code", "clause": "a code", "presence": "a code", "medium": "a code",
        "received_on": "a day of work, without a name", "checked_on": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("note",)
    spared_on_withdrawal = {"case__status__in": CONCLUDED}

    class Presence(models.TextChoices):
        OBLIGATORY = "obligatory", "обязательный"
        IF_AVAILABLE = "if_available", "при наличии"

    class Medium(models.TextChoices):
        ORIGINAL = "original", "оригинал"
        COPY = "copy", "копия"
        CERTIFIED_COPY = "certified_copy", "заверенная копия"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    requirement = models.CharField("код перечня", max_length=60, blank=True)
    title = models.CharField("документ", max_length=500)
    clause = models.CharField("основание", max_length=200, blank=True)
    presence = models.CharField("обязательность", max_length=12, choices=Presence.choices)
    order = models.PositiveSmallIntegerField(default=0)
    received_on = models.DateField("получен", null=True, blank=True)
    medium = models.CharField("вид", max_length=16, choices=Medium.choices, blank=True)
    sheets = models.PositiveSmallIntegerField("листов", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="с оригиналом сверил",
    )  # fmt: skip
    checked_on = models.DateField("сверен", null=True, blank=True)
    note = SealedTextField("замечание", limit=300, one_line=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "requirement"], condition=~Q(requirement=""), name="paper_once_per_case"
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True) | Q(received_on__isnull=False),
                name="only_a_received_paper_is_checked",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_identity(self) -> bool:
        """Whether its scans show documents and numbers of the family (`access.fields`, «identity»)."""
        return self.requirement in IDENTITY_PAPERS

    @property
    def person_id(self) -> str:
        return self.case.person_id

    @property
    def is_missing(self) -> bool:
        return self.presence == self.Presence.OBLIGATORY and self.received_on is None

    @property
    def is_own_line(self) -> bool:
        """Added by hand, not asked by the edition."""
        return not self.requirement


class PaperFile(Owned):
    """A scan or a photo of a paper."""

    loaded_with = ("paper__case__child", "file")
    person_path = "paper__case__child__public_id"
    kept_on_erasure = {
        "removed_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("file",)
    spared_on_withdrawal = {"paper__case__status__in": CONCLUDED}

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("убран", null=True, blank=True)

    objects = OwnedQuerySet["PaperFile"].as_manager()

    class Meta:
        verbose_name = "файл документа"
        verbose_name_plural = "файлы документов"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.title

    @property
    def person_id(self) -> str:
        return self.paper.person_id


class Place(Owned):
    """Where the commission receives: its own rooms, a school it visits."""

    title = models.CharField("место", max_length=120)
    address = models.CharField("адрес", max_length=300, blank=True)
    is_active = models.BooleanField("используется", default=True)

    objects = OwnedQuerySet["Place"].as_manager()

    class Meta:
        verbose_name = "место приёма"
        verbose_name_plural = "места приёма"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class DayTemplate(Owned):
    """A usual day of reception: from, to, lunch, length of a slot, how many children at once."""

    title = models.CharField("название", max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="day_templates", verbose_name="место")
    starts = models.TimeField("начало")
    ends = models.TimeField("конец")
    lunch_starts = models.TimeField("обед с", null=True, blank=True)
    lunch_ends = models.TimeField("обед до", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("длительность приёма, мин", default=60)
    capacity = models.PositiveSmallIntegerField("детей одновременно", default=1)
    weekdays = models.JSONField("дни недели", default=list, blank=True)

    objects = OwnedQuerySet["DayTemplate"].as_manager()

    class Meta:
        verbose_name = "шаблон дня"
        verbose_name_plural = "шаблоны дней"
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="day_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480, capacity__gte=1, capacity__lte=20),
                name="day_template_is_reasonable",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Slot(Owned):
    """One place in the reception of a day. Capacity n makes n rows, `seat` 1..n: each is taken by one child."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="slots", verbose_name="место")
    day = models.DateField("день")
    starts = models.TimeField("начало")
    ends = models.TimeField("конец")
    seat = models.PositiveSmallIntegerField("место в ряду", default=1)
    is_closed = models.BooleanField("закрыто", default=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "окно приёма"
        verbose_name_plural = "окна приёма"
        ordering = ["day", "starts", "place", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "place", "day", "starts", "seat"], name="slot_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="slot_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["organisation", "day", "starts"], name="slot_by_day")]

    def __str__(self) -> str:
        return self.when

    @property
    def when(self) -> str:
        """«21.11.2026 в 10:00»."""
        return f"{self.day:%d.%m.%Y}{NBSP}в{NBSP}{self.starts:%H:%M}"


class Booking(Owned):
    """A child's slot. The database forbids two live bookings of one slot and two live bookings of one case."""

    loaded_with = ("case__child", "slot__place")
    person_path = "case__child__public_id"
    cleared_on_erasure = {
        "reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "state": "a code", "booked_at": "a day of work, without a name",
    }  # fmt: skip
    cleared_on_withdrawal = ("reason",)

    class State(models.TextChoices):
        BOOKED = "booked", "записан"
        ARRIVED = "arrived", "пришёл"
        MISSED = "missed", "не явился"
        CANCELLED = "cancelled", "отменена"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bookings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.BOOKED)
    reason = SealedTextField("причина отмены, неявки", limit=300, one_line=True, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    booked_at = models.DateTimeField("записан", auto_now_add=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "запись"
        verbose_name_plural = "записи"
        ordering = ["slot__day", "slot__starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state__in=["booked", "arrived"]), name="a_slot_is_booked_once"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="booked"), name="a_case_is_booked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.get_state_display()}"

    @property
    def person_id(self) -> str:
        return self.case.person_id
