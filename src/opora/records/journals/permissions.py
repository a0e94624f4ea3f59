"""Who reads, prints and certifies journals."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role

JOURNAL_VIEW = declare("journal.view", "Просмотр журналов", COMMISSION_ROLES)
JOURNAL_PRINT = declare("journal.print", "Печать журналов", {Role.REGISTRAR, Role.COMMISSION_HEAD})
JOURNAL_CERTIFY = declare("journal.certify", "Заверение журнала учёта", {Role.COMMISSION_HEAD})
