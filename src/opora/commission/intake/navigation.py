"""Menu."""

from opora.foundation.ui.navigation import item

item(30, "Приём", "intake:board", "reception.view", icon="calendar-event")
