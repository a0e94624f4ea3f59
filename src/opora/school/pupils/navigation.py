"""Classes in the menu."""

from opora.foundation.ui.navigation import item

item(18, "Классы", "pupils:classes", "class.view", icon="school")
