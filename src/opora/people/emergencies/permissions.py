"""Who asks for an emergency and who reviews it."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import Role

# Whoever keeps the whole register needs none; the head reviews what others opened.
EMERGENCY = declare("child.emergency", "Экстренный доступ к карте", {Role.COMMISSION_SPECIALIST})
EMERGENCY_REVIEW = declare("child.emergency_review", "Проверка экстренных доступов", {Role.COMMISSION_HEAD})
EMERGENCY_VIEW = declare(
    "child.emergency_view", "Список экстренных доступов", {Role.COMMISSION_SPECIALIST, Role.COMMISSION_HEAD}
)
