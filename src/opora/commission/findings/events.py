"""Events of findings: names of facts, never what was found."""

from opora.foundation.audit.vocabulary import event

FINDINGS_RECORDED = event("finding.recorded", "Записаны данные для рекомендации")
