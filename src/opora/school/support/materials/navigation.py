"""The bank in the menu."""

from opora.foundation.ui.navigation import item

item(69, "Банк методик", "materials:list", "material.view", icon="books")
