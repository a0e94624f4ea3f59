"""What is late and what waits in the whole service: each figure with the list behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.access.fields import sees
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import PreventionRecord
from opora.school.duties.models import SchoolDuty
from opora.school.programmes.board import late_count
from opora.school.signals.attention import attention_list
from opora.school.signals.models import Concern

from ..approval import Status
from ..cards.models import SupportCard
from ..contacts.models import OutsideContact
from ..plans.models import WorkPlan
from .load import drafts_unfinished, lessons_unlogged
from .models import QualityReview


@dataclass(frozen=True)
class Figure:
    """A number with its words, «занятие,занятия,занятий» forms, and the list that it opens."""

    count: int
    words: str
    address: str
    state: str = "late"
    note: str = ""

    @property
    def colour(self) -> str:
        return self.state if self.count else "done"


def late_figures(actor: Actor, today: date) -> list[Figure]:
    """Marks that are late: lessons, drafts, conditions, activities, reviews of cards, answers of other bodies."""
    lessons, drafts = lessons_unlogged(actor, today).count(), drafts_unfinished(actor).count()
    return [
        Figure(lessons, "занятия без записи", reverse("leading:lessons")),
        Figure(drafts, "черновики в учёте работы", reverse("leading:drafts"), "soon", "в отчёты не попадают"),
        *_late_elsewhere(actor, today),
    ]  # fmt: skip


def _late_elsewhere(actor: Actor, today: date) -> Iterator[Figure]:
    if may(actor, "duty.view"):
        count = SchoolDuty.objects.visible_to(actor).late(today).count()
        yield Figure(count, "условия ПМПК просрочены", f"{reverse('duties:list')}?state=late")
    if may(actor, "programme.follow"):
        count = late_count(actor, today)
        yield Figure(count, "программы с просроченными отметками", f"{reverse('programmes:board')}?what=late")
    if may(actor, "card.view"):
        rows = SupportCard.objects.visible_to(actor).filter(state=SupportCard.State.OPEN, review_on__lt=today)
        yield Figure(rows.count(), "карты сопровождения пора пересмотреть", f"{reverse('cards:list')}?state=late")
    if may(actor, "contact.view"):
        rows_late = OutsideContact.objects.visible_to(actor).waiting().filter(due_on__lt=today)
        address = f"{reverse('contacts:list')}?outcome=late"
        yield Figure(rows_late.count(), "обращения без ответа в срок", address)


def risk_figures(actor: Actor) -> list[Figure]:
    """Groups at risk: counts and links alone; each row is as narrow as where it lives."""
    found = []
    if may(actor, "screening.view"):
        rows = attention_list(actor)
        found.append(Figure(rows.count(), "результаты скрининга ждут решения", reverse("signals:attention"), "soon"))
    if may(actor, "concern.view"):
        concerns = Concern.objects.visible_to(actor)
        raised, examined = concerns.filter(state="raised").count(), concerns.filter(state="examination").count()
        address = reverse("signals:list")
        found.append(Figure(raised, "сигналы ждут решения", f"{address}?state=raised"))
        found.append(Figure(examined, "сигналы на обследовании", f"{address}?state=examination", "soon"))
    if may(actor, "leading.risk") and sees(actor, "risk_marks"):
        count = prevention(actor).values("child").distinct().count()
        found.append(Figure(count, "дети на профилактическом учёте", reverse("leading:prevention"), "neutral"))
    return found


def prevention(actor: Actor) -> QuerySet[PreventionRecord]:
    """Registrations that go on."""
    return PreventionRecord.objects.visible_to(actor).filter(ended_on__isnull=True).order_by()


def plans_waiting(actor: Actor) -> list[WorkPlan]:
    """Plans that wait for the head, the earliest first."""
    rows = WorkPlan.objects.visible_to(actor).filter(status=Status.SUBMITTED).select_related("owner__user")
    return list(rows.order_by("starts_on", "pk")[:20])


def quality_figures(actor: Actor) -> list[Figure]:
    """Samples that wait for the head, and remarks that wait for their authors."""
    rows, address = QualityReview.objects.visible_to(actor), reverse("leading:quality")
    return [
        Figure(rows.unseen().count(), "выбранные записи ждут просмотра", f"{address}?state=unseen", "soon"),
        Figure(rows.to_mend().count(), "замечания ждут исправления", f"{address}?state=mend", "soon"),
    ]
