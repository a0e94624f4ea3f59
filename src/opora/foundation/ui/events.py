"""Events of pages: what left the screen."""

from opora.foundation.audit.vocabulary import event

LIST_EXPORTED = event("ui.list_exported", "Выгружен список «{title}» ({format}), строк: {count}")
LIST_PRINTED = event("ui.list_printed", "Напечатан список «{title}», строк: {count}")
LIST_SEARCHED = event(
    "ui.list_searched", "Поиск в списке «{title}»: {kind}, знаков — {length}, найдено — {count}", quiet=True
)
