"""The menu item of staff pages."""

from opora.foundation.ui.navigation import item

item(90, "Сотрудники", "staff:list", "staff.view", icon="users")
