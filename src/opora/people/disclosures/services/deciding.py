"""The head decides and signs: the number is taken, the letter frozen, the chosen papers copied, the register filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.foundation.files.models import StoredFile
from opora.foundation.registers.services import entry_add, number_next, snapshot_freeze

from .. import clauses, events
from ..flow import State
from ..knowledge import consent_cover
from ..letter import FORM, letter_content, register_content
from ..models import Category, DisclosedPaper, Disclosure
from ..sources import Offer, offers_of, press
from .steps import refuse_bad_day, refuse_stopped, refuse_strange_file, step_begin

SERIES = "disclosure"
Decision, Knowledge = Disclosure.Decision, Disclosure.Knowledge


@transaction.atomic
def disclosure_decide(
    *,
    actor: Actor,
    disclosure: Disclosure,
    decision: str,
    on: date,
    papers: Sequence[str] = (),
    categories: Sequence[str] = (),
    given_text: str = "",
    reason: str = "",
    knowledge: str = "",
    told_on: date | None = None,
    withheld_clause: str = "",
    extra: StoredFile | None = None,
    extra_title: str = "",
) -> Disclosure:
    """Give, refuse or ask to make the request clear, and sign the answer.

    `papers` are keys of `offers_of`; `extra` is one more file. Giving needs the scan of the request, something to
    give, and an answer to whether the family knows. Raises PermissionDenied, Refusal.
    """
    fresh = step_begin(actor, disclosure, "disclosure.decide")
    refuse_strange_file(actor, extra, "extra")
    refuse_bad_day(
        on, after=fresh.received_on, today=timezone.localdate(), field="on", before="Запрос поступил"
    )  # fmt: skip
    fresh.decision, fresh.decided_on, fresh.year = Decision(decision), on, on.year
    refuse_stopped(fresh)
    if fresh.decision == Decision.GIVE:
        chosen = _chosen(actor, fresh, papers)
        fresh.categories = [str(Category(code)) for code in dict.fromkeys(categories)]
        fresh.given_text = given_text.strip()
        if not (chosen or fresh.categories or fresh.given_text or extra):
            raise Refusal("nothing_given", "Отметьте, что передаёте: документы или сведения.", field="papers")
        _note_knowledge(fresh, knowledge, told_on, withheld_clause.strip(), on)
    else:
        chosen, extra = [], None
        fresh.reason = reason.strip()
        if not fresh.reason:
            raise Refusal("no_reason", "Напишите причину: она войдёт в ответ.", field="reason")
    _sign(actor, fresh, chosen, extra, extra_title.strip() or "Приложение")
    record(
        events.DISCLOSURE_DECIDED, actor=actor, subject=fresh, person_id=fresh.person_id,
        number=fresh.number_title, decision=str(fresh.get_decision_display()),
    )  # fmt: skip
    return fresh


def _chosen(actor: Actor, disclosure: Disclosure, keys: Sequence[str]) -> list[Offer]:
    """The offers that were ticked. Raises Refusal without the scan of the request, and for an unknown key."""
    if disclosure.scan is None:
        raise Refusal(
            "no_scan", "Сначала приложите скан запроса или решения суда: без бумаги сведения не передаются.",
            clauses.WRITTEN_ONLY,
        )  # fmt: skip
    offered = {one.key: one for one in offers_of(actor, disclosure.child)}
    if not set(keys) <= set(offered):
        raise Refusal("unknown_paper", "Этого документа больше нет среди действующих: выберите заново.", field="papers")
    return [offered[key] for key in dict.fromkeys(keys)]


def _note_knowledge(
    disclosure: Disclosure, knowledge: str, told_on: date | None, withheld_clause: str, on: date
) -> None:
    if knowledge not in Knowledge.values:
        raise Refusal("no_knowledge", "Отметьте, знает ли о передаче представитель ребёнка.", field="knowledge")
    if knowledge == Knowledge.ASKED and disclosure.ground != Disclosure.Ground.FAMILY:
        raise Refusal("not_family", "Запрос пришёл не от представителя.", field="knowledge")
    if knowledge == Knowledge.CONSENT and not consent_cover(disclosure, on).covers:
        raise Refusal(
            "not_covered", "Согласие не действует или не называет такого получателя: сообщите представителю.",
            clauses.CONSENT, "knowledge",
        )  # fmt: skip
    if knowledge == Knowledge.TOLD and (told_on is None or told_on > on):
        raise Refusal("not_told", "Укажите, когда сообщили: не позже даты ответа.", field="told_on")
    if knowledge == Knowledge.WITHHELD and not withheld_clause:
        raise Refusal(
            "no_ground", "Назовите закон или решение, которые не разрешают сообщать.", field="withheld_clause"
        )
    disclosure.knowledge = knowledge
    disclosure.told_on = told_on if knowledge == Knowledge.TOLD else None
    disclosure.withheld_clause = withheld_clause if knowledge == Knowledge.WITHHELD else ""


def _sign(actor: Actor, fresh: Disclosure, chosen: list[Offer], extra: StoredFile | None, extra_title: str) -> None:
    on = fresh.decided_on or timezone.localdate()
    titles = [*(one.title for one in chosen), *([extra_title] if extra else [])]
    fresh.state, fresh.signed_by = State.DECIDED, actor.person
    fresh.number = number_next(actor=actor, series=SERIES, day=on)
    fresh.letter = snapshot_freeze(
        actor=actor, form=FORM, subject=fresh, person_id=fresh.person_id,
        content=letter_content(fresh, actor.person, _post_of(actor, on), titles),
    )  # fmt: skip
    press().issue(actor, fresh.letter)
    fresh.entry = entry_add(
        actor=actor, series=SERIES, day=on, subject=fresh, content=register_content(fresh, titles)
    )  # fmt: skip
    fresh.full_clean()
    fresh.save()
    for one in chosen:
        _put_in(fresh, one.title, press().issue(actor, one.snapshot), one)
    if extra is not None:
        _put_in(fresh, extra_title, extra, None)


def _put_in(disclosure: Disclosure, title: str, file: StoredFile, offer: Offer | None) -> None:
    paper = DisclosedPaper(
        organisation=disclosure.organisation, disclosure=disclosure, title=title, file=file,
        snapshot=offer.snapshot if offer else None,
    )  # fmt: skip
    paper.full_clean()
    paper.save()


def _post_of(actor: Actor, on: date) -> str:
    held = Position.objects.filter(organisation=actor.at, user=actor.user).held_on(on).order_by("pk")
    rows = held.filter(role="commission_head")
    post = rows.first() or held.first()
    return post.caption if post else ""
