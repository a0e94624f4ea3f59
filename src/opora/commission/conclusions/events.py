"""Events of conclusions."""

from opora.foundation.audit.vocabulary import event

CONCLUSIONS_LISTED = event("conclusion.listed", "Открыт список заключений", quiet=True)
REEXAMINATIONS_LISTED = event("conclusion.reexaminations_listed", "Открыт список повторных обследований", quiet=True)
CONCLUSION_DRAFTED = event("conclusion.drafted", "Начато заключение")
CONCLUSION_OPENED = event("conclusion.opened", "Открыто заключение", quiet=True)
ANSWERS_CHANGED = event("conclusion.answers_changed", "Изменены ответы заключения", quiet=True)
TEXT_TAKEN = event("conclusion.text_taken", "В заключение перенесён текст обследования")
CATALOGUE_TAKEN = event("conclusion.catalogue_taken", "В заключение взята запись каталога")
CONCLUSION_SIGNED = event("conclusion.signed", "Подписано заключение № {number}")
CHECK_OVERRIDDEN = event("conclusion.check_overridden", "Заключение подписано поверх замечания")
CONCLUSION_ANNULLED = event("conclusion.annulled", "Аннулировано заключение № {number}")
OPINION_ADDED = event("conclusion.opinion_added", "Внесено особое мнение")
OPINION_WITHDRAWN = event("conclusion.opinion_withdrawn", "Снято особое мнение")
HANDOVERS_LISTED = event("handover.listed", "Открыт список выдачи заключений", quiet=True)
HANDOVER_OPENED = event("handover.opened", "Открыта выдача заключения", quiet=True)
HANDOVER_SENT = event("handover.sent", "Копия заключения отправлена почтой")
HANDOVER_RECORDED = event("handover.recorded", "Копия заключения выдана")
