"""Who writes of the child, on its file; the buttons to write, to ask, to pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from opora.foundation.access.actions import may
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.panels import panel
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.regulations.presentations.entries import PresentationKind

from .models import CommissionPackage, Presentation, PresentationRequest
from .sheet import has_consent, kinds_for, paper_of

SHOWN = 12


@dataclass(frozen=True)
class Line:
    """One paper; `asked` is the request that waits for it."""

    presentation: Presentation
    title: str
    asked: PresentationRequest | None
    is_late: bool


@dataclass(frozen=True)
class Start:
    """A paper that the reader can begin."""

    position: Position
    kind: PresentationKind
    consent_missing: bool


def child_presentations(actor: Actor, child: Child) -> dict[str, Any] | None:
    """Context of the panel; a fixed number of queries."""
    today = timezone.localdate()
    rows = Presentation.objects.visible_to(actor).filter(child=child).exclude(state=Presentation.State.CANCELLED)
    found = list(rows.with_people().order_by("state", "-started_on", "-pk")[: SHOWN + 1])
    waiting = PresentationRequest.objects.visible_to(actor).waiting().filter(child=child)
    asked = {one.presentation_id: one for one in waiting}
    lines = [_line(one, asked.get(one.pk), today) for one in found[:SHOWN]]
    package = CommissionPackage.objects.visible_to(actor).defer("archive").latest_of(child)
    return {
        "child": child,
        "lines": lines,
        "more": len(found) > SHOWN,
        "starts": _starts(actor, child, found) if may(actor, "presentation.write") else [],
        "package": package if may(actor, "package.view") else None,
    }


def _line(one: Presentation, asked: PresentationRequest | None, today: Any) -> Line:
    return Line(one, paper_of(one).title, asked, asked is not None and asked.due_on < today)


def _starts(actor: Actor, child: Child, found: list[Presentation]) -> list[Start]:
    today = timezone.localdate()
    posts = Position.objects.visible_to(actor).held_on(today).filter(user=actor.person)
    drafts = {(one.kind, one.author_id) for one in found if not one.is_finished}
    law = law_on(today)
    offered = [(post, kind) for post in posts for kind in kinds_for(law, post) if (kind.code, post.pk) not in drafts]
    agreed = has_consent(child) if any(kind.needs_consent for _, kind in offered) else True
    return [Start(post, kind, kind.needs_consent and not agreed) for post, kind in offered]


panel(
    "child", 34, "Характеристика и представления", "presentations/child_presentations.html", "presentation.view",
    child_presentations,
)  # fmt: skip
