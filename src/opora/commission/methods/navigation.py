"""The menu item of methods."""

from opora.foundation.ui.navigation import item

item(85, "Методики", "methods:list", "method.view", icon="list-check")
