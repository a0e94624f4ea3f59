"""Leading of the service in the menu."""

from opora.foundation.ui.navigation import item

item(62, "Руководство Службой", "leading:desk", "leading.view", icon="adjustments", also=("schoolyear:settings",))
