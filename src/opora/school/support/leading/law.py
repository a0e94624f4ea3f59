"""The register of acts for the head: what is known of each, and what the edition in force has otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.people.law import law_on
from opora.regulations.acts.entries import Act
from opora.regulations.acts.register import Standing, acts, standing
from opora.regulations.edition import Edition, edition, edition_codes


@dataclass(frozen=True)
class ActLine:
    """An act with its standing; `change` says in words what is otherwise than in the edition before.

    An act of which nobody has checked whether it is in force has no change: that is not known.
    """

    act: Act
    standing: Standing
    change: str = ""

    @property
    def colour(self) -> str:
        if not self.standing.is_known:
            return "soon"
        return "done" if self.standing.status == "in_force" else "late"


def act_lines(today: date) -> list[ActLine]:
    """All acts in their order."""
    law = law_on(today)
    before = _before(law)
    known = {one.code: standing(before, one).status for one in acts(before)} if before else {}
    return [_line(law, one, known, has_before=before is not None) for one in acts(law)]


def _before(law: Edition) -> Edition | None:
    """The edition that was in force before this one."""
    found = [edition(code) for code in edition_codes()]
    earlier = [one for one in found if one.valid_from < law.valid_from]
    return max(earlier, key=lambda one: one.valid_from) if earlier else None


def _line(law: Edition, act: Act, known: dict[str, str], *, has_before: bool) -> ActLine:
    now = standing(law, act)
    change = ""
    if has_before and now.is_known and act.code not in known:
        change = "новый акт"
    elif has_before and now.is_known and now.status != known[act.code]:
        change = now.words
    return ActLine(act, now, change)
