"""Who keeps the list of staff."""

from opora.foundation.accounts.roles import Role

from .actions import declare

HEADS = {Role.COMMISSION_HEAD, Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.DIRECTOR}

STAFF_VIEW = declare("staff.view", "Список сотрудников", HEADS | {Role.OPERATOR, Role.REGISTRAR}, personal=False)
STAFF_CHANGE = declare("staff.change", "Назначение сотрудников", HEADS | {Role.OPERATOR}, personal=False)
UNDERTAKING_RECORD = declare(
    "undertaking.record",
    "Запись обязательства о неразглашении",
    HEADS | {Role.REGISTRAR},
    personal=False,
)
ORGANISATION_CHANGE = declare(
    "organisation.change", "Сведения об организации и верх бланка", HEADS | {Role.OPERATOR}, personal=False
)
