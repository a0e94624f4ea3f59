"""Plans in the menu."""

from opora.foundation.ui.navigation import item

item(66, "Планы Службы", "plans:list", "plan.view", icon="list-details")
