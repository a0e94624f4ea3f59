"""What the page of a card shows; a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from opora.foundation.access.actions import may
from opora.foundation.access.knowledge import may_change
from opora.foundation.access.models import Undertaking
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.models import Event
from opora.foundation.ui.panels import shown
from opora.foundation.ui.typography import long_date
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem
from opora.school.duties.listing import state_of as duty_state
from opora.school.duties.models import BroughtConclusion
from opora.school.programmes.models import Programme
from opora.school.pupils.selectors import class_of, consent_state

from .deciding import CLAUSE
from .forms import NoteForm
from .listing import state_of, state_words
from .models import CardDecision, CardNote, CardSection, DecisionVote, SupportCard
from .services.deciding import may_ask
from .work import Method, attended_of, delivered_of, hours, methods_of

State, Outcome, Answer = SupportCard.State, CardDecision.Outcome, DecisionVote.Answer


@dataclass(frozen=True)
class Link:
    """The ground of a card, with the address of its page for whoever may open it."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Word:
    """A line of a decision."""

    vote: DecisionVote
    colour: str
    is_own: bool
    is_sworn: bool  # without the undertaking of non-disclosure nobody reads about a child, and so cannot answer


@dataclass(frozen=True)
class Question:
    """A decision with everybody's words."""

    decision: CardDecision
    words: list[Word]
    is_waiting: bool

    @property
    def silent(self) -> list[Word]:
        return [one for one in self.words if one.vote.answer == Answer.WAITING]

    @property
    def own(self) -> Word | None:
        return next((one for one in self.words if one.is_own), None)


COLOURS = {Answer.WAITING: "soon", Answer.AGREE: "done", Answer.AGAINST: "late", Answer.EXCUSED: "neutral"}


def questions_of(actor: Actor, card: SupportCard) -> list[Question]:
    """All decisions, the newest first; four queries."""
    sworn = set(Undertaking.objects.visible_to(actor).values_list("user", flat=True))
    rows = CardDecision.objects.visible_to(actor).filter(card=card).order_by("-asked_on", "-pk")
    found = []
    for one in rows.prefetch_related("votes__position__user"):
        votes = sorted(one.votes.all(), key=lambda vote: vote.position.user.last_name)
        words = [
            Word(
                vote,
                COLOURS[Answer(vote.answer)],
                bool(actor.user and vote.position.user_id == actor.user.pk),
                vote.position.user_id in sworn,
            )
            for vote in votes
        ]
        found.append(Question(one, words, one.outcome == Outcome.WAITING))
    return found


def ground_of(actor: Actor, card: SupportCard) -> Link:
    """What the card rests on; what the reader may not open stands without a link."""
    note = f": {card.ground_note}" if card.ground_note else ""
    words = f"{card.get_ground_display()}{note}"
    if card.agenda_item_id:
        items = AgendaItem.objects.visible_to(actor).select_related("meeting")
        item = items.filter(pk=card.agenda_item_id).first()
        if item:
            address = reverse("consilium:item", args=[item.public_id])
            return Link(f"{words}, от\u00a0{item.meeting.day:%d.%m.%Y}", address)
    if card.brought_id:
        brought = BroughtConclusion.objects.visible_to(actor).filter(pk=card.brought_id).first()
        if brought:
            return Link(str(brought), reverse("duties:brought", args=[brought.public_id]))
    if card.programme_id:
        programme = Programme.objects.visible_to(actor).filter(pk=card.programme_id).first()
        if programme:
            return Link(str(programme), reverse("programmes:programme", args=[programme.public_id]))
    return Link(words)


def milestones(card: SupportCard, waiting: Question | None, today: date) -> list[dict[str, str]]:
    """The line of steps: proposed, decided together, led, reviewed, closed."""
    led = card.opened_on is not None
    late = bool(card.review_on and card.review_on < today)
    declined = card.state == State.DECLINED
    decided = f"{card.opened_on:%d.%m.%Y}" if card.opened_on else ""
    if waiting and waiting.decision.kind == CardDecision.Kind.OPEN:
        decided = f"ждём слова: {len(waiting.silent)}"
    steps = [
        ("Предложена", "done", f"{card.proposed_on:%d.%m.%Y}"),
        ("Решение специалистов", "done" if led else "blocked" if declined else "current",
         "не принято" if declined else decided),
        ("Ведётся", "done" if card.state == State.CLOSED else "current" if led else "ahead",
         f"пересмотр {card.review_on:%d.%m.%Y}{', срок прошёл' if late else ''}"
         if card.state == State.OPEN and card.review_on else ""),
        ("Закрыта", "done" if card.state == State.CLOSED else "ahead",
         f"{card.closed_on:%d.%m.%Y}" if card.closed_on and led else ""),
    ]  # fmt: skip
    return [{"title": title, "state": state, "note": note} for title, state, note in steps]


