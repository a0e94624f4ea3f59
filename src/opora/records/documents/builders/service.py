"""Papers of the support service: plan, schedule, card, social passport, the year's analysis (001, 5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from opora.foundation.access.actions import may
from opora.foundation.access.fields import field_class, sees
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.registers.models import Snapshot
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.analysis.writing import analysis_content
from opora.school.support.approval import Status
from opora.school.support.cards.content import card_content
from opora.school.support.cards.models import SupportCard
from opora.school.support.passports.checks import sum_checks
from opora.school.support.passports.content import SocialPassportPaper, passport_content, shown_to
from opora.school.support.passports.models import PassportRow, SocialPassport
from opora.school.support.passports.shown import earlier_of
from opora.school.support.passports.sums import by_code, counts_of
from opora.school.support.plans.content import plan_content
from opora.school.support.plans.models import WorkPlan
from opora.school.support.plans.versions import approved_content, marked_content, version_for
from opora.school.support.schedules.content import schedule_content
from opora.school.support.schedules.models import WorkSchedule

from .consilium import director_name

Data = Mapping[str, Any]


def head_of_service(actor: Actor, on: date) -> str:
    """«Ильина И. И.»; empty when nobody leads the service that day."""
    held = Position.objects.filter(organisation=actor.at, role=Role.SERVICE_HEAD).held_on(on).select_related("user")
    post = held.order_by("started_on", "pk").first()
    return post.user.short_name if post else ""


def reader(action: str, model: type[Model]) -> Any:
    """Whether the actor may read a row of the model: by his role, and by what he reads of its rows."""

    def reads(actor: Actor, row: Model) -> bool:
        rows: Any = model._default_manager
        return may(actor, action) and rows.visible_to(actor).filter(pk=row.pk).exists()

    return reads


def plan(row: WorkPlan, actor: Actor, on: date) -> Data:
    """A plan as it stands, before the director has approved it; a colleague's under change as it was approved."""
    version = version_for(actor, row)
    if version is not None:
        return {**_plan(row, actor, on, approved_content(version)), "draft": False}
    return _plan(row, actor, on, plan_content(actor, row, director=director_name(actor, on)))


def plan_progress(row: WorkPlan, actor: Actor, on: date) -> Data:
    """The plan with the column of what was done, counted from the log up to a day."""
    footer, version = f"План работы, отметки на {on:%d.%m.%Y}", version_for(actor, row)
    if version is not None:
        return {**_plan(row, actor, on, marked_content(version, on)), "draft": False, "footer": footer}
    content = plan_content(
        actor, row, version=row.versions.count(), director=director_name(actor, row.approved_on or on), today=on
    )
    return {**_plan(row, actor, on, content), "footer": footer}


def _plan(row: WorkPlan, actor: Actor, on: date, content: Any) -> dict[str, Any]:
    return {**content, "draft": row.status != Status.APPROVED, "head_name": head_of_service(actor, on)}


def plan_signed(row: WorkPlan) -> Snapshot | None:
    """The version in force; a plan that is open for changes is a draft again, its versions stay readable."""
    if row.status != Status.APPROVED:
        return None
    version = row.versions.select_related("snapshot").order_by("-number").first()
    return version.snapshot if version else None


def was_approved(row: WorkPlan) -> bool:
    """Whether there is something to mark."""
    return row.number is not None


def schedule(row: WorkSchedule, actor: Actor, on: date) -> Data:
    """A schedule as it stands, before the director has approved it."""
    content = schedule_content(row, director=director_name(actor, on))
    return {**content, "draft": row.status != Status.APPROVED, "head_name": head_of_service(actor, on)}


def schedule_signed(row: WorkSchedule) -> Snapshot | None:
    return row.snapshot if row.status == Status.APPROVED else None


def card(row: SupportCard, actor: Actor, on: date) -> Data:
    """The card as its reader reads it; it is kept here, the paper says of which day it is."""
    content = card_content(actor, row, on)
    programme = row.programme
    return {
        **content,
        "official_use": True,
        "programme": f"ИПС №\u00a0{programme.number}/{programme.year}" if programme and programme.number else "",
        "head_name": head_of_service(actor, on),
        "footer": f"Карта сопровождения, состояние на {on:%d.%m.%Y}",
    }


def passport(row: SocialPassport, actor: Actor, on: date) -> Data:
    """The passport before its approval, with what does not add up."""
    counts = counts_of(row)
    checks = [] if row.is_frozen else [one.text for one in sum_checks(actor, row, counts)]
    return {**_passport(row, actor, on, passport_content(row, counts)), "checks": checks}


def passport_years(row: SocialPassport, actor: Actor, on: date) -> Data:
    """Two years side by side. Raises Refusal where there is no earlier year."""
    earlier, _ = earlier_of(actor, row, "")
    if earlier is None:
        raise Refusal("no_earlier", "Паспорта за прошлый год нет: сравнивать пока не с чем.")
    data = _passport(row, actor, on, passport_content(row, counts_of(row)))
    shown = {line["code"] for part in data["parts"] for line in part["lines"]}
    before = {code: counts for code, counts in by_code(counts_of(earlier)).items() if code in shown}
    year = passport_content(earlier, [])["year"]
    return {**data, "earlier_on": earlier.on.isoformat(), "earlier_year": year, "earlier": before}


def _passport(row: SocialPassport, actor: Actor, on: date, content: SocialPassportPaper) -> dict[str, Any]:
    paper = shown_to(actor, content)
    lines = {line["code"] for part in paper["parts"] for line in part["lines"]}
    left_out = {line["field_class"] for part in content["parts"] for line in part["lines"] if line["code"] not in lines}
    director = "" if row.school_class_id else paper["director"] or director_name(actor, on)
    return {
        **paper,
        "draft": not row.is_frozen,
        "official_use": row.school_class_id is not None,
        "director": director,
        "withheld": " ".join(field_class(code).who_for(actor) for code in sorted(left_out)),
    }


def reads_whole_passport(actor: Actor, row: SocialPassport) -> bool:
    """Figures of a class are few: some of its rows are for those who see what they tell."""
    return _reads_passport(actor, row) and (row.school_class_id is None or not _hidden_rows(actor, row))


def reads_part_of_passport(actor: Actor, row: SocialPassport) -> bool:
    return _reads_passport(actor, row) and row.school_class_id is not None and _hidden_rows(actor, row)


_reads_passport = reader("passport.view", SocialPassport)


def _hidden_rows(actor: Actor, row: SocialPassport) -> bool:
    classes = PassportRow.objects.of(row.organisation).exclude(field_class="").order_by().values_list("field_class")
    return any(not sees(actor, code) for (code,) in classes.distinct())


def has_earlier(row: SocialPassport) -> bool:
    """Whether there is a passport of another year to compare with."""
    rows = SocialPassport.objects.of(row.organisation)
    return rows.beside(row).filter(year__lt=row.year).exists()


def passport_signed(row: SocialPassport) -> Snapshot | None:
    return row.snapshot if row.is_frozen else None


def analysis(row: YearAnalysis, actor: Actor, on: date) -> Data:
    """The analysis as it stands, counted up to a day."""
    content = analysis_content(row, on, director=director_name(actor, on))
    return {**content, "draft": row.status != Status.APPROVED}


def analysis_signed(row: YearAnalysis) -> Snapshot | None:
    return row.snapshot if row.status == Status.APPROVED else None
