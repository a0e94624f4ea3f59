"""Журналы in the menu."""

from opora.foundation.ui.navigation import item

item(60, "Журналы", "journals:index", "journal.view", icon="books")
