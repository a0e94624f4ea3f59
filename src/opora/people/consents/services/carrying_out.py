"""The head carries a withdrawal out: what need not stay is destroyed, an act with a number says what and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.erasures import erasure_note, replay
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze
from opora.people import press
from opora.people.children.erasing import words_forget
from opora.people.children.models import Child, Guardian, NameWord
from opora.people.clearing import Part, going, staying, withdrawal_clear

from .. import events
from ..freezing import stop
from ..models import Withdrawal
from .withdrawing import withdrawal_lock

SERIES = "withdrawal"
FORM = "withdrawal_act"
ERASURE, ERASURE_OF_CONTACTS = "withdrawal", "withdrawal_of_guardian"
WORDS_OF_SEARCH = "Слова, по которым карту находит поиск"
CONTACTS = "Контакты и документы представителя"
NAME_OF_CHILD = "Имя и дата рождения ребёнка"
NAME_STAYS = Part("Имя представителя в подписанных документах", 1, "письмо ВК-1074/07, прил. 2.14")


def what_goes(withdrawal: Withdrawal) -> list[Part]:
    """What carrying the withdrawal out destroys, counted in the real rows."""
    if not withdrawal.is_of_child:
        return [Part(CONTACTS, len(withdrawal.set_aside))] if withdrawal.set_aside else []
    child = withdrawal.consent.child
    parts = going(withdrawal.organisation, child.public_id)
    words = NameWord.objects.of(withdrawal.organisation).filter(child=child).count()
    return [*parts, *([Part(WORDS_OF_SEARCH, words)] if words else [])]


def what_stays(withdrawal: Withdrawal) -> list[Part]:
    """What the law keeps, each with its clause."""
    if not withdrawal.is_of_child:
        return [NAME_STAYS]
    parts = staying(withdrawal.organisation, withdrawal.person_id)
    return [replace(one, title=NAME_OF_CHILD) if one.title == Child.called_in_acts else one for one in parts]


@transaction.atomic
def withdrawal_carry_out(*, actor: Actor, withdrawal: Withdrawal) -> Withdrawal:
    """Destroy what need not stay, number and freeze the act, note the erasure for a restore.

    Raises PermissionDenied, and Refusal when the withdrawal is done or lifted.
    """
    require(actor, "consent.carry_out")
    require_own(actor, withdrawal, even_frozen=True)
    fresh = withdrawal_lock(withdrawal)
    if not fresh.is_open:
        raise Refusal("not_open", f"Этот отзыв уже {fresh.get_state_display()}.", fresh.term_clause)
    today = timezone.localdate()
    stays, goes = what_stays(fresh), what_goes(fresh)
    _clear(fresh.organisation, fresh.consent.child, fresh)
    fresh.state, fresh.done_on, fresh.done_by, fresh.year = Withdrawal.State.DONE, today, actor.user, today.year
    fresh.number = number_next(actor=actor, series=SERIES, day=today)
    fresh.act = snapshot_freeze(
        actor=actor, form=FORM, subject=fresh, person_id=fresh.person_id, content=act_content(actor, fresh, goes, stays)
    )
    fresh.entry = entry_add(
        actor=actor, series=SERIES, day=today, subject=fresh,
        content={"withdrawal": fresh.public_id, "snapshot": fresh.act.sha256, "kind": str(fresh.consent.kind)},
    )  # fmt: skip
    fresh.full_clean()
    fresh.save()
    press.issue(actor, fresh.act)
    record(
        events.WITHDRAWAL_DONE, actor=actor, subject=fresh, person_id=fresh.person_id,
        number=fresh.number, parts=", ".join(f"{one.title} — {one.count}" for one in goes) or "стирать нечего",
    )  # fmt: skip
    person = fresh.consent.child if fresh.is_of_child else fresh.consent.guardian
    kind = ERASURE if fresh.is_of_child else ERASURE_OF_CONTACTS
    erasure_note(kind=kind, organisation=fresh.organisation, subject=f"{fresh.public_id}:{person.public_id}")
    return fresh


def _clear(organisation: Organisation, child: Child, withdrawal: Withdrawal) -> None:
    if withdrawal.is_of_child:
        withdrawal_clear(organisation, child.public_id)
        words_forget(organisation, child.public_id)
    withdrawal.set_aside = {}


def act_content(actor: Actor, withdrawal: Withdrawal, goes: list[Part], stays: list[Part]) -> dict[str, Any]:
    """The act as it is frozen."""
    consent, place = withdrawal.consent, withdrawal.organisation
    return {
        "letterhead": {
            "founder": place.letterhead, "full_name": place.full_name, "address": place.address,
            "phone": place.phone, "email": place.email,
        },
        "official_use": True,
        "number": withdrawal.number_title,
        "date": _iso(withdrawal.done_on),
        "operator": place.full_name,
        "consent": str(consent.get_kind_display()),
        "subject": consent.child.full_name if withdrawal.is_of_child else consent.guardian.full_name,
        "birth_date": _iso(consent.child.birth_date) if withdrawal.is_of_child else "",
        "signed_by": consent.guardian.full_name,
        "signed_on": _iso(consent.signed_on),
        "received_on": _iso(withdrawal.received_on),
        "stop_on": _iso(withdrawal.stop_on),
        "clause": withdrawal.term_clause,
        "goes": [{"title": one.title, "count": str(one.count)} for one in goes],
        "stays": [{"title": one.title, "count": str(one.count), "clause": one.clause} for one in stays],
        "signer_position": post_of(actor, withdrawal.done_on or timezone.localdate()),
        "signer_name": actor.user.short_name if actor.user else "",
    }  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def post_of(actor: Actor, on: date) -> str:
    """What stands before the signature: the post of the head, with a capital letter."""
    held = Position.objects.filter(organisation=actor.at, user=actor.user).held_on(on).order_by("pk")
    post = held.filter(role="commission_head").first() or held.first()
    return post.caption[:1].upper() + post.caption[1:] if post else ""


@replay(ERASURE)
def withdrawal_clear_again(organisation: Organisation, subject: str) -> None:
    """After a restore: what a withdrawal of the child's data had destroyed is destroyed again.

    Where the restored database knows the withdrawal as carried out, its rows are those after it.
    """
    found, child_id = _restored(organisation, subject)
    child = Child.objects.of(organisation).filter(public_id=child_id).first()
    if child is None or (found is not None and found.state != Withdrawal.State.RECORDED):
        return
    withdrawal_clear(organisation, child_id)
    words_forget(organisation, child_id)
    stop(actor=SystemActor(organisation), child=child, since=timezone.localdate())


@replay(ERASURE_OF_CONTACTS)
def contacts_clear_again(organisation: Organisation, subject: str) -> None:
    """The same for the representative's own data."""
    found, guardian_id = _restored(organisation, subject)
    if found is not None and found.state != Withdrawal.State.RECORDED:
        return
    Withdrawal.objects.of(organisation).filter(public_id=found.public_id if found else "").update(set_aside={})
    empty = {name: Guardian.cleared_on_erasure[name] for name in Guardian.cleared_on_withdrawal}
    Guardian.objects.of(organisation).filter(public_id=guardian_id).update(**empty)


def _restored(organisation: Organisation, subject: str) -> tuple[Withdrawal | None, str]:
    own, _, person = subject.partition(":")
    return Withdrawal.objects.of(organisation).filter(public_id=own).first(), person
