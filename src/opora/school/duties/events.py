"""Events of conclusions brought to a school."""

from opora.foundation.audit.vocabulary import event

BROUGHT_RECORDED = event("duty.brought_recorded", "Внесено заключение ПМПК, условий: {count}")
BROUGHT_CHANGED = event("duty.brought_changed", "Изменены сведения о заключении ПМПК: {fields}")
BROUGHT_ENDED = event("duty.brought_ended", "Заключение ПМПК больше не действует: {reason}")
BROUGHT_OPENED = event("duty.brought_opened", "Открыты условия по заключению ПМПК", quiet=True)
PARENTS_ANSWERED = event("duty.parents_answered", "Записан ответ родителей на условия ПМПК: {answer}")
DUTIES_LISTED = event("duty.listed", "Открыт список условий по заключениям ПМПК", quiet=True)
DUTIES_ADDED = event("duty.added", "Добавлены условия по заключению ПМПК: {count}")
DUTY_CHANGED = event("duty.changed", "Изменено условие по заключению ПМПК: {fields}")
DUTY_REMOVED = event("duty.removed", "Убрано условие по заключению ПМПК")
DUTY_MARKED = event("duty.marked", "Условие по заключению ПМПК отмечено: {state}")
