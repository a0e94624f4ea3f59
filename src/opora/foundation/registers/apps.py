"""Номера и журналы"""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "opora.foundation.registers"
    label = "registers"
    verbose_name = "Номера и журналы"

    def ready(self) -> None:
        from opora.foundation.organisations.walls import Wall, declare_wall

        # Lines and signed papers stay as they are; an erasure by law empties what was written, the hashes remain.
        declare_wall("registers_entry", Wall(frozen=True, changes=("content", "salt")))
        declare_wall("registers_snapshot", Wall(frozen=True, changes=("content",)))
