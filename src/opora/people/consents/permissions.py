"""Who records consents and their withdrawal."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES, Role

DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD})

CONSENT_VIEW = declare("consent.view", "Просмотр согласий", COMMISSION_ROLES)
CONSENT_RECORD = declare("consent.record", "Запись согласия", DESK)
CONSENT_WITHDRAW = declare("consent.withdraw", "Запись отзыва согласия", DESK)
