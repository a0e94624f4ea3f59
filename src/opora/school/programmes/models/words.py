"""Words that rows of programmes and of the bank share."""

from __future__ import annotations

from django.db import models


class Direction(models.TextChoices):
    """The five directions of help (000, K-05)."""

    PEDAGOGICAL = "pedagogical", "педагогическая помощь"
    PSYCHOLOGICAL = "psychological", "психологическая помощь"
    LEISURE = "leisure", "организация занятости и досуга"
    MEDICAL = "medical", "медицинская помощь"
    SOCIAL = "social", "социальная помощь"


class Audience(models.TextChoices):
    """For whom an activity is drawn up (000, K-06)."""

    PUPIL = "pupil", "для обучающегося"
    PARENTS = "parents", "для родителей"
    STAFF = "staff", "для педагогов"


class Scale(models.TextChoices):
    """In what the value of a criterion is given."""

    FIVE = "five", "от 1 до 5"
    TEN = "ten", "от 1 до 10"
    COUNT = "count", "сколько раз"
    PERCENT = "percent", "доля, %"
