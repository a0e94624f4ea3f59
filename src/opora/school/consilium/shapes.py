"""The keys of the papers and journal lines of the consilium. Dates are ISO strings, all other texts ready to print."""

from __future__ import annotations

from typing import TypedDict


class Letterhead(TypedDict):
    founder: str
    full_name: str
    address: str
    phone: str
    email: str


class Person(TypedDict):
    """A member who signs or was there: `name` is «Ёлкина Е. Е.»."""

    position: str
    name: str


class Dissent(TypedDict):
    position: str
    name: str
    text: str


class OpinionContent(TypedDict):
    """The collegial opinion (`collegial_opinion`); `outcome` and `recommendation` are captions of the edition."""

    letterhead: Letterhead
    official_use: bool
    footer: str
    organisation_name: str
    number: str
    date: str
    child_name: str
    birth_date: str
    grade: str
    programme: str
    reason: str
    outcome: str
    recommendation: str
    conclusion: str
    for_teachers: str
    for_parents: str
    leading: str
    attachments: list[str]
    chair_name: str
    members: list[Person]
    opinions: list[Dissent]
    guardian_name: str
    parents_answer: str
    parents_words: str
    acknowledged_on: str


class ProtocolItemContent(TypedDict):
    """One child's part of the protocol."""

    order: int
    title: str
    talk: str
    decision: str
    others: list[str]
    opinions: list[Dissent]


class ProtocolContent(TypedDict):
    """The protocol of a meeting (`consilium_protocol`)."""

    letterhead: Letterhead
    official_use: bool
    footer: str
    organisation_name: str
    number: str
    date: str
    kind: str
    topic: str
    present: list[Person]
    absent: list[Person]
    quorum: str
    items: list[ProtocolItemContent]
    opinions: list[Dissent]
    attachments: list[str]
    chair_name: str
    members: list[str]
    others: list[str]
    secretary_name: str


class ReferralContent(TypedDict):
    """The referral to ПМПК (`commission_referral`); the child's name is in the accusative."""

    letterhead: Letterhead
    official_use: bool
    footer: str
    number: str
    date: str
    commission_name: str
    commission_address: str
    child_name: str
    birth_date: str
    grade: str
    purpose: str
    reasons: str
    opinion: str
    papers: list[str]
    chair_name: str
    director_name: str
    guardian_name: str
    handed_on: str


class MeetingLine(TypedDict):
    """A line of the journal of meetings (series `consilium-meeting`)."""

    number: str
    date: str
    topic: str
    kind: str
    protocol: str
    children: str
    snapshot: str


class OpinionLine(TypedDict):
    """A line of the journal of opinions (series `consilium-opinion`)."""

    number: str
    child_name: str
    birth_date: str
    initiator: str
    reason: str
    opinion: str
    result: str
    snapshot: str


class ReferralLine(TypedDict):
    """A line of the journal of referrals (series `commission-referral`); a receipt is a correction of the line."""

    number: str
    date: str
    child_name: str
    birth_date: str
    purpose: str
    reason: str
    papers: str
    guardian: str
    snapshot: str
