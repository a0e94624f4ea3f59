"""Withdrawals in the menu."""

from opora.foundation.ui.navigation import item

item(102, "Отзывы согласий", "consents:withdrawals", "consent.withdraw", icon="hand-stop")
