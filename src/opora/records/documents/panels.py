"""Papers on the pages of the case, of the child and of the rows of a school."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Owned
from opora.foundation.ui.panels import Loader, panel
from opora.people.children.models import Child
from opora.regulations.calendar import RETENTION_CLAUSE

from .builders.file_contents import folders_of, retained_until
from .selectors import links_of, school_links


def case_papers(actor: Actor, case: Case) -> dict[str, Any]:
    """What can be printed or opened at this state of the case."""
    links = links_of(actor, case)
    return {
        "signed": [link for link in links if link.is_signed and not link.is_annulled],
        "annulled": [link for link in links if link.is_annulled],
        "prints": [link for link in links if not link.is_signed],
    }


def school_papers(row: str) -> Loader:
    """A loader of the papers of a row of the school; nothing where the actor prints none of them."""

    def load(actor: Actor, subject: Owned) -> dict[str, Any] | None:
        links = school_links(actor, subject, row)
        return {"links": links} if links else None

    return load


def child_file(actor: Actor, child: Child) -> dict[str, Any]:
    """The child's file: papers of each case with what is missing, and until when the file is kept."""
    folders = folders_of(child)
    until = retained_until(child, law_of(folders[-1].case) if folders else None)
    return {
        "child": child,
        "folders": list(reversed(folders)),
        "retained_until": until,
        "is_expired": until < timezone.localdate(),
        "clause": RETENTION_CLAUSE,
    }


panel("case", 90, "Печать", "documents/case_papers.html", "paper.print", case_papers)
panel("child", 80, "Состав карты", "documents/child_file.html", "paper.print", child_file)
panel(
    "referral", 85, "Документы", "documents/school_papers.html", "school_paper.print",
    lambda actor, referral: school_papers("agenda")(actor, referral.item),
)  # fmt: skip
for page, row, action in (
    ("work-plan", "plan", "plan.view"), ("work-schedule", "schedule", "schedule.view"),
    ("group", "group", "group.list"), ("support-card", "card", "card.view"),
    ("social-passport", "passport", "passport.view"), ("year-analysis", "analysis", "analysis.view"),
):  # fmt: skip
    panel(page, 85, "Документы", "documents/school_papers.html", action, school_papers(row))
for page, row in (
    ("programme", "programme"), ("meeting", "meeting"), ("agenda-item", "agenda"), ("presentation", "presentation"),
    ("child", "pupil"),
):  # fmt: skip
    panel(page, 85, "Документы", "documents/school_papers.html", "school_paper.print", school_papers(row))
