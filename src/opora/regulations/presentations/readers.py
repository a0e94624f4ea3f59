"""`presentations.toml`: kinds, sections, choices of wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from opora.regulations import entries as e
from opora.regulations.loading import RawEntry
from opora.regulations.presentations.entries import (
    STAGES,
    PresentationChoice,
    PresentationKind,
    PresentationSection,
)
from opora.regulations.readers import ground


def kind(raw: RawEntry) -> PresentationKind:
    """`[[presentation_kind]]`."""
    return PresentationKind(
        **ground(raw),
        order=raw.number("order"),
        form=raw.word("form", ""),
        specialities=raw.words("specialities"),
        author=raw.text("author"),
        to_parent=raw.flag("to_parent", False),
        needs_consent=raw.flag("needs_consent", False),
        consent_clause=raw.text("consent_clause"),
        timed=raw.flag("timed", False),
    )


def section(raw: RawEntry) -> PresentationSection:
    """`[[presentation_section]]`; its items are texts of the source."""
    return PresentationSection(
        **ground(raw),
        kind=raw.word("kind"),
        part=raw.text("part", ""),
        order=raw.number("order"),
        items=tuple(raw.words("items")),
        stages=raw.words("stages", STAGES),
        obligatory=raw.flag("obligatory", False),
        known=raw.flag("known", False),
    )


def choice(raw: RawEntry) -> PresentationChoice:
    """`[[presentation_choice]]` with its sub-table `wordings`."""
    return PresentationChoice(
        **ground(raw),
        section=raw.word("section"),
        order=raw.number("order"),
        lead=raw.text("lead", ""),
        one=raw.flag("one", False),
        obligatory=raw.flag("obligatory", False),
        stages=raw.words("stages", STAGES),
        wordings=raw.pairs("wordings"),
    )


FILES: Mapping[str, tuple[str, ...]] = {
    "presentations.toml": ("presentation_kind", "presentation_section", "presentation_choice")
}
SINGLE: Mapping[str, Callable[[RawEntry], e.Entry]] = {
    "presentation_kind": kind,
    "presentation_section": section,
    "presentation_choice": choice,
}
MANY: Mapping[str, Callable[[RawEntry], tuple[e.Entry, ...]]] = {}
LINKS: tuple[tuple[str, str, str], ...] = (
    ("presentation_section", "kind", "presentation_kind"),
    ("presentation_choice", "section", "presentation_section"),
)
