"""Menu items of conclusions."""

from opora.foundation.ui.navigation import item

item(50, "Заключения", "conclusions:list", "conclusion.view", icon="file-certificate")
item(55, "К выдаче", "conclusions:handovers", "handover.view", icon="send")
item(57, "Повторные обследования", "conclusions:reexaminations", "conclusion.view", icon="refresh")
