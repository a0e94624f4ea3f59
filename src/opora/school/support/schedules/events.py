"""Events of schedules."""

from opora.foundation.audit.vocabulary import event

SCHEDULE_STARTED = event("schedule.started", "Создан график: {period}")
SCHEDULE_TERM_CHANGED = event("schedule.term_changed", "Изменён срок графика")
SCHEDULE_MOVED = event("schedule.moved", "{deed}")
SCHEDULE_APPROVED = event("schedule.approved", "График утверждён, версия {version}")
SLOT_ADDED = event("schedule.slot_made", "В график добавлено время: {when}", quiet=True)
SLOT_CHANGED = event("schedule.slot_changed", "Изменено время в графике: {when}", quiet=True)
SLOT_REMOVED = event("schedule.slot_removed", "Из графика убрано время: {when}")
SLOTS_COPIED = event("schedule.slots_copied", "В график взято время из другого графика, строк: {count}")
DAY_COPIED = event("schedule.day_copied", "День графика скопирован, строк: {count}")
LESSONS_MADE = event("schedule.lessons_made", "Созданы занятия из графика: {count}")
TIMETABLE_SAVED = event("schedule.timetable_saved", "Внесено расписание уроков класса, уроков: {count}")
CALENDAR_EXPORTED = event("schedule.calendar_exported", "Выгружен календарь: свой график и занятия")
