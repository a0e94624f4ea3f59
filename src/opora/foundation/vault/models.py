"""Keys of children's files, never in the clear."""

from django.db import models
from django.db.models import Q

from opora.foundation.organisations.models import Owned
from opora.foundation.organisations.querysets import OwnedQuerySet


class PersonKey(Owned):
    """The data key of one child's file at one organisation, wrapped by the master key `master_id`.

    An empty `person_id` is the organisation's own key, for what belongs to several children or to none. A destroyed
    key keeps its row: what it sealed reads as empty, and nothing new is sealed for the child.
    """

    person_id = models.CharField("карта", max_length=40, blank=True)
    wrapped = models.CharField("ключ под мастер-ключом", max_length=120, blank=True)
    master_id = models.CharField("мастер-ключ", max_length=40, blank=True)
    made_at = models.DateTimeField("создан", auto_now_add=True)
    destroyed_at = models.DateTimeField("уничтожен", null=True, blank=True)

    objects = OwnedQuerySet["PersonKey"].as_manager()

    class Meta:
        verbose_name = "ключ карты"
        verbose_name_plural = "ключи карт"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person_id"], name="one_key_per_person"),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) & ~Q(wrapped="")
                | Q(destroyed_at__isnull=False, wrapped="", master_id=""),
                name="a_destroyed_key_is_gone",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "master_id"], name="key_by_master")]

    def __str__(self) -> str:
        return self.public_id
