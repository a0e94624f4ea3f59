"""The bank of the service. Titles of methods are those known to everybody; working programmes are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.school.support.materials import services
from opora.school.support.materials.models import Material
from opora.school.support.materials.outline import topics_of

from ...stories import Story, at
from .people import Service

Kind = Material.Kind


@dataclass(frozen=True)
class Kept:
    """A method or a material: who keeps it, ages, years until it is looked at again (0: it is due now)."""

    code: str
    login: str
    kind: str
    title: str
    authors: str
    direction: str
    ages: tuple[int, int]
    review_in: int = 1
    annotation: str = ""


METHODS = (
    Kept("sociometry", "specialist", Kind.METHOD, "Социометрия", "Дж. Морено", "diagnostics", (8, 17)),
    Kept("schulte", "specialist", Kind.METHOD, "Таблицы Шульте", "В. Шульте", "diagnostics", (7, 17)),
    Kept("ten_words", "specialist", Kind.METHOD, "Заучивание десяти слов", "А. Р. Лурия", "diagnostics", (6, 17)),
    Kept("family", "specialist", Kind.METHOD, "Кинетический рисунок семьи", "Р. Бернс, С. Кауфман", "diagnostics",
         (5, 12), 0),
    Kept("anxiety", "specialist", Kind.METHOD, "Тест школьной тревожности", "Б. Филлипс", "diagnostics", (9, 14)),
    Kept("speech", "logoped", Kind.METHOD, "Обследование речи младших школьников", "карта школы, 2024 год",
         "diagnostics", (7, 10)),
    Kept("reading", "logoped", Kind.METHOD, "Проба чтения и письма", "карта школы, 2024 год", "diagnostics", (7, 12)),
    Kept("thinking", "defektolog", Kind.METHOD, "Исключение предметов", "С. Я. Рубинштейн", "diagnostics", (7, 14)),
    Kept("motives", "socped", Kind.METHOD, "Анкета занятости и интересов", "социальный педагог школы", "diagnostics",
         (10, 17), 0),
    Kept("fairy", "specialist", Kind.MATERIAL, "Карточки «Чувства и лица»", "педагог-психолог школы", "correction",
         (6, 10)),
    Kept("sounds", "logoped", Kind.MATERIAL, "Альбом артикуляции", "учитель-логопед школы", "correction", (6, 9)),
    Kept("sensory", "defektolog", Kind.MATERIAL, "Дидактический набор «Сравни и разложи»", "наборы кабинета",
         "correction", (6, 11)),
    Kept("parents", "socped", Kind.MATERIAL, "Памятки родителям: режим дня и отдых", "социальный педагог школы",
         "education", (6, 17)),
    Kept("staff", "specialist", Kind.MATERIAL, "Презентация «Признаки тревожности на уроке»", "педагог-психолог школы",
         "education", (6, 17)),
)  # fmt: skip


@dataclass(frozen=True)
class Programme:
    """A working programme or a project with its topics; it is approved, or waits for its examination."""

    code: str
    login: str
    title: str
    ages: tuple[int, int]
    aim: str
    topics: str
    kind: str = Kind.PROGRAMME
    is_approved: bool = True
    direction: str = "correction"


PROGRAMMES = (
    Programme(
        "calm", "specialist", "Спокойно и уверенно: занятия с тревожными школьниками", (7, 12),
        "Научить замечать волнение и успокаиваться",
        "Знакомство и правила группы — 1\nКак чувства живут в теле — 2\nДыхание и расслабление — 3\n"
        "Страх ошибки — 3\nУчимся просить о помощи — 2\nКонтрольная без паники — 3\nМои сильные стороны — 2\n"
        "Итоговая встреча — 1",
    ),
    Programme(
        "letters", "logoped", "Пишу без ошибок: профилактика нарушений письма", (7, 10),
        "Развить слуховое внимание и навык письма",
        "Обследование и игры на слух — 2\nЗвуки и буквы — 4\nТвёрдые и мягкие согласные — 4\nЗвонкие и глухие — 4\n"
        "Слог и ударение — 4\nПредложение и точка — 4\nПересказ и рассказ — 6\nПовторение — 4",
    ),
    Programme(
        "thinking", "defektolog", "Думаю и понимаю: развитие познавательной деятельности", (7, 11),
        "Развить внимание, память и умение рассуждать",
        "Внимание — 4\nСравнение и признаки — 4\nОбобщение — 4\nПространство и время — 4\nЗадача и её условие — 6\n"
        "План рассказа — 4\nПовторение — 2",
    ),
    Programme(
        "bridge", "socped", "Проект «Мост»: школа и семья первоклассников", (6, 8),
        "Подружить школу с семьями первоклассников",
        "Встреча с родителями до школы — 2\nДни открытых занятий — 4\nКлуб выходного дня — 6\nИтоги года — 2",
        Kind.PROJECT, direction="education",
    ),
    Programme(
        "mediation", "socped", "Проект «Служба примирения»", (11, 17), "Разбирать ссоры без взрослого судьи",
        "Отбор и обучение ведущих — 6\nПервые встречи сторон — 6\nРазбор случаев — 4", Kind.PROJECT,
        is_approved=False, direction="education",
    ),
)  # fmt: skip


def materials_story(service: Service) -> Story:
    """The bank is filled in the first days; a project of this autumn still waits for its examination."""
    first = service.first_day(service.year - 1)
    yield at(first, 10)
    for one in METHODS:
        service.materials[one.code] = _brought(service, one)
    for number, each in enumerate(one for one in PROGRAMMES if one.is_approved):
        yield at(first, 11, number)
        service.materials[each.code] = _approved(service, each, first)
    late = date(service.year, 10, 5)
    if late < service.today:
        yield at(late, 15)
        for each in PROGRAMMES:
            if not each.is_approved:
                services.material_submit(
                    actor=service.actor(each.login), material=_written(service, each, late), on=late
                )


def _brought(service: Service, one: Kept) -> Material:
    actor = service.actor(one.login)
    # What is kept for no year more stands in the list of the head as due.
    review_on = date(service.year, 9, 10) if not one.review_in else date(service.year + one.review_in, 9, 1)
    made = services.material_save(
        actor=actor, kind=one.kind, title=one.title, authors=one.authors, direction=one.direction,
        speciality=service.post(one.login).speciality, age_from=one.ages[0], age_to=one.ages[1], review_on=review_on,
        annotation=one.annotation,
    )  # fmt: skip
    return services.material_use(actor=actor, material=made)


def _written(service: Service, one: Programme, day: date) -> Material:
    actor = service.actor(one.login)
    made = services.material_save(
        actor=actor, kind=one.kind, title=one.title, authors=actor.label, direction=one.direction,
        speciality=service.post(one.login).speciality, age_from=one.ages[0], age_to=one.ages[1], aim=one.aim,
        expected_result="Результаты видны по диагностике в начале и в конце года.",
        starts_on=day if one.kind == Kind.PROJECT else None,
        ends_on=date(service.year + 1, 5, 25) if one.kind == Kind.PROJECT else None,
    )  # fmt: skip
    services.topics_add(actor=actor, material=made, topics=topics_of(one.topics))
    return made


def _approved(service: Service, one: Programme, day: date) -> Material:
    made = services.material_submit(actor=service.actor(one.login), material=_written(service, one, day), on=day)
    made = services.material_examine(actor=service.head, material=made, on=day)
    return services.material_approve(actor=service.director, material=made, on=day)
