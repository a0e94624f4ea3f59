"""Events of sessions and examinations."""

from opora.foundation.audit.vocabulary import event

SESSION_PLANNED = event("session.planned", "Назначено заседание на {day}")
SESSION_STARTED = event("session.started", "Заседание начато")
SESSION_CLOSED = event("session.closed", "Заседание завершено")
SESSION_REOPENED = event("session.reopened", "Завершённое заседание открыто снова")
SESSION_OPENED = event("session.opened", "Открыт список дня заседания", quiet=True)
SESSIONS_LISTED = event("session.listed", "Открыт список заседаний", quiet=True)
MEMBER_MARKED = event("session.member_marked", "Отмечено участие в заседании")
DAY_LIST_SYNCED = event("session.day_list_synced", "Список дня приведён в соответствие с записью: {count}")

VISIT_ARRIVED = event("visit.arrived", "Отмечен приход на обследование")
VISIT_MISSED = event("visit.missed", "Отмечена неявка на обследование")
VISIT_ADDED = event("visit.added", "Дело добавлено в список дня")
VISIT_RELEASED = event("visit.released", "Приём окончен")

EXAMINATION_STARTED = event("examination.started", "Начато обследование: {speciality}")
EXAMINATION_FINISHED = event("examination.finished", "Завершено обследование: {speciality}")
EXAMINATION_REOPENED = event("examination.reopened", "Обследование открыто снова: {speciality}")
EXAMINATION_OPENED = event("examination.opened", "Открыт лист обследования", quiet=True)
EARLIER_TEXTS_OPENED = event("examination.earlier_opened", "Открыты прежние тексты раздела")
CHILD_MOVED = event("examination.child_moved", "Отмечено, у кого ребёнок", quiet=True)
