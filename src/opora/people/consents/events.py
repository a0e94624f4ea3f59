"""Events of consents."""

from opora.foundation.audit.vocabulary import event

CONSENT_RECORDED = event("consent.recorded", "Внесено согласие: {kind}, подписано {signed_on}")
CONSENT_WITHDRAWN = event("consent.withdrawn", "Отозвано согласие: {kind}, обработка прекращается до {stop_on}")
