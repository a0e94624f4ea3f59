"""Plans of the service: for three years, for each school year, months of specialists, weeks of the psychologist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from opora.school.support.plans import services
from opora.school.support.plans.models import PlanItem, WorkPlan
from opora.school.support.plans.terms import term_of

from ...stories import Story, at
from .people import Service

Horizon = WorkPlan.Horizon
Day = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """A line of the year's plan; days are (month, day) of the school year, `who` the login of the responsible."""

    direction: str
    title: str
    participants: str
    since: Day
    until: Day
    who: str
    result: str
    aim: str = ""


PERSPECTIVE = (
    ("methods", "Создать систему сопровождения детей с ОВЗ от зачисления до перехода в основную школу",
     "Положенные часы занятий выполняются"),
    ("education", "Вовлечь семьи в работу Службы: клуб родителей, консультации вечером", "Родители приходят сами"),
    ("diagnostics", "Перейти к единой карте диагностики по параллелям", "Результаты сравнимы по годам"),
)  # fmt: skip
YEAR = (
    Line("diagnostics", "Стартовая диагностика классов", "1—9 классы", (9, 7), (10, 16), "specialist",
         "Выявлены дети, которым нужна помощь", "Увидеть трудности в начале года"),
    Line("diagnostics", "Итоговая диагностика классов", "1—9 классы", (4, 6), (5, 15), "specialist",
         "Видна динамика за год", "Оценить, что дала помощь"),
    Line("diagnostics", "Обследование речи младших школьников", "1—4 классы", (9, 7), (9, 30), "logoped",
         "Набраны группы"),
    Line("diagnostics", "Повторное обследование речи", "дети групп", (4, 20), (5, 20), "logoped", "Оценены результаты"),
    Line("correction", "Занятия групп и индивидуальные занятия психолога", "дети групп", (9, 14), (5, 22), "specialist",
         "Трудности меньше или преодолены", "Помочь в обучении и общении"),
    Line("correction", "Логопедические занятия", "дети групп", (9, 14), (5, 22), "logoped", "Речь и письмо лучше"),
    Line("correction", "Занятия учителя-дефектолога", "дети с ОВЗ", (9, 14), (5, 22), "defektolog",
         "Учебные навыки усвоены"),
    Line("correction", "Сопровождение семей, которым трудно", "семьи", (9, 1), (5, 25), "socped",
         "Семья получает помощь"),
    Line("education", "Консультации родителей и педагогов", "родители, педагоги", (9, 7), (5, 25), "specialist",
         "Взрослые знают, как поддержать"),
    Line("education", "Родительские собрания «Адаптация первоклассника и пятиклассника»", "родители 1 и 5 классов",
         (9, 14), (10, 23), "specialist", "Родители знают, чего ждать"),
    Line("education", "Беседы о правах и безопасности", "5—9 классы", (10, 5), (4, 30), "socped",
         "Дети знают, куда обратиться"),
    Line("education", "Семинар для учителей: дети с трудностями речи", "учителя начальных классов", (11, 9), (12, 18),
         "logoped", "Единые требования на уроках"),
    Line("methods", "Социальные паспорта классов и школы", "классные руководители", (9, 14), (10, 9), "socped",
         "Паспорт утверждён"),
    Line("methods", "Подготовка консилиумов и характеристик", "члены ППк", (9, 7), (5, 22), "defektolog",
         "Документы готовы в срок"),
    Line("methods", "Обновление банка методик", "специалисты", (1, 12), (3, 27), "defektolog",
         "Устаревшее снято, новое описано"),
    Line("methods", "Анализ работы за год и план на следующий", "специалисты", (5, 11), (6, 19), "sluzhba",
         "Анализ утверждён"),
)  # fmt: skip
OWN_LINES = (
    ("methods", "Записи в журналах, подготовка к занятиям", "", "Журналы заполнены"),
    ("education", "Консультации по запросам", "родители, педагоги", "Запросы выполнены"),
)
AIM = "Помочь каждому ребёнку, которому трудно учиться, общаться или расти, вместе с семьёй и учителями."
TASKS = (
    "Увидеть трудности вовремя.\nДать занятия, которые рекомендованы.\nПоддержать семьи и учителей.\n"
    "Работать с другими учреждениями."
)
# The present month: how far the plan of each has come.
NOW = {"socped": "approved", "logoped": "examined", "specialist": "submitted", "defektolog": "returned"}
REMARKS = "Добавьте занятия по заключениям, которые пришли в этом месяце, и назовите дни."


