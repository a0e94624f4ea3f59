"""What leaves the school: the characteristic by the parent's hand, everything else in a sealed package (2.6, 2.9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.organisations.models import Organisation
from opora.foundation.registers.services import canonical, sha256
from opora.people.children.models import Child, Guardian, Guardianship

from .. import events
from ..models import CharacteristicHandover, CommissionPackage, PackagedPresentation, Presentation
from ..sheet import paper_of

CLOSED_CHANNEL = (
    "письмо ВК-1074/07, прил. 2.9: передаётся по закрытому каналу информации; выдача на руки родителям недопустима, "
    "профессиональные формулировки можно истолковать неправильно"
)
FORMAT = "opora-commission-package/1"


@transaction.atomic
def characteristic_hand(
    *, actor: Actor, presentation: Presentation, guardian: Guardian, on: date, today: date
) -> CharacteristicHandover:
    """Record that a representative got the characteristic against a signature (2.6).

    Raises Refusal: a presentation of a specialist, an unfinished paper, a stranger, a day before it or in the future.
    """
    require(actor, "characteristic.hand_over")
    require_own(actor, presentation)
    presentation = Presentation.objects.select_related("child", "snapshot", "author__user").get(pk=presentation.pk)
    if not paper_of(presentation).to_parent:
        raise Refusal("closed_channel", "Представление специалиста на руки не выдают.", CLOSED_CHANNEL)
    if presentation.snapshot is None or presentation.finished_on is None:
        raise Refusal("draft", "Характеристика ещё не готова: выдают оформленную и подписанную.")
    if not Guardianship.objects.filter(child=presentation.child, guardian=guardian, ended_on__isnull=True).exists():
        raise Refusal("stranger", "Это не законный представитель ребёнка.", field="guardian")
    if not presentation.finished_on <= on <= today:
        said = f"День получения — от {presentation.finished_on:%d.%m.%Y} до сегодняшнего."
        raise Refusal("wrong_day", said, field="handed_on")
    made = CharacteristicHandover(
        organisation=actor.at, presentation=presentation, snapshot=presentation.snapshot, guardian=guardian,
        handed_on=on, recorded_by=actor.person,
    )  # fmt: skip
    made.full_clean()
    made.save()
    told = f"{on:%d.%m.%Y}"
    record(events.CHARACTERISTIC_HANDED, actor=actor, subject=presentation, person_id=made.person_id, on=told)
    return made


@transaction.atomic
def package_prepare(
    *, actor: Actor, child: Child, commission: Organisation, presentations: Sequence[Presentation], on: date,
    informed_on: date | None = None,
) -> CommissionPackage:  # fmt: skip
    """Seal finished presentations into a package for a commission; a package that was not sent yet is replaced.

    The archive is the canonical JSON of the frozen papers under the child's key; its hash stands in the clear.
    `informed_on`: when the parents were told that it goes to ПМПК (2.9). Raises PermissionDenied, Refusal.
    """
    require(actor, "package.prepare")
    require_own(actor, child)
    papers = _read_anew(actor, presentations)
    _require_packable(child, commission, papers)
    if informed_on is not None and informed_on > on:
        raise Refusal("not_yet", "Этот день ещё не наступил.", field="informed_on")
    CommissionPackage.objects.filter(child=child, commission=commission, state=CommissionPackage.State.PREPARED).update(
        state=CommissionPackage.State.REPLACED
    )
    archive = canonical(_archive(child, commission, papers, on))
    made = CommissionPackage(
        organisation=actor.at, child=child, commission=commission, prepared_on=on, informed_on=informed_on,
        archive=archive, sha256=sha256(archive), prepared_by=actor.person,
    )  # fmt: skip
    made.full_clean()
    made.save()
    for one in papers:
        if one.snapshot is not None:
            PackagedPresentation.objects.create(
                organisation=actor.at, package=made, presentation=one, snapshot=one.snapshot
            )
    record(
        events.PACKAGE_PREPARED, actor=actor, subject=made, person_id=made.person_id, count=len(papers)
    )  # fmt: skip
    return made


def _read_anew(actor: Actor, presentations: Sequence[Presentation]) -> list[Presentation]:
    """The rows as they are now, locked, in the given order; what the actor may not see is not there."""
    keys = [one.pk for one in presentations]
    seen = Presentation.objects.visible_to(actor).filter(pk__in=keys).values("pk")
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("snapshot", "child", "author__user")
    found = {one.pk: one for one in rows.filter(pk__in=seen)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _require_packable(child: Child, commission: Organisation, presentations: Sequence[Presentation]) -> None:
    if not commission.is_commission:
        raise Refusal("not_commission", "Пакет готовят для ПМПК: выберите комиссию.", field="commission")
    if not presentations:
        raise Refusal("empty", "Отметьте, что войдёт в пакет.", field="presentations")
    for one in presentations:
        if one.child_id != child.pk:
            raise Refusal("other_child", "В пакете документы одного ребёнка.", field="presentations")
        if one.snapshot is None:
            said = f"«{paper_of(one).title}» ещё пишется: в пакет входит только готовое."
            raise Refusal("draft", said, field="presentations")


def _archive(child: Child, commission: Organisation, presentations: Sequence[Presentation], on: date) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "child": child.public_id,
        "commission": commission.full_name,
        "prepared_on": on,
        "papers": [
            {"form": one.snapshot.form, "sha256": one.snapshot.sha256, "content": one.snapshot.content}
            for one in presentations
            if one.snapshot is not None
        ],
    }
