"""Events of emergencies: ids and counts, never the reason itself."""

from opora.foundation.audit.vocabulary import event

EMERGENCY_OPENED = event("emergency.opened", "Открыт экстренный доступ к карте на {minutes} минут")
EMERGENCY_MISSED = event("emergency.missed", "Экстренный доступ не открыт: по названным данным карты нет")
EMERGENCY_CLOSED = event("emergency.closed", "Экстренный доступ закрыт раньше срока")
EMERGENCY_REVIEWED = event("emergency.reviewed", "Экстренный доступ проверен: {verdict}")
EMERGENCY_READ = event("emergency.read", "Открыта запись об экстренном доступе", quiet=True)
EMERGENCIES_LISTED = event("emergency.listed", "Открыт список экстренных доступов", quiet=True)
