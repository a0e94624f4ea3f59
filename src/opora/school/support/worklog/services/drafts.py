"""What is being typed is kept on the server; it counts nowhere until it is finished (S-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor

from ...schoolyear.reading import settings_of
from ..models import WorkEntry
from ..posts import post_for
from ..querysets import WorkEntryQuerySet
from .entries import JUST_NOW
from .writing import Work, as_kept, children_for, children_set, fill, require_all_own, rows_kept

LONGEST = {"topic": 300, "content": 3000, "outcome": 3000}
LONGEST_NOTE = 5000


@transaction.atomic
def draft_keep(
    *, actor: Actor, on: date, work: Work, position: Position | None = None, draft: WorkEntry | None = None
) -> WorkEntry | None:
    """Keep an unfinished line; None where there is nothing to keep, or where it was finished meanwhile.

    What is wrong in it is said when it is finished; a child named twice is kept once, a text that is too long as far
    as it fits (`cut_off`). Raises Refusal for a stranger's child.
    """
    require(actor, "work.log")
    require_all_own(actor, position, draft)
    mine = WorkEntry.objects.of(actor.at).filter(position__user=actor.user)
    row = mine.select_for_update(of=("self",)).filter(pk=draft.pk).first() if draft else None
    require_all_own(actor, work.plan_item, work.material)
    typed = bool(work.topic.strip() or work.content.strip() or work.children)
    if (row is not None and not row.is_draft) or (row is None and (draft or not typed)):
        return None
    if row is None and _just_finished(mine, on, work):
        return None
    entry = row or WorkEntry(organisation=actor.at, is_draft=True)
    entry.position, entry.on = post_for(actor, on, position), min(on, timezone.localdate())
    fill(entry, work)
    entry.minutes = min(max(work.minutes or settings_of(actor.at).lesson_minutes, 1), 600)
    for name, most in LONGEST.items():
        setattr(entry, name, getattr(entry, name)[:most])
    entry.full_clean(exclude=["organisation", "position", "lesson", "plan_item", "material", "topic"])
    entry.save()
    once = {one.child_id: one for one in work.children}
    works = [replace(one, note=one.note[:LONGEST_NOTE]) for one in once.values()]
    kept = rows_kept(entry)
    children_set(actor, entry, children_for(actor, entry, [one.child_id for one in works], kept), works, kept)
    return entry


def cut_off(work: Work) -> list[str]:
    """Texts of which a draft keeps the beginning alone, as they are called on the screen."""
    titles = {one.name: str(one.verbose_name) for one in WorkEntry._meta.fields}
    found = [titles[name] for name, most in LONGEST.items() if len(as_kept(getattr(work, name))) > most]
    return found + ["о ребёнке"] * any(len(one.note) > LONGEST_NOTE for one in work.children)


@transaction.atomic
def draft_drop(*, actor: Actor, draft: WorkEntry) -> None:
    """Throw away one's own draft."""
    require(actor, "work.log")
    require_own(actor, draft)
    WorkEntry.objects.of(actor.at).filter(pk=draft.pk, is_draft=True, position__user=actor.user).delete()


def _just_finished(mine: WorkEntryQuerySet, on: date, work: Work) -> bool:
    """A save that was under way when its line was finished."""
    fresh = mine.finished().filter(recorded_at__gte=timezone.now() - JUST_NOW)
    return fresh.filter(on=on, kind=work.kind, topic=work.topic.strip()).exists()
