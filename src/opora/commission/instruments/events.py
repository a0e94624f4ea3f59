"""Events of instruments: which one and by whom, never the answers."""

from opora.foundation.audit.vocabulary import event

INSTRUMENT_OPENED = event("instrument.opened", "Открыт опросник или шкала", quiet=True)
INSTRUMENT_FILLED = event("instrument.filled", "Заполняется методика: {title}")
INSTRUMENT_SETTLED = event("instrument.settled", "Ответы методики записаны поверх ответов коллеги: {title}")
INSTRUMENT_INSERTED = event("instrument.inserted", "Результат методики вставлен в лист: {title}")
