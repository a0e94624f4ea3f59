"""Requests for help in the menu."""

from opora.foundation.ui.navigation import item

item(70, "Помощь извне", "contacts:list", "contact.view", icon="building")
