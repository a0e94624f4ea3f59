"""Who reads the law, and who confirms its values: the head, and only of a central commission (the service asks)."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role

READERS = COMMISSION_ROLES | {Role.EXTERNAL_EXPERT, Role.AUTHORITY, Role.OPERATOR}

LAW_VIEW = declare("law.view", "Нормативная база", READERS, personal=False)
LAW_CONFIRM = declare("law.confirm", "Сверка значений с официальным текстом", {Role.COMMISSION_HEAD}, personal=False)
