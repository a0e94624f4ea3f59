"""Events of access."""

from opora.foundation.audit.vocabulary import event

POSITION_OPENED = event("access.position_opened", "Назначена должность: {role}")
POSITION_ENDED = event("access.position_ended", "Должность прекращена: {role}")
UNDERTAKING_RECORDED = event("access.undertaking_recorded", "Внесено обязательство о неразглашении")
UNDERTAKING_PRINTED = event("access.undertaking_printed", "Напечатан бланк обязательства о неразглашении")
WORKPLACE_CHOSEN = event("access.workplace_chosen", "Выбрано место работы")
ACCOUNT_CREATED = event("access.account_created", "Создана учётная запись")
ORGANISATION_FOUNDED = event("access.organisation_founded", "Заведена организация")
ORGANISATION_CHANGED = event("access.organisation_changed", "Изменены сведения об организации: {fields}")
