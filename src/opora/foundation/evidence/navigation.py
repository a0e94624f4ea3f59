"""The menu item of the log."""

from opora.foundation.ui.navigation import item

item(105, "Журнал событий", "evidence:log", "evidence.view", icon="history")
