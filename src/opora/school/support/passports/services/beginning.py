"""A passport is begun on a day: of a class by its teacher, of the institution by the service."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from opora.foundation.access.actions import require, require_own
from opora.foundation.access.models import Position
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.services import record
from opora.people.law import law_on
from opora.school.pupils.models import SchoolClass
from opora.school.pupils.titles import year_of, year_title

from .. import events
from ..models import SocialPassport
from ..permissions import may_fill, require_filler, require_leading
from .rows import rows_complete


@transaction.atomic
def class_passport_begin(*, actor: Actor, school_class: SchoolClass, on: date) -> SocialPassport:
    """Begin the passport of a class on a day; last year's facts are in it already. Raises PermissionDenied, Refusal."""
    require(actor, "passport.fill")
    require_own(actor, school_class)
    require_filler(actor, school_class)
    _day(on)
    if year_of(on) != school_class.year:
        raise Refusal(
            "other_year", f"Это класс {year_title(school_class.year)} учебного года: выберите день из него.", field="on"
        )
    return _begin(actor, on, school_class)


@transaction.atomic
def school_passport_begin(*, actor: Actor, on: date) -> SocialPassport:
    """Begin the passport of the institution: it is counted by itself. Raises PermissionDenied, Refusal."""
    require(actor, "passport.make")
    require_leading(actor)
    _day(on)
    return _begin(actor, on, None)


@transaction.atomic
def comments_write(*, actor: Actor, passport: SocialPassport, comments: str) -> SocialPassport:
    """Words beside the figures. They name nobody."""
    fresh = open_passport(actor, passport)
    if fresh.comments != comments.replace("\r\n", "\n").strip():
        fresh.comments = comments.replace("\r\n", "\n").strip()
        fresh.full_clean(validate_constraints=False)
        fresh.save(update_fields=["comments"])
        record(events.COMMENTS_SAVED, actor=actor, subject=fresh)
    return fresh


@transaction.atomic
def passport_drop(*, actor: Actor, passport: SocialPassport) -> None:
    """Throw away a passport begun by mistake; what was ticked stays with the families."""
    fresh = open_passport(actor, passport)
    if not fresh.is_open:
        raise Refusal("closed", "Паспорт уже сдан: его возвращают на доработку, а не удаляют.")
    record(events.PASSPORT_DROPPED, actor=actor, subject=fresh, scope=fresh.scope, on=f"{fresh.on:%d.%m.%Y}")
    fresh.delete()


def open_passport(actor: Actor, passport: SocialPassport) -> SocialPassport:
    """Read anew and locked, for whoever may write in it now. Raises PermissionDenied, Refusal."""
    require(actor, "passport.fill")
    require_own(actor, passport)
    fresh = passport_lock(passport)
    if fresh.school_class is None:
        require_leading(actor)
    require_filler(actor, fresh.school_class)
    if not fresh.is_open and not writes_submitted(actor, fresh):
        raise Refusal("closed", "Паспорт уже сдан: чтобы менять отметки, его нужно вернуть на доработку.")
    return fresh


def writes_submitted(actor: Actor, passport: SocialPassport) -> bool:
    """Whoever accepts a class passport completes it before: rows that its teacher does not see."""
    return passport.status == "submitted" and may_fill(actor, None)


def passport_lock(passport: SocialPassport) -> SocialPassport:
    rows = SocialPassport.objects.select_for_update(of=("self",))
    return rows.select_related("school_class__teacher__user", "filled_by__user", "organisation").get(pk=passport.pk)


def _begin(actor: Actor, on: date, room: SchoolClass | None) -> SocialPassport:
    rows = SocialPassport.objects.of(actor.at).filter(school_class=room)
    if rows.filter(on=on).exists():
        raise Refusal("twice", f"Паспорт на {on:%d.%m.%Y} уже есть.", field="on")
    begun = rows.filter(year=year_of(on), status__in=("draft", "returned")).first()
    if begun is not None:
        raise Refusal("begun", f"Паспорт на {begun.on:%d.%m.%Y} ещё заполняется: закончите его.", field="on")
    rows_complete(actor, on)
    made = SocialPassport(
        organisation=actor.at, school_class=room, year=year_of(on), on=on, filled_by=post_of(actor, on)
    )  # fmt: skip
    made.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refusal("twice", f"Паспорт на {on:%d.%m.%Y} только что начат.", field="on") from None
    record(events.PASSPORT_BEGUN, actor=actor, subject=made, scope=made.scope, on=f"{on:%d.%m.%Y}")
    return made


def post_of(actor: Actor, on: date) -> Position:
    """The post in which the actor makes passports. Raises Refusal for somebody who holds none."""
    posts = Position.objects.visible_to(actor).filter(user=actor.user)
    found = posts.held_on(on).order_by("pk").first() or posts.order_by("pk").first()
    if found is None:
        raise Refusal("no_post", "Паспорт составляет тот, кто работает в этой организации.")
    return found


def _day(on: date) -> None:
    if on > timezone.localdate():
        raise Refusal("future", "Эта дата ещё не наступила.", field="on")
    try:
        law_on(on)
    except LookupError:
        raise Refusal("too_early", "Паспорта на такой давний день Опора не знает: проверьте год.", field="on") from None
