"""The analysis in the menu of those who lead."""

from opora.foundation.ui.navigation import item

item(71, "Анализ за год", "analysis:list", "analysis.view", icon="chart-bar")
