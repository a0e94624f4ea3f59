"""The register in the menu."""

from opora.foundation.evidence.listing import persons_live_at
from opora.foundation.ui.navigation import item

item(20, "Дети", "children:list", "child.view", icon="users")
persons_live_at("children:readers")
