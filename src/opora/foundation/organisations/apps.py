"""Организации"""

from django.apps import AppConfig
from django.db.models.signals import class_prepared

from .managers import scope_managers

# While this module is read no model exists yet: none is made without its scope.
class_prepared.connect(scope_managers, dispatch_uid="organisations.scope")


class OrganisationsConfig(AppConfig):
    name = "opora.foundation.organisations"
    label = "organisations"
    verbose_name = "Организации"
