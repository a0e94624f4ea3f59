"""Schedules in the menu."""

from opora.foundation.ui.navigation import item

item(65, "Графики работы", "schedules:list", "schedule.view", icon="calendar-time")
