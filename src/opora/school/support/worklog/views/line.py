"""The line of an entry on its way from the browser: its form, the chosen children, what is looked up on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import read_note
from opora.school.programmes.models import Mark

from .. import events
from ..choosing import Choice, found
from ..day import Offers, child_lines, offers_for
from ..forms import EntryForm, children_typed
from ..kinds import WORKS
from ..models import EntryChild, WorkEntry
from ..services import ChildWork

LOOKS_UP = ("find", "pick", "drop")


@dataclass
class Line:
    """A form with its children; `who` is what was typed to find one."""

    form: EntryForm
    offers: Offers
    on: date
    works: list[ChildWork] = field(default_factory=list)
    who: str = ""
    suggested: list[Choice] = field(default_factory=list)
    draft: WorkEntry | None = None
    is_typed: bool = False

    def context(self, actor: Actor) -> dict[str, Any]:
        """What the templates of the line draw."""
        return {
            "form": self.form, "line": self, "lines": child_lines(actor, self.works), "suggested": self.suggested,
            "who": self.who, "works": WORKS, "topics": self.offers.topics, "draft": self.draft,
            "levels": EntryChild.Level.choices, "dynamics": EntryChild.Dynamics.choices,
            "attendances": EntryChild.Attendance.choices, "mark_states": Mark.State.choices,
        }  # fmt: skip


def offered_form(offers: Offers, data: QueryDict | None = None, **options: Any) -> EntryForm:
    """The form with what this person may choose."""
    return EntryForm(
        data, positions=offers.positions, plan_items=offers.plan_items, materials=offers.materials, **options
    )


def fresh_line(actor: Actor, on: date, initial: dict[str, Any] | None = None, **known: Any) -> Line:
    """An empty line, or one that begins with what is known."""
    offers = offers_for(actor, on)
    start = {"on": on, "minutes": offers.minutes, "work": WORKS[0].code} | (initial or {})
    _offer_kept(offers, known.pop("also", None))
    return Line(offered_form(offers, initial=start), offers, on, **known)


def _offer_kept(offers: Offers, entry: WorkEntry | None) -> None:
    """What a kept entry names stays among the choices, though it would not be offered any more."""
    if entry is None:
        return
    for rows, one in ((offers.plan_items, entry.plan_item), (offers.materials, entry.material)):
        if one is not None and one not in rows:
            rows.append(one)  # type: ignore[arg-type]
    if entry.position not in offers.positions:
        offers.positions.append(entry.position)


def typed_line(request: ActorRequest, on: date, *, also: WorkEntry | None = None, lenient: bool = False) -> Line:
    """The line as it was sent. Raises Refusal for a bad line of a child, unless `lenient`."""
    offers = offers_for(request.actor, on)
    _offer_kept(offers, also)
    works = children_typed(request.POST, lenient=lenient)
    line = Line(offered_form(offers, request.POST), offers, on, works, draft=draft_named(request), is_typed=True)
    line.who = request.POST.get("who", "").strip()[:80]
    return line


def looked_up(request: ActorRequest, on: date, *, also: WorkEntry | None = None) -> Line:
    """The same while a child is being looked for: nothing is checked, what was typed stays."""
    actor, posted = request.actor, request.POST
    offers = offers_for(actor, on)
    _offer_kept(offers, also)
    works = chosen(posted)
    names = [one for one in EntryForm.base_fields if one in posted and one != "children"]
    form = offered_form(offers, initial={one: posted[one] for one in names})
    line = Line(form, offers, on, works, draft=draft_named(request), is_typed=True)
    if "pick" not in posted:
        line.who = posted.get("who", "")[:80]
        line.suggested = suggestions(request, line.who, works)
    return line


def chosen(posted: QueryDict) -> list[ChildWork]:
    """Children of the line after one was picked or dropped."""
    works = list({one.child_id: one for one in children_typed(posted, lenient=True)}.values())
    picked, dropped = posted.get("pick", "")[:40], posted.get("drop", "")
    if picked and picked not in [one.child_id for one in works]:
        works.append(ChildWork(picked))
    return [one for one in works if one.child_id != dropped]


def suggestions(request: ActorRequest, text: str, works: Sequence[ChildWork]) -> list[Choice]:
    """Pupils whom the typed letters mean; that somebody looked is an event, also when nobody was found."""
    offered = found(request.actor, text, without=[one.child_id for one in works])
    if text.strip():
        read_note(events.PUPILS_NAMED, actor=request.actor, count=len(offered))
    return offered


def draft_named(request: ActorRequest) -> WorkEntry | None:
    """The own draft that the form says it is of."""
    rows = WorkEntry.objects.visible_to(request.actor).filter(position__user=request.actor.user)
    return rows.filter(public_id=request.POST.get("draft", "")[:40]).first() if request.POST.get("draft") else None


def refused(line: Line, refusal: Refusal) -> None:
    """Put a refusal beside its field."""
    name = refusal.field if refusal.field in line.form.fields else None
    line.form.is_valid()
    line.form.add_error(name, str(refusal))


def child_unchosen(request: ActorRequest, line: Line) -> bool:
    """Letters stand in the search and nobody was picked for them: the line is not saved without that child."""
    if not line.who:
        return False
    line.suggested = suggestions(request, line.who, line.works)
    line.form.add_error("children", f"«{line.who}»: выберите ребёнка из списка или очистите поле.")
    return True
