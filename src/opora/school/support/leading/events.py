"""Events of leading the service."""

from opora.foundation.audit.vocabulary import event

LEADING_OPENED = event("leading.opened", "Открыто руководство Службой", quiet=True)
COVERAGE_LISTED = event("leading.coverage", "Открыт охват детей с ОВЗ", quiet=True)
PREVENTION_LISTED = event("leading.prevention", "Открыт список детей на профилактическом учёте", quiet=True)
LESSONS_LISTED = event("leading.lessons", "Открыт список занятий без записи", quiet=True)
DRAFTS_LISTED = event("leading.drafts", "Открыт список дней с черновиками", quiet=True)
QUALITY_LISTED = event("quality.listed", "Открыт список выборочных проверок", quiet=True)
SAMPLE_DRAWN = event("quality.drawn", "Выбраны жребием записи для проверки: {count}")
REVIEW_OPENED = event("quality.opened", "Открыта выборочная проверка записи", quiet=True)
REVIEWED = event("quality.reviewed", "Проверена запись о работе: {verdict}")
MENDED = event("quality.mended", "Запись о работе исправлена по замечаниям")
NOTICE_TOLD = event("notice.told", "Специалистам сообщено об акте: {act}")
NOTICE_WAS_READ = event("notice.read", "Специалист ознакомился с актом: {act}")
