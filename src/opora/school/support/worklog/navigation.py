"""The log in the menu."""

from opora.foundation.ui.navigation import item

item(2, "Мой день", "worklog:day", "work.log", icon="checklist")
item(63, "Журналы работы", "worklog:journal", "work.view", icon="notebook", also=("worklog:hours",))
