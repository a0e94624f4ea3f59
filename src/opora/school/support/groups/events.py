"""Events of groups and their lessons."""

from opora.foundation.audit.vocabulary import event

GROUPS_LISTED = event("group.listed", "Открыт список групп и курсов занятий", quiet=True)
GROUP_OPENED = event("group.page_opened", "Открыта страница группы", quiet=True)
GROUP_STARTED = event("group.started", "Создана группа: {kind}")
GROUP_CHANGED = event("group.changed", "Изменены сведения о группе: {fields}")
GROUP_CLOSED = event("group.closed", "Группа закрыта, подведены итоги")
CANDIDATES_NAMED = event("group.candidates_named", "Искали обучающихся для группы, найдено: {count}", quiet=True)
MEMBER_JOINED = event("group.member_joined", "Ребёнок записан на занятия")
MEMBER_LEFT = event("group.member_left", "Ребёнок выбыл с занятий")
MEMBER_SUMMED = event("group.member_summed", "Записан результат занятий ребёнка")
LESSONS_PLANNED = event("group.lessons_planned", "Запланированы занятия: {count}")
LESSON_MOVED = event("group.lesson_moved", "Занятие перенесено: {fields}")
LESSON_CANCELLED = event("group.lesson_cancelled", "Занятие отменено")
