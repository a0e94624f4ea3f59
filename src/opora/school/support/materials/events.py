"""Events of the bank of the service. None of them is about a child."""

from opora.foundation.audit.vocabulary import event

MATERIAL_ADDED = event("material.added", "В банк Службы внесено: {kind}")
MATERIAL_CHANGED = event("material.changed", "Изменён материал банка Службы: {fields}")
MATERIAL_MOVED = event("material.moved", "{deed}")
MATERIAL_REVIEWED = event("material.reviewed", "Материал пересмотрен, следующий раз {on}")
TOPICS_ADDED = event("material.topics_added", "В программу добавлены темы: {count}")
TOPIC_CHANGED = event("material.topic_changed", "Изменена тема программы: {fields}", quiet=True)
TOPIC_REMOVED = event("material.topic_removed", "Из программы убрана тема")
FILE_ADDED = event("material.file_added", "К материалу приложен файл")
FILE_REMOVED = event("material.file_removed", "Файл материала убран")
