"""Who reads, drafts and disputes a conclusion. Signing, annulling and handing over are steps of the flow table."""

from opora.commission.cases.flow import DESK, MEMBERS
from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES

CONCLUSION_VIEW = declare("conclusion.view", "Просмотр заключения", COMMISSION_ROLES)
CONCLUSION_EDIT = declare("conclusion.edit", "Составление заключения", MEMBERS)
OPINION_WRITE = declare("conclusion.dissent", "Особое мнение", MEMBERS)
HANDOVER_VIEW = declare("handover.view", "Выдача заключений", DESK)
