"""Who reads the bank of the service and who keeps it. Nobody's name stands in it."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_ROLES

from .flow import FLOW, WRITERS

MATERIAL_VIEW = declare("material.view", "Банк методик и программ Службы", SCHOOL_ROLES, personal=False)
MATERIAL_WRITE = declare("material.write", "Ведение банка методик и программ", WRITERS, personal=False)
STEPS = tuple(declare(row.action, f"Банк Службы: {row.title}", row.roles, personal=False) for row in FLOW)
