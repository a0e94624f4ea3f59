"""Events of the log: kinds, days and counts, never what was seen or talked about."""

from opora.foundation.audit.vocabulary import event

WORK_RECORDED = event("work.recorded", "Внесена запись о работе: {kind}")
WORK_CHANGED = event("work.changed", "Изменена запись о работе: {fields}")
WORK_MENDED = event("work.mend_changed", "Запись о работе изменена руководителем Службы: {fields}; почему: {reason}")
WORK_REMOVED = event("work.removed", "Убрана запись о работе: {kind}")
CHILD_WORKED_WITH = event("work.child_recorded", "Внесена запись о работе с ребёнком")
CHILD_FOUND = event("work.child_found", "Обучающийся найден по списку школы: специалист начал с ним работать")
PUPILS_NAMED = event("work.pupils_named", "Искали обучающихся для записи о работе, найдено: {count}", quiet=True)
ATTENDANCE_CHANGED = event("work.attendance_changed", "Отмечено посещение или динамика", quiet=True)

DAY_OPENED = event("work.day_opened", "Открыт день специалиста: {day}", quiet=True)
ENTRY_OPENED = event("work.opened", "Открыта запись о работе", quiet=True)
LOG_LISTED = event("work.listed", "Открыт журнал учёта работы: {journal}", quiet=True)
GRID_OPENED = event("work.grid_opened", "Открыт журнал группы", quiet=True)
HOURS_OPENED = event("work.hours_opened", "Открыты часы по рекомендациям", quiet=True)
