"""Journals as the data of their printed forms (2.12, 2.13, answers to requests)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from opora.commission.conclusions.content import post_title
from opora.commission.conclusions.models import Conclusion, Handover
from opora.commission.conclusions.sources import present_positions
from opora.commission.examinations.models import Session
from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.models import Entry
from opora.people.disclosures.models import Disclosure
from opora.people.naming import NameCase
from opora.records.documents.builders.consilium import director_name
from opora.records.documents.builders.persons import head_name, letterhead, upper_first

from . import lines

CHUNK = 500
Progress = Callable[[int], None]


def nothing_told(done: int) -> None:
    """Progress that nobody watches."""


def journal_data(
    actor: Actor, journal: lines.Journal, since: date, until: date, *, on: date, tell: Progress = nothing_told
) -> dict[str, Any]:
    """Everything that the form of the journal prints; `tell` gets the count of lines collected so far."""
    entries = _collected(lines.in_period(lines.entries_of(actor, journal), since, until), tell)
    data: dict[str, Any] = {
        "letterhead": letterhead(actor.at),
        "official_use": True,
        "period_from": since.isoformat(),
        "period_to": until.isoformat(),
        "head_name": director_name(actor, on)
        if journal in lines.CONSILIUM
        else head_name(actor.at, on, NameCase.NOMINATIVE),
    }
    if journal in lines.CONSILIUM:
        return data | {"rows": [consilium_row(journal, entry) for entry in entries]}
    if journal is lines.BOOKING:
        return data | {"rows": [booking_row(entry) for entry in entries]}
    if journal is lines.DISCLOSURE:
        return data | {"rows": disclosure_rows(actor, entries)}
    return data | {"sessions": sessions_of(actor, entries)}


def _collected(rows: Any, tell: Progress) -> list[Entry]:
    entries: list[Entry] = []
    for entry in rows.iterator(chunk_size=CHUNK):
        entries.append(entry)
        if len(entries) % CHUNK == 0:
            tell(len(entries))
    tell(len(entries))
    return entries


def booking_row(entry: Entry) -> dict[str, Any]:
    """A line of 2.12."""
    content = lines.content_of(entry)
    columns = (
        "time", "child_name", "birth_date", "guardian_name", "contacts", "school", "referred_by", "diagnosis",
        "disability", "request",
    )  # fmt: skip
    row: dict[str, Any] = {key: str(content.get(key) or "") for key in columns}
    row["date"] = str(content.get("date") or content.get("day") or "")
    binding = _binding(entry)
    if binding["remark"]:  # the form has no column of numbers, and the remark names one
        binding["remark"] = f"Запись №\u00a0{lines.number_of(entry)}. {binding['remark']}"
    return row | binding


def examined_row(entry: Entry, handover: Handover | None) -> dict[str, Any]:
    """A line of 2.13. The cell of the parent's signature stays empty unless the copy went by post."""
    content = lines.content_of(entry)
    columns = (
        "child_name", "birth_date", "contacts", "referred_by", "diagnosis", "disability", "conclusion", "opinions",
        "recommendations", "guardian_signature",
    )  # fmt: skip
    row: dict[str, Any] = {key: str(content.get(key) or "") for key in columns}
    row["number"] = lines.number_of(entry)
    if not row["guardian_signature"] and handover is not None and handover.way == Handover.Way.POST:
        sent = f"почтой {handover.sent_on:%d.%m.%Y}" if handover.sent_on else "почтой"
        received = f", получено {handover.received_on:%d.%m.%Y}" if handover.received_on else ""
        row["guardian_signature"] = sent + received
    return row | _binding(entry)


def disclosure_rows(actor: Actor, entries: list[Entry]) -> list[dict[str, Any]]:
    """Lines of answers to requests; how each was sent is read from the request as it stands today."""
    answers: dict[str, Disclosure] = {}
    wanted = sorted({entry.subject_id for entry in entries})
    for start in range(0, len(wanted), CHUNK):
        rows = Disclosure.objects.kept_for(actor).filter(public_id__in=wanted[start : start + CHUNK])
        answers |= {one.public_id: one for one in rows}
    return [disclosure_row(entry, answers.get(entry.subject_id)) for entry in entries]


