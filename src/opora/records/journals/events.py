"""Events of journals."""

from opora.foundation.audit.vocabulary import event

JOURNAL_OPENED = event("journal.opened", "Открыт журнал: {title}", quiet=True)
JOURNAL_PRINTED = event("journal.printed", "Напечатан журнал: {title}, записей — {count}")
PRINT_ORDERED = event("journal.print_ordered", "Заказана печать журнала: {title}")
PRINT_READ = event("journal.print_read", "Скачан журнал")
SESSION_OPENED = event("journal.session_opened", "Открыты записи заседания")
SESSION_CERTIFIED = event("journal.session_certified", "Заверены записи заседания: {numbers}")
JOURNAL_EXPORTED = event("journal.exported", "Выгружен журнал: {title}, строк — {count}")
STATISTICS_PRINTED = event("journal.statistics_printed", "Напечатана статистика работы Службы")
STATISTICS_EXPORTED = event("journal.statistics_exported", "Выгружена статистика работы Службы, строк — {count}")
