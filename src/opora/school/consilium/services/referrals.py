"""The referral to ПМПК: numbered, given to the parent against a signature, or refused in the parent's words (Р-93)."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.models import Entry
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze
from opora.people.children.models import Guardian

from .. import events
from ..content import referral_content
from ..lines import referral_line
from ..models import AgendaItem, ReferralToCommission
from .locking import item_lock, keeper_require

SERIES = "commission-referral"
FORM = "commission_referral"
LETTER_PRESENTATIONS = "письмо ВК-1074/07, прил. 2.9: выдача на руки родителям недопустима"
_PRESENTATION = re.compile(
    r"(представлени|заключени)\w*\s+(педагога-психолога|учителя|логопед|дефектолог|специалист)", re.I
)


def director_of(actor: Actor, on: date) -> str:
    """«Иванова А. Б.», or an empty text for a line to fill."""
    posts = Position.objects.visible_to(actor).held_on(on).filter(role=Role.DIRECTOR).select_related("user")
    found = posts.first()
    return found.user.short_name if found else ""


@transaction.atomic
def referral_make(
    *, actor: Actor, item: AgendaItem, commission: Organisation, purpose: str, reasons: str, papers: str, on: date
) -> ReferralToCommission:
    """Number and freeze the referral of a child whose opinion says so. `papers`: one in a line, given to the parent.

    Raises Refusal: no such outcome, no commission, presentations of specialists among the papers (annex 2.9).
    """
    require(actor, "meeting.run")
    fresh = item_lock(item, actor)
    keeper_require(actor, fresh.meeting)
    opinion = fresh.opinion
    if opinion is None or fresh.outcome != AgendaItem.Outcome.REFERRAL:
        raise Refusal("no_outcome", "Направляют, когда подписано заключение с решением «направить на ПМПК».")
    if fresh.referral is not None:
        raise Refusal("made", f"Направление уже оформлено: {fresh.referral}.")
    if not commission.is_commission:
        raise Refusal("not_commission", "Выберите ПМПК из справочника.", field="commission")
    if on < opinion.signed_on:
        raise Refusal("before", "Дата раньше, чем подписано заключение.", field="on")
    if _PRESENTATION.search(papers):
        message = "Представления специалистов на руки не выдают: их передают комиссии по закрытому каналу."
        raise Refusal("presentations", message, LETTER_PRESENTATIONS, "papers")
    number = number_next(actor=actor, series=SERIES, day=on)
    referral = ReferralToCommission(
        organisation=actor.at, item=fresh, commission=commission, number=number, year=on.year, day=on,
        purpose=purpose.strip(), reasons=reasons.strip(), papers=papers.strip(), created_by=actor.person,
    )  # fmt: skip
    referral.full_clean(exclude=["snapshot", "entry"])
    content = referral_content(referral, director=director_of(actor, on))
    referral.snapshot = snapshot_freeze(
        actor=actor, form=FORM, subject=referral, content=dict(content), person_id=referral.person_id
    )
    line = referral_line(content, number=number, child=fresh.child, sha256=referral.snapshot.sha256)
    referral.entry = entry_add(actor=actor, series=SERIES, day=on, subject=referral, content=dict(line))
    referral.save()
    record(events.REFERRAL_MADE, actor=actor, subject=referral, person_id=referral.person_id, number=number)
    return referral


@transaction.atomic
def referral_answer(
    *, actor: Actor, referral: ReferralToCommission, guardian: Guardian, answer: str, on: date, words: str = ""
) -> ReferralToCommission:
    """Record that a representative received the papers against a signature, or does not agree, in his own words."""
    require(actor, "meeting.run")
    item = item_lock(referral.item, actor)
    keeper_require(actor, item.meeting)
    fresh = _open(referral)
    if fresh.answer:
        raise Refusal("answered", "Ответ родителя уже записан.")
    if on < fresh.day:
        raise Refusal("before", "Дата раньше, чем оформлено направление.", field="on")
    if not item.child.guardianships.filter(guardian=guardian, ended_on__isnull=True).exists():
        raise Refusal("stranger", "Выберите представителя этого ребёнка.", field="guardian")
    agreed = answer == ReferralToCommission.Answer.AGREED
    if not agreed and not words.strip():
        raise Refusal("no_words", "Запишите словами родителя, почему он не согласен.", field="words")
    fresh.guardian, fresh.answer, fresh.answered_on, fresh.words = guardian, answer, on, words.strip()
    fresh.handed_on = on if agreed else None
    fresh.full_clean()
    fresh.save()
    content = referral_content(fresh, director=director_of(actor, on))
    line = dict(referral_line(content, number=fresh.number, child=item.child, sha256=fresh.snapshot.sha256))
    if not agreed:
        line["guardian"] = f"не согласен: {guardian.full_name}, {on:%d.%m.%Y}"
    entry_add(
        actor=actor, series=SERIES, day=on, subject=fresh, kind=Entry.Kind.CORRECTION, corrects=fresh.entry,
        content=line,
    )  # fmt: skip
    record(
        events.REFERRAL_ANSWERED, actor=actor, subject=fresh, person_id=fresh.person_id, number=fresh.number,
        answer=answer,
    )  # fmt: skip
    return fresh


def _open(referral: ReferralToCommission) -> ReferralToCommission:
    rows = ReferralToCommission.objects.select_for_update(of=("self",))
    fresh = rows.select_related("item__child", "item__meeting", "commission", "snapshot", "entry").get(pk=referral.pk)
    if fresh.annulled_on is not None:
        raise Refusal("annulled", f"Направление {fresh} аннулировано.")
    return fresh


@transaction.atomic
def referral_annul(*, actor: Actor, referral: ReferralToCommission, on: date, reason: str) -> ReferralToCommission:
    """Annul a referral; its number stays taken (C-13)."""
    require(actor, "opinion.annul")
    item_lock(referral.item, actor)
    fresh = _open(referral)
    if not reason.strip():
        raise Refusal("no_reason", "Напишите, почему направление аннулируется.", field="reason")
    if on < fresh.day:
        raise Refusal("before", "Дата аннулирования раньше даты направления.", field="on")
    fresh.annulled_on, fresh.annul_reason = on, reason.strip()
    fresh.full_clean()
    fresh.save()
    entry_add(
        actor=actor, series=SERIES, day=on, subject=fresh, kind=Entry.Kind.ANNULMENT, corrects=fresh.entry,
        content={"annuls": fresh.number, "year": fresh.year, "reason": fresh.annul_reason},
    )  # fmt: skip
    record(events.REFERRAL_ANNULLED, actor=actor, subject=fresh, person_id=fresh.person_id, number=fresh.number)
    return fresh
