"""Events of requests for information: ids, codes and numbers, never what was asked or given."""

from opora.foundation.audit.vocabulary import event

DISCLOSURES_LISTED = event("disclosure.listed", "Открыт список запросов сведений", quiet=True)
DISCLOSURE_OPENED = event("disclosure.opened", "Открыт запрос сведений", quiet=True)
DISCLOSURE_RECEIVED = event("disclosure.received", "Внесён запрос сведений, основание: {ground}")
SCAN_ATTACHED = event("disclosure.scan_attached", "Приложен скан запроса сведений")
DISCLOSURE_DECIDED = event("disclosure.decided", "Подписан ответ № {number} на запрос сведений: {decision}")
DISCLOSURE_SENT = event("disclosure.sent", "Отправлен ответ № {number} на запрос сведений: {way}")
DISCLOSURE_ACKNOWLEDGED = event("disclosure.acknowledged", "Подтверждено получение ответа № {number}")
DISCLOSURE_ANNULLED = event("disclosure.annulled", "Аннулирован запрос сведений")
RECIPIENT_ADDED = event("disclosure.recipient_added", "Добавлена организация в справочник")
