"""`attestation.toml`: groups, questions, subjects, offers, placings and checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.attestation.entries import (
    KINDS,
    LEVELS,
    LISTS,
    AttestationCheck,
    AttestationGroup,
    AttestationOffer,
    AttestationPlacing,
    AttestationQuestion,
    AttestationSubject,
)
from opora.regulations.checks.entries import BLOCK, NOTE, WARNING
from opora.regulations.loading import RawEntry
from opora.regulations.readers import ground


def group(raw: RawEntry) -> AttestationGroup:
    """`[[attestation_group]]`."""
    return AttestationGroup(**ground(raw), order=raw.number("order"), hint=raw.text("hint", ""))


def question(raw: RawEntry) -> AttestationQuestion:
    """`[[attestation_question]]`: a choice needs its vocabulary."""
    kind = raw.one_of("kind", KINDS)
    vocabulary = raw.word("vocabulary", "")
    if (kind in ("choice", "choices", "subjects")) is not bool(vocabulary):
        raise raw.refuse("vocabulary", "a choice needs its vocabulary, and nothing else has one")
    return AttestationQuestion(
        **ground(raw),
        group=raw.word("group"),
        order=raw.number("order"),
        kind=kind,
        vocabulary=vocabulary,
        levels=raw.words("levels", LEVELS),
        hint=raw.text("hint", ""),
    )


def subject(raw: RawEntry) -> AttestationSubject:
    """`[[attestation_subject]]`."""
    return AttestationSubject(**ground(raw), order=raw.number("order"), obligatory=raw.flag("obligatory", False))


def offer(raw: RawEntry) -> AttestationOffer:
    """`[[attestation_offer]]`: the text is the title when none is given."""
    common = ground(raw)
    return AttestationOffer(
        **common,
        place=raw.one_of("place", LISTS),
        order=raw.number("order"),
        text=raw.text("text", common["title"]),
        levels=raw.words("levels", LEVELS),
        follows_from=raw.predicates("follows_from"),
        always=raw.flag("always", False),
    )


def placing(raw: RawEntry) -> AttestationPlacing:
    """`[[attestation_placing]]`."""
    return AttestationPlacing(
        **ground(raw),
        place=raw.one_of("place", (*LISTS, "asked")),
        conditions=raw.words("conditions"),
        always=raw.flag("always", False),
    )


def check(raw: RawEntry) -> AttestationCheck:
    """`[[attestation_check]]`."""
    return AttestationCheck(
        **ground(raw),
        order=raw.number("order"),
        severity=raw.one_of("severity", (BLOCK, WARNING, NOTE)),
        place=raw.word("place", ""),
        message=raw.text("message"),
        when=raw.predicates("when"),
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "attestation.toml": (
        "vocabulary",
        "attestation_group",
        "attestation_question",
        "attestation_subject",
        "attestation_offer",
        "attestation_placing",
        "attestation_check",
    )
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "attestation_group": group,
    "attestation_question": question,
    "attestation_subject": subject,
    "attestation_offer": offer,
    "attestation_placing": placing,
    "attestation_check": check,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("attestation_question", "group", "attestation_group"),
    ("attestation_question", "vocabulary", "vocabulary"),
    ("attestation_placing", "conditions", "special_condition"),
    ("attestation_check", "place", "attestation_question"),
)
