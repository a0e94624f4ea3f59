"""The field policy: which classes of what is known of a child a role sees and edits, why, and by which clause.

One table for pages, forms, lists, exports, prints and journals; `docs/field-policy.md` is made from it. Whoever may
open a card sees its name, birth date, place of study, representatives and the state of the case; what is below is
for those whose work needs it. Where a role does not see a class, its place says who does.

A paper whose contents the law prescribes keeps them for whoever signs or keeps that paper: `papers` names its forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role

LETTER = "письмо ВК-1074/07"
_CLASSES: dict[str, FieldClass] = {}
_DESK = {Role.REGISTRAR, Role.COMMISSION_HEAD}
_MEMBERS = {Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST}
_SCHOOL_LEADS = {Role.CONSILIUM_CHAIR, Role.CURATOR, Role.SERVICE_HEAD}


@dataclass(frozen=True)
class FieldClass:
    """`sees` and `edits` are roles; `title` and `holds` stand in the documentation, `hidden` on the page.

    `papers` are codes of printed forms that carry the class by law, also for a role that does not see it on screen.
    """

    code: str
    title: str
    holds: str
    sees: frozenset[Role]
    edits: frozenset[Role]
    reason: str
    clause: str
    hidden: str
    papers: frozenset[str] = frozenset()

    @property
    def who(self) -> str:
        """«Контакты семьи видят секретарь комиссии и руководитель комиссии.»"""
        roles = [role for role in Role if role in self.sees & _OF_THE_COMMISSION]
        names = [str(role.label)[:1].lower() + str(role.label)[1:] for role in roles]
        return f"{self.hidden} {' и '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."


_OF_THE_COMMISSION = _DESK | _MEMBERS


def _declare(
    code: str, title: str, holds: str, *, sees: Iterable[Role], edits: Iterable[Role], reason: str, clause: str,
    hidden: str, papers: Iterable[str] = (),
) -> None:  # fmt: skip
    _CLASSES[code] = FieldClass(
        code, title, holds, frozenset(sees), frozenset(edits), reason, clause, hidden, frozenset(papers)
    )


_declare(
    "identity", "Документы и номера",
    "документ, удостоверяющий личность ребёнка и представителя, документ о полномочиях, СНИЛС, полис, их сканы",
    sees=_DESK | {Role.PARENT}, edits=_DESK,
    reason="Документы сверяет и переносит в бланки секретарь; для обследования номера не нужны.",
    clause=f"152-ФЗ, статья 5, часть 5; {LETTER}, прил. 2.1, 2.14", hidden="Документы и их номера видят",
    papers={"conclusion", "conclusion_school", "attestation_conclusion"},
)  # fmt: skip
_declare(
    "contacts", "Контакты и адреса",
    "телефон и почта представителя, адреса регистрации и проживания",
    sees=_DESK | _SCHOOL_LEADS | {Role.CLASS_TEACHER, Role.PARENT}, edits=_DESK,
    reason="С семьёй связывается секретарь; специалисту для обследования адрес и телефон не нужны.",
    clause=f"152-ФЗ, статья 5, часть 5; {LETTER}, прил. 2.12, 2.13, 2.15", hidden="Контакты и адреса видят",
    papers={"protocol"},
)  # fmt: skip
_declare(
    "family", "Семья",
    "состав и положение семьи, язык, образование и занятость родителей, важное о здоровье и привычках",
    sees=_DESK | _MEMBERS | _SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST, Role.PARENT}, edits=_DESK,
    reason="Со слов родителя записывает секретарь; специалисты читают: от семьи зависят рекомендации.",
    clause=f"{LETTER}, разд. 2, прил. 3.6, 10.1", hidden="Сведения о семье видят",
)  # fmt: skip
_declare(
    "diagnoses", "Диагнозы и инвалидность",
    "диагнозы из медицинских документов, код МКБ-10 (только с письменного согласия родителя), инвалидность и ИПРА",
    sees=_DESK | _MEMBERS | {Role.PARENT}, edits=_DESK,
    reason="Это графы журналов 2.12 и 2.13, которые ведёт секретарь; школе диагнозы не передаются.",
    clause=f"{LETTER}, прил. 2.5, 2.12, 2.13, 2.15; 323-ФЗ, статья 13", hidden="Диагнозы и инвалидность видят",
)  # fmt: skip
_declare(
    "special_texts", "Тексты специалистов",
    "листы обследования: методики, наблюдения, данные, выводы и прежние тексты",
    sees=_MEMBERS, edits=_MEMBERS,
    reason="Наблюдения пишут и читают те, кто обследует; семья и секретарь получают итог — протокол и заключение.",
    clause=f"{LETTER}, разд. 2, прил. 2.15, 2.19", hidden="Листы обследования видят",
    papers={"protocol", "conclusion", "attestation_protocol"},
)  # fmt: skip
_declare(
    "risk_marks", "Отметки о риске",
    "учёт ВШУ, КДНиЗП, ПДН; впредь — отметки о риске для жизни ребёнка",
    sees=_MEMBERS | {Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST}, edits=_MEMBERS,
    reason="Нужны для социальной характеристики подростка и безопасности; за пределами обследования клеймят ребёнка.",
    clause=f"{LETTER}, разд. 2 (15—18 лет), прил. 2.19", hidden="Отметки об учёте видят",
)  # fmt: skip


def field_classes() -> dict[str, FieldClass]:
    """All classes by code."""
    return dict(_CLASSES)


def field_class(code: str) -> FieldClass:
    """Return a class. Raises KeyError for an unknown one, so that a typo never shows anything."""
    return _CLASSES[code]


def sees(actor: Actor | None, code: str) -> bool:
    """Whether the roles of the actor see the class in the cards that he may open."""
    return actor is not None and bool(actor.roles & _CLASSES[code].sees)


def edits(actor: Actor | None, code: str) -> bool:
    """Whether the roles of the actor may change the class in the cards of his work."""
    return actor is not None and bool(actor.roles & _CLASSES[code].edits)


def hidden_from(actor: Actor | None) -> frozenset[str]:
    """Codes of the classes that the actor does not see."""
    return frozenset(code for code in _CLASSES if not sees(actor, code))
