"""The destruction itself: contents go, numbers and codes stay, an act and an export of the log stay three years.

Order 179 of Roskomnadzor lets the act name the person by other information that belongs to him. Ours names the card
and its numbers in the journals, so that the act brings nothing back of what was destroyed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from opora.foundation.access.models import Freeze
from opora.foundation.accounts.actors import Actor, SystemActor
from opora.foundation.audit.models import Event
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.erasures import erasure_note, replay
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze
from opora.foundation.vault.services import key_destroy
from opora.people import press
from opora.people.children.models import Child
from opora.people.clearing import numbers_of, person_erase
from opora.people.consents.services.carrying_out import post_of
from opora.people.law import law_on
from opora.regulations.calendar import add_years
from opora.regulations.edition import edition

from .. import events
from ..models import CardKeeping, DestructionOrder

SERIES, ACT, LOG = "destruction", "destruction_act", "destruction_log"
ERASURE = "card"
GROUND = "карта уничтожена по акту"
EVIDENCE = "destruction_evidence"
FIRST_WITH_EVIDENCE = "2025"
WAY = (
    "уничтожен ключ шифрования карты; стёрто содержание полей и записей, по которым можно узнать ребёнка "
    "и его представителей; файлы удалены из хранилища"
)
SERIES_TITLES = {
    "case": "дело", "booking": "журнал записи", "examined": "журнал учёта", "disclosure": "журнал передачи сведений",
    "conclusion": "заключение", "protocol": "протокол", "withdrawal": "акт об отзыве согласия",
}  # fmt: skip


def card_destroy(actor: Actor, order: DestructionOrder, keeping: CardKeeping) -> DestructionOrder:
    """Carry a confirmed order out, in the caller's transaction. `order` and `keeping` are locked and checked."""
    today, person_id = timezone.localdate(), order.person_id
    basis, subject = order.basis, subject_of(order.organisation, person_id)
    counts = _erase(actor, order.organisation, order.child, today)
    order.refresh_from_db()
    CardKeeping.objects.filter(pk=keeping.pk).update(destroyed_on=today)
    order.number, order.year = number_next(actor=actor, series=SERIES, day=today), today.year
    order.decided_by, order.decided_at, order.destroyed_on = actor.person, timezone.now(), today
    order.keep_until = evidence_kept_until(today)
    record(
        events.CARD_DESTROYED, actor=actor, subject=order, person_id=person_id,
        number=order.number, reason=str(order.get_reason_display()),
    )  # fmt: skip
    about = _about(actor, order, subject, basis, counts, today)
    order.log = snapshot_freeze(actor=actor, form=LOG, subject=order, content=about | {"events": _events(person_id)})
    order.act = snapshot_freeze(actor=actor, form=ACT, subject=order, content=about | {"log": order.log.sha256})
    order.entry = entry_add(
        actor=actor, series=SERIES, day=today, subject=order.act,
        content={"card": person_id, "reason": order.reason, "snapshot": order.act.sha256, "log": order.log.sha256},
    )  # fmt: skip
    order.state = DestructionOrder.State.DESTROYED
    order.save()
    press.issue(actor, order.act)
    press.issue(actor, order.log)
    erasure_note(kind=ERASURE, organisation=order.organisation, subject=person_id)
    return order


def _erase(actor: Actor, place: Organisation, child: Child, on: date) -> dict[str, int]:
    """What a destruction and its repetition have in common: the contents, the key, the freeze."""
    counts = person_erase(place, child.public_id)
    key_destroy(actor=actor, person_id=child.public_id)
    frozen = Freeze.objects.of(place).in_force().filter(person_id=child.public_id)
    if not frozen.update(ground=GROUND):
        Freeze.objects.create(
            organisation=place, person_id=child.public_id, ground=GROUND, since=on, recorded_by=actor.user
        )
    return counts


@replay(ERASURE)
def card_erase_again(organisation: Organisation, subject: str) -> None:
    """After a restore: what was destroyed after the backup is destroyed again. Its act is brought back by nobody:
    the printed one stays the evidence, and the entry of the log of erasures."""
    child = Child.objects.of(organisation).filter(public_id=subject).first()
    if child is None:
        return
    today = timezone.localdate()
    DestructionOrder.objects.of(organisation).filter(child=child, state="proposed").update(
        state="declined", decided_at=timezone.now()
    )
    _erase(SystemActor(organisation), organisation, child, today)
    CardKeeping.objects.update_or_create(
        organisation=organisation, child=child, defaults={"destroyed_on": today, "holds": 0}
    )


def evidence_kept_until(day: date) -> date:
    """Until when the act and the export of the log are kept."""
    law = law_on(day)
    known = next((one for one in law.terms if one.code == EVIDENCE), None)
    years = (known or edition(FIRST_WITH_EVIDENCE).term(EVIDENCE)).value
    return add_years(day, years)


def evidence_clause() -> str:
    return edition(FIRST_WITH_EVIDENCE).term(EVIDENCE).clause


def subject_of(organisation: Organisation, person_id: str) -> str:
    """«карта abc; дело № 12/2016; заключение № 7/2016»: whose data it was, without a name."""
    words = [f"карта {person_id}"]
    for series, number, year in numbers_of(organisation, person_id):
        words.append(f"{SERIES_TITLES.get(series, series)} №\u00a0{number}/{year}")
    return "; ".join(words)


def _about(
    actor: Actor, order: DestructionOrder, subject: str, basis: str, counts: dict[str, int], today: date
) -> dict[str, Any]:
    """The fields of order 179, for the act and for the export alike."""
    place = order.organisation
    proposer = order.proposed_by
    return {
        "letterhead": {
            "founder": place.letterhead, "full_name": place.full_name, "address": place.address,
            "phone": place.phone, "email": place.email,
        },
        "official_use": True,
        "number": order.number_title,
        "date": today.isoformat(),
        "operator": place.full_name,
        "operator_address": place.address,
        "subject": subject,
        "categories": [f"{title}: {count}" for title, count in counts.items()],
        "system": f"информационная система «Опора», версия {settings.VERSION}",
        "way": WAY,
        "reason": ", ".join(filter(None, (str(order.get_reason_display()), basis))),
        "destroyed_on": today.isoformat(),
        "keep_until": order.keep_until.isoformat() if order.keep_until else "",
        "clause": evidence_clause(),
        "signers": [
            {"position": post_of(actor, today), "name": actor.person.short_name},
            {"position": _post(order, today), "name": proposer.short_name},
        ],
    }  # fmt: skip


def _post(order: DestructionOrder, today: date) -> str:
    held = order.proposed_by.positions.filter(organisation=order.organisation).held_on(today).order_by("pk").first()
    return held.caption[:1].upper() + held.caption[1:] if held else ""


def _events(person_id: str) -> list[dict[str, str]]:
    """Everything that the log knows of the card: moment, person of the staff, deed."""
    rows = Event.objects.about_person(person_id).select_related("user").order_by("id")
    return [
        {
            "at": timezone.localtime(one.at).strftime("%d.%m.%Y %H:%M:%S"),
            "who": one.user.short_name if one.user else "Система",
            "deed": one.sentence,
        }
        for one in rows.iterator(chunk_size=1000)
    ]
