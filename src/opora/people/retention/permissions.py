"""Who looks after the keeping of cards: a secretary or school lead proposes, the head or director decides."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role

DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD, Role.DIRECTOR}) | SCHOOL_LEADS
HEAD = frozenset({Role.COMMISSION_HEAD, Role.DIRECTOR})

RETENTION_VIEW = declare("retention.view", "Сроки хранения карт и акты об уничтожении", DESK)
RETENTION_HOLD = declare("retention.hold", "Запрет уничтожать карту", DESK)
RETENTION_RELEASE = declare("retention.release", "Снятие запрета уничтожать карту", HEAD)
RETENTION_PROPOSE = declare("retention.propose", "Предложение уничтожить карту", DESK)
RETENTION_CONFIRM = declare("retention.confirm", "Уничтожение карты", HEAD)
