"""Events of conclusions on ГИА."""

from opora.foundation.audit.vocabulary import event

ATTESTATIONS_LISTED = event("attestation.listed", "Открыт список заключений ГИА", quiet=True)
ATTESTATION_DRAFTED = event("attestation.drafted", "Начато заключение ГИА")
ATTESTATION_OPENED = event("attestation.opened", "Открыто заключение ГИА", quiet=True)
ATTESTATION_CHANGED = event("attestation.changed", "Изменены ответы заключения ГИА", quiet=True)
CONDITION_TAKEN = event("attestation.condition_taken", "В заключение ГИА взято условие каталога")
ATTESTATION_SIGNED = event("attestation.signed", "Подписано заключение ГИА № {number}")
ATTESTATION_OVERRIDDEN = event("attestation.overridden", "Заключение ГИА подписано поверх замечания")
ATTESTATION_ANNULLED = event("attestation.annulled", "Аннулировано заключение ГИА № {number}")
ATTESTATION_HANDED = event("attestation.handed", "Заключение ГИА выдано")
