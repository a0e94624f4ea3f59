"""Requests for information in the menu."""

from opora.foundation.ui.navigation import item

item(101, "Запросы сведений", "disclosures:list", "disclosure.view", icon="mail")
