"""Who leads the service, who reads it, who answers for a remark and for having read a notice."""

from __future__ import annotations

from opora.foundation.access.actions import declare
from opora.foundation.accounts.roles import SCHOOL_LEADS, Role

HEAD = frozenset({Role.SERVICE_HEAD})
WRITERS = frozenset({Role.SERVICE_HEAD, Role.SCHOOL_SPECIALIST})
READERS = frozenset({Role.SERVICE_HEAD, Role.DIRECTOR})

LEADING_VIEW = declare("leading.view", "Руководство Службой", READERS)
LEADING_RISK = declare("leading.risk", "Дети на профилактическом учёте", SCHOOL_LEADS)
QUALITY_DRAW = declare("quality.draw", "Выборочная проверка записей", HEAD)
QUALITY_VIEW = declare("quality.view", "Замечания к записям о работе", READERS | WRITERS)
QUALITY_MEND = declare("quality.mend", "Исправление по замечаниям", WRITERS)
NOTICE_TELL = declare("notice.tell", "Сообщение об акте специалистам", HEAD, personal=False)
NOTICE_VIEW = declare("notice.view", "Изменения в законах", READERS | WRITERS | SCHOOL_LEADS, personal=False)
NOTICE_READ = declare("notice.read", "Ознакомление с актом", WRITERS, personal=False)
