"""The list «Заключения ГИА»."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from opora.commission.conclusions.listing import conclusion_search
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui.lists import Chip, Choice, Column, Listing

from .models import AttestationConclusion
from .sources import year_of_examinations


def number_of(one: AttestationConclusion) -> str:
    """«12/2026»; a dash for a draft."""
    return f"{one.number}/{one.year}" if one.number else "—"


def attestation_listing(actor: Actor, today: date) -> Listing:
    """Conclusions on ГИА of this school year; others by the chips."""
    return Listing(
        title="Заключения ГИА",
        name="attestation",
        order="-signed",
        search=lambda rows, text: conclusion_search(actor, rows, text, "", today),
        search_hint="Номер заключения или фамилия, имя, дата рождения",
        row_url=lambda one: reverse("attestation:sheet", args=[one.public_id]),
        row_state=lambda one: {"annulled": "late", "signed": "done"}.get(one.state, ""),
        empty="Заключений ГИА здесь нет. Их начинают на странице дела, когда оно перешло к обсуждению.",
        columns=(
            Column("number", "№", number_of, sort=("year", "number"), kind="narrow"),
            Column(
                "child", "Обучающийся", lambda one: one.case.child.full_name, sort=("case__child__last_name",),
                kind="main",
            ),
            Column("born", "Дата рождения", lambda one: one.case.child.birth_date, kind="date"),
            Column("level", "Уровень", AttestationConclusion.get_level_display, sort=("level",)),
            Column("exam_year", "Год ГИА", lambda one: one.exam_year, sort=("exam_year",), kind="narrow"),
            Column("signed", "Подписано", lambda one: one.signed_on, sort=("signed_on", "number"), kind="date"),
            Column("valid", "Действует до", lambda one: one.valid_until, sort=("valid_until",), kind="date"),
            Column("handed", "Выдано", lambda one: one.handed_on, sort=("handed_on",), kind="date"),
            Column("state", "Состояние", AttestationConclusion.get_state_display, sort=("state",)),
        ),
        chips=(
            Chip("year", "Год ГИА", _years(year_of_examinations(today)), default="this"),
            Chip("level", "Уровень", [Choice(one.value, str(one.label), Q(level=one.value)) for one in _LEVELS]),
            Chip("state", "Состояние", [Choice(one.value, str(one.label), Q(state=one.value)) for one in _STATES]),
            Chip("copy", "Копия", [Choice("waiting", "не выдана", Q(state="signed", handed_on=None))]),
        ),
    )  # fmt: skip


_LEVELS, _STATES = AttestationConclusion.Level, AttestationConclusion.State


def _years(current: int) -> list[Choice]:
    return [
        Choice("this", f"{current}", Q(exam_year=current) | Q(exam_year=None)),
        Choice("next", f"{current + 1} и позже", Q(exam_year__gt=current)),
        Choice("last", f"{current - 1}", Q(exam_year=current - 1)),
    ]
