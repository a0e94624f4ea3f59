"""Events of the log itself."""

from .vocabulary import event

DESK_READ = event("page.desk_read", "Открыт рабочий стол", quiet=True)
PAGE_READ = event("page.read", "Просмотрена страница: {title}", quiet=True)
CHECKPOINT_MADE = event("evidence.checkpoint_made", "Журнал событий заверен отметкой № {number}", quiet=True)
LOG_READ = event("evidence.log_read", "Открыт журнал событий", quiet=True)
READERS_READ = event("evidence.readers_read", "Просмотрено, кто открывал карту", quiet=True)
EVIDENCE_EXPORTED = event("evidence.exported", "Выгружены доказательства: событий {events}, записей {entries}")
EVIDENCE_CHECKED = event("evidence.checked", "Проверен журнал событий: {verdict}")
