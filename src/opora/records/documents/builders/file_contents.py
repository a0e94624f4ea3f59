"""Contents of a child's file (annex 2.14): papers of all cases, protocols of the specialists, conclusions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.conclusions.models import Conclusion
from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Examination
from opora.commission.intake.models import Paper
from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.people.consents.models import Consent
from opora.records.documents.forms.file_contents.form import FileContentsData, FilePaper
from opora.regulations.calendar import retention_date
from opora.regulations.edition import Edition

from .persons import letterhead, upper_first

ORIGINAL = "оригинал"
AFTER_EXAMINATION = (Status.DISCUSSION, Status.SIGNED, Status.HANDED)
_EXPECTED = {
    "original": ORIGINAL,
    "copy": "копия",
    "original_or_certified_copy": "оригинал или заверенная копия",
}


@dataclass(frozen=True)
class FileLine:
    """One paper of the file, present or awaited; `is_due` is false for what the case has not come to yet."""

    title: str
    obligatory: bool
    kind: str
    present: bool
    day: date | None = None
    checked_by: str = ""
    checked_on: date | None = None
    sheets: int | None = None
    is_due: bool = True

    @property
    def is_missing(self) -> bool:
        return self.obligatory and not self.present and self.is_due


@dataclass(frozen=True)
class CaseFolder:
    """What the file holds of one case, in the order of 2.14."""

    case: Case
    lines: list[FileLine]

    @property
    def present(self) -> int:
        return sum(line.present for line in self.lines)

    @property
    def missing(self) -> list[FileLine]:
        return [line for line in self.lines if line.is_missing]


def retained_until(child: Child, law: Edition | None = None) -> date:
    """The last day on which the file is kept (annex 2.14)."""
    years = law.term("card_retention").value if law else 10
    return retention_date(child.birth_date, years)


def folders_of(child: Child) -> list[CaseFolder]:
    """All cases of the child from the oldest, in a fixed number of queries."""
    consents = list(child.consents.all())
    cases = child.cases.select_related("application").prefetch_related(
        Prefetch("papers", Paper.objects.select_related("checked_by")),
        Prefetch("examinations", Examination.objects.select_related("specialist", "position")),
        "conclusions",
    )
    return [CaseFolder(case, list(_lines(case, consents))) for case in cases.order_by("opened_on", "number")]


def _lines(case: Case, consents: list[Consent]) -> Iterator[FileLine]:
    law = law_of(case)
    for paper in case.papers.all():
        if paper.requirement not in ("specialist_protocols", "conclusion"):
            yield _paper(law, paper, case, consents)
    yield from _protocols(case)
    yield from _conclusions(case)


def _paper(law: Edition, paper: Paper, case: Case, consents: list[Consent]) -> FileLine:
    try:
        expected = _EXPECTED.get(law.paper(paper.requirement).form, "")
    except KeyError:
        expected = ""
    day = paper.received_on or _signed_on(paper.requirement, case, consents)
    return FileLine(
        title=upper_first(paper.title),
        obligatory=paper.presence == Paper.Presence.OBLIGATORY,
        kind=paper.get_medium_display() or (ORIGINAL if day and not paper.received_on else expected),
        present=day is not None,
        day=day,
        checked_by=paper.checked_by.short_name if paper.checked_by else "",
        checked_on=paper.checked_on,
        sheets=paper.sheets,
    )


def _signed_on(requirement: str, case: Case, consents: list[Consent]) -> date | None:
    """The day of a paper that is signed at the commission and recorded by its own room."""
    if requirement == "application":
        application = getattr(case, "application", None)
        return application.signed_on if application else None
    kind = {"consent_child": Consent.Kind.CHILD_DATA, "consent_parent": Consent.Kind.GUARDIAN_DATA}.get(requirement)
    given = [consent.signed_on for consent in consents if consent.kind == kind and consent.withdrawn_on is None]
    return max(given, default=None)


def _protocols(case: Case) -> Iterator[FileLine]:
    examinations = list(case.examinations.all())
    for one in examinations:
        finished = timezone.localtime(one.finished_at).date() if one.finished_at else None
        title = f"Протокол обследования: {one.position.caption} ({one.specialist.short_name})"
        yield FileLine(title, True, ORIGINAL, finished is not None, finished)
    if not examinations:
        came = case.status in AFTER_EXAMINATION
        yield FileLine("Протоколы обследования ребёнка специалистами", True, ORIGINAL, False, is_due=came)


def _conclusions(case: Case) -> Iterator[FileLine]:
    signed = [one for one in case.conclusions.all() if one.number is not None]
    for one in sorted(signed, key=lambda each: (each.year or 0, each.number or 0)):
        annulled = " (аннулировано)" if one.state == Conclusion.State.ANNULLED else ""
        for title, number in (("Протокол ПМПК", one.protocol_number), ("Заключение ПМПК", one.number)):
            yield FileLine(f"{title} №\u00a0{number}{annulled}", not annulled, ORIGINAL, True, one.signed_on)
    if not any(one.state == Conclusion.State.SIGNED for one in signed):
        decided = case.status in (Status.SIGNED, Status.HANDED)
        yield FileLine("Заключение ПМПК", True, ORIGINAL, False, is_due=decided)


def build(case: Case, actor: Actor, on: date) -> FileContentsData:
    """The list is of the whole file, whichever case it is printed from."""
    return build_for_child(case.child, actor, on)


def build_for_child(child: Child, actor: Actor, on: date) -> FileContentsData:
    """What the form prints of the child's whole file."""
    folders = folders_of(child)
    lines = [line for folder in folders for line in folder.lines]
    held = [line for line in lines if line.present]
    law = law_of(folders[-1].case) if folders else None
    return {
        "letterhead": letterhead(child.organisation),
        "official_use": True,
        "file_number": f"{folders[0].case.number}/{folders[0].case.year}" if folders else "",
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "cases": ", ".join(f"{each.case.title} от {each.case.opened_on:%d.%m.%Y}" for each in folders),
        "papers": [_as_data(line) for line in lines],
        "total_papers": str(len(held)),
        "total_sheets": str(sum(line.sheets or 0 for line in held)) if _all_counted(held) else "",
        "retain_until": retained_until(child, law).isoformat(),
        "compiled_on": on.isoformat(),
        "compiled_by": actor.user.short_name if actor.user else "",
    }


def _all_counted(lines: list[FileLine]) -> bool:
    return bool(lines) and all(line.sheets for line in lines)


def _as_data(line: FileLine) -> FilePaper:
    return {
        "title": line.title,
        "obligatory": line.obligatory,
        "kind": line.kind,
        "present": line.present,
        "date": line.day.isoformat() if line.day else "",
        "checked_by": line.checked_by,
        "checked_on": line.checked_on.isoformat() if line.checked_on else "",
        "sheets": str(line.sheets) if line.sheets else "",
    }
