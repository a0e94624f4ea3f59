"""Signals and screenings in the menu."""

from opora.foundation.ui.navigation import item

item(44, "Сигналы", "signals:list", "concern.view", icon="bell")
item(45, "Скрининги", "signals:screenings", "screening.view", icon="chart-bar")
