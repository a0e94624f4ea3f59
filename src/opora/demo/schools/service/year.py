"""What the head keeps: samples of quality, notices of acts, the analysis of a year."""

from __future__ import annotations

import random
from datetime import date, timedelta

from django.utils import timezone

from opora.foundation.accounts.actors import Actor
from opora.school.support.analysis import services
from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.leading.models import QualityReview
from opora.school.support.leading.services import notice_read, notice_tell, review_mend, review_save, sample_draw

from ...stories import Story, at
from .people import SPECIALISTS, Service

WRITTEN = {
    "staff": "Служба работала в полном составе; у логопеда три четверти ставки, и очередь на занятия была весь год.",
    "plan": "Годовой план выполнен, кроме семинара по проектной работе: он перенесён.",
    "contingent": "Классы сохранили состав. Больше стало семей, где работает один родитель.",
    "diagnostics": "Осенью у четверти детей внимание и память ниже ожидания; весной таких вдвое меньше.",
    "correction": "Группы закончили программы. Не хватило часов логопеда: рекомендации выполнены не у всех.",
    "education": "Родители чаще приходят на консультации вечером; собрания собирают половину класса.",
    "methods": "Создан банк методик, утверждены рабочие программы, начат проект «Мост».",
    "consilium": "Заседания проходили по плану и по запросам, рекомендации переданы учителям в срок.",
    "support": "Комплексное сопровождение начато, первая карта закрыта с достигнутой целью.",
    "contacts": "Помощь получена от центра и поликлиники; записи к врачам приходится ждать.",
    "next": "Увеличить часы логопеда, начать диагностику раньше, вовлечь семьи через клуб родителей.",
}
PROBLEMS = (
    ("Часы логопеда по заключениям ПМПК выполнены не полностью", "Ставка 0,75 на школу",
     "Открыть вторую группу по понедельникам и средам, просить о целой ставке", "logoped", "correction"),
    ("Родители старших классов не приходят на собрания Службы", "Собрания в рабочее время",
     "Проводить встречи вечером и по классам", "specialist", "education"),
    ("Записи в журнале вносятся позже трёх дней", "Журнал вели на бумаге",
     "Вносить запись в день занятия, сверять по пятницам", "sluzhba", "methods"),
)  # fmt: skip
CAME = (("partly", "Две группы вместо одной, ставка не увеличена"), ("", ""), ("", ""))
NOTICES = (
    (380, "order_1082", "Сверьте, на какой приказ ссылаются ваши характеристики.", SPECIALISTS),
    (24, "sanpin_26", "Проверьте число детей в группах и длительность занятий.", ("specialist", "logoped")),
)  # fmt: skip
REMARK = "Итог консультации не записан: допишите, о чём договорились."
SAMPLED, FEW_DAYS = timedelta(days=31), 8
REVIEWED = 4  # of a sample; the rest waits for the head


def analysis_story(service: Service) -> Story:
    """The year is summed up in June; its problems become lines of the next plan, this year's analysis is begun."""
    head, before = service.head, service.year - 1
    day = date(before + 1, 6, 15)
    yield at(day, 12)
    made = services.analysis_begin(actor=head, year=before, on=timezone.localdate())
    _written(head, made, WRITTEN)
    for problem, cause, measure, login, _ in PROBLEMS:
        services.problem_add(
            actor=head, analysis=made, problem=problem, cause=cause, measure=measure, responsible=service.post(login),
            due_on=date(service.year, 12, 25),
        )  # fmt: skip
    yield at(day + timedelta(days=3), 12)
    services.analysis_submit(actor=head, analysis=made)
    yield at(day + timedelta(days=4), 12)
    services.analysis_approve(actor=service.director, analysis=made, on=timezone.localdate())
    # The plan of the new year is drawn up on its first day, after noon, and approved on the next.
    yield at(date(service.year, 9, 1), 15)
    for told, found in zip(PROBLEMS, made.problems.order_by("order"), strict=True):
        services.problem_plan(actor=head, problem=found, direction=told[4])
    begun = service.today - timedelta(days=9)
    if begun <= date(service.year, 10, 15):
        return
    yield at(begun, 16)
    present = services.analysis_begin(actor=head, year=service.year, on=timezone.localdate())
    _written(head, present, {"staff": "Принят учитель-дефектолог на полставки; обновлены кабинеты."})
    for (came, words), line in zip(CAME, made.problems.order_by("order"), strict=True):
        if came:
            services.problem_came_mark(actor=head, analysis=present, problem=line, came=came, words=words)


def _written(head: Actor, analysis: YearAnalysis, texts: dict[str, str]) -> None:
    for section in analysis.sections.all():
        if section.code in texts:
            services.section_write(
                actor=head, section=section, text=texts[section.code], base_version=section.version
            )  # fmt: skip


def quality_story(service: Service, chance: random.Random) -> Story:
    """Once last spring and once these weeks the head looks at entries drawn by lot; one author has mended his."""
    now = service.today
    for day in (date(service.year, 4, 20), now - timedelta(days=10)):
        yield at(day, 17)
        today = timezone.localdate()
        if len(service.days(today - SAMPLED, today)) < FEW_DAYS:  # vacations: there is nothing to look at
            continue
        drawn = sample_draw(
            actor=service.head, start=today - SAMPLED, end=today, count=2, on=today, chance=chance
        )  # fmt: skip
        for number, review in enumerate(drawn[:REVIEWED]):
            bad = number % 3 == 1
            review_save(
                actor=service.head, review=review, verdict="remarks" if bad else "good", words=REMARK if bad else "",
                on=today,
            )  # fmt: skip
        yield at(day + timedelta(days=3), 17)
        waiting = QualityReview.objects.filter(pk__in=[one.pk for one in drawn], verdict="remarks")
        for review in waiting.select_related("entry__position").order_by("pk")[: 1 if day > now - timedelta(30) else 9]:
            review_mend(actor=service.here.actor(review.entry.position), review=review, on=timezone.localdate())


def notices_story(service: Service) -> Story:
    """The head tells of an act; most have read it."""
    for ago, act, words, readers in NOTICES:
        day = service.today - timedelta(days=ago)
        yield at(day, 9, 30)
        notice = notice_tell(actor=service.head, act=act, words=words, on=timezone.localdate())
        yield at(day + timedelta(days=1), 9)
        for login in readers:
            notice_read(actor=service.actor(login), notice=notice)
