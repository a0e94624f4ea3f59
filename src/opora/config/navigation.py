"""The menu item of the desk."""

from opora.foundation.ui.navigation import item

item(0, "Рабочий стол", "desk", icon="home")
