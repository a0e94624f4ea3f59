"""Who may bring a file in: whoever may read about persons; the room that asks for it checks the rest."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import IMPERSONAL_ROLES, Role

FILE_STORE = declare("file.store", "Загрузка файла", frozenset(Role) - IMPERSONAL_ROLES)
