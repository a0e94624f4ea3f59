"""Events of printed papers."""

from opora.foundation.audit.vocabulary import event

PAPER_PRINTED = event("paper.printed", "Напечатан бланк: {title}")
PAPER_ISSUED = event("paper.issued", "Выпущен документ: {title}")
PAPER_READ = event("paper.read", "Открыт выпущенный документ: {title}", quiet=True)
PAPER_BROKEN = event("paper.broken", "Документ не выдан: содержание не сходится с подписанным ({title})")
PAPER_COPIED = event("paper.copied", "Скачана копия для правки: {title}")
