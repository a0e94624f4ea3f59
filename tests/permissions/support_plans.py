"""The year of the service, its bank and its plans in the house of the permission tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from opora.commission.intake.models import PaperFile
from opora.foundation.access.models import Position
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.foundation.files.models import StoredFile
from opora.records.documents.services import paper_issue
from opora.school.support.materials import services as banking
from opora.school.support.materials.models import Material, MaterialFile
from opora.school.support.materials.outline import topics_of
from opora.school.support.plans import services as planning
from opora.school.support.plans.models import WorkPlan
from opora.school.support.plans.terms import term_of
from opora.school.support.schoolyear import services as keeping

if TYPE_CHECKING:
    from .house import House

OTHER_SPECIALIST = "own school_specialist, other case"
OWN_PLAN = "a plan and a material are written by whoever keeps them and by the head of the service"
WRITTEN = (
    *(f"plans:{one}" for one in ("words", "grow", "line_add", "item", "remove", "submit", "change")),
    *(
        f"materials:{one}"
        for one in (
            "edit", "topic_add", "topic", "file_add", "file_remove", "use", "submit", "review", "retire", "restore",
            "change",
        )
    ),
)  # fmt: skip
NARROWER = {(name, OTHER_SPECIALIST): OWN_PLAN for name in WRITTEN}


def scan_of(house: House) -> StoredFile:
    """The last scan among the papers of a place, in a school without papers the last file that was brought in."""
    held = PaperFile.objects.filter(organisation=house.place).order_by("pk").last()
    return held.file if held else StoredFile.objects.filter(organisation=house.place).latest("pk")


def _of(house: House, role: Role) -> tuple[Actor, Position]:
    actor = house.actor(house.school[role])
    return actor, Position.objects.get(organisation=house.place, user=actor.person)


def year(house: House) -> None:
    """Settings, a day off, a cabinet, norms and rates, all set by the head."""
    head, (_, post) = house.actor(house.school[Role.SERVICE_HEAD]), _of(house, Role.SCHOOL_SPECIALIST)
    keeping.settings_save(actor=head, lesson_minutes=40, group_limit=8, days_to_log=3)
    keeping.day_off_add(actor=head, title="Карантин", starts_on=house.today + timedelta(days=30))
    keeping.cabinet_save(actor=head, title="Кабинет № 12")
    keeping.norms_save(actor=head, norms={"psychologist": (Decimal(36), Decimal(18))})
    keeping.rates_save(actor=head, year=house.today.year, rates=[(post, Decimal(1))])


def bank(house: House) -> None:
    """Of the specialist: a method in use with a file, a retired one, programmes and projects on every step."""
    (specialist, _), head = _of(house, Role.SCHOOL_SPECIALIST), house.actor(house.school[Role.SERVICE_HEAD])
    director = house.actor(house.school[Role.DIRECTOR])

    def brought(kind: str, title: str) -> Material:
        made = banking.material_save(
            actor=specialist, kind=kind, title=title, direction="diagnostics", annotation="Описание",
            review_on=house.today,
        )  # fmt: skip
        if made.needs_approval:
            banking.topics_add(actor=specialist, material=made, topics=topics_of("Знакомство — 2"))
        return made

    used, retired = (banking.material_use(actor=specialist, material=brought("method", one)) for one in ("А", "Б"))
    MaterialFile.objects.create(
        organisation=house.place,
        material=used,
        file=scan_of(house),
    )
    banking.material_retire(actor=specialist, material=retired)
    brought("method", "Черновик")
    brought("programme", "Черновик")
    for stage in ("submitted", "examined", "in_use"):
        made = brought("programme", stage)
        banking.material_submit(actor=specialist, material=made, on=house.today)
        if stage != "submitted":
            banking.material_examine(actor=head, material=made, on=house.today)
        if stage == "in_use":
            banking.material_approve(actor=director, material=made, on=house.today)


def plans(house: House) -> None:
    """The service's year, approved; of the specialist a year approved, a month and weeks on the way, a draft."""
    (specialist, post), head = _of(house, Role.SCHOOL_SPECIALIST), house.actor(house.school[Role.SERVICE_HEAD])
    director, week = house.actor(house.school[Role.DIRECTOR]), timedelta(days=7)

    def begun(actor: Actor, horizon: str, days: timedelta, owner: Position | None) -> WorkPlan:
        plan = planning.plan_open(actor=actor, horizon=horizon, day=house.today + days, owner=owner, grow=False)
        term = term_of(horizon, house.today + days)
        planning.item_add(
            actor=actor, plan=plan, direction="methods", title="Семинар", aim="Цель", participants="учителя",
            expected_result="Справка", responsible=post, starts_on=term.starts_on,
        )  # fmt: skip
        return planning.plan_words_set(actor=actor, plan=plan, aim="Цель", tasks="Задачи")

    def approved(plan: WorkPlan) -> None:
        plan.refresh_from_db()
        if plan.status == "submitted":
            planning.plan_examine(actor=head, plan=plan, on=house.today)
        version = planning.plan_approve(actor=director, plan=plan, on=house.today)
        paper_issue(actor=director, snapshot=version.snapshot)  # its first reader has had it drawn

    for owner, actor in ((None, head), (post, specialist)):
        plan = begun(actor, "year", timedelta(), owner)
        planning.plan_submit(actor=actor, plan=plan, on=house.today)
        approved(plan)
    month, examined = begun(specialist, "month", timedelta(), post), begun(specialist, "week", week, post)
    for plan in (month, examined):
        planning.plan_submit(actor=specialist, plan=plan, on=house.today)
    planning.plan_examine(actor=head, plan=examined, on=house.today)
    begun(specialist, "week", 2 * week, post)


