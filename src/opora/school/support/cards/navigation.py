"""Support cards in the menu."""

from opora.foundation.ui.navigation import item

item(67, "Карты сопровождения", "cards:list", "card.view", icon="folder-open")
