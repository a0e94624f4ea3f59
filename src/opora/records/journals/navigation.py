"""Журналы in the menu."""

from opora.foundation.ui.navigation import item

item(60, "Журналы", "journals:index", "journal.view", icon="books")
item(61, "Журналы консилиума", "journals:consilium", "consilium_journal.view", icon="books")
