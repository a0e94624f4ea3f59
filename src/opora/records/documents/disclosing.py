"""What requests for information get from here: signed papers to give, their files, copies handed to families."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from opora.commission.attestation.models import AttestationConclusion
from opora.commission.conclusions.models import Conclusion, Handover
from opora.foundation.accounts.actors import Actor
from opora.foundation.files.models import StoredFile
from opora.foundation.registers.models import Snapshot
from opora.people import press
from opora.people.children.models import Child
from opora.people.disclosures.sources import Offer, Press, Transfer, offers, transfers, use_press

from .services import paper_issue

NBSP = "\u00a0"
COPY_GROUND = f"копия заключения выдаётся родителям (письмо ВК-1074/07, разд.{NBSP}2)"


def signed_papers(actor: Actor, child: Child) -> Iterator[Offer]:
    """Protocols and conclusions in force, the newest first; annulled ones are not offered."""
    rows = Conclusion.objects.kept_for(actor).filter(case__child=child, state=Conclusion.State.SIGNED)
    for one in rows.select_related("protocol_snapshot", "snapshot", "school_snapshot").order_by("-signed_on", "-pk"):
        day = f"от{NBSP}{one.signed_on:%d.%m.%Y}" if one.signed_on else ""
        if one.protocol_snapshot is not None:
            yield Offer(one.protocol_snapshot, f"Протокол №{NBSP}{one.protocol_number} {day}", asked_by_bureau=True)
        if one.snapshot is not None:
            yield Offer(one.snapshot, f"Заключение №{NBSP}{one.number} {day}", asked_by_bureau=True)
        if one.school_snapshot is not None:
            yield Offer(one.school_snapshot, f"Выписка из заключения №{NBSP}{one.number} {day}", "без диагноза")


def signed_attestations(actor: Actor, child: Child) -> Iterator[Offer]:
    """Papers on ГИА in force, the newest first."""
    rows = AttestationConclusion.objects.kept_for(actor).filter(case__child=child, state="signed")
    for one in rows.select_related("protocol_snapshot", "snapshot").order_by("-signed_on", "-pk"):
        day = f"от{NBSP}{one.signed_on:%d.%m.%Y}" if one.signed_on else ""
        if one.snapshot is not None:
            yield Offer(one.snapshot, f"Заключение ГИА №{NBSP}{one.number} {day}", "без диагноза")
        if one.protocol_snapshot is not None:
            yield Offer(one.protocol_snapshot, f"Протокол ГИА №{NBSP}{one.protocol_number} {day}")


def handed_attestations(actor: Actor, child: Child) -> Iterator[Transfer]:
    """Conclusions on ГИА that families have received, annulled ones too."""
    rows = AttestationConclusion.objects.kept_for(actor).filter(case__child=child, handed_on__isnull=False)
    kinship = {link.guardian_id: str(link.get_kinship_display()) for link in child.guardianships.all()}
    for one in rows.select_related("recipient", "handed_by"):
        if one.handed_on is None or one.recipient is None:
            continue
        yield Transfer(
            on=one.handed_on,
            recipient=", ".join(filter(None, (one.recipient.full_name, kinship.get(one.recipient.pk, "")))),
            ground=COPY_GROUND,
            given=f"Заключение ГИА №{NBSP}{one.number} (копия)",
            way=str(one.get_way_display()),
            by=one.handed_by.short_name if one.handed_by else "",
        )


def handed_over(actor: Actor, child: Child) -> Iterator[Transfer]:
    """Copies of conclusions that families have received, annulled ones too: they have left the house."""
    rows = Handover.objects.kept_for(actor).filter(conclusion__case__child=child, received_on__isnull=False)
    kinship = {link.guardian_id: str(link.get_kinship_display()) for link in child.guardianships.all()}
    for one in rows.select_related("conclusion", "recipient", "recorded_by"):
        if one.received_on is None or one.recipient is None:
            continue
        given = [f"Заключение №{NBSP}{one.conclusion.number} (копия)"]
        given += ["выписка для школы"] if one.school_copy else []
        given += ["особые мнения"] if one.opinions_given else []
        yield Transfer(
            on=one.received_on,
            recipient=", ".join(filter(None, (one.recipient.full_name, kinship.get(one.recipient.pk, "")))),
            ground=COPY_GROUND,
            given="; ".join(given),
            way=str(one.get_way_display()),
            by=one.recorded_by.short_name if one.recorded_by else "",
        )


def issued_file(actor: Actor, snapshot: Snapshot) -> StoredFile:
    """The file of a frozen paper, made once. Whether it may be given is decided before it is asked for."""
    return paper_issue(actor=actor, snapshot=snapshot, even_frozen=True).file


offers(signed_papers)
offers(signed_attestations)
transfers(handed_over)
transfers(handed_attestations)
use_press(
    Press(
        issue=issued_file,
        transfers_address=lambda child: reverse("documents:data_transfers", args=[child.public_id]),
    )
)
press.use_press(issued_file)
