"""Who reads and who keeps the register of children."""

from opora.foundation.access.actions import declare
from opora.foundation.access.fields import field_class
from opora.foundation.accounts.roles import ANSWERABLE, COMMISSION_ROLES, SCHOOL_LEADS, SCHOOL_ROLES, Role

# The secretary and the head of a commission; at a school those who lead the support.
DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD}) | SCHOOL_LEADS

CHILD_VIEW = declare("child.view", "Просмотр карты ребёнка", COMMISSION_ROLES | SCHOOL_ROLES)
CHILD_REGISTER = declare("child.register", "Внесение ребёнка в картотеку", DESK)
# The head answers for the processing (152-ФЗ, статья 22.1); the registrar is one of those whom the log watches.
CHILD_READERS = declare("child.readers", "Кто открывал карту ребёнка", ANSWERABLE)
CHILD_RISK = declare("child.risk", "Отметки об учёте", field_class("risk_marks").edits)
CHILD_CHANGE = declare("child.change", "Изменение карты ребёнка", DESK)
# Composition and position of a family are what a class teacher learns first; the card stays the one home of both.
FAMILY_TICK = declare(
    "family.tick", "Состав и положение семьи в социальном паспорте", DESK | {Role.CLASS_TEACHER, Role.SCHOOL_SPECIALIST}
)
