"""Events of the register of children. Sentences name fields, never their contents."""

from opora.foundation.audit.vocabulary import event

CHILD_REGISTERED = event("child.registered", "Заведена карта ребёнка")
CHILD_OPENED = event("child.opened", "Открыта карта ребёнка", quiet=True)
CHILDREN_LISTED = event("child.listed", "Открыт список детей", quiet=True)
CHILD_COMPARED = event("child.compared", "Карта показана рядом с новой: проверка, не тот же ли ребёнок")
CHILD_CHANGED = event("child.changed", "Изменены сведения о ребёнке: {fields}")
CHILD_NAMES_DECLINED = event("child.names_declined", "Исправлено имя ребёнка по падежам: {fields}")
GUARDIAN_ADDED = event("guardian.added", "Внесён представитель ({kinship})")
GUARDIAN_CHANGED = event("guardian.changed", "Изменены сведения о представителе: {fields}")
GUARDIAN_NAMES_DECLINED = event("guardian.names_declined", "Исправлено имя представителя по падежам: {fields}")
GUARDIANSHIP_ENDED = event("guardian.ended", "Прекращены полномочия представителя ({kinship})")
SCHOOL_ADDED = event("child.school_added", "В справочник внесена организация")
ENROLMENT_SET = event("child.enrolment_set", "Внесено место обучения")
ENROLMENT_CHANGED = event("child.enrolment_changed", "Изменено место обучения: {fields}")
DISABILITY_ADDED = event("child.disability_added", "Внесены сведения об инвалидности")
DISABILITY_CHANGED = event("child.disability_changed", "Изменены сведения об инвалидности: {fields}")
DIAGNOSIS_ADDED = event("child.diagnosis_added", "Внесён диагноз")
DIAGNOSIS_REMOVED = event("child.diagnosis_removed", "Убран диагноз")
FAMILY_SAVED = event("child.family_saved", "Изменены сведения о семье: {fields}")
PREVENTION_ADDED = event("child.prevention_added", "Внесён профилактический учёт ({body})")
PREVENTION_ENDED = event("child.prevention_ended", "Снят с профилактического учёта ({body})")
