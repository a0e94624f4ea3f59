"""What the chair must know at once, on whichever page. The words name no child and no mark: others see the screen."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.ui.notices import Notice, notices
from opora.foundation.ui.typography import plural

from .attention import attention_list
from .models import Concern


def urgent(actor: Actor) -> Iterator[Notice]:
    """Signals that wait for a decision today."""
    rows = Concern.objects.visible_to(actor).unheard().filter(urgency=Concern.Urgency.TODAY)
    keys = list(rows.order_by("raised_at").values_list("public_id", flat=True)[:20])
    if not keys:
        return
    words = plural(len(keys), "срочный сигнал ждёт,срочных сигнала ждут,срочных сигналов ждут")
    address = reverse("signals:concern", args=keys) if len(keys) == 1 else f"{reverse('signals:list')}?state=raised"
    yield Notice(f"{words} вашего решения сегодня.", address, "Решить", "late")


def marked_results(actor: Actor) -> Iterator[Notice]:
    """Results of a screening that the chair alone may see."""
    if Role.CONSILIUM_CHAIR not in actor.roles:
        return
    count = attention_list(actor).filter(suicide_risk=True).count()
    if count:
        words = plural(count, "результат скрининга требует,результата скрининга требуют,результатов скрининга требуют")
        yield Notice(f"{words} вашего решения сегодня.", reverse("signals:attention"), "Посмотреть", "late")


notices("concern.decide", urgent)
notices("screening.settle", marked_results)
