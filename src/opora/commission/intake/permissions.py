"""Who may do what at the reception. The steps of the path are declared in `cases`."""

from opora.commission.cases.flow import DESK
from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES

INTAKE_VIEW = declare("intake.view", "Просмотр заявления и документов", COMMISSION_ROLES)
APPLICATION_CHANGE = declare("application.change", "Изменение заявления", DESK)
PAPERS_CHANGE = declare("papers.change", "Приём документов", DESK)
RECEPTION_VIEW = declare("reception.view", "Просмотр приёма", COMMISSION_ROLES)
RECEPTION_SETUP = declare("reception.setup", "Настройка приёма", DESK, personal=False)
