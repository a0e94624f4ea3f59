"""The list «Экстренный доступ»: for the head all, for everyone else his own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from opora.foundation.access.actions import may
from opora.foundation.access.models import EmergencyAccess, Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, Rows
from opora.people.children.models import Child


def state_of(access: EmergencyAccess, now: datetime) -> tuple[str, str]:
    """What stands in the list, and its colour."""
    if access.was_justified is False:
        return "не был нужен", "late"
    if access.was_justified:
        return "проверен: был нужен", "done"
    return ("открыт сейчас, ждёт проверки", "late") if access.is_running(now) else ("ждёт проверки", "soon")


def names_of(actor: Actor, rows: Rows) -> dict[str, str]:
    """Names of the children whom the actor may know now, by the id of the file; one query."""
    wanted = rows.order_by().values("person_id")
    return {child.public_id: child.full_name for child in Child.objects.visible_to(actor).filter(public_id__in=wanted)}


def emergency_listing(actor: Actor, rows: Rows, now: datetime) -> Listing:
    """`rows` are those that the list will show: the names of their children are read at once."""
    names = names_of(actor, rows)
    chips = [Chip("state", "Состояние", _states(now)), Chip("period", "Когда", _periods(now))]
    if may(actor, "child.emergency_review"):
        chips.append(Chip("who", "Кто", _people(actor)))
    return Listing(
        title="Экстренный доступ",
        name="emergencies",
        order="-opened",
        row_url=lambda one: reverse("emergencies:access", args=[one.public_id]),
        row_state=lambda one: state_of(one, now)[1],
        empty="Экстренных доступов не было. Здесь видно каждый: кто, к чьей карте, почему и что решил руководитель.",
        new_url=reverse("emergencies:new") if may(actor, "child.emergency") else "",
        new_label="Открыть карту",
        columns=(
            Column("opened", "Открыт", lambda one: one.opened_at, sort=("opened_at",), kind="narrow",
                   template="emergencies/cell_moment.html"),
            Column("child", "Карта", lambda one: names.get(one.person_id, "закрыта для вас"), kind="main"),
            Column("user", "Кто", lambda one: one.user.short_name, sort=("user__last_name",)),
            Column("reason", "Причина", lambda one: one.reason),
            Column("closed", "До", lambda one: one.closed_at, template="emergencies/cell_moment.html",
                   kind="narrow"),
            Column("state", "Состояние", lambda one: state_of(one, now)[0]),
        ),
        chips=chips,
    )  # fmt: skip


def _states(now: datetime) -> list[Choice]:
    return [
        Choice("waiting", "ждут проверки", Q(reviewed_at__isnull=True)),
        Choice("running", "открыты сейчас", Q(expires_at__gt=now, ended_at__isnull=True)),
        Choice("justified", "были нужны", Q(was_justified=True)),
        Choice("unjustified", "не были нужны", Q(was_justified=False)),
    ]


def _periods(now: datetime) -> list[Choice]:
    this_year = Q(opened_at__year=now.year)
    return [
        Choice("month", "в этом месяце", this_year & Q(opened_at__month=now.month)),
        Choice("year", f"в {now.year} году", this_year),
    ]


def _people(actor: Actor) -> list[Choice]:
    posts = Position.objects.visible_to(actor).select_related("user").order_by("user__last_name")
    people = {post.user.public_id: post.user for post in posts}
    return [Choice(public_id, user.short_name, Q(user=user)) for public_id, user in people.items()]
