"""Who reads the settings of the service and who sets them. Nothing here is about a child."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_ROLES, Role

KEEPERS = frozenset({Role.SERVICE_HEAD, Role.DIRECTOR})

SCHOOLYEAR_VIEW = declare("schoolyear.view", "Настройки Службы: дни, кабинеты, нормы", SCHOOL_ROLES, personal=False)
SCHOOLYEAR_KEEP = declare("schoolyear.keep", "Изменение настроек Службы", KEEPERS, personal=False)
