"""Who reads and who keeps the register of children."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role

DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD})

CHILD_VIEW = declare("child.view", "Просмотр карты ребёнка", COMMISSION_ROLES)
CHILD_REGISTER = declare("child.register", "Внесение ребёнка в картотеку", DESK)
CHILD_CHANGE = declare("child.change", "Изменение карты ребёнка", DESK)
