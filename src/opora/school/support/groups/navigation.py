"""Groups in the menu."""

from opora.foundation.ui.navigation import item

item(64, "Группы и занятия", "groups:list", "group.list", icon="users")
