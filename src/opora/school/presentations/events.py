"""Events of presentations and packages."""

from opora.foundation.audit.vocabulary import event

PRESENTATION_STARTED = event("presentation.started", "Начато: {title}")
PRESENTATION_OPENED = event("presentation.opened", "Открыто представление", quiet=True)
PRESENTATIONS_LISTED = event("presentation.listed", "Открыт список представлений", quiet=True)
DETAILS_CHANGED = event("presentation.details_changed", "Изменены сведения об обследовании: {fields}", quiet=True)
EARLIER_TEXTS_OPENED = event("presentation.earlier_opened", "Открыты прежние тексты раздела")
TEXTS_CARRIED = event("presentation.texts_carried", "Взяты тексты прошлого представления: {count}")
PRESENTATION_FINISHED = event("presentation.finished", "Готово: {title}")
PRESENTATION_REOPENED = event("presentation.reopened", "Открыто снова: {title}")
PRESENTATION_REQUESTED = event("presentation.requested", "Попросили составить к {due_on}: {title}")
REQUEST_CANCELLED = event("presentation.request_cancelled", "Просьба снята: {title}")
CHARACTERISTIC_HANDED = event("presentation.handed_over", "Характеристика выдана родителю под подпись {on}")
PACKAGE_PREPARED = event("package.prepared", "Подготовлен пакет для ПМПК, документов: {count}")
PACKAGE_OPENED = event("package.opened", "Открыт пакет для ПМПК", quiet=True)
PACKAGES_LISTED = event("package.listed", "Открыт список пакетов для ПМПК", quiet=True)
