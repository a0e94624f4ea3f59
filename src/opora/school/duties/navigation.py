"""Conditions of conclusions in the menu."""

from opora.foundation.ui.navigation import item

item(48, "Условия ПМПК", "duties:list", "duty.view", icon="list-check")
