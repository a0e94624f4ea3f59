"""Нормативная база."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class EditionsConfig(AppConfig):
    name = "opora.commission.editions"
    label = "editions"
    verbose_name = "Нормативная база"

    def ready(self) -> None:
        from opora.foundation.organisations.walls import OWN, Wall, declare_wall
        from opora.people import law

        from .laws import law_on

        read_editions()
        law.use_source(law_on)
        # Confirmed values are about nobody. A commission reads its own and those of the commission above it.
        declare_wall("editions_confirmedvalue", Wall(reads=f"({OWN} OR {ABOVE})", frozen=True))


ABOVE = (
    "organisation_id = (SELECT parent_id FROM organisations_organisation"
    " WHERE id = nullif(current_setting('opora.organisation', true), '')::bigint)"
)


def read_editions() -> None:
    """Read every edition whole. A typo in a file of the law stops the start and names file, line and key."""
    from opora.regulations.edition import edition, edition_codes
    from opora.regulations.loading import RegulationError

    try:
        for code in edition_codes():
            edition(code)
    except RegulationError as error:
        raise ImproperlyConfigured(f"Редакция закона не читается: {error}") from error
