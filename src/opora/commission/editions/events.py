"""Events of the law: codes of entries and dates."""

from opora.foundation.audit.vocabulary import event

VALUE_CONFIRMED = event("law.value_confirmed", "Значение сверено с официальным текстом: {title}")
VALUE_CORRECTED = event("law.value_corrected", "Исправлено сверенное значение: {title}")
VALUE_ANNULLED = event("law.value_annulled", "Отменена сверка значения: {title}")
