"""Requests for information about a child and what was given (C-09, P-28)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from opora.foundation.files.models import StoredFile
from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.registers.models import Entry, Snapshot
from opora.people.children.models import Child, Guardian

from .flow import GONE, State

NBSP = "\u00a0"
DECIDED = ("decided", *(str(state) for state in GONE))


# What a decision is called once it has left, and once the addressee has it.
OUTCOMES = {
    "give": ("Сведения отправлены", "Сведения получены"),
    "refuse": ("Отказ отправлен", "Отказ получен"),
    "clarify": ("Отправлена просьба уточнить", "Просьба уточнить получена"),
}


class Category(models.TextChoices):
    """Kinds of data that annex 2.19 keeps secret: in these words it is written down what was given."""

    PERSONAL = "personal", "анкетные и биографические данные"
    FAMILY = "family", "состав семьи"
    IDENTITY = "identity", "паспортные данные"
    BENEFITS = "benefits", "социальные льготы"
    CONTACTS = "contacts", "адрес места жительства, телефоны, электронный адрес"
    PLACES = "places", "место работы или учёбы ребёнка, членов семьи"
    HEALTH = "health", "состояние здоровья ребёнка"
    DEVELOPMENT = "development", "актуальное состояние ребёнка и перспективы его развития"
    CONCLUSIONS = "conclusions", "заключения специалистов ПМПК"
    RECOMMENDATIONS = "recommendations", "рекомендации, полученные в ПМПК"
    APPEAL = "appeal", "факт обращения в ПМПК"


class Disclosure(Owned):
    """One request for information, the decision on it and its answer.

    A request that was sent back to be made clear comes again as a new one that names it in `earlier`.
    """

    person_path = "child__public_id"
    cleared_on_erasure = {
        "asked_by_name": "", "asked_by_post": "", "request_number": "", "asked": "", "given_text": "", "reason": "",
        "withheld_clause": "", "track_number": "", "annul_reason": "",
    }  # fmt: skip
    kept_on_erasure = {
        "state": "a code", "ground": "a code", "ground_clause": "a code", "decision": "a code",
        "categories": "a code", "knowledge": "a code", "way": "a code",
        "request_on": "a day of work, without a name", "received_on": "a day of work, without a name",
        "due_on": "a day of work, without a name", "told_on": "a day of work, without a name",
        "decided_on": "a day of work, without a name", "sent_on": "a day of work, without a name",
        "acknowledged_on": "a day of work, without a name", "annulled_on": "a day of work, without a name",
        "recorded_at": "a day of work, without a name",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.19: кому и на каком основании передано"
    loaded_with = ("child", "recipient", "guardian", "scan", "receipt", "signed_by", "recorded_by", "letter", "entry")

    class Ground(models.TextChoices):
        REQUEST = "request", "письменный запрос"
        COURT = "court", "решение суда"
        FAMILY = "family", "письменная просьба представителя"
        LAW = "law", "письменное требование по закону"

    class Decision(models.TextChoices):
        GIVE = "give", "передать сведения"
        REFUSE = "refuse", "отказать"
        CLARIFY = "clarify", "просить уточнить запрос"

    class Knowledge(models.TextChoices):
        ASKED = "asked", "представитель просил об этом сам"
        CONSENT = "consent", "такой получатель назван в согласии 2.17"
        TOLD = "told", "представителю сообщено"
        WITHHELD = "withheld", "не сообщаем: запрещено законом или судом"

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "лично под подпись"
        POST = "post", "почтой"
        CHANNEL = "channel", "по защищённому каналу"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="disclosures")
    state = models.CharField("состояние", max_length=12, choices=State.choices, default=State.RECEIVED)
    ground = models.CharField("основание", max_length=8, choices=Ground.choices)
    ground_clause = models.CharField("норма закона", max_length=200, blank=True)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by_name = models.CharField("кто подписал запрос", max_length=160, blank=True)
    asked_by_post = models.CharField("должность", max_length=200, blank=True)
    request_number = models.CharField("№ запроса", max_length=60, blank=True)
    request_on = models.DateField("дата запроса")
    received_on = models.DateField("поступил")
    asked = models.TextField("что запрошено", max_length=4000)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("ответить до", null=True, blank=True)
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    decision = models.CharField("решение", max_length=8, choices=Decision.choices, blank=True)
    categories = models.JSONField("виды сведений", default=list, blank=True)
    given_text = models.TextField("что сообщено", max_length=4000, blank=True)
    reason = models.TextField("причина", max_length=2000, blank=True)
    knowledge = models.CharField("знает ли представитель", max_length=8, choices=Knowledge.choices, blank=True)
    told_on = models.DateField("представителю сообщено", null=True, blank=True)
    withheld_clause = models.CharField("почему не сообщаем", max_length=200, blank=True)
    decided_on = models.DateField("подписан", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField("исходящий №", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    letter = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField("как передан", max_length=10, choices=Way.choices, blank=True)
    sent_on = models.DateField("отправлен", null=True, blank=True)
    track_number = models.CharField("№ отправления", max_length=40, blank=True)
    acknowledged_on = models.DateField("получен адресатом", null=True, blank=True)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    annulled_on = models.DateField("аннулирован", null=True, blank=True)
    annul_reason = models.TextField("причина аннулирования", max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["Disclosure"].as_manager()

    class Meta:
        verbose_name = "запрос сведений"
        verbose_name_plural = "запросы сведений"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, guardian__isnull=True)
                | Q(recipient__isnull=True, guardian__isnull=False),
                name="a_request_comes_from_one_side",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED)
                | (Q(decided_on__isnull=False, number__isnull=False, letter__isnull=False) & ~Q(decision="")),
                name="a_decided_request_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(decision="give", state__in=DECIDED) | (Q(scan__isnull=False) & ~Q(knowledge="")),
                name="nothing_is_given_without_the_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=GONE) | (Q(scan__isnull=False, sent_on__isnull=False) & ~Q(way="")),
                name="nothing_is_sent_without_the_paper",
            ),
            models.CheckConstraint(
                condition=~Q(ground="law") | ~Q(ground_clause=""), name="a_demand_by_law_names_its_clause"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "number"],
                condition=Q(number__isnull=False),
                name="disclosure_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "received_on"], name="disclosure_by_day"),
            models.Index(fields=["organisation", "state", "due_on"], name="disclosure_waiting"),
        ]

    def __str__(self) -> str:
        return f"Запрос{NBSP}№{NBSP}{self.request_number}" if self.request_number else "Запрос сведений"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_gone(self) -> bool:
        return self.state in GONE

    @property
    def may_attach(self) -> bool:
        """The scan is replaced until the decision, and added after it where none was needed to refuse."""
        return self.state == State.RECEIVED or (self.state == State.DECIDED and self.scan_id is None)

    @property
    def recipient_name(self) -> str:
        if self.recipient is not None:
            return self.recipient.full_name
        return self.guardian.full_name if self.guardian else ""

    @property
    def recipient_short(self) -> str:
        if self.recipient is not None:
            return self.recipient.short_name
        return self.guardian.short_name if self.guardian else ""

    @property
    def request_title(self) -> str:
        """«письменный запрос № 12 от 01.11.2026»."""
        number = f" №{NBSP}{self.request_number}" if self.request_number else ""
        return f"{self.get_ground_display()}{number} от{NBSP}{self.request_on:%d.%m.%Y}"

    @property
    def number_title(self) -> str:
        """«12/2026», the outgoing number; empty before the signature."""
        return f"{self.number}/{self.year}" if self.number else ""

    @property
    def category_titles(self) -> list[str]:
        return [str(Category(code).label) for code in self.categories]

    @property
    def outcome(self) -> str:
        """The state in words that tell the decision too: «Отказ отправлен»."""
        if self.is_gone:
            return OUTCOMES[self.decision][self.state == State.ACKNOWLEDGED]
        if self.state == State.DECIDED:
            return f"{self.get_state_display()}: {self.get_decision_display()}"
        return str(self.get_state_display())


class DisclosedPaper(Owned):
    """A paper that was put into an answer, as the file that was given out: its bytes never change."""

    person_path = "disclosure__child__public_id"
    cleared_on_erasure = {
        "title": "",
    }  # fmt: skip
    stays_by_law = "письмо ВК-1074/07, прил. 2.19: что передано"
    loaded_with = ("disclosure__child", "file")

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField("документ", max_length=200)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = OwnedQuerySet["DisclosedPaper"].as_manager()

    class Meta:
        verbose_name = "переданный документ"
        verbose_name_plural = "переданные документы"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> str:
        return self.disclosure.person_id
