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
from opora.foundation.accounts.roles import COMMISSION_ROLES, SCHOOL_LEADS, SCHOOL_ROLES, Role

LETTER = "письмо ВК-1074/07"
_CLASSES: dict[str, FieldClass] = {}
_DESK = {Role.REGISTRAR, Role.COMMISSION_HEAD}
_MEMBERS = {Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST}
_NEAR_THE_FAMILY = SCHOOL_LEADS | {Role.CURATOR, Role.CLASS_TEACHER}


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
        return self.who_at(COMMISSION_ROLES)

    def who_for(self, actor: Actor | None) -> str:
        """The same with the roles of the reader's own kind of organisation."""
        at_school = actor is not None and bool(actor.roles & SCHOOL_ROLES) and not actor.roles & COMMISSION_ROLES
        return self.who_at(SCHOOL_ROLES if at_school else COMMISSION_ROLES)

    def who_at(self, kind: frozenset[Role]) -> str:
        """Who of these roles sees the class; a school has nobody for what is the commission's alone."""
        names = [_in_a_sentence(str(role.label)) for role in Role if role in self.sees & kind]
        if not names:
            return f"{self.hidden} только в комиссии."
        return f"{self.hidden} {' и '.join(filter(None, (', '.join(names[:-1]), names[-1])))}."


def _in_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]


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
    sees=_DESK | SCHOOL_LEADS | {Role.PARENT}, edits=_DESK | SCHOOL_LEADS,
    reason="Документы сверяет и переносит в бланки секретарь, в школе — тот, кто берёт согласия; "
    "для обследования номера не нужны.",
    clause=f"152-ФЗ, статья 5, часть 5, статья 9, часть 4; {LETTER}, прил. 2.1, 2.14",
    hidden="Документы и их номера видят",
    papers={"conclusion", "conclusion_school", "attestation_conclusion"},
)  # fmt: skip
_declare(
    "contacts", "Контакты и адреса",
    "телефон и почта представителя, адреса регистрации и проживания",
    sees=_DESK | _NEAR_THE_FAMILY | {Role.PARENT}, edits=_DESK | SCHOOL_LEADS,
    reason="С семьёй связывается секретарь, в школе — классный руководитель и куратор; "
    "специалисту для обследования адрес и телефон не нужны.",
    clause=f"152-ФЗ, статья 5, часть 5; {LETTER}, прил. 2.6, 2.12, 2.13, 2.15", hidden="Контакты и адреса видят",
    papers={"protocol", "school_characteristic"},
)  # fmt: skip
_declare(
    "family", "Семья",
    "состав и положение семьи, язык, образование и занятость родителей, важное о здоровье и привычках",
    sees=_DESK | _MEMBERS | _NEAR_THE_FAMILY | {Role.SCHOOL_SPECIALIST, Role.PARENT}, edits=_DESK | SCHOOL_LEADS,
    reason="Со слов родителя записывает секретарь, в школе — председатель ППк и руководитель Службы; состав и "
    "положение семьи отмечают для социального паспорта классный руководитель у детей своего класса и социальный "
    "педагог; специалисты читают: от семьи зависят рекомендации.",
    clause=f"{LETTER}, разд. 2, прил. 2.6, 3.6, 10.1", hidden="Сведения о семье видят",
    papers={"school_characteristic"},
)  # fmt: skip
_declare(
    "diagnoses", "Диагнозы и инвалидность",
    "диагнозы из медицинских документов, код МКБ-10 (только с письменного согласия родителя), инвалидность и ИПРА",
    sees=_DESK | _MEMBERS | SCHOOL_LEADS | {Role.PARENT}, edits=_DESK | SCHOOL_LEADS,
    reason="Это графы журналов 2.12 и 2.13, которые ведёт секретарь; школе диагнозы не передаются: её ведущие знают "
    "то, что принесла сама семья, — справку об инвалидности и ИПРА, по которым школа создаёт условия.",
    clause=f"{LETTER}, прил. 2.5, 2.12, 2.13, 2.15; 323-ФЗ, статья 13; 273-ФЗ, статья 79",
    hidden="Диагнозы и инвалидность видят",
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
    "support_texts", "Тексты сопровождения",
    "сигналы, обследования школы, обсуждение на консилиуме, программа сопровождения, наблюдения и отметки",
    sees=SCHOOL_ROLES, edits=SCHOOL_ROLES,
    reason="Их пишут и читают те, кто сопровождает ребёнка; семья получает программу и её итоги на бумаге.",
    clause="Методические рекомендации по ИПС: информация о ребёнке и его семье строго конфиденциальна",
    hidden="Тексты сопровождения видят",
)  # fmt: skip
_declare(
    "risk_marks", "Отметки о риске",
    "учёт ВШУ, КДНиЗП, ПДН; впредь — отметки о риске для жизни ребёнка",
    sees=_MEMBERS | SCHOOL_LEADS | {Role.SCHOOL_SPECIALIST}, edits=_MEMBERS | SCHOOL_LEADS,
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
