"""Events of consents."""

from opora.foundation.audit.vocabulary import event

CONSENT_RECORDED = event("consent.recorded", "Внесено согласие: {kind}, подписано {signed_on}")
CONSENT_WITHDRAWN = event("consent.withdrawn", "Отозвано согласие: {kind}, обработка прекращается до {stop_on}")
PROCESSING_STOPPED = event("consent.processing_stopped", "Обработка данных ребёнка остановлена")
PROCESSING_RESUMED = event("consent.processing_resumed", "Обработка данных ребёнка возобновлена")
WITHDRAWALS_LISTED = event("consent.withdrawals_listed", "Открыт список отзывов согласий", quiet=True)
WITHDRAWAL_OPENED = event("consent.withdrawal_opened", "Открыт отзыв согласия", quiet=True)
WITHDRAWAL_DONE = event("consent.withdrawal_done", "Отзыв согласия исполнен, акт № {number}: {parts}")
WITHDRAWAL_LIFTED = event("consent.withdrawal_lifted", "Отзыв согласия снят: записан по ошибке")
ACT_READ = event("consent.act_read", "Открыт акт о прекращении обработки", quiet=True)
