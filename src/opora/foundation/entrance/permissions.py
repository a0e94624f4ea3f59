"""Who helps a colleague who cannot get in."""

from opora.foundation.access.actions import declare
from opora.foundation.access.permissions import HEADS
from opora.foundation.accounts.roles import Role

SIGN_IN_HELP = declare(
    "staff.sign_in", "Вход сотрудника: новый пароль, сеансы", HEADS | {Role.OPERATOR}, personal=False
)
# The operator, who does not read about children, must not become somebody who does: he resets no second factor.
FACTOR_RESET = declare("staff.factor_reset", "Сброс второго фактора сотрудника", HEADS, personal=False)
