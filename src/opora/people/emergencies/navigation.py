"""Emergencies in the menu."""

from opora.foundation.ui.navigation import item

item(104, "Экстренный доступ", "emergencies:list", "child.emergency_view", icon="lock-open")
