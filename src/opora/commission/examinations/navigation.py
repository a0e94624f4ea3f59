"""The menu item of sessions."""

from opora.foundation.ui.navigation import item

item(40, "Заседания", "examinations:sessions", "session.view", icon="users-group")
