"""The menu item of cases."""

from opora.foundation.ui.navigation import item

item(20, "Дела", "cases:list", "case.view", icon="folder")
