"""Who runs sessions and who examines. Arrival, no-show and discussion are steps of the flow table of cases."""

from opora.commission.cases.flow import DESK, HEAD, MEMBERS
from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES

SESSION_VIEW = declare("session.view", "Список дня заседания", COMMISSION_ROLES)
SESSION_PLAN = declare("session.plan", "Подготовка и ведение заседания", DESK)
SESSION_REOPEN = declare("session.reopen", "Возобновление завершённого заседания", HEAD)
VISIT_RELEASE = declare("visit.release", "Отметка об окончании приёма", COMMISSION_ROLES)
EXAMINATION_VIEW = declare("examination.view", "Чтение листов обследования", MEMBERS)
EXAMINATION_WRITE = declare("examination.write", "Обследование ребёнка", MEMBERS)
