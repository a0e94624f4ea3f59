"""The menu items of the room."""

from opora.foundation.ui.navigation import item

item(50, "Программы", "programmes:list", "programme.view", icon="clipboard-list")
item(51, "Ход программ", "programmes:board", "programme.follow", icon="checklist")
item(52, "Мои мероприятия", "programmes:mine", "activity.mark", icon="checkbox")
item(53, "Банк заготовок", "programmes:bank", "bank.view", icon="archive")
