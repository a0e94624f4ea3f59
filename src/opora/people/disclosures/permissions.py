"""Who keeps requests for information: the secretary receives and sends, the head decides and signs."""

from opora.foundation.access.actions import declare

from .flow import DESK, FLOW

DISCLOSURE_VIEW = declare("disclosure.view", "Просмотр запросов сведений", DESK)
DISCLOSURE_RECEIVE = declare("disclosure.receive", "Запись запроса сведений", DESK)
STEPS = [declare(row.action, row.title, row.roles) for row in FLOW]
