"""Who reads the log: those who answer for the processing (152-ФЗ, статья 22.1), not those whom it watches."""

from opora.foundation.access.actions import declare
from opora.foundation.access.permissions import HEADS

EVIDENCE_VIEW = declare("evidence.view", "Журнал событий", HEADS)
EVIDENCE_CHECK = declare("evidence.check", "Проверка журнала событий", HEADS)
EVIDENCE_EXPORT = declare("evidence.export", "Выгрузка журнала событий с доказательствами", HEADS)
