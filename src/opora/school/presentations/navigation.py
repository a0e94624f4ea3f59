"""Presentations and packages in the menu."""

from opora.foundation.ui.navigation import item

item(46, "Представления", "presentations:list", "presentation.view", icon="writing")
item(56, "Пакеты для ПМПК", "presentations:packages", "package.view", icon="archive")
