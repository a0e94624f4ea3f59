"""Groups and individual courses with the children who have a ground for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from opora.people.children.models import Child
from opora.school.support.groups import services
from opora.school.support.groups.grounds import Offer, typed_offer
from opora.school.support.groups.models import Group, GroupMember

from ...stories import Story, at
from .children import with_grounds
from .people import Service

MOST_OF_A_CHILD = 3  # groups


@dataclass(frozen=True)
class Wanted:
    """A group to be begun: its day of the school year, weekdays and hour; `size` 1 is an individual course."""

    login: str
    title: str
    programme: str
    size: int
    since: tuple[int, int]
    weekdays: tuple[int, ...]
    hour: tuple[int, int]
    hours: int
    late: int = 0  # children who join after a month


LAST_YEAR = (
    Wanted("logoped", "Пишу без ошибок, 2—3 классы", "letters", 4, (10, 5), (2,), (13, 30), 32),
    Wanted("defektolog", "Думаю и понимаю, начальная школа", "thinking", 3, (10, 12), (3,), (14, 20), 28),
    Wanted("specialist", "Спокойно и уверенно, начальная школа", "calm", 5, (11, 16), (4,), (13, 30), 17),
    Wanted("specialist", "Индивидуальные занятия, ИПРА", "", 1, (9, 28), (1,), (14, 20), 20),
)  # fmt: skip
THIS_YEAR = (
    Wanted("logoped", "Пишу без ошибок, 2 классы", "letters", 3, (9, 14), (1, 3), (13, 30), 32, 1),
    Wanted("logoped", "Пишу без ошибок, 3—4 классы", "letters", 3, (9, 14), (2, 4), (13, 30), 32, 1),
    Wanted("defektolog", "Думаю и понимаю, 2—3 классы", "thinking", 3, (9, 14), (1, 4), (14, 20), 28, 1),
    Wanted("specialist", "Спокойно и уверенно, 2—4 классы", "calm", 5, (9, 14), (3,), (14, 20), 17, 2),
    Wanted("specialist", "Спокойно и уверенно, 5—6 классы", "calm", 5, (9, 21), (5,), (13, 30), 17, 2),
    Wanted("socped", "Навыки общения, подростки", "", 5, (9, 21), (5,), (14, 20), 24, 1),
    Wanted("specialist", "Индивидуальный курс психолога", "", 1, (10, 5), (2,), (14, 20), 16),
    Wanted("logoped", "Индивидуальный курс логопеда", "letters", 1, (10, 5), (5,), (15, 10), 30),
    Wanted("defektolog", "Индивидуальный курс дефектолога", "thinking", 1, (10, 12), (2,), (15, 10), 28),
)  # fmt: skip
PHYSICAL = "ИПРА № 214.6, выдана бюро МСЭ в августе"
CLOSED = "Программа пройдена. По диагностике у большинства детей результат выше, чем осенью."
RESULTS = (
    "Задания выполняет самостоятельно, ошибок стало вдвое меньше.", "Уверенно работает в паре, отвечает вслух.",
    "Навык есть, при утомлении нужна подсказка: занятия продолжить.",
)  # fmt: skip


def group_story(service: Service, wanted: Wanted, year: int) -> Story:
    """Begun with those who have a ground; some join later; it is summed up in May."""
    day = date(year, *wanted.since)
    if day >= service.today - timedelta(days=3):
        return
    yield at(day, 9, 10)
    day = service.school_day(day)
    yield at(day, 9, 10)
    group = _begun(service, wanted, year)
    if group is None:
        return
    joined = day + timedelta(days=35)
    if wanted.late and joined < service.today:
        yield at(joined, 9, 20)
        yield at(service.school_day(joined), 9, 20)
        for child, offer in _free(service, wanted, group)[: wanted.late]:
            services.member_join(
                actor=service.head, group=group, child=child, offer=offer, joined_on=timezone.localdate()
            )  # fmt: skip
    closed = date(year + 1, 5, 22)
    if closed < service.today:
        yield at(closed, 16)
        members = GroupMember.objects.filter(group=group, left_on__isnull=True).order_by("pk")
        results = {one.public_id: RESULTS[place % len(RESULTS)] for place, one in enumerate(members)}
        services.group_close(
            actor=service.actor(wanted.login), group=group, on=closed, outcome=CLOSED, results=results
        )  # fmt: skip


def _begun(service: Service, wanted: Wanted, year: int) -> Group | None:
    today, post = timezone.localdate(), service.post(wanted.login)
    chosen = _chosen(service, wanted)
    if not chosen:
        return None
    is_course = wanted.size == 1
    group = services.group_start(
        actor=service.head, leader=post, starts_on=today, ends_on=date(year + 1, 5, 22),
        kind="individual" if is_course else "group", title=wanted.title, direction="correction",
        material=service.materials.get(wanted.programme), hours=Decimal(wanted.hours),
        limit=None if is_course else 8, cabinet=service.cabinets[wanted.login],
    )  # fmt: skip
    for child, offer in chosen:
        services.member_join(actor=service.actor(wanted.login), group=group, child=child, offer=offer, joined_on=today)
    service.groups.append(group)
    return group


def _chosen(service: Service, wanted: Wanted) -> list[tuple[Child, Offer]]:
    if wanted.title.endswith("ИПРА"):
        room = service.rooms(timezone.localdate().year)[-1]
        return [(service.pupils(room)[0], typed_offer(PHYSICAL))]
    return _free(service, wanted, None)[: wanted.size]


def _free(service: Service, wanted: Wanted, group: Group | None) -> list[tuple[Child, Offer]]:
    """Those who have a ground and room in their week, of the fitting classes; the ones without any group first."""
    held: dict[int, int] = {}
    same: set[int] = set()
    present = GroupMember.objects.of(service.organisation).filter(left_on__isnull=True).select_related("group")
    for one in present:
        held[one.child_id] = held.get(one.child_id, 0) + 1
        if one.group_id == (group.pk if group else None) or one.group.leader_id == service.post(wanted.login).pk:
            same.add(one.child_id)
    found = [
        (child, offer) for child, offer in with_grounds(service, wanted.login)
        if child.pk not in same and held.get(child.pk, 0) < MOST_OF_A_CHILD and _fits(wanted, child)
    ]  # fmt: skip
    return sorted(found, key=lambda pair: (pair[1].duty is None, held.get(pair[0].pk, 0)))


def _fits(wanted: Wanted, child: Child) -> bool:
    """Small children and older ones are not taught together: a title names the classes."""
    age = (timezone.localdate() - child.birth_date).days / 365.25
    if "5—6" in wanted.title or "подростки" in wanted.title:
        return age >= 10.5
    return age < 11.5
