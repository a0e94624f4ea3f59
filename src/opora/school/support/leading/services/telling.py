"""The head tells the specialists of an act; each says that he has read it (001, 3.3)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.law import law_on
from opora.regulations.acts.register import act_of

from .. import events
from ..models import ActNotice, NoticeReading


@transaction.atomic
def notice_tell(*, actor: Actor, act: str, words: str = "", on: date | None = None) -> ActNotice:
    """Tell all specialists of an act of the register. Raises Refusal for an unknown act or the same notice today."""
    require(actor, "notice.tell")
    day = on or timezone.localdate()
    try:
        found = act_of(law_on(day), act)
    except KeyError:
        raise Refusal("no_act", "Такого акта в реестре нет.", field="act") from None
    if ActNotice.objects.of(actor.at).filter(act=act, told_on=day).exists():
        raise Refusal("told", "Об этом акте сегодня уже сообщили.", field="act")
    notice = ActNotice(organisation=actor.at, act=act, words=words.strip(), told_on=day, told_by=actor.person)
    notice.full_clean()
    notice.save()
    record(events.NOTICE_TOLD, actor=actor, subject=notice, act=found.short)
    return notice


@transaction.atomic
def notice_read(*, actor: Actor, notice: ActNotice) -> NoticeReading:
    """Write down that the actor has read it; once is enough."""
    require(actor, "notice.read")
    require_own(actor, notice)
    reading, made = NoticeReading.objects.get_or_create(
        organisation=actor.at, notice=notice, user=actor.person
    )  # fmt: skip
    if made:
        record(events.NOTICE_WAS_READ, actor=actor, subject=notice, act=notice.act)
    return reading
