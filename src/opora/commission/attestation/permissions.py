"""Who reads, draws up, signs and hands out a conclusion on ГИА."""

from opora.commission.cases.flow import DESK, HEAD, MEMBERS
from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import COMMISSION_ROLES

ATTESTATION_VIEW = declare("attestation.view", "Просмотр заключения ГИА", COMMISSION_ROLES)
ATTESTATION_EDIT = declare("attestation.edit", "Составление заключения ГИА", MEMBERS)
ATTESTATION_SIGN = declare("attestation.sign", "Подпись заключения ГИА", HEAD)
ATTESTATION_ANNUL = declare("attestation.annul", "Аннулирование заключения ГИА", HEAD)
ATTESTATION_HAND_OVER = declare("attestation.hand_over", "Выдача заключения ГИА", DESK)
