"""Events of signals and screenings: codes and counts, never what was seen or found."""

from opora.foundation.audit.vocabulary import event

CONCERN_RAISED = event("concern.raised", "Подан сигнал о ребёнке")
CONCERN_OPENED = event("concern.opened", "Открыт сигнал", quiet=True)
CONCERNS_LISTED = event("concern.listed", "Открыт список сигналов", quiet=True)
PUPILS_NAMED = event("concern.pupils_named", "Показаны имена обучающихся для сигнала: {count}", quiet=True)
CONCERN_SENT = event("concern.sent", "По сигналу назначено дополнительное обследование, до {due}")
CONCERN_DECLINED = event("concern.declined", "Сигнал закрыт без обследования")
CONCERN_EXAMINED = event("concern.examined", "Внесены итоги дополнительного обследования по сигналу")
CONCERN_CLOSED = event("concern.closed", "Сигнал закрыт: не подтвердился")
CONCERN_LEFT = event("concern.left", "Сигнал закрыт: обучающийся выбыл")
CONCERN_CONFIRMED = event("concern.confirmed", "Сигнал подтвердился: нужно внеплановое заседание консилиума")

SCREENING_STARTED = event("screening.started", "Заведён скрининг: {kind}")
SCREENING_OPENED = event("screening.opened", "Открыты результаты скрининга", quiet=True)
SCREENINGS_LISTED = event("screening.listed", "Открыт список скринингов", quiet=True)
ATTENTION_LISTED = event("screening.attention_listed", "Открыт список тех, кто требует внимания", quiet=True)
RESULT_RECORDED = event("screening.result_recorded", "Внесён результат скрининга")
RESULT_CHANGED = event("screening.result_changed", "Изменён результат скрининга")
RESULT_REMOVED = event("screening.result_removed", "Убран результат скрининга")
RESULT_SETTLED = event("screening.result_settled", "Решено по результату скрининга")
RESULT_LEFT = event("screening.result_left", "Решать по результату скрининга не нужно: обучающийся выбыл")
TABLE_BROUGHT = event("screening.table_brought", "Загружена таблица скрининга")
TABLE_OPENED = event("screening.table_opened", "Открыта таблица скрининга", quiet=True)
TABLE_WRITTEN = event("screening.table_written", "Внесены результаты из таблицы: {count}")
TABLE_CANCELLED = event("screening.table_cancelled", "Таблица скрининга отброшена")

TERMS_SAVED = event("signal.terms_saved", "Изменены сроки по сигналам")
