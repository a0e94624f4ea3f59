"""Who may do what with a case. The steps of the path are declared from the flow table."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES

from .flow import DESK, FLOW

CASE_VIEW = declare("case.view", "Просмотр дела", COMMISSION_ROLES)
CASE_OPEN = declare("case.open", "Регистрация обращения", DESK)
STEPS = [declare(row.action, row.title, row.roles) for row in FLOW]
