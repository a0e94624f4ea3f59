"""What of conclusions waits on the desk: discussions to be finished, copies to be handed over, who must come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_on
from opora.foundation.access.actions import may
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural
from opora.regulations.reexamination.terms import reminders

from .models import Conclusion, Handover
from .reexaminations import NEAR, awaited, nearest, term_words

YEAR = timedelta(days=366)  # nobody is reminded earlier
REMINDED = timedelta(days=7)


def _discussed(actor: Actor, today: date) -> Iterator[Duty]:
    cases = Case.objects.visible_to(actor).filter(status=Status.DISCUSSION).select_related("child")
    begun = set(Conclusion.objects.visible_to(actor).filter(state="draft").values_list("case_id", flat=True))
    for case in cases.order_by("status_since")[:ENOUGH]:
        todo = "Закончить и подписать заключение" if case.pk in begun else "Составить заключение"
        yield Duty(
            who=case.child.full_name,
            todo=f"{todo}, дело {case.title}",
            on=None,
            address=reverse("conclusions:of_case", args=[case.public_id]),
            note=f"на обсуждении с {case.status_since:%d.%m.%Y}",
        )


def _own_discussions(actor: Actor, today: date) -> Iterator[Duty]:
    """For a specialist who examined the child; the head has the same cases among those to be signed."""
    cases = Case.objects.visible_to(actor).filter(
        status=Status.DISCUSSION, examinations__specialist=actor.user, organisation=actor.at
    )
    for case in cases.select_related("child").distinct().order_by("status_since")[:ENOUGH]:
        yield Duty(
            who=case.child.full_name,
            todo=f"Обсудить заключение, дело {case.title}",
            on=None,
            address=reverse("conclusions:of_case", args=[case.public_id]),
        )


def _to_hand_over(actor: Actor, today: date) -> Iterator[Duty]:
    waiting = Handover.objects.visible_to(actor).filter(received_on=None, conclusion__state=Conclusion.State.SIGNED)
    for handover in waiting.select_related("conclusion__case__child").order_by("due_on")[:ENOUGH]:
        case = handover.conclusion.case
        posted = f"отправлено почтой {handover.sent_on:%d.%m.%Y}" if handover.sent_on else ""
        yield Duty(
            who=case.child.full_name,
            todo="Отметить получение" if handover.sent_on else "Выдать заключение семье",
            on=handover.due_on,
            address=reverse("conclusions:handover", args=[case.public_id]),
            note=posted,
        )


def _expected_again(actor: Actor, today: date) -> Iterator[Duty]:
    """How many children are late with the repeat examination and how many are due: one row each."""
    late, near = Q(term_on__lt=today), Q(term_on__range=(today, today + NEAR))
    found = awaited(actor).aggregate(
        late=Count("pk", filter=late), since=Min("term_on", filter=late),
        near=Count("pk", filter=near), until=Min("term_on", filter=near),
    )  # fmt: skip
    address = reverse("conclusions:reexaminations")
    for kind, day, words in (
        ("late", found["since"], "срок прошёл, нового обращения нет"),
        ("near", found["until"], "срок в ближайшие 3 месяца"),
    ):
        if found[kind]:
            children = plural(found[kind], "ребёнок,ребёнка,детей")
            yield Duty("Повторные обследования", f"{children}: {words}", day, f"{address}?when={kind}")


def _is_called(days: Iterable[date], today: date) -> bool:
    return any(today - REMINDED < one <= today for one in days)


def _to_remind(actor: Actor, today: date) -> Iterator[Duty]:
    """Families to be reminded now: a reminder stays on the desk for a week from its day."""
    rows, law = awaited(actor), law_on(today, actor.at.pk)
    days = rows.filter(term_on__range=(today, today + YEAR)).order_by("term_on").values_list("term_on", flat=True)
    called = [day for day in days.distinct() if day and _is_called(reminders(law, day), today)]
    for conclusion in nearest(rows.filter(term_on__in=called)).select_related("case__child")[:ENOUGH]:
        child = conclusion.case.child
        yield Duty(
            who=child.full_name,
            todo="Напомнить семье о повторном обследовании",
            on=None,
            address=reverse("children:child", args=[child.public_id]),
            note=f"не позднее {conclusion.term_on:%d.%m.%Y}, {term_words(conclusion.term_on, today)}",
        )


def _specialist_only(actor: Actor, today: date) -> Iterator[Duty]:
    return iter(()) if may(actor, "case.sign") else _own_discussions(actor, today)


duties("case.sign", _discussed)
duties("conclusion.edit", _specialist_only)
duties("case.hand_over", _to_hand_over)
duties("case.open", _expected_again)
duties("case.open", _to_remind)
