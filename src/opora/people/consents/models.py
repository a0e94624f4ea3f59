"""Consents to process data (C-07): a paper for each purpose, with its end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Owned
from opora.foundation.registers.models import Entry, Snapshot
from opora.foundation.vault.fields import SealedJSONField, SealedTextField
from opora.people.children.models import Child, Guardian

from .querysets import ConsentQuerySet, WithdrawalQuerySet

NBSP = "\u00a0"


class Consent(Owned):
    """One signed consent: of whom, for what, when, on paper or not, and when it was taken back."""

    loaded_with = ("child", "guardian")
    person_path = "child__public_id"
    kept_on_erasure = {
        "kind": "a code", "medium": "a code", "signed_on": "a day of work, without a name",
        "withdrawn_on": "a day of work, without a name", "recorded_at": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "152-ФЗ, ст. 9: оператор доказывает, что согласие было"

    class Kind(models.TextChoices):
        CHILD_DATA = "child_data", "Согласие на обработку персональных данных ребёнка (прил. 2.17)"
        GUARDIAN_DATA = "guardian_data", "Согласие на обработку персональных данных родителя (прил. 2.18)"

    class Medium(models.TextChoices):
        PAPER = "paper", "на бумаге"
        ELECTRONIC = "electronic", "в электронной форме"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="consents")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField("вид", max_length=16, choices=Kind.choices)
    signed_on = models.DateField("подписано")
    medium = models.CharField("форма", max_length=10, choices=Medium.choices, default=Medium.PAPER)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian", "kind"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_consent_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("signed_on")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def person_id(self) -> str:
        return self.child.public_id


class Withdrawal(Owned):
    """One withdrawal of a consent: processing stops at once, the head finishes within the term, an act says how.

    `set_aside` holds what was taken out of the representative's record until it is destroyed or given back.
    """

    loaded_with = ("consent__child", "consent__guardian", "scan", "act", "recorded_by", "done_by", "lifted_by")
    person_path = "consent__child__public_id"
    cleared_on_erasure = {"set_aside": {}, "lift_reason": ""}
    kept_on_erasure = {
        "state": "a code", "way": "a code", "term_clause": "a clause of law",
        "received_on": "a day of work, without a name", "stop_on": "a day of work, without a name",
        "done_on": "a day of work, without a name", "recorded_at": "a day of work, without a name",
        "lifted_at": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "152-ФЗ, ст. 21: оператор доказывает, что прекратил обработку"

    class State(models.TextChoices):
        RECORDED = "recorded", "обработка остановлена"
        DONE = "done", "исполнен"
        LIFTED = "lifted", "снят"

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "принесён лично"
        POST = "post", "пришёл почтой"
        ELECTRONIC = "electronic", "пришёл электронно, подписан"

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="withdrawals")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.RECORDED)
    received_on = models.DateField("получен")
    way = models.CharField("как получен", max_length=10, choices=Way.choices, default=Way.IN_PERSON)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stop_on = models.DateField("исполнить до")
    term_days = models.PositiveSmallIntegerField("срок")
    term_clause = models.CharField("основание срока", max_length=300)
    set_aside = SealedJSONField("отложено", default=dict, blank=True)
    done_on = models.DateField("исполнен", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField("№ акта", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    act = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField("снят", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lift_reason = SealedTextField("почему снят", limit=300, one_line=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = "отзыв согласия"
        verbose_name_plural = "отзывы согласий"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consent"], condition=~Q(state="lifted"), name="a_consent_is_withdrawn_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "number"],
                condition=Q(number__isnull=False),
                name="withdrawal_act_number_once",
            ),
            models.CheckConstraint(condition=Q(stop_on__gte=models.F("received_on")), name="a_withdrawal_has_its_term"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False, number__isnull=False, act__isnull=False),
                name="a_finished_withdrawal_has_its_act",
            ),
            models.CheckConstraint(
                condition=~Q(state="lifted") | Q(lifted_at__isnull=False, act__isnull=True),
                name="nothing_destroyed_is_lifted",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "stop_on"], name="withdrawal_waiting")]

    def __str__(self) -> str:
        return f"Отзыв от{NBSP}{self.received_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.consent.child.public_id

    @property
    def is_open(self) -> bool:
        return self.state == self.State.RECORDED

    @property
    def is_of_child(self) -> bool:
        """Of the child's data (2.17): the whole card is frozen. Otherwise of the representative's own (2.18)."""
        return self.consent.kind == Consent.Kind.CHILD_DATA

    @property
    def number_title(self) -> str:
        return f"{self.number}/{self.year}" if self.number else ""
