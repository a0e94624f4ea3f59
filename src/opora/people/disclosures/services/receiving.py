"""Writing down a request for information. What has no paper is no request."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.files.services import file_store
from opora.foundation.organisations.models import Organisation
from opora.people.children.models import Child, Guardian

from .. import clauses, events
from ..models import Disclosure
from ..terms import due_by_law
from .steps import refuse_strange_file, step_begin

ORAL = "oral"  # offered by the form so that the refusal explains itself; never kept
NAME_LIMIT = 400


@transaction.atomic
def disclosure_receive(
    *,
    actor: Actor,
    child: Child,
    ground: str,
    asked: str,
    request_on: date,
    received_on: date,
    recipient: Organisation | None = None,
    guardian: Guardian | None = None,
    request_number: str = "",
    asked_by_name: str = "",
    asked_by_post: str = "",
    ground_clause: str = "",
    due_on: date | None = None,
    scan: StoredFile | None = None,
    earlier: Disclosure | None = None,
) -> Disclosure:
    """Write down a written request about a child.

    The answer is due on `due_on` (a term that the request names) or by the term of the edition, whichever is earlier.
    Raises PermissionDenied, and Refusal: an oral request, no addressee, bad days, a stranger's rows.
    """
    require(actor, "disclosure.receive")
    require_own(actor, child, even_frozen=True)
    if ground == ORAL:
        raise Refusal(
            "oral",
            "По телефону и устно сведения не передаются, и сам факт обращения не подтверждается. "
            "Попросите прислать письменный запрос за подписью.",
            clauses.WRITTEN_ONLY, "ground",
        )  # fmt: skip
    ground = Disclosure.Ground(ground)
    refuse_strange_file(actor, scan, "scan")
    _refuse_bad_days(child, request_on, received_on, due_on)
    _refuse_wrong_side(actor, child, ground, recipient, guardian)
    if ground == Disclosure.Ground.LAW and not ground_clause.strip():
        raise Refusal("no_clause", "Назовите закон и статью, по которым требуют сведения.", field="ground_clause")
    if earlier is not None and (earlier.child_id != child.pk or earlier.decision != Disclosure.Decision.CLARIFY):
        raise Refusal("wrong_earlier", "Уточнять можно запрос о том же ребёнке, по которому просили уточнения.")
    by_law = due_by_law(ground, received_on)
    disclosure = Disclosure(
        organisation=actor.at, child=child, ground=ground, ground_clause=ground_clause.strip(), recipient=recipient,
        guardian=guardian, asked_by_name=asked_by_name.strip(), asked_by_post=asked_by_post.strip(),
        request_number=request_number.strip(), request_on=request_on, received_on=received_on, asked=asked.strip(),
        due_on=min(filter(None, (due_on, by_law)), default=None), scan=scan, earlier=earlier, recorded_by=actor.user,
    )  # fmt: skip
    disclosure.full_clean()
    disclosure.save()
    record(
        events.DISCLOSURE_RECEIVED, actor=actor, subject=disclosure, person_id=disclosure.person_id,
        ground=str(disclosure.get_ground_display()),
    )  # fmt: skip
    return disclosure


def _refuse_bad_days(child: Child, request_on: date, received_on: date, due_on: date | None) -> None:
    if received_on > timezone.localdate():
        raise Refusal("future", "Эта дата ещё не наступила.", field="received_on")
    if request_on > received_on:
        raise Refusal("too_early", "Запрос не мог поступить раньше, чем подписан.", field="received_on")
    if request_on < child.birth_date:
        raise Refusal("before_birth", "Запрос подписан раньше, чем родился ребёнок.", field="request_on")
    if due_on is not None and due_on < received_on:
        raise Refusal("due_too_early", "Срок ответа раньше, чем поступил запрос.", field="due_on")


def _refuse_wrong_side(
    actor: Actor, child: Child, ground: str, recipient: Organisation | None, guardian: Guardian | None
) -> None:
    if recipient is not None and guardian is not None:
        raise Refusal("two_sides", "Укажите одного получателя: организацию или представителя.", field="recipient_name")
    if guardian is None:
        if recipient is None:
            raise Refusal("no_recipient", "Укажите, кто просит сведения.", field="recipient_name")
        return
    require_own(actor, guardian, even_frozen=True)
    if ground != Disclosure.Ground.FAMILY:
        raise Refusal(
            "not_family", "Представитель получает сведения по своей письменной просьбе.", field="guardian"
        )  # fmt: skip
    if not child.guardianships.filter(guardian=guardian, ended_on=None).exists():
        raise Refusal("not_a_guardian", "Этот человек не представляет ребёнка.", field="guardian")


@transaction.atomic
def recipient_by_name(*, actor: Actor, name: str, kind: str, address: str = "") -> Organisation | None:
    """The organisation of this name from the directory, or a new line of it; None for a blank name."""
    require(actor, "disclosure.receive")
    wanted = " ".join(name.split())
    if not wanted:
        return None
    for one in Organisation.objects.all():
        if wanted.casefold() in (one.short_name.casefold(), one.full_name.casefold()):
            return one
    if len(wanted) > NAME_LIMIT:
        raise Refusal("long", f"Название длиннее {NAME_LIMIT} знаков.", field="recipient_name")
    if kind not in Organisation.Kind.values:
        raise Refusal("no_kind", "Такой организации ещё нет в справочнике: выберите её вид.", field="recipient_kind")
    found = Organisation(kind=kind, full_name=wanted, short_name=wanted[:120], address=address.strip())
    found.full_clean()
    found.save()
    record(events.RECIPIENT_ADDED, actor=actor, subject=found)
    return found


@transaction.atomic
def scan_attach(*, actor: Actor, disclosure: Disclosure, upload: UploadedFile) -> Disclosure:  # type: ignore[type-arg]
    """Attach the scan of the request; a better one replaces it until the decision. Raises Refusal."""
    fresh = step_begin(actor, disclosure, "disclosure.attach")
    if not fresh.may_attach:
        raise Refusal("decided", "Решение уже подписано по этому скану: заменить его нельзя.", clauses.WRITTEN_ONLY)
    fresh.scan = file_store(actor=actor, upload=upload, person_id=fresh.person_id)
    fresh.full_clean()
    fresh.save(update_fields=["scan"])
    record(events.SCAN_ATTACHED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return fresh
