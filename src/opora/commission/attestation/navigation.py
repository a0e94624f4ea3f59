"""Menu items of conclusions on ГИА."""

from opora.foundation.ui.navigation import item

item(58, "Заключения ГИА", "attestation:list", "attestation.view", icon="file-certificate")
