"""Events of keys."""

from opora.foundation.audit.vocabulary import event

KEY_DESTROYED = event("vault.key_destroyed", "Уничтожен ключ карты: тексты и файлы больше не прочитать")
MASTER_ROTATED = event("vault.master_rotated", "Ключи карт перешифрованы новым мастер-ключом {master} (карт: {count})")
MASTER_RETIRED = event("vault.master_retired", "Прежний мастер-ключ {master} выведен из употребления")