# Which row of the house a route is tried on.
WHERE: dict[str, dict[str, Any]] = {
    **{f"plans:{one}": {"status": "draft"} for one in ("words", "grow", "line_add", "remove", "submit")},
    **{f"plans:{one}": {"status": "submitted"} for one in ("examine", "return")},
    **{f"plans:{one}": {"status": "approved", "owner": None} for one in ("plan", "versions")},
    "plans:approve": {"status": "examined"},
    "plans:change": {"status": "approved", "owner__isnull": False},
    "plans:item": {"plan__status": "draft"},
    **{
        f"materials:{one}": {"status": "in_use", "kind": "method"}
        for one in ("material", "review", "retire", "file_add")
    },
    **{f"materials:{one}": {"status": "draft", "kind": "programme"} for one in ("edit", "topic_add", "submit")},
    **{f"materials:{one}": {"status": "submitted"} for one in ("examine", "return")},
    "materials:use": {"status": "draft", "kind": "method"},
    "materials:approve": {"status": "examined"},
    "materials:restore": {"status": "retired"},
    "materials:change": {"status": "in_use", "kind": "programme"},
    "materials:topic": {"material__status": "draft"},
}
POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    "plans:line_add": lambda h, user: {"direction": "methods", "title": "Ещё одно дело"},
    "plans:new": lambda h, user: {"horizon": "month", "day": f"{h.today + timedelta(days=70):%d.%m.%Y}"},
    "plans:return": lambda h, user: {"remarks": "Мало"},
    "plans:change": lambda h, user: {"reason": "Карантин"},
    "materials:topic_add": lambda h, user: {"text": "Тема — 2"},
    "materials:return": lambda h, user: {"remarks": "Мало"},
    "materials:review": lambda h, user: {"next_on": f"{h.today + timedelta(days=300):%d.%m.%Y}"},
    "schoolyear:day_off_add": lambda h, user: {"title": "День здоровья", "starts_on": f"{h.today:%d.%m.%Y}"},
    "schoolyear:cabinet_add": lambda h, user: {"title": "Кабинет № 13"},
}
