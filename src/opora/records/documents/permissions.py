"""Who prints and opens papers."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES, SCHOOL_ROLES

PAPER_PRINT = declare("paper.print", "Печать бланков дела", COMMISSION_ROLES)
SCHOOL_PAPER_PRINT = declare("school_paper.print", "Печать документов консилиума и сопровождения", SCHOOL_ROLES)
PAPER_READ = declare("paper.read", "Просмотр выпущенных документов", COMMISSION_ROLES | SCHOOL_ROLES)
