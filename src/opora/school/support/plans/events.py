"""Events of plans. None of them is about a child."""

from opora.foundation.audit.vocabulary import event

PLAN_OPENED = event("plan.opened", "Заведён план: {horizon}, строк из более широкого плана: {count}")
PLAN_GROWN = event("plan.grown", "В план взяты строки более широкого плана: {count}")
PLAN_WORDS_CHANGED = event("plan.words_changed", "Изменены цель и задачи плана: {fields}", quiet=True)
PLAN_REMOVED = event("plan.removed", "Удалён черновик плана: {horizon}")
PLAN_MOVED = event("plan.moved", "{deed}")
PLAN_APPROVED = event("plan.approved", "Утверждён план № {number}, версия {version}")
ITEM_ADDED = event("plan.item_added", "В план добавлена строка")
ITEM_CHANGED = event("plan.item_changed", "Изменена строка плана: {fields}", quiet=True)
ITEM_REMOVED = event("plan.item_removed", "Из черновика плана убрана строка")
ITEM_DROPPED = event("plan.item_dropped", "Мероприятие снято с плана")
ITEM_RESTORED = event("plan.item_restored", "Мероприятие возвращено в план")
