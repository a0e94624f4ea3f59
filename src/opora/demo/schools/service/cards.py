"""Cards of support: the joint decision of all specialists, what is seen in a child, the end of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from opora.people.children.models import Child
from opora.school.support.cards import services
from opora.school.support.cards.grounds import grounds_of
from opora.school.support.cards.models import CardDecision, DecisionVote, SupportCard

from ...stories import Story, at
from ..texts import told
from .children import with_grounds
from .people import SPECIALISTS, Service

Answer = DecisionVote.Answer
EVERYBODY = (*SPECIALISTS, "sluzhba")
LED = 110  # days that the closed card was led


@dataclass(frozen=True)
class Kept:
    """A card as it stands today; `ago` days it was proposed, `lead` its specialist."""

    ends: str
    ago: int
    lead: str
    problems: str
    aims: str
    spheres: tuple[str, ...] = ()


CARDS = (
    Kept("closed", 290, "specialist", "Высокая тревожность, пропуски уроков из-за самочувствия.",
         "Вернуть спокойствие на уроке; задачи: способы успокоиться, щадящий опрос, согласие в семье.",
         ("emotion", "learning", "emotion", "communication")),
    Kept("open", 66, "logoped", "Нарушение письма, чтение по слогам, устаёт к третьему уроку.",
         "Письмо без стойких ошибок; задачи: слух, звуковой разбор, пересказ.", ("speech", "learning", "speech")),
    Kept("open", 52, "specialist", "Ссоры со сверстниками, одиночество в классе, трудности в счёте.",
         "Научить договариваться и просить о помощи; вернуть интерес к математике.", ("communication", "emotion")),
    Kept("open", 38, "defektolog", "Не понимает условия задачи, внимание рассеянное, память короткая.",
         "Освоить план работы с задачей; задачи: внимание, обобщение, опоры на уроке.", ("cognition", "learning")),
    Kept("declined", 33, "socped", "Редкие опоздания, домашние задания выполняет не всегда.",
         "Наладить режим дня вместе с семьёй."),
    Kept("proposed", 5, "specialist", "Замкнутость, отказ от общих дел, тревога перед контрольными.",
         "Вернуть участие в делах класса."),
)  # fmt: skip
DYNAMICS = (
    ("same", "Задания начинает с напоминания взрослого, помощь принимает."),
    ("up", "Работает дольше без перерыва, {сам начал|сама начала} разговор."),
    ("up", "На уроке отвечает с места, учитель видит перемены."),
    ("down", "После болезни устаёт быстрее, часть навыков пришлось повторить."),
)
AGAINST = "Достаточно консультаций: трудности временные, комплексное сопровождение не нужно."
SUMMED = "Тревога снизилась до обычной, пропусков за месяц нет, отвечает у доски. Цели достигнуты."


def card_story(service: Service, kept: Kept, place: int) -> Story:
    """Proposed by the lead, talked over in two days, watched, and closed by the same joint decision."""
    day = service.today - timedelta(days=kept.ago)
    if day <= date(service.year - 1, 12, 1) or (kept.ends != "closed" and day < date(service.year, 9, 2)):
        day = service.today - timedelta(days=3)
    yield at(day, 14, 10 + place)
    child = _child(service, kept, place)
    if child is None:
        return
    card = _proposed(service, kept, child, day)
    if kept.ends == "proposed":
        _vote(service, card, "logoped", day)
        return
    yield at(day + timedelta(days=2), 15, place)
    for login in EVERYBODY:
        if login != kept.lead:
            against = kept.ends == "declined" and login in ("specialist", "sluzhba")
            _vote(service, card, login, timezone.localdate(), AGAINST if against else "")
    if kept.ends == "declined":
        return
    for number, sphere in enumerate(kept.spheres):
        seen = day + timedelta(days=12 + number * (30 if kept.ends == "closed" else 13))
        if seen >= service.today:
            return
        yield at(seen, 16, place)
        dynamics, text = DYNAMICS[(number + place) % 3 if number < 3 else 1]
        services.note_add(
            actor=service.actor(kept.lead), card=card, sphere=sphere, dynamics=dynamics,
            text=told(text, boy=child.sex == "male"), on=timezone.localdate(),
        )  # fmt: skip
    if kept.ends == "closed":
        yield at(day + timedelta(days=LED), 15)
        _closed(service, kept, card)


def _child(service: Service, kept: Kept, place: int) -> Child | None:
    """A child with a ground who has had no card yet."""
    had = set(SupportCard.objects.of(service.organisation).values_list("child", flat=True))
    found = [child for child, _ in with_grounds(service, kept.lead) if child.pk not in had]
    return found[place % len(found)] if found else None


def _proposed(service: Service, kept: Kept, child: Child, day: date) -> SupportCard:
    actor = service.actor(kept.lead)
    offers = grounds_of(actor, child, day)
    offer = offers[0] if offers and kept.ends != "declined" else None
    note = "" if offer else "обращение классного руководителя"
    return services.card_propose(
        actor=actor, child=child, offer=offer, ground="" if offer else "request", ground_note=note,
        problems=kept.problems, aims=kept.aims, review_on=day + timedelta(days=90), on=timezone.localdate(),
    )  # fmt: skip


def _vote(service: Service, card: SupportCard, login: str, on: date, against: str = "") -> None:
    vote = DecisionVote.objects.filter(
        decision__card=card, decision__outcome="waiting", position__user=service.post(login).user
    ).first()  # fmt: skip
    if vote is not None and vote.answer == Answer.WAITING:
        answer = Answer.AGAINST if against else Answer.AGREE
        services.vote_give(actor=service.actor(login), vote=vote, answer=answer, words=against, on=on)


def _closed(service: Service, kept: Kept, card: SupportCard) -> None:
    today = timezone.localdate()
    services.decision_ask(
        actor=service.actor(kept.lead), card=card, kind=CardDecision.Kind.CLOSE, text=SUMMED, close_reason="reached",
        on=today,
    )  # fmt: skip
    for login in EVERYBODY:
        if login != kept.lead:
            _vote(service, card, login, today)
