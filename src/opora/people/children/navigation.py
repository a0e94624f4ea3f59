"""The register in the menu."""

from opora.foundation.ui.navigation import item

item(20, "Дети", "children:list", "child.view", icon="users")
