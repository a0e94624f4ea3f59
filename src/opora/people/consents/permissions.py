"""Who records consents and their withdrawal; the head or the director carries it out."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES, SCHOOL_LEADS, Role

DESK = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD, Role.DIRECTOR}) | SCHOOL_LEADS
HEAD = frozenset({Role.COMMISSION_HEAD, Role.DIRECTOR})

CONSENT_VIEW = declare("consent.view", "Просмотр согласий", COMMISSION_ROLES | DESK)
CONSENT_RECORD = declare("consent.record", "Запись согласия", DESK)
CONSENT_WITHDRAW = declare("consent.withdraw", "Запись и просмотр отзыва согласия", DESK)
CONSENT_CARRY_OUT = declare("consent.carry_out", "Исполнение отзыва согласия", HEAD)
CONSENT_LIFT = declare("consent.lift", "Снятие отзыва, записанного по ошибке", HEAD)
