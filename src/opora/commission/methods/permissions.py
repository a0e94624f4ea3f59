"""Who keeps the list of methods. Ticking one in a sheet is «examination.write», reading it «examination.view»."""

from opora.commission.cases.flow import MEMBERS
from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES

METHOD_VIEW = declare("method.view", "Перечень методик", COMMISSION_ROLES)
METHOD_KEEP = declare("method.keep", "Ведение своих методик комиссии", MEMBERS)
