"""What waits at the reception: signatures, papers, hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import Duty, duties
from opora.foundation.ui.typography import plural

from .models import Booking

PATIENCE_DAYS = 14  # practice of the commission, not a term of law
AHEAD_DAYS = 1
MISSING = Count("papers", filter=Q(papers__presence="obligatory", papers__received_on__isnull=True))


def unsigned(actor: Actor, today: date) -> Iterator[Duty]:
    """Applications without their signatures."""
    for case in Case.objects.visible_to(actor).filter(status=Status.OPENED).select_related("child"):
        yield Duty(
            case.child.full_name, "Принять подписанные заявление и согласия",
            today if case.opened_on == today else case.opened_on, reverse("intake:receive", args=[case.public_id]),
        )  # fmt: skip


def incomplete(actor: Actor, today: date) -> Iterator[Duty]:
    """Packages of papers: complete ones are to be accepted today, incomplete ones are reminded of after two weeks."""
    rows = Case.objects.visible_to(actor).filter(status=Status.PAPERS).select_related("child")
    for case in rows.annotate(missing=MISSING):
        missing: int = getattr(case, "missing", 0)
        waits_until = case.status_since + timedelta(days=PATIENCE_DAYS)
        lacking = plural(missing, "документа,документов,документов")
        if not missing:
            deed, on = "Принять документы: все обязательные получены", today
        elif waits_until <= today + timedelta(days=AHEAD_DAYS):
            deed, on = f"Напомнить родителю: не хватает {lacking}", waits_until
        else:
            continue
        yield Duty(case.child.full_name, deed, on, reverse("intake:papers", args=[case.public_id]))


def unbooked(actor: Actor, today: date) -> Iterator[Duty]:
    """Cases that are ready and have no hour."""
    for case in Case.objects.visible_to(actor).filter(status=Status.READY).select_related("child"):
        yield Duty(
            case.child.full_name, "Записать на обследование", today, reverse("intake:book", args=[case.public_id]),
            f"документы приняты {case.status_since:%d.%m.%Y}",
        )  # fmt: skip


def expected(actor: Actor, today: date) -> Iterator[Duty]:
    """Bookings of today and tomorrow; one of a past day still open is late: arrival or no-show."""
    rows = Booking.objects.visible_to(actor).waiting().filter(slot__day__lte=today + timedelta(days=AHEAD_DAYS))
    for booking in rows.with_child():
        late = booking.slot.day < today
        yield Duty(
            booking.case.child.full_name,
            "Отметить приход или неявку" if late else f"Приём в {booking.slot.starts:%H:%M}",
            booking.slot.day,
            reverse("cases:case", args=[booking.case.public_id]),
            str(booking.slot.place),
        )


duties("case.receive", unsigned)
duties("papers.change", incomplete)
duties("case.book", unbooked)
duties("case.unbook", expected)
