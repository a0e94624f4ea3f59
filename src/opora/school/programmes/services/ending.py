"""The one door for writes at the end of a programme: opinions, and the decision to finish or to go on (K-09)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.school.consilium.models import AgendaItem

from .. import events
from ..flow import LETTER, Status
from ..models import Observation, Programme, ProgrammeVersion
from ..summing import OPINIONS, RESULTS, summary_of
from .copying import plan_copy
from .opening import curators_on, programme_open
from .steps import lead_require, programme_advance, programme_lock, step_require
from .versions import version_keep

DECIDES = f"{LETTER}: принимается решение о завершении или продолжении психолого-педагогического сопровождения"
WITHOUT = "Решение принято при неполных данных"


@transaction.atomic
def opinion_record(
    *, actor: Actor, programme: Programme, voice: str, words: str, who: str = "", on: date | None = None
) -> Observation:
    """Write down what a member, the parents or the child say of the results. Raises PermissionDenied, Refusal."""
    require(actor, "opinion.record")
    fresh = lead_require(actor, programme)
    day = on or timezone.localdate()
    if fresh.status != Status.RUNNING:
        raise Refusal("not_running", "Итоги подводят, пока программа действует.", OPINIONS)
    if voice not in Observation.Voice.values:
        raise Refusal("unknown_voice", "Укажите, чьё это мнение.", field="voice")
    if not words.strip():
        raise Refusal("empty", "Запишите мнение: хотя бы одной фразой.", OPINIONS, "words")
    if day > timezone.localdate():
        raise Refusal("future", "Этот день ещё не наступил.", field="on")
    row = Observation(
        organisation=actor.at, programme=fresh, on=day, voice=voice, words=words.strip(), who=who.strip(), at_end=True,
        recorded_by=actor.person,
    )  # fmt: skip
    row.full_clean(exclude=["organisation", "programme", "recorded_by"])
    row.save()
    told = Observation.Voice(voice).label
    record(events.OPINION_RECORDED, actor=actor, subject=fresh, person_id=fresh.person_id, voice=told)
    return row


@transaction.atomic
def programme_finish(
    *, actor: Actor, programme: Programme, decision: str, on: date, item: AgendaItem | None = None, reason: str = ""
) -> Programme:
    """Finish a programme by its results. What is not known (`summing.Missing`) needs a `reason`, kept in the decision.

    Raises PermissionDenied; Refusal for another state, no decision, missing data without a reason.
    """
    return _end(actor, programme, "programme.finish", decision, on, item, reason)


@transaction.atomic
def programme_continue(
    *, actor: Actor, programme: Programme, decision: str, on: date, carried: Collection[str] = (),
    item: AgendaItem | None = None, reason: str = "", curator: Position | None = None,
) -> Programme:  # fmt: skip
    """End a programme by a new draft and return that draft; `carried` are public ids of what goes into it.

    The draft keeps the kind and the curator, unless he has left or another is named. Raises as `programme_finish`,
    and Refusal (`curator`) when there is nobody to lead it.
    """
    require(actor, "programme.continue")
    require_own(actor, programme)
    post = curator or programme.curator
    if not curators_on(actor, on).filter(pk=post.pk).exists():
        raise Refusal(
            "curator_left", f"{post.user.short_name} больше не может быть куратором: выберите другого.",
            f"{LETTER}: куратор ИПС назначается председателем консилиума", "curator",
        )  # fmt: skip
    ended = _end(actor, programme, "programme.continue", decision, on, item, reason)
    draft = programme_open(
        actor=actor, child=ended.child, curator=post, on=on, item=item, kind=ended.kind, previous=ended
    )
    if carried:
        count = plan_copy(actor=actor, programme=draft, source=ended, on=on, chosen=set(carried))
        record(events.PARTS_CARRIED, actor=actor, subject=ended, person_id=ended.person_id, count=count)
    return draft


def _end(
    actor: Actor, programme: Programme, action: str, decision: str, on: date, item: AgendaItem | None, reason: str
) -> Programme:
    require(actor, action)
    fresh = programme_lock(programme, actor)
    row = step_require(fresh, action)
    if on > timezone.localdate():
        raise Refusal("future", "Этот день ещё не наступил.", field="on")
    if fresh.starts_on and on < fresh.starts_on:
        raise Refusal("before_start", "Программа в этот день ещё не начиналась.", field="on")
    if not decision.strip():
        raise Refusal("no_decision", "Запишите решение консилиума.", DECIDES, "decision")
    _require_item(actor, fresh, item)
    missing = summary_of(actor, fresh, item=item).missing
    if missing and not reason.strip():
        raise Refusal(
            "no_final_data", f"{missing[0].message} Дополните данные или напишите, почему решение принято без них.",
            missing[0].clause, "reason",
        )  # fmt: skip
    told = f"{row.deed}: {on:%d.%m.%Y}"
    version_keep(actor=actor, programme=fresh, on=on, why=told, stage=ProgrammeVersion.Stage.CHANGED)
    ended = programme_advance(actor=actor, programme=fresh, action=action, on=on)
    ended.decision = "\n\n".join(filter(None, (decision.strip(), f"{WITHOUT}: {reason.strip()}" if missing else "")))
    ended.final_item, ended.finished_on = item, on
    ended.full_clean(validate_constraints=False)
    ended.save(update_fields=["decision", "final_item", "finished_on"])
    record(events.PROGRAMME_ENDED, actor=actor, subject=ended, person_id=ended.person_id, count=len(missing))
    return ended


def _require_item(actor: Actor, programme: Programme, item: AgendaItem | None) -> None:
    if item is None:
        return
    require_own(actor, item)
    if item.child_id != programme.child_id:
        raise Refusal("other_child", "Этот вопрос повестки — о другом ребёнке.", RESULTS, "item")


def final_items(actor: Actor, programme: Programme) -> list[AgendaItem]:
    """Agenda items of meetings at which the results of a programme may have been discussed, the newest first."""
    rows = AgendaItem.objects.visible_to(actor).filter(child=programme.child_id).exclude(pk=programme.item_id or 0)
    if programme.starts_on:
        rows = rows.filter(meeting__day__gte=programme.starts_on)
    return list(rows.exclude(meeting__state="cancelled").select_related("meeting").order_by("-meeting__day")[:20])
