"""Events of requests for help to other bodies."""

from opora.foundation.audit.vocabulary import event

CONTACT_MADE = event("contact.made", "Записано обращение в другую организацию: {kind}; основание: {ground}")
CONTACT_CHANGED = event("contact.changed", "Изменено обращение в другую организацию: {fields}")
CONTACT_ANSWERED = event("contact.answered", "Записан ответ другой организации: {outcome}")
CONTACT_OPENED = event("contact.opened", "Открыто обращение в другую организацию", quiet=True)
CONTACTS_LISTED = event("contact.listed", "Открыт список обращений в другие организации", quiet=True)
CHILD_LOOKED_UP = event("contact.looked_up", "Искали ребёнка для обращения в другую организацию", quiet=True)
