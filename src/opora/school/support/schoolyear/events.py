"""Events of the settings of the service. None of them is about a child."""

from opora.foundation.audit.vocabulary import event

SETTINGS_CHANGED = event("schoolyear.settings_changed", "Изменены настройки Службы: {fields}")
DAYS_ADDED = event("schoolyear.days_added", "Внесены нерабочие дни: {count}")
DAYS_REMOVED = event("schoolyear.days_removed", "Убраны нерабочие дни")
CABINET_ADDED = event("schoolyear.cabinet_added", "Внесён кабинет")
CABINET_CHANGED = event("schoolyear.cabinet_changed", "Изменён кабинет: {fields}")
NORMS_CHANGED = event("schoolyear.norms_changed", "Изменены нормы часов: {count}")
RATES_CHANGED = event("schoolyear.rates_changed", "Изменены ставки на {year} учебный год: {count}")
