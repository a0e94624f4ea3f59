"""Keeping of cards in the menu."""

from opora.foundation.ui.navigation import item

item(103, "Хранение карт", "retention:list", "retention.view", icon="archive")
