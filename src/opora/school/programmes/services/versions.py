"""What a programme said at one moment is kept: when the family sees it, when it is agreed, approved, changed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from opora.foundation.access.actions import require_own
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record

from .. import events
from ..models import Programme, ProgrammeVersion
from ..writing import programme_content

WHY_LIMIT = 300


@transaction.atomic
def version_keep(
    *, actor: Actor, programme: Programme, on: date, why: str, stage: str = ProgrammeVersion.Stage.CHANGED
) -> ProgrammeVersion:
    """Keep the programme as it stands. The right is the caller's to check, the programme is locked by him.

    Changes of one person on one day for one reason are one version: it holds what the last of them left.
    """
    require_own(actor, programme)
    content = programme_content(actor, programme, on)
    last = ProgrammeVersion.objects.filter(programme=programme).order_by("-number").first()
    changing = stage == ProgrammeVersion.Stage.CHANGED and last is not None and last.stage == stage
    if changing and last is not None and last.kept_on == on and last.why == why and last.kept_by == actor.user:
        setattr(last, "content", dict(content))  # noqa: B010 - the stub of a sealed JSON takes text alone
        last.save(update_fields=["content"])
        return last
    highest = ProgrammeVersion.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    version = ProgrammeVersion(
        organisation_id=programme.organisation_id, programme=programme, number=highest + 1, stage=stage, why=why,
        kept_on=on, kept_by=actor.person,
    )  # fmt: skip
    setattr(version, "content", dict(content))  # noqa: B010 - the stub of a sealed JSON takes text alone
    version.full_clean()
    version.save()
    record(
        events.VERSION_KEPT, actor=actor, subject=programme, person_id=programme.person_id,
        number=version.number, stage=stage,
    )  # fmt: skip
    return version
