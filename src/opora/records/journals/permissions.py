"""Who reads, prints and certifies journals."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role
from opora.school.support.worklog.permissions import WORK_VIEW

# Journals 2.12 and 2.13 name every child of the commission with contacts and diagnosis: they are the secretary's.
JOURNAL_VIEW = declare("journal.view", "Просмотр журналов", {Role.REGISTRAR, Role.COMMISSION_HEAD})
JOURNAL_PRINT = declare("journal.print", "Печать журналов", {Role.REGISTRAR, Role.COMMISSION_HEAD})
JOURNAL_CERTIFY = declare("journal.certify", "Заверение журнала учёта", {Role.COMMISSION_HEAD})

# The journals of a consilium (Р-93) name every child that was talked of: they are the leads' and the director's.
_KEEPERS = SCHOOL_LEADS | {Role.DIRECTOR}
CONSILIUM_JOURNAL_VIEW = declare("consilium_journal.view", "Просмотр журналов консилиума", _KEEPERS)
CONSILIUM_JOURNAL_PRINT = declare("consilium_journal.print", "Печать журналов консилиума", _KEEPERS)

# A journal of the service's log is printed by its keeper and by those who read the whole log.
LOG_PRINT = declare("work_journal.print", "Печать журналов учёта работы", WORK_VIEW.roles)
STATISTICS_VIEW = declare("service_statistics.view", "Статистика работы Службы", _KEEPERS)
