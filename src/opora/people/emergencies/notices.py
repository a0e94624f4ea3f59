"""What stands over every page: a card that is open in an emergency, and for the head those not reviewed yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import EmergencyAccess
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.notices import Notice, notices
from opora.foundation.ui.typography import plural


def running(actor: Actor) -> Iterator[Notice]:
    """Own accesses that are open now and their nearest end."""
    rows = EmergencyAccess.objects.visible_to(actor).running(timezone.now()).filter(user=actor.user)
    opened = list(rows.order_by("expires_at"))
    if not opened:
        return
    until, first = f"{timezone.localtime(opened[0].expires_at):%H:%M}", reverse("emergencies:list") + "?state=running"
    what = f"Экстренный доступ к карте до {until}"
    if len(opened) == 1:
        first = reverse("emergencies:access", args=[opened[0].public_id])
    else:
        what = f"Экстренный доступ: {plural(len(opened), 'карта,карты,карт')}, первая до {until}"
    yield Notice(f"{what}. Только чтение и печать, всё записывается.", first, "Открыть или закрыть", "late")


def unreviewed(actor: Actor) -> Iterator[Notice]:
    """For the head: how many wait for a verdict, from the first moment on."""
    if not may(actor, "child.emergency_review"):
        return
    waiting = EmergencyAccess.objects.visible_to(actor).unreviewed().exclude(user=actor.user).count()
    if waiting:
        words = plural(waiting, "экстренный доступ ждёт,экстренных доступа ждут,экстренных доступов ждут")
        yield Notice(f"{words} вашей проверки.", f"{reverse('emergencies:list')}?state=waiting", "Проверить", "late")


notices("child.emergency", running)
notices("child.emergency_review", unreviewed)
