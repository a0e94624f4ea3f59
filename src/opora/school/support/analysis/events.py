"""Events of the analysis of a year."""

from opora.foundation.audit.vocabulary import event

ANALYSES_LISTED = event("analysis.listed", "Открыт список анализов работы за год", quiet=True)
ANALYSIS_OPENED = event("analysis.opened", "Открыт анализ работы за год", quiet=True)
FIGURE_OPENED = event("analysis.figure_opened", "Открыты записи за показателем анализа: {table}, {count}", quiet=True)
ANALYSIS_BEGUN = event("analysis.begun", "Начат анализ работы за {year} учебный год")
ANALYSIS_MOVED = event("analysis.moved", "{deed}: анализ работы за год")
PROBLEM_ADDED = event("analysis.problem_added", "Добавлена строка проблемного анализа")
PROBLEM_CHANGED = event("analysis.problem_changed", "Изменена строка проблемного анализа: {fields}")
PROBLEM_REMOVED = event("analysis.problem_removed", "Убрана строка проблемного анализа")
PROBLEM_CAME = event("analysis.problem_came", "Отмечено, что стало с проблемой прошлого года: {came}")
PROBLEM_PLANNED = event("analysis.problem_planned", "Мера из проблемного анализа внесена в годовой план")
