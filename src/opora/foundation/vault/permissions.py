"""Who destroys the key of a child's file, and who changes master keys."""

from opora.foundation.access.actions import declare
from opora.foundation.access.permissions import HEADS
from opora.foundation.accounts.roles import Role

VAULT_DESTROY = declare("vault.destroy", "Уничтожение ключа карты", HEADS)
VAULT_ROTATE = declare("vault.rotate", "Смена мастер-ключа", {Role.OPERATOR}, personal=False)
