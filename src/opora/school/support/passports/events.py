"""Events of social passports: rows by their ids, never what is true of a family."""

from opora.foundation.audit.vocabulary import event

PASSPORT_BEGUN = event("passport.begun", "Начат социальный паспорт ({scope}) на {on}")
PASSPORT_OPENED = event("passport.opened", "Открыт социальный паспорт", quiet=True)
PASSPORTS_LISTED = event("passport.listed", "Открыт список социальных паспортов", quiet=True)
SHEET_OPENED = event("passport.sheet_opened", "Открыт лист социального паспорта класса", quiet=True)
FIGURE_OPENED = event("passport.figure_opened", "Открыты дети за показателем паспорта: {count}", quiet=True)
SUM_OPENED = event("passport.sum_opened", "Открыты дети, из-за которых не сходится паспорт: {count}", quiet=True)
FACT_SET = event("passport.fact_set", "Отмечено сведение о семье для паспорта с {since}")
FACT_ENDED = event("passport.fact_ended", "Сведение о семье больше не действует: по {until}")
FACT_REMOVED = event("passport.fact_removed", "Снята отметка о семье, поставленная в тот же день")
FACT_NOTED = event("passport.fact_noted", "Изменено примечание к сведению о семье")
COMMENTS_SAVED = event("passport.comments_saved", "Изменены примечания паспорта")
PASSPORT_DROPPED = event("passport.dropped", "Удалён начатый социальный паспорт ({scope}) на {on}")
PASSPORT_MOVED = event("passport.moved", "{deed}: социальный паспорт ({scope}) на {on}")
ROWS_PROVIDED = event("passport.rows_provided", "Заведены строки социального паспорта: {count}")
ROW_ADDED = event("passport.row_added", "Добавлена строка социального паспорта «{title}»")
ROW_CHANGED = event("passport.row_changed", "Изменена строка социального паспорта: {fields}")
