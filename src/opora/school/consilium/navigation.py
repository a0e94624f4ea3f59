"""The consilium in the menu."""

from opora.foundation.ui.navigation import item

item(47, "Консилиум", "consilium:meetings", "meeting.view", icon="users-group")
