"""What is kept for a while only: accepted forms, ended sessions, old tries."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from opora.foundation.access.models import AcceptedForm

from .models import AccountSession
from .throttle import forget_old_tries

FORMS_FOR = timedelta(days=2)
SESSIONS_FOR = timedelta(days=90)


def clean() -> dict[str, int]:
    """Delete what has served its time. Returns how many rows of each kind, by Russian name."""
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return {
        "принятых форм": AcceptedForm.objects.filter(at__lt=now - FORMS_FOR).delete()[0],
        "записей о сеансах": AccountSession.objects.filter(seen_at__lt=now - SESSIONS_FOR).delete()[0],
        "попыток входа": forget_old_tries(),
    }
