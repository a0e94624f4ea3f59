"""Printing and export of the service's journals and statistics; each leaves its event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.ui.exports import Written, as_xlsx
from opora.foundation.ui.typography import grouped
from opora.records.documents.builders.group_journals import groups_journal
from opora.records.documents.services import rendered
from opora.school.support.groups.models import Group
from opora.school.support.worklog.listing import JOURNALS as KINDS
from opora.school.support.worklog.models import WorkEntry
from opora.school.support.worklog.querysets import READ_ALL, READ_WORDS

from .. import events, statistics
from ..worklog import LogJournal, file_rows, keeper_words, log_data

PRINT_LIMIT = 1000  # entries: two months of a busy specialist, three seconds of waiting
EXPORT_LIMIT = 6000
GROUP_LIMIT = 40


def posts_to_print(actor: Actor) -> list[Position]:
    """Whose journals the actor prints: of everybody who has logged, for those who read all; else his own."""
    rows = Position.objects.visible_to(actor).filter(work_entries__is_draft=False).distinct().select_related("user")
    if not reads_all(actor):
        rows = rows.filter(user=actor.user)
    return sorted(rows, key=lambda one: (one.user.full_name, one.pk))


def reads_all(actor: Actor) -> bool:
    return bool(actor.roles & READ_ALL)


def oversees(actor: Actor) -> bool:
    """Whether the actor prints journals of others without what was seen and measured of children."""
    return reads_all(actor) and not actor.roles & READ_WORDS


@transaction.atomic
def log_print(
    *, actor: Actor, journal: LogJournal, since: date, until: date, keeper: Position | None, on: date
) -> bytes:
    """A journal of the log for a period as PDF. Raises PermissionDenied, Refusal for too long a period."""
    require(actor, "work_journal.print")
    _require_keeper(actor, keeper)
    count = _require_short(actor, journal, since, until, keeper, PRINT_LIMIT)
    if journal.code == "groups":
        groups = _groups(actor, since, until, keeper)
        data: dict[str, Any] = dict(groups_journal(actor, groups, since, until, on=on, keeper=keeper_words(keeper)))
    else:
        data = log_data(actor, journal, since, until, keeper, on=on)
    pdf = rendered(journal.form, data)
    record(events.JOURNAL_PRINTED, actor=actor, journal=journal.code, title=journal.title, count=count)
    return pdf


@transaction.atomic
def log_export(*, actor: Actor, journal: LogJournal, since: date, until: date, keeper: Position | None) -> Written:
    """The same as a table file. Raises PermissionDenied, Refusal for too long a period."""
    require(actor, "work_journal.print")
    _require_keeper(actor, keeper)
    _require_short(actor, journal, since, until, keeper, EXPORT_LIMIT)
    heads, rows = file_rows(actor, journal, since, until, keeper)
    written = as_xlsx(journal.title, heads, rows)
    record(events.JOURNAL_EXPORTED, actor=actor, journal=journal.code, title=journal.title, count=written.count)
    return written


@transaction.atomic
def statistics_print(*, actor: Actor, since: date, until: date, on: date) -> bytes:
    """Statistics of a period as PDF. Raises PermissionDenied."""
    require(actor, "service_statistics.view")
    pdf = rendered("service_statistics", statistics.statistics_data(actor, since, until, on=on))
    record(events.STATISTICS_PRINTED, actor=actor)
    return pdf


@transaction.atomic
def statistics_export(*, actor: Actor, since: date, until: date) -> Written:
    """Statistics of a period as a table file. Raises PermissionDenied."""
    require(actor, "service_statistics.view")
    rows = statistics.file_rows(statistics.statistics_of(actor, since, until))
    written = as_xlsx("Статистика Службы", statistics.FILE_HEADS, rows)
    record(events.STATISTICS_EXPORTED, actor=actor, count=written.count)
    return written


def _require_keeper(actor: Actor, keeper: Position | None) -> None:
    """One's own journal; of everybody, and of all at once, for those who read the whole log."""
    if keeper is not None:
        require_own(actor, keeper)
    own = keeper is not None and actor.user is not None and keeper.user_id == actor.user.pk
    if not own and not reads_all(actor):
        raise PermissionDenied("Журнал другого специалиста печатают он сам и те, кто руководит Службой.")


def _require_short(
    actor: Actor, journal: LogJournal, since: date, until: date, keeper: Position | None, limit: int
) -> int:
    rows = WorkEntry.objects.visible_to(actor).finished().within(since, until)
    rows = rows.filter(kind__in=KINDS[journal.code].kinds)
    count = (rows.filter(position=keeper) if keeper else rows).count()
    if count > limit:
        raise Refusal(
            "too_long", f"За этот период записей {grouped(count)}, а сразу готовится не больше {grouped(limit)}. "
            "Возьмите период короче или одного специалиста.", field="until",
        )  # fmt: skip
    return count


def _groups(actor: Actor, since: date, until: date, keeper: Position | None) -> Sequence[Group]:
    """Groups whose term meets the period."""
    rows = Group.objects.visible_to(actor).worked_by(actor).filter(starts_on__lte=until, ends_on__gte=since)
    rows = rows.filter(leader=keeper) if keeper else rows
    found = list(rows.select_related("leader__user", "material").order_by("title", "pk")[: GROUP_LIMIT + 1])
    if len(found) > GROUP_LIMIT:
        raise Refusal("too_long", f"Групп больше {GROUP_LIMIT}: возьмите одного специалиста.", field="keeper")
    return found
