"""Who asks for an emergency and who reviews it."""

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import ANSWERABLE, Role

ASKING = frozenset({Role.COMMISSION_SPECIALIST, Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER, Role.CURATOR})
# Whoever keeps the whole register needs none; the head reviews what others opened.
EMERGENCY = declare("child.emergency", "Экстренный доступ к карте", ASKING)
EMERGENCY_REVIEW = declare("child.emergency_review", "Проверка экстренных доступов", ANSWERABLE)
EMERGENCY_VIEW = declare("child.emergency_view", "Список экстренных доступов", ASKING | ANSWERABLE)
