"""The law in the menu."""

from opora.foundation.ui.navigation import item

item(95, "Нормативная база", "editions:law", "law.view", icon="gavel")