def disclosure_row(entry: Entry, answer: Disclosure | None) -> dict[str, Any]:
    """One signed answer."""
    content = lines.content_of(entry)
    columns = ("child_name", "birth_date", "recipient", "request", "decision", "given", "signer")
    row: dict[str, Any] = {key: str(content.get(key) or "") for key in columns}
    row |= {"number": lines.number_of(entry), "date": entry.day.isoformat(), "sent": ""}
    if answer is not None and answer.sent_on is not None:
        received = f", получено {answer.acknowledged_on:%d.%m.%Y}" if answer.acknowledged_on else ""
        row["sent"] = f"{answer.get_way_display()} {answer.sent_on:%d.%m.%Y}{received}"
    return row | _binding(entry)


_CONSILIUM = {
    "meetings": ("date", "topic", "kind", "protocol", "children"),
    "opinions": ("child_name", "birth_date", "initiator", "reason", "opinion", "result"),
    "referrals": ("date", "child_name", "birth_date", "purpose", "reason", "papers", "guardian"),
}


def consilium_row(journal: lines.Journal, entry: Entry) -> dict[str, Any]:
    """A line of a journal of the consilium (Р-93)."""
    content = lines.content_of(entry)
    row: dict[str, Any] = {key: str(content.get(key) or "") for key in _CONSILIUM[journal.code]}
    return row | {"number": lines.number_of(entry)} | _binding(entry)


def _binding(entry: Entry) -> dict[str, Any]:
    """How a corrected line shows on paper: struck out, still readable, with the number of the correcting line."""
    return {"struck": lines.is_struck(entry), "remark": upper_first(lines.remark_of(entry))}


def sessions_of(actor: Actor, entries: list[Entry]) -> list[dict[str, Any]]:
    """Lines of 2.13 under their sessions, each with those who certify it, in the order of the journal."""
    conclusions = _conclusions(actor, {entry.subject_id for entry in entries})
    groups: dict[tuple[str, str], list[Entry]] = {}
    sessions: dict[str, Session] = {}
    for entry in entries:
        conclusion = conclusions.get(entry.subject_id)
        session = conclusion.visit.session if conclusion and conclusion.visit else None
        if session is not None:
            sessions[session.public_id] = session
        key = (session.day if session else entry.day).isoformat(), session.public_id if session else ""
        groups.setdefault(key, []).append(entry)
    return [
        {
            "date": held,
            "place": _place(sessions.get(session_id)),
            "rows": [examined_row(entry, _handover(conclusions.get(entry.subject_id))) for entry in group],
            "certified_by": signers_of(sessions.get(session_id), group),
        }
        for (held, session_id), group in groups.items()
    ]


def _conclusions(actor: Actor, public_ids: Iterable[str]) -> dict[str, Conclusion]:
    wanted, found = sorted(public_ids), {}
    rows = Conclusion.objects.visible_to(actor).select_related("visit__session__place", "handover")
    for start in range(0, len(wanted), CHUNK):
        for one in rows.filter(public_id__in=wanted[start : start + CHUNK]):
            found[one.public_id] = one
    return found


def _handover(conclusion: Conclusion | None) -> Handover | None:
    return getattr(conclusion, "handover", None)


def _place(session: Session | None) -> str:
    if session is None or session.kind == Session.Kind.ON_SITE:
        return ""
    return f"{session.get_kind_display()}, {session.place}"


def signers_of(session: Session | None, group: list[Entry]) -> list[dict[str, str]]:
    """Who certified the lines; before that, who took part in the session and will."""
    for entry in group:
        certified = getattr(entry, "certified", None)
        if certified is not None:
            return list(certified.certification.signers)
    return present_signers(session) if session is not None else []


def present_signers(session: Session) -> list[dict[str, str]]:
    """Those present at a session as lines of signatures, the head first."""
    visit = session.visits.first()
    return [
        {"position": upper_first(post_title(post)), "name": post.user.short_name} for post in present_positions(visit)
    ]
