"""Events of cases."""

from opora.foundation.audit.vocabulary import event

CASE_REGISTERED = event("case.registered", "Зарегистрировано обращение № {number}")
CASE_OPENED = event("case.opened", "Просмотрено дело", quiet=True)
CASE_MOVED = event("case.moved", "{deed}")
CASES_LISTED = event("case.listed", "Открыт список дел", quiet=True)
