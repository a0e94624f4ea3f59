"""What an edition answers with: frozen entries, each with the clause that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every answer of an edition carries.

    `clause` is the source in Russian, ready for the screen. `source` is `letter`, `act` (a later act) or
    `practice` (seen in real documents, not law). `note` explains. `valid_from` is the day from which a dated
    parameter holds when that is later than the edition.
    """

    code: str
    title: str
    clause: str
    source: str = "letter"
    note: str = ""
    valid_from: date | None = None

    @property
    def is_law(self) -> bool:
        """Whether the entry rests on the letter or an act rather than on practice."""
        return self.source != "practice"

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a list of papers depends on; a child of early age may be neither pupil nor preschooler."""

    schoolchild: bool = False
    preschooler: bool = False
    attends_organisation: bool = False
    repeat: bool = False
    from_territorial: bool = False
    not_a_parent: bool = False

    def meets(self, condition: str) -> bool:
        """Whether one condition of an entry holds; papers of the commission itself belong to every card."""
        return condition in ("always", "of_commission") or bool(getattr(self, condition))


PAPER_CONDITIONS = (
    "always",
    "schoolchild",
    "preschooler",
    "attends_organisation",
    "repeat",
    "from_territorial",
    "not_a_parent",
    "of_commission",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRequirement(Entry):
    """A paper of the list 2.1 and of the card 2.14.

    `presence`: obligatory | if_available. `form`: original | copy | original_or_certified_copy.
    `applies`: the paper is asked for when any of these conditions holds. `order` is its place in the card;
    `card_item` the number of its line in 2.14 (0: not named there, goes in as a supplement); `basis` is the
    ground that 2.1 gives; `appendix` the annex that describes the paper; `parent_text` says to a parent in
    plain words what it must be; `card_wording` is the bracketed wording of 2.14.
    """

    presence: str
    form: str
    applies: tuple[str, ...]
    order: int
    card_item: int
    card_wording: str
    basis: str
    appendix: str
    parent_text: str

    @property
    def obligatory(self) -> bool:
        """Whether the case cannot do without it."""
        return self.presence == "obligatory"

    @property
    def of_commission(self) -> bool:
        """Whether the commission itself makes the paper."""
        return "of_commission" in self.applies

    def applies_to(self, facts: PaperFacts) -> bool:
        """Whether the paper is asked for in a case with these facts."""
        return any(facts.meets(condition) for condition in self.applies)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolPaperLine(Entry):
    """A line of section 6 of the protocol 2.15 and the papers that it covers."""

    number: int
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Entry):
    """A category of children: the rows of the table of codes in section 2 of the letter."""

    order: int
    digit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Entry):
    """A level of education."""

    order: int
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeVariant(Entry):
    """A programme that a conclusion may recommend; `title` is its official caption.

    `kind`: variant (one of the 28 codes) | ordinary | preschool_adapted | oriented (wording that leans on the
    content of a variant) | other. `short` is the cipher of the letter («Пр. № 1599, вар. 1»).
    `individual_programme`: the child learns by a special individual programme (СИПР). `intellect`: what the
    variant supposes, norm | delay | mild | severe, or empty. `sections`: sections of a variant in use.
    `criterion`: for whom the programme is meant, restated from annex 3.
    """

    kind: str
    level: str
    category: str
    short: str
    variant: int
    individual_programme: bool
    intellect: str
    sections: tuple[str, ...]
    criterion: str

    @property
    def needs_orientation(self) -> bool:
        """Whether the wording must name the variant whose content it leans on."""
        return self.kind == "oriented"

    @property
    def adapted(self) -> bool:
        """Whether the programme is an adapted one, that is for a child with ОВЗ."""
        return self.kind in ("variant", "preschool_adapted", "oriented")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Entry):
    """A number that the law sets: `value` in `unit`, counted from the event `counts_from`."""

    value: int
    unit: str
    counts_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speciality(Entry):
    """A speciality of a member of the commission.

    `sheet` is the sheet that the specialist fills; `signs_as` the caption of the signature line of 2.15;
    `asks_detail`: the line needs the medical or other speciality written out.
    """

    order: int
    sheet: str
    signs_as: str
    asks_detail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection(Entry):
    """A section of a specialist's sheet.

    `kind`: data | conclusion (these two go into the protocol) | methods | observations | advice_teachers |
    advice_parents. `hint` is the bracketed caption of 2.15.
    """

    kind: str
    sheets: tuple[str, ...]
    order: int
    hint: str

    @property
    def in_protocol(self) -> bool:
        """Whether the text becomes part of the protocol."""
        return self.kind in ("data", "conclusion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Entry):
    """A specialist's part of the protocol: section `protocol_number` of 2.15 (0: an unnumbered part)."""

    protocol_number: int
    hint: str
    sections: tuple[SheetSection, ...] = ()

    def section(self, code: str) -> SheetSection:
        """A section by its code; KeyError when the sheet has none such."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSection(Entry):
    """A section of the protocol 2.15; `number` 0 when the form gives none; `filled_from` is its source."""

    number: int
    order: int
    hint: str
    filled_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionField(Entry):
    """A field of a section of the conclusion.

    `kind`: text | choice | choices | flag | date | number | programme | specialist_texts. `vocabulary`
    names the choices of a choice field. `on_school_copy`: whether the school's extract shows it.
    """

    section: str
    kind: str
    vocabulary: str
    order: int
    required: bool
    on_school_copy: bool
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionSection(Entry):
    """A section of the conclusion 2.16; `number` 0 for the parts around the numbered recommendations.

    `caption` is the printed one, `hint` what the description of 2.16 says of it.
    """

    number: int
    order: int
    caption: str
    hint: str
    on_school_copy: bool
    fields: tuple[ConclusionField, ...] = ()

    def field(self, code: str) -> ConclusionField:
        """A field by its code; KeyError when the section has none such."""
        for item in self.fields:
            if item.code == code:
                return item
        raise KeyError(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Entry):
    """One value of a vocabulary; `detail`: the person is asked to add words («иное»)."""

    vocabulary: str
    order: int
    detail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Entry):
    """A named list of values."""

    choices: tuple[Choice, ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """(code, title) in order, as a select field takes them."""
        return [(choice.code, choice.title) for choice in self.choices]

    def choice(self, code: str) -> Choice:
        """A value by its code; KeyError when the vocabulary has none such."""
        for choice in self.choices:
            if choice.code == code:
                return choice
        raise KeyError(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Icd10Code(Entry):
    """A code of ICD-10 with a short caption of our own."""

    block: str

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unverified(Entry):
    """A parameter of a later edition that nobody has checked against the official text.

    The edition goes on with the value of its predecessor (`inherited`) or, when there was none, without one.
    `table` names what it belongs to; `recalled` holds the values that are said to be new, `proposed` the whole entry
    as it would be with them (None for a question, which has no values).
    """

    table: str
    inherited: bool
    recalled: Mapping[str, object] = field(default_factory=dict)
    proposed: Entry | None = None
    advice: str = "сверить с официальным текстом"
