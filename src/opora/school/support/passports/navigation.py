"""Social passports in the menu."""

from opora.foundation.ui.navigation import item

item(68, "Социальный паспорт", "passports:list", "passport.view", icon="report")
