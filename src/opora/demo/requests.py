"""Requests for information that come to a commission: of a bureau of МСЭ, a court, somebody without a right."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from opora.commission.conclusions.models import Conclusion
from opora.people.disclosures import services
from opora.people.disclosures.models import Disclosure
from opora.people.disclosures.sources import offers_of
from opora.regulations.calendar import is_working_day

from .stories import Story, at, later
from .world import Commission


@dataclass(frozen=True)
class Asked:
    """Who asks and what comes of it; `answer` is what the head decides, None while it waits for him."""

    days_ago: int
    body: str
    kind: str
    ground: str
    number: str
    person: tuple[str, str]
    asked: str
    answer: dict[str, object] | None
    way: str = ""
    acknowledged: bool = False


BUREAU = Asked(
    34, "Бюро № 7 — филиал Главного бюро МСЭ по Приозёрской области", "disability_bureau", "request", "118/07",
    ("Полякова Е. С.", "руководитель бюро"),
    "Сведения из протокола и заключения комиссии для освидетельствования ребёнка.",
    {"decision": "give", "categories": ["conclusions", "recommendations"], "knowledge": "told"}, "channel", True,
)  # fmt: skip
COURT = Asked(
    20, "Приозёрский городской суд", "court", "court", "2-518", ("Лаптев Н. Р.", "судья"),
    "Заключение комиссии по делу об определении места жительства ребёнка.",
    {"decision": "give", "categories": ["conclusions"], "knowledge": "told"}, "post",
)  # fmt: skip
STRANGER = Asked(
    12, "ООО «Частная школа „Лидер“»", "other", "request", "14", ("Савина К. О.", "управляющий"),
    "Есть ли у ребёнка заключение комиссии и какая программа рекомендована.",
    {"decision": "refuse", "reason": "Организация не уполномочена запрашивать такие сведения."}, "in_person",
)  # fmt: skip
POLICE = Asked(
    2, "ПДН отдела полиции по г. Приозёрску", "police", "request", "31/804", ("Рогов И. Д.", "инспектор"),
    "Характеристика и рекомендации комиссии.", None,
)  # fmt: skip


def requests_of(here: Commission, today: date) -> list[Story]:
    """The requests to one commission, each about another child."""
    return [_story(here, asked, today, place) for place, asked in enumerate((BUREAU, COURT, STRANGER, POLICE))]


def _story(here: Commission, asked: Asked, today: date, place: int) -> Story:
    day = today - timedelta(days=asked.days_ago)
    while not is_working_day(day):
        day -= timedelta(days=1)
    came = at(day, 10, 5 * place)
    yield came
    found = _received(here, asked, place)
    if found is None or asked.answer is None:
        return
    yield later(came, 1)
    _decide(here, found, asked.answer)
    yield later(came, 2)
    on = timezone.localdate()
    number = "80000000000017" if asked.way == "post" else ""
    services.disclosure_send(
        actor=here.actor(here.registrar), disclosure=found, way=asked.way, sent_on=on, track_number=number
    )  # fmt: skip
    if asked.acknowledged:
        yield later(came, 4)
        services.disclosure_acknowledge(
            actor=here.actor(here.registrar), disclosure=found, on=timezone.localdate()
        )  # fmt: skip


def _received(here: Commission, asked: Asked, place: int) -> Disclosure | None:
    """The request about the child whose conclusion was signed at that place in the order of signing."""
    signed = Conclusion.objects.of(here.organisation).filter(state=Conclusion.State.SIGNED)
    conclusion = signed.select_related("case__child").order_by("signed_on", "pk")[place : place + 1].first()
    if conclusion is None:
        return None
    registrar, today = here.actor(here.registrar), timezone.localdate()
    recipient = services.recipient_by_name(
        actor=registrar, name=asked.body, kind=asked.kind, address="г. Приозёрск, ул. Новая, д. 1"
    )
    found = services.disclosure_receive(
        actor=registrar, child=conclusion.case.child, ground=asked.ground, recipient=recipient,
        request_number=asked.number, request_on=today - timedelta(days=1), received_on=today, asked=asked.asked,
        asked_by_name=asked.person[0], asked_by_post=asked.person[1],
        due_on=today + timedelta(days=5) if asked.answer is None else None,
    )  # fmt: skip
    return services.scan_attach(actor=registrar, disclosure=found, upload=scan(timezone.now()))


def _decide(here: Commission, found: Disclosure, answer: dict[str, object]) -> None:
    head, today = here.actor(here.head), timezone.localdate()
    gives = answer["decision"] == Disclosure.Decision.GIVE
    bureau = found.recipient is not None and found.recipient.kind == "disability_bureau"
    papers = [one.key for one in offers_of(head, found.child) if one.asked_by_bureau][:2]
    papers = papers if bureau else papers[1:]
    services.disclosure_decide(
        actor=head,
        disclosure=found,
        on=today,
        papers=papers if gives else (),
        told_on=today if gives else None,
        **answer,  # type: ignore[arg-type]
    )


def scan(moment: datetime) -> SimpleUploadedFile:
    """A sheet with lines instead of words: nobody's letter."""
    sheet = Image.new("L", (620, 877), 250)
    drawn = ImageDraw.Draw(sheet)
    for line in range(9, 30):
        drawn.line((70, line * 24, 550 - (line * moment.day) % 90, line * 24), fill=90, width=3)
    kept = io.BytesIO()
    sheet.save(kept, "PNG")
    return SimpleUploadedFile("запрос.png", kept.getvalue(), content_type="image/png")
