"""Passports to fill, to accept and to approve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.desk import ENOUGH, Duty, duties
from opora.foundation.ui.typography import plural
from opora.school.pupils.models import SchoolClass
from opora.school.pupils.titles import year_of

from ..approval import OPEN, Status
from .models import SocialPassport
from .permissions import leads_passports

FEW = 3  # more class passports to accept are one row that leads to the list


def to_fill(actor: Actor, today: date) -> Iterator[Duty]:
    """Own classes without a passport this year, or with one that is not handed in."""
    every = SocialPassport._base_manager.filter(school_class=OuterRef("pk"))
    mine = SchoolClass.objects.visible_to(actor).filter(teacher__user=actor.user, year=year_of(today))
    lacking = mine.annotate(has_one=Exists(every), has_open=Exists(every.filter(status__in=OPEN)))
    for room in lacking[:ENOUGH]:
        if getattr(room, "has_open", False):
            url, todo = f"{reverse('passports:list')}?state=open", "Закончить социальный паспорт класса"
        elif not getattr(room, "has_one", True):
            url, todo = reverse("passports:class_begin", args=[room.public_id]), "Заполнить социальный паспорт класса"
        else:
            continue
        yield Duty(room.title, todo, None, url)


def to_accept(actor: Actor, today: date) -> Iterator[Duty]:
    """Class passports that were handed in, and a passport of the institution that the director returned."""
    if not leads_passports(actor):
        return
    rows = SocialPassport.objects.visible_to(actor).filter(status__in=(Status.SUBMITTED, Status.RETURNED))
    found = list(rows.select_related("school_class").order_by("on", "pk")[:ENOUGH])
    handed = [one for one in found if one.status == Status.SUBMITTED]
    for one in found:
        if one.school_class_id is None and one.status == Status.RETURNED:
            yield Duty("Вся школа", "Исправить социальный паспорт: вернул директор", None, _address(one))
    if len(handed) <= FEW:
        yield from (Duty(one.scope, "Принять социальный паспорт класса", None, _address(one)) for one in handed)
        return
    count = plural(len(handed), "социальный паспорт,социальных паспорта,социальных паспортов")
    yield Duty("Классы", f"Принять {count}", None, f"{reverse('passports:list')}?state=waiting&kind=class")


def to_approve(actor: Actor, today: date) -> Iterator[Duty]:
    """The passport of the institution at the director."""
    rows = SocialPassport.objects.visible_to(actor).filter(status=Status.EXAMINED)
    for one in rows.select_related("school_class")[:ENOUGH]:
        yield Duty(one.scope, "Утвердить социальный паспорт", None, _address(one))


def _address(one: SocialPassport) -> str:
    return reverse("passports:passport", args=[one.public_id])


duties("passport.fill", to_fill)
duties("class_passport.accept", to_accept)
duties("passport.approve", to_approve)
