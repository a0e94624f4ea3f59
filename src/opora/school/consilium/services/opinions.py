"""The collegial opinion: offered, signed by all who are present, frozen with its number, told (Р-93)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.core.exceptions import PermissionDenied
from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze

from .. import events
from ..content import members_of, opinion_content
from ..lines import opinion_line
from ..models import AgendaItem, ConsiliumMeeting, ConsiliumOpinion, OpinionSignature
from ..readiness import obstacles
from ..terms import control_days, statute_of
from .locking import item_lock, keeper_require, opinion_require, writable_require

SERIES = "consilium-opinion"
FORM = "collegial_opinion"
NO_DISSENTS: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def opinion_offer(*, actor: Actor, item: AgendaItem, on: date) -> AgendaItem:
    """End the talk and offer the opinion for signatures: nothing of it changes while they are collected.

    Raises Refusal: the first of `obstacles`, a day before the meeting.
    """
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    writable_require(fresh)
    if on < fresh.meeting.day:
        raise Refusal("early", f"Заседание назначено на {fresh.meeting.day:%d.%m.%Y}.")
    if found := obstacles(fresh):
        raise found[0]
    fresh.state = AgendaItem.State.SIGNING
    fresh.save(update_fields=["state"])
    if fresh.meeting.state == ConsiliumMeeting.State.PLANNED:
        fresh.meeting.state = ConsiliumMeeting.State.RUNNING
        fresh.meeting.save(update_fields=["state"])
    record(events.OPINION_OFFERED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def opinion_withdraw(*, actor: Actor, item: AgendaItem) -> AgendaItem:
    """Take the opinion back to the talk: signatures that were given are void. A dissent stops it, it is not lost."""
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    if fresh.state != AgendaItem.State.SIGNING:
        raise Refusal("not_offered", "Заключение сейчас не на подписи.")
    given = fresh.signatures.filter(opinion__isnull=True)
    if any(one.dissent.strip() for one in given):
        raise Refusal(
            "dissent", "Уже записано особое мнение: соберите остальные подписи, затем аннулируйте заключение."
        )
    given.delete()
    fresh.state = AgendaItem.State.TALK
    fresh.save(update_fields=["state"])
    record(events.OPINION_WITHDRAWN, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh


@transaction.atomic
def opinion_sign(*, actor: Actor, item: AgendaItem, on: date, dissent: str = "") -> AgendaItem:
    """A present member signs for himself; the last signature freezes the opinion and takes its number."""
    require(actor, "opinion.sign")
    require_own(actor, item)
    present = members_of(item.meeting, present=True)
    post = next((one for one in present if one.user_id == actor.person.pk), None)
    if post is None:
        raise PermissionDenied("Заключение подписывают члены консилиума, которые присутствуют на заседании.")
    fresh = _signing(item, actor)
    _sign(actor, fresh, post, dissent, on_paper=False)
    return _finish(actor, fresh, on)


@transaction.atomic
def opinion_sign_paper(
    *, actor: Actor, item: AgendaItem, on: date, dissents: Mapping[str, str] = NO_DISSENTS
) -> AgendaItem:
    """Record that all who are present have signed the printed paper; `dissents` by the public id of a post."""
    require(actor, "meeting.run")
    fresh = _signing(item, actor)
    keeper_require(actor, fresh.meeting)
    signed = set(fresh.signatures.filter(opinion__isnull=True).values_list("position_id", flat=True))
    for post in members_of(fresh.meeting, present=True):
        if post.pk not in signed:
            _sign(actor, fresh, post, dissents.get(post.public_id, ""), on_paper=True)
    return _finish(actor, fresh, on)


def _signing(item: AgendaItem, actor: Actor) -> AgendaItem:
    fresh = item_lock(item, actor)
    if fresh.state == AgendaItem.State.SIGNED:
        raise Refusal("signed", f"Заключение уже подписано: {fresh.opinion}.")
    if fresh.state != AgendaItem.State.SIGNING:
        raise Refusal("not_offered", "Заключение ещё не передано на подпись.")
    return fresh


def _sign(actor: Actor, item: AgendaItem, post: Position, dissent: str, *, on_paper: bool) -> None:
    if item.signatures.filter(opinion__isnull=True, position=post).exists():
        raise Refusal("signed_already", "Вы уже подписали это заключение.")
    row = OpinionSignature(
        organisation=actor.at, item=item, position=post, dissent=dissent.replace("\x00", "").strip(),
        on_paper=on_paper, recorded_by=actor.person,
    )  # fmt: skip
    row.full_clean()
    row.save()
    record(
        events.OPINION_MEMBER_SIGNED, actor=actor, subject=item, person_id=item.person_id, member=post.public_id,
        on_paper=on_paper, dissents=bool(row.dissent),
    )  # fmt: skip


def _finish(actor: Actor, item: AgendaItem, on: date) -> AgendaItem:
    """With the last signature: the number, the frozen paper, the line of the journal, the days of control."""
    present = {one.pk for one in members_of(item.meeting, present=True)}
    given = list(item.signatures.filter(opinion__isnull=True))
    if present - {one.position_id for one in given}:
        return item
    if on < item.meeting.day:
        raise Refusal("early", f"Заседание назначено на {item.meeting.day:%d.%m.%Y}.")
    number = number_next(actor=actor, series=SERIES, day=on)
    content = opinion_content(item, number=f"{number}/{on.year}", on=on)
    frozen = snapshot_freeze(actor=actor, form=FORM, subject=item, content=dict(content), person_id=item.person_id)
    line = opinion_line(item, number=number, content=content, sha256=frozen.sha256)
    entry = entry_add(actor=actor, series=SERIES, day=on, subject=item, content=dict(line))
    opinion = ConsiliumOpinion(
        organisation=actor.at, item=item, number=number, year=on.year, signed_on=on, snapshot=frozen, entry=entry
    )
    opinion.full_clean()
    opinion.save()
    OpinionSignature.objects.filter(pk__in=[one.pk for one in given]).update(opinion=opinion)
    item.state = AgendaItem.State.SIGNED
    if item.outcome == AgendaItem.Outcome.DIFFICULTIES:
        item.first_control_on, item.second_control_on = control_days(item.meeting.day, statute_of(actor.at))
    item.save(update_fields=["state", "first_control_on", "second_control_on"])
    record(events.OPINION_SIGNED, actor=actor, subject=item, person_id=item.person_id, number=number)
    return item


@transaction.atomic
def opinion_annul(*, actor: Actor, item: AgendaItem, on: date, reason: str) -> AgendaItem:
    """Annul a signed opinion and open the talk again; the number stays taken (C-13).

    Raises Refusal without a reason, while a protocol or a referral rests on the opinion.
    """
    require(actor, "opinion.annul")
    fresh = item_lock(item, actor)
    opinion = opinion_require(fresh)
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему заключение аннулируется.", field="reason")
    if on < opinion.signed_on:
        raise Refusal("before", "Дата аннулирования раньше даты подписания.", field="on")
    if fresh.meeting.number:
        raise Refusal(
            "protocol", f"На нём стоит протокол № {fresh.meeting.number_title}: сначала аннулируйте протокол."
        )
    if fresh.referral is not None:
        raise Refusal("referral", f"По нему оформлено направление {fresh.referral}: сначала аннулируйте направление.")
    opinion.annulled_on, opinion.annul_reason = on, reason.strip()
    opinion.full_clean()
    opinion.save()
    entry_add(
        actor=actor, series=SERIES, day=on, subject=fresh, kind=Entry.Kind.ANNULMENT, corrects=opinion.entry,
        content={"annuls": opinion.number, "year": opinion.year, "reason": opinion.annul_reason},
    )  # fmt: skip
    fresh.state = AgendaItem.State.TALK
    fresh.first_control_on = fresh.second_control_on = fresh.parents_told_on = fresh.teachers_told_on = None
    fresh.save()
    fresh.acquaintances.all().delete()
    record(events.OPINION_ANNULLED, actor=actor, subject=fresh, person_id=fresh.person_id, number=opinion.number)
    return fresh
