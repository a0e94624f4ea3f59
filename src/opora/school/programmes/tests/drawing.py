"""Programmes for stories: a draft that lacks nothing, one with the family, one that runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from opora.foundation.accounts.actors import Actor
from opora.people.children.models import Child
from opora.school.programmes import services
from opora.school.programmes.models import Programme, ProgrammeSection
from tests.school_cast import SchoolCast

START, END = date(2026, 11, 21), date(2027, 3, 1)
TEXTS = {
    "problems": "Часто остаётся один, отказывается отвечать у доски.",
    "characteristic": "Старательный, любит рисовать.",
    "diagnostics": "Наблюдение и беседа 16.11.2026: тревожность в ситуации ответа.",
    "resources_inner": "Рисует, доводит начатое до конца.",
    "resources_outer": "Дружит с двоюродным братом, ходит в кружок.",
    "expected_results": "Отвечает у доски при поддержке учителя.",
}
AUDIENCES = {"pupil": "Занятия по снижению тревоги", "parents": "Встречи с мамой", "staff": "Разбор на педсовете"}


def draft(cast: SchoolCast, *, child: Child | None = None, on: date = START, **values: object) -> Programme:
    """An empty draft: Елена has named Жанна the curator."""
    return services.programme_open(
        actor=cast.actor(cast.elena), child=child or cast.misha, curator=cast.post(cast.zhanna), on=on, **values
    )


def whole_draft(cast: SchoolCast, *, child: Child | None = None, on: date = START) -> Programme:
    """A draft of Жанна to which only the warning «no protocol» remains."""
    programme = draft(cast, child=child, on=on)
    return written(cast, cast.actor(cast.zhanna), programme, on)


def written(cast: SchoolCast, actor: Actor, programme: Programme, on: date = START) -> Programme:
    for section in ProgrammeSection.objects.filter(programme=programme):
        services.section_write(actor=actor, section=section, text=TEXTS[section.code], base_version=section.version)
    goal = services.line_add(
        actor=actor, programme=programme, part="goal", values={"title": "Снизить тревогу на уроках"}, on=on
    )
    task = services.line_add(
        actor=actor, programme=programme, part="task", parent=goal, on=on,
        values={"title": "Научить просить о помощи", "direction": "psychological"},
    )  # fmt: skip
    for audience, title in AUDIENCES.items():
        services.line_add(
            actor=actor, programme=programme, part="activity", parent=task, on=on,
            values={
                "audience": audience, "title": title, "form": "встреча", "responsible": cast.post(cast.polina),
                "frequency": "раз в неделю", "planned_result": "Спокойнее отвечает",
            },
        )  # fmt: skip
    services.line_add(
        actor=actor, programme=programme, part="criterion", on=on,
        values={
            "title": "Отвечает у доски", "measure": "наблюдение учителя", "scale": "five",
            "starts_at": Decimal(2), "wanted": Decimal(4),
        },
    )  # fmt: skip
    programme.refresh_from_db()
    return programme


def with_family(cast: SchoolCast, *, on: date = START) -> Programme:
    """Shown to the mother."""
    programme = whole_draft(cast, on=on)
    return services.programme_send_to_family(actor=cast.actor(cast.zhanna), programme=programme, on=on)


def agreed(cast: SchoolCast, *, on: date = START) -> Programme:
    """The mother agrees; the missing protocol is explained."""
    programme = with_family(cast, on=on)
    curator = cast.actor(cast.zhanna)
    services.agreement_record(
        actor=curator, programme=programme, guardian=cast.mother(programme.child), answer="agreed",
        signed_on=on, on=on,
    )  # fmt: skip
    return services.programme_agree(
        actor=curator, programme=programme, on=on, reason="Протокол оформляют до конца недели"
    )


def running(cast: SchoolCast, *, on: date = START) -> Programme:
    """Approved by Даниил."""
    return services.programme_approve(actor=cast.actor(cast.daniil), programme=agreed(cast, on=on), on=on)
