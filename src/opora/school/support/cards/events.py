"""Events of cards of support."""

from opora.foundation.audit.vocabulary import event

CARD_PROPOSED = event("card.proposed", "Предложена карта сопровождения: {ground}; специалистов спрошено: {asked}")
CARD_OPENED = event("card.opened", "Открыта карта сопровождения", quiet=True)
CARDS_LISTED = event("card.listed", "Открыт список карт сопровождения", quiet=True)
CARD_LED = event("card.led", "Карту сопровождения ведёт другой специалист")
CARD_LEFT = event("card.left", "Карта сопровождения закрыта: обучающийся выбыл")
CARD_STOPPED = event("card.stopped", "Карта сопровождения закрыта: отозвано согласие на обработку данных ребёнка")
EARLIER_OPENED = event("card.earlier", "Открыты прежние тексты карты сопровождения", quiet=True)
DECISION_ASKED = event("card.asked", "Специалистов спросили: {kind}; спрошено: {asked}")
DECISION_SETTLED = event("card.settled", "Совместное решение о карте: {kind} — {outcome}")
WORD_SAID = event("card.voted", "Специалист сказал слово о карте сопровождения: {answer}")
WORD_EXCUSED = event("card.excused", "Специалист освобождён от слова о карте сопровождения")
NOTE_ADDED = event("card.noted", "Записана динамика в карте сопровождения: {sphere}")
NOTE_REMOVED = event("card.note_removed", "Убрана запись о динамике из карты сопровождения")
