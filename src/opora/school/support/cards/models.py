"""Cards of support of children in complex support, opened and closed by a joint decision (S-05, S-08)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet
from opora.foundation.vault.fields import SealedTextField
from opora.foundation.worksheets.models import Section
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem
from opora.school.duties.models import BroughtConclusion
from opora.school.programmes.models import Programme

DAY_OF_WORK = "a day of work, without a name"


class SupportCard(Owned):
    """One per child: grounds, who leads it. Its words are `CardSection`; diagnostics, work and programme are read
    where they live.
    """

    loaded_with = ("child", "lead__user")
    person_path = "child__public_id"
    field_classes = dict.fromkeys(("ground_note", "close_note"), "support_texts")
    cleared_on_erasure = {"ground_note": "", "close_note": ""}
    kept_on_erasure = {
        "ground": "a code", "state": "a code", "number": "a number of a paper", "year": "a number of a paper",
        "proposed_on": DAY_OF_WORK, "opened_on": DAY_OF_WORK, "review_on": DAY_OF_WORK, "closed_on": DAY_OF_WORK,
        "close_reason": "a code",
    }  # fmt: skip
    cleared_on_withdrawal = ("ground_note", "close_note")

    class Ground(models.TextChoices):
        CONSILIUM = "consilium", "коллегиальное заключение ППк"
        COMMISSION = "commission", "заключение ПМПК"
        REHABILITATION = "rehabilitation", "ИПРА ребёнка-инвалида"
        PROGRAMME = "programme", "программа сопровождения (ИПС)"
        REQUEST = "request", "обращение родителей или педагогов"

    class State(models.TextChoices):
        PROPOSED = "proposed", "ждёт решения специалистов"
        OPEN = "open", "ведётся"
        CLOSED = "closed", "закрыта"
        DECLINED = "declined", "не открыта"

    class CloseReason(models.TextChoices):
        REACHED = "reached", "цели достигнуты"
        PARENTS = "parents", "родители отказались"
        LEFT = "left", "обучающийся выбыл"
        OTHER = "other", "другое"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="support_cards")
    number = models.PositiveIntegerField("№", null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.PROPOSED)
    ground = models.CharField("основание", max_length=14, choices=Ground.choices)
    ground_note = SealedTextField("реквизиты основания", limit=300, one_line=True, blank=True)
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    brought = models.ForeignKey(BroughtConclusion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+", verbose_name="кто ведёт карту")
    proposed_on = models.DateField("предложена")
    opened_on = models.DateField("открыта", null=True, blank=True)
    review_on = models.DateField("пересмотреть", null=True, blank=True)
    closed_on = models.DateField("закрыта", null=True, blank=True)
    close_reason = models.CharField("почему закрыта", max_length=8, choices=CloseReason.choices, blank=True)
    close_note = SealedTextField("итог сопровождения", limit=5000, blank=True)

    objects = OwnedQuerySet["SupportCard"].as_manager()

    class Meta:
        verbose_name = "карта сопровождения"
        verbose_name_plural = "карты сопровождения"
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(state__in=("proposed", "open")), name="one_support_card_in_work"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "number"], condition=Q(number__isnull=False), name="card_number_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="a_card_closes_after_it_opens",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "review_on"], name="cards_to_review")]

    def __str__(self) -> str:
        if self.number:
            return f"карта сопровождения №\u00a0{self.number}/{self.year}"
        return f"карта сопровождения, предложена {self.proposed_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def in_work(self) -> bool:
        """It waits for the decision or is led: nothing of it is history yet."""
        return self.state in (self.State.PROPOSED, self.State.OPEN)


class CardSection(Section):
    """What the card says in words: difficulties, aims. Saved as typed, with versions."""

    loaded_with = ("card__child", "card__lead__user")
    person_path = "card__child__public_id"
    field_classes = {"text": "support_texts"}
    cleared_on_erasure = {"text": ""}
    kept_on_erasure = {"code": "a code", "at": DAY_OF_WORK}
    cleared_on_withdrawal = ("text",)

    class Code(models.TextChoices):
        PROBLEMS = "problems", "Трудности"
        AIMS = "aims", "Цели и задачи сопровождения"

    card = models.ForeignKey(SupportCard, on_delete=models.CASCADE, related_name="sections")

    objects = OwnedQuerySet["CardSection"].as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "раздел карты сопровождения"
        verbose_name_plural = "разделы карт сопровождения"
        constraints = [models.UniqueConstraint(fields=["card", "code"], name="one_section_of_a_card")]

    @property
    def person_id(self) -> str:
        return self.card.person_id

    @property
    def caption(self) -> str:
        return str(self.Code(self.code).label)


class CardDecision(Owned):
    """What all specialists of the service decide about a card together: to open, go on or close (001, 3.3)."""

    loaded_with = ("card__child",)
    person_path = "card__child__public_id"
    field_classes = {"text": "support_texts"}
    cleared_on_erasure = {"text": ""}
    kept_on_erasure = {
        "kind": "a code", "outcome": "a code", "asked_on": DAY_OF_WORK, "taken_on": DAY_OF_WORK,
        "review_on": DAY_OF_WORK, "close_reason": "a code",
    }  # fmt: skip
    cleared_on_withdrawal = ("text",)

    class Kind(models.TextChoices):
        OPEN = "open", "открыть карту"
        REVIEW = "review", "продолжать сопровождение"
        CLOSE = "close", "закрыть карту"

    class Outcome(models.TextChoices):
        WAITING = "waiting", "ждёт специалистов"
        TAKEN = "taken", "принято"
        REJECTED = "rejected", "не принято"
        DROPPED = "dropped", "не понадобилось"

    card = models.ForeignKey(SupportCard, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField("что решаем", max_length=6, choices=Kind.choices)
    text = SealedTextField("предложение", limit=3000, blank=True)
    asked_on = models.DateField("предложено")
    review_on = models.DateField("пересмотреть", null=True, blank=True)
    close_reason = models.CharField("почему закрыть", max_length=8, choices=SupportCard.CloseReason.choices, blank=True)
    taken_on = models.DateField("решено", null=True, blank=True)
    outcome = models.CharField("решение", max_length=8, choices=Outcome.choices, default=Outcome.WAITING)

    objects = OwnedQuerySet["CardDecision"].as_manager()

    class Meta:
        verbose_name = "решение о сопровождении"
        verbose_name_plural = "решения о сопровождении"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(outcome="waiting"), name="one_decision_of_a_card_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.asked_on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.card.person_id


class DecisionVote(Owned):
    """The word of one specialist to a decision; it waits until he has said it, or the head has excused him.

    Of an excused one `words` hold the reason.
    """

    loaded_with = ("decision__card__child", "decision__card__lead__user", "position__user", "excused_by")
    person_path = "decision__card__child__public_id"
    field_classes = {"words": "support_texts"}
    cleared_on_erasure = {"words": ""}
    kept_on_erasure = {"answer": "a code", "on": DAY_OF_WORK}
    cleared_on_withdrawal = ("words",)

    class Answer(models.TextChoices):
        WAITING = "waiting", "не ответил"
        AGREE = "agree", "за"
        AGAINST = "against", "против"
        EXCUSED = "excused", "не участвует"

    decision = models.ForeignKey(CardDecision, on_delete=models.CASCADE, related_name="votes")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField("ответ", max_length=8, choices=Answer.choices, default=Answer.WAITING)
    words = SealedTextField("мнение", limit=2000, blank=True)
    on = models.DateField("когда", null=True, blank=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OwnedQuerySet["DecisionVote"].as_manager()

    class Meta:
        verbose_name = "мнение специалиста о сопровождении"
        verbose_name_plural = "мнения специалистов о сопровождении"
        ordering = ["decision", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="one_word_of_a_specialist")]

    def __str__(self) -> str:
        return str(self.get_answer_display())

    @property
    def person_id(self) -> str:
        return self.decision.person_id


class CardNote(Owned):
    """What a specialist sees in the child's development on a day: the dynamics of the card."""

    loaded_with = ("card__child", "recorded_by")
    person_path = "card__child__public_id"
    field_classes = {"text": "support_texts"}
    cleared_on_erasure = {"text": ""}
    kept_on_erasure = {"sphere": "a code", "dynamics": "a code", "on": DAY_OF_WORK, "recorded_at": DAY_OF_WORK}
    cleared_on_withdrawal = ("text",)

    class Sphere(models.TextChoices):
        LEARNING = "learning", "учение"
        COGNITION = "cognition", "познавательная сфера"
        SPEECH = "speech", "речь"
        EMOTION = "emotion", "эмоции и поведение"
        COMMUNICATION = "communication", "общение"
        FAMILY = "family", "семья"
        HEALTH = "health", "самочувствие"

    class Dynamics(models.TextChoices):
        UP = "up", "лучше"
        SAME = "same", "без перемен"
        DOWN = "down", "хуже"

    card = models.ForeignKey(SupportCard, on_delete=models.CASCADE, related_name="notes")
    on = models.DateField("когда")
    sphere = models.CharField("сфера", max_length=13, choices=Sphere.choices)
    dynamics = models.CharField("динамика", max_length=5, choices=Dynamics.choices)
    text = SealedTextField("наблюдение", limit=3000, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet["CardNote"].as_manager()

    class Meta:
        verbose_name = "запись о динамике"
        verbose_name_plural = "записи о динамике"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_sphere_display()}, {self.on:%d.%m.%Y}"

    @property
    def person_id(self) -> str:
        return self.card.person_id
