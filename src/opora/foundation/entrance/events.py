"""Events of sign-in. A login that nobody has is not written down: it may be somebody's password."""

from opora.foundation.audit.vocabulary import event

SIGNED_IN = event("entrance.signed_in", "Вход выполнен: {browser}, адрес {address}")
SIGN_IN_FAILED = event("entrance.sign_in_failed", "Неудачная попытка входа, адрес {address}", quiet=True)
CODE_FAILED = event("entrance.code_failed", "Неверный код второго фактора, адрес {address}", quiet=True)
SIGNED_OUT = event("entrance.signed_out", "Выход из системы", quiet=True)
SESSION_ENDED = event("entrance.session_ended", "Завершён сеанс: {browser}")
PASSWORD_CHANGED = event("entrance.password_changed", "Сменён пароль")
PASSWORD_RESET = event("entrance.password_reset", "Выдан новый пароль")
FACTOR_ADDED = event("entrance.factor_added", "Добавлен второй фактор: {kind}")
FACTOR_REMOVED = event("entrance.factor_removed", "Удалён второй фактор: {kind}")
CODES_ISSUED = event("entrance.codes_issued", "Выпущены запасные коды")
FACTOR_RESET = event("entrance.factor_reset", "Сброшен второй фактор сотрудника")
FACTOR_RULE_SET = event("entrance.factor_rule_set", "Второй фактор для сотрудников: {rule}")
