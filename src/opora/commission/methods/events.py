"""Events of methods: codes of the letter's methods and ids of own ones, never how a child fared."""

from opora.foundation.audit.vocabulary import event

METHOD_USED = event("method.used", "В листе обследования отмечена методика")
METHOD_DROPPED = event("method.dropped", "Из листа обследования убрана методика")
METHOD_NOTED = event("method.noted", "Изменено пояснение к методике в листе обследования", quiet=True)
OWN_METHOD_SAVED = event("method.own_saved", "Изменена своя методика комиссии")
OWN_METHOD_AVAILABLE = event("method.own_offered", "Изменено, предлагается ли своя методика комиссии: {offered}")
PRELIMINARY_MARKED = event("method.preliminary_marked", "Отмечены методики предварительного обследования: {marked}")
METHODS_OPENED = event("method.opened", "Открыт выбор методик листа обследования", quiet=True)
