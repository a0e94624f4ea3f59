"""Events of work sheets. Saves of one person in a row are one event, or the log would hold nothing else."""

from opora.foundation.audit.vocabulary import event

SECTION_CHANGED = event("worksheets.section_changed", "Изменён раздел рабочего листа: {title}", quiet=True)
SECTION_SETTLED = event("worksheets.section_settled", "Сведены два текста раздела: {title}; прежний сохранён")