def conditions_of(actor: Actor, child: Child, today: date) -> list[dict[str, Any]]:
    """Conclusions of ПМПК in force with their conditions; two queries."""
    if not may(actor, "duty.view"):
        return []
    rows = BroughtConclusion.objects.visible_to(actor).in_force(today).filter(child=child)
    return [
        {"row": one, "duties": [(duty, duty_state(duty, today)) for duty in one.duties.all()]}
        for one in rows.prefetch_related("duties")
    ]


def notes_of(actor: Actor, card: SupportCard) -> list[tuple[str, list[CardNote]]]:
    """What was seen, sphere by sphere, the newest first; one query."""
    rows = CardNote.objects.visible_to(actor).filter(card=card).select_related("recorded_by").order_by("-on", "-pk")
    by_sphere: dict[str, list[CardNote]] = {}
    for one in rows:
        by_sphere.setdefault(one.sphere, []).append(one)
    return [(str(label), by_sphere[code]) for code, label in CardNote.Sphere.choices if code in by_sphere]


def drawn(methods: list[Method]) -> list[tuple[Method, SafeString]]:
    return [(one, one.svg(f"method-{place}")) for place, one in enumerate(methods)]


def next_of(card: SupportCard, waiting: Question | None) -> str:
    """What the card waits for, in words."""
    if waiting is not None:
        names = [one.vote.position.user.short_name for one in waiting.silent]
        return f"Ждём слова: {', '.join(names[:4])}{f' и ещё {len(names) - 4}' if len(names) > 4 else ''}"
    if card.state == State.OPEN and card.review_on:
        return f"Пересмотр {long_date(card.review_on)}"
    return ""


def sections_of(actor: Actor, card: SupportCard) -> list[CardSection]:
    """Difficulties, then aims; one query."""
    rows = CardSection.objects.visible_to(actor).filter(card=card).select_related("user")
    return sorted(rows, key=lambda one: CardSection.Code.values.index(one.code))


def work_context(actor: Actor, card: SupportCard) -> dict[str, Any]:
    """What the log says."""
    delivered = delivered_of(actor, card)
    return {
        "methods": drawn(methods_of(actor, card)), "delivered": delivered, "attended": attended_of(actor, card),
        "delivered_lines": [(one, [hours(cell) for cell in one.minutes], hours(one.total)) for one in delivered.lines],
        "delivered_totals": [hours(one) for one in delivered.totals], "delivered_total": hours(delivered.total),
    }  # fmt: skip


def rights_of(actor: Actor, card: SupportCard, waiting: Question | None) -> dict[str, bool]:
    """Which buttons the page has."""
    works = may(actor, "card.write") and may_change(actor, card.person_id)
    leads, is_head = works and may_ask(actor, card), works and actor.has(Role.SERVICE_HEAD)
    declined = card.state == State.DECLINED and card.close_reason != SupportCard.CloseReason.LEFT
    return {
        "leads": leads and card.in_work, "asks": leads and card.state == State.OPEN and waiting is None,
        "asks_anew": leads and declined and waiting is None, "notes_open": works and card.state == State.OPEN,
        "excuses": waiting is not None and is_head, "heads": is_head and card.in_work,
    }  # fmt: skip


def card_context(actor: Actor, card: SupportCard, today: date, **extra: Any) -> dict[str, Any]:
    """Everything of the page; `extra` are forms that were refused."""
    questions = questions_of(actor, card)
    waiting = next((one for one in questions if one.is_waiting), None)
    history = Event.objects.visible_to(actor).about(card).select_related("user")
    programmes = Programme.objects.visible_to(actor).filter(child=card.child)
    context: dict[str, Any] = {
        "card": card, "child": card.child, "today": today, "clause": CLAUSE,
        "state": state_of(card, today), "state_words": state_words(card, today), "next": next_of(card, waiting),
        "steps": milestones(card, waiting, today), "ground": ground_of(actor, card),
        "sections": sections_of(actor, card), "questions": questions, "waiting": waiting,
        "own_word": waiting.own if waiting else None,
        "notes": notes_of(actor, card), "note_form": NoteForm(),
        "conditions": conditions_of(actor, card.child, today),
        "programmes": list(programmes[:3]) if may(actor, "programme.view") else [],
        "room": class_of(card.child), "consent": consent_state(card.child),
        "panels": shown("support-card", actor, card), "events": list(history[:20]),
    }  # fmt: skip
    return context | work_context(actor, card) | rights_of(actor, card, waiting) | extra