def year_plans_story(service: Service) -> Story:
    """The perspective and the year's plan; the plan of this year was changed in October, with its reason."""
    for year in (service.year - 1, service.year):
        first = service.first_day(year)
        yield at(first, 12)
        if year < service.year:
            _perspective(service, first)
        plan = services.plan_open(actor=service.head, horizon=Horizon.YEAR, day=first)
        services.plan_words_set(actor=service.head, plan=plan, aim=AIM, tasks=TASKS)
        for line in YEAR:
            services.item_add(actor=service.head, plan=plan, **_values(service, line, year))
        yield at(date(year, 9, 2), 12)
        _by_head(service, plan, min(date(year, 9, 2), service.today))
    changed = date(service.year, 10, 19)
    if changed < service.today:
        yield at(changed, 12)
        _change(service, plan, changed)


def _perspective(service: Service, day: date) -> None:
    plan = services.plan_open(actor=service.head, horizon=Horizon.PERSPECTIVE, day=day)
    services.plan_words_set(actor=service.head, plan=plan, aim=AIM, tasks="")
    for direction, title, result in PERSPECTIVE:
        services.item_add(
            actor=service.head, plan=plan, direction=direction, title=title, expected_result=result,
            responsible=service.post("sluzhba"),
        )  # fmt: skip
    _by_head(service, plan, day)


def _values(service: Service, line: Line, year: int) -> dict[str, object]:
    def day(one: Day) -> date:
        return date(year if one[0] >= 9 else year + 1, *one)

    return {
        "direction": line.direction, "title": line.title, "participants": line.participants, "aim": line.aim,
        "starts_on": day(line.since), "ends_on": day(line.until), "responsible": service.post(line.who),
        "expected_result": line.result,
    }  # fmt: skip


def _by_head(service: Service, plan: WorkPlan, day: date) -> None:
    services.plan_submit(actor=service.head, plan=plan, on=day)
    services.plan_approve(actor=service.director, plan=plan, on=day)


def _change(service: Service, plan: WorkPlan, day: date) -> None:
    reason = "Семинар переносится на второе полугодие, добавлены занятия по новым заключениям ПМПК."
    services.plan_change(actor=service.head, plan=plan, reason=reason)
    dropped = PlanItem.objects.get(plan=plan, title__startswith="Семинар для учителей")
    services.item_drop(actor=service.head, item=dropped, reason="Перенесён на второе полугодие.", on=day)
    services.item_add(
        actor=service.head, plan=plan, direction="correction", title="Занятия по заключениям ПМПК, принесённым осенью",
        participants="дети с ОВЗ", starts_on=day, ends_on=date(service.year + 1, 5, 22),
        responsible=service.post("defektolog"), expected_result="Часы по рекомендациям выполняются",
    )  # fmt: skip
    _by_head(service, plan, day)


def month_plans_story(service: Service, login: str) -> Story:
    """Months of a specialist grow out of the year; two of the specialists kept them last year too."""
    months = [*_months(service.year)]
    if login in ("specialist", "logoped"):
        months = [*_months(service.year - 1), *months]
    for first in months:
        day = max(first - timedelta(days=4), first.replace(day=3) if first.month == 9 else date.min)
        if day >= service.today:
            return
        yield at(day, 13, 5 + len(login))
        is_now = term_of(Horizon.MONTH, service.today).starts_on == first
        plan = services.plan_open(
            actor=service.actor(login), horizon=Horizon.MONTH, day=first, owner=service.post(login)
        )  # fmt: skip
        for direction, title, participants, result in OWN_LINES:
            services.item_add(
                actor=service.actor(login), plan=plan, direction=direction, title=title, participants=participants,
                expected_result=result,
            )  # fmt: skip
        _walk(service, login, plan, day, NOW[login] if is_now else "approved")


def _months(year: int) -> list[date]:
    return [date(year, month, 1) for month in (9, 10, 11, 12)] + [date(year + 1, month, 1) for month in range(1, 6)]


def _walk(service: Service, login: str, plan: WorkPlan, day: date, until: str) -> None:
    services.plan_submit(actor=service.actor(login), plan=plan, on=day)
    if until == "returned":
        services.plan_return(actor=service.head, plan=plan, remarks=REMARKS, on=day)
    if until in ("examined", "approved"):
        services.plan_examine(actor=service.head, plan=plan, on=day)
    if until == "approved":
        services.plan_approve(actor=service.director, plan=plan, on=day)


def week_plans_story(service: Service, login: str, weeks: int = 3) -> Story:
    """The last weeks of a specialist, the present one still a draft."""
    monday = service.today - timedelta(days=service.today.weekday())
    for back in range(weeks, -1, -1):
        first = monday - timedelta(weeks=back)
        if not date(service.year, 9, 7) <= first <= date(service.year + 1, 5, 25):  # nobody plans a week of summer
            continue
        yield at(first, 7, 45)
        plan = services.plan_open(
            actor=service.actor(login), horizon=Horizon.WEEK, day=first, owner=service.post(login)
        )  # fmt: skip
        if back and plan.items.exists():
            _walk(service, login, plan, first, "approved")
