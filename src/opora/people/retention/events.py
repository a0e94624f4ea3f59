"""Events of keeping and destroying: ids, numbers and dates, never a name."""

from opora.foundation.audit.vocabulary import event

RETENTION_LISTED = event("retention.listed", "Открыт список карт по срокам хранения", quiet=True)
CARD_OPENED = event("retention.card_opened", "Открыты сроки хранения карты", quiet=True)
HOLD_PLACED = event("retention.hold_placed", "Запрещено уничтожать карту")
HOLD_RELEASED = event("retention.hold_released", "Снят запрет уничтожать карту")
ORDER_PROPOSED = event("retention.proposed", "Предложено уничтожить карту: {reason}")
ORDER_DECLINED = event("retention.declined", "Предложение уничтожить карту отклонено")
ORDER_OPENED = event("retention.order_opened", "Открыто предложение уничтожить карту", quiet=True)
CARD_DESTROYED = event("retention.destroyed", "Карта уничтожена, акт № {number}: {reason}")
ACT_READ = event("retention.act_read", "Открыт акт об уничтожении", quiet=True)
LOG_READ = event("retention.log_read", "Открыта выгрузка журнала событий к акту", quiet=True)
