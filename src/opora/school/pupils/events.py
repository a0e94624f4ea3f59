"""Events of classes and of the consents to an examination at the school."""

from opora.foundation.audit.vocabulary import event

CLASS_ADDED = event("pupils.class_added", "Заведён класс {title}, {year} учебный год")
CLASS_CHANGED = event("pupils.class_changed", "Изменён класс {title}: {fields}")
CHILD_LOOKED_UP = event("pupils.looked_up", "Искали ребёнка в картотеке для класса; найдено: {count}", quiet=True)
CLASSES_LISTED = event("pupils.classes_listed", "Открыт список классов", quiet=True)
CLASS_OPENED = event("pupils.class_opened", "Открыт класс", quiet=True)
YEAR_BEGUN = event("pupils.year_begun", "Классы переведены на {year} учебный год: {count}")
PUPIL_PLACED = event("pupils.placed", "Обучающийся зачислен в класс {title} с {since}")
PUPIL_MOVED = event("pupils.moved", "Обучающийся переведён: {before} → {title}, с {since}")
PUPIL_LEFT = event("pupils.left", "Обучающийся выбыл из класса {title}, последний день {on}")
CONSENT_RECORDED = event("pupils.consent_recorded", "Обследование специалистами школы: {answer}, подписано {signed_on}")
CONSENT_WITHDRAWN = event("pupils.consent_withdrawn", "Согласие на обследование в школе отозвано {on}")
LIST_BROUGHT = event("pupils.list_brought", "Загружен список класса таблицей")
LIST_OPENED = event("pupils.list_opened", "Открыт загруженный список класса", quiet=True)
LIST_WRITTEN = event("pupils.list_written", "Внесены обучающиеся из таблицы: {count}")
LIST_CANCELLED = event("pupils.list_cancelled", "Загруженный список класса отброшен")
