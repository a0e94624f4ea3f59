"""Papers of the support service: plan, schedule, card, social passport, the year's analysis."""

from __future__ import annotations

from ..pieces import Caption, Each, Figures, Grid, Layout, Pairs, Piece, Signature, Title, Value, Words


def _approval(organisation: str, director: str, day: str) -> tuple[Piece, ...]:
    return (
        Words("УТВЕРЖДАЮ", right=True, bold=True),
        Words("Директор ________________", right=True),
        Value("", organisation, right=True),
        Words("(организация)", small=True, right=True),
        Value("", director, right=True),
        Words("(Ф. И. О.)", small=True, right=True),
        Value("", f"{day}|day_or_blank", right=True),
    )


_BY_DIRECTOR = _approval("approval.organisation", "approval.director", "approval.day")

WORK_PLAN = Layout(
    "План работы Службы сопровождения",
    (
        *_BY_DIRECTOR,
        Title(("ПЛАН РАБОТЫ",)),
        Value("", "title"),
        Value("", "[whose, post]|joined(', ')"),
        Value("№", "number", optional=True),
        Value("Цель:", "aim", optional=True, bold=True),
        Value("Задачи:", "tasks", optional=True, bold=True),
        Grid(
            ("№", "Мероприятие", "Цель", "Участники", "Срок", "Ответственный", "Планируемый результат",
             "Отметка о выполнении"),
            (0.9, 5.4, 3.9, 3.3, 2.7, 3.3, 3.6, 3.6), "part.lines",
            ("row.number", "row.title", "row.aim", "row.participants", "row.term", "row.responsible", "row.result",
             "{% if row.dropped %}снято: {{ row.dropped }}{% else %}{{ row.done }}{% endif %}"),
            parts="parts", title="part.title|capital",
        ),
        Signature("Руководитель Службы сопровождения", "head_name"),
    ),
    head=False,
    wide=True,
)  # fmt: skip

WORK_SCHEDULE = Layout(
    "График работы специалиста Службы сопровождения",
    (
        *_BY_DIRECTOR,
        Title(("ГРАФИК РАБОТЫ", "специалиста Службы сопровождения")),
        Value("", "[name, position]|joined(', ')"),
        Value("", "{{ period|capital }} с {{ starts_on|day }} по {{ ends_on|day }}"),
        Grid(
            ("Время", "Вид работы"), (3.4, 13.6), "part.lines",
            ("row.time", "[row.kind, row.group, row.cabinet, row.weeks, row.note]|joined"), parts="days",
            title="part.title|capital",
        ),
        Caption("Время по видам работы"),
        Grid(("Вид работы", "Часов в неделю"), (9, 4), "totals", ("row.kind", "row.hours")),
        Value("Всего", "total"),
        Each("deviations", numbered=False),
        Signature("Специалист", "name"),
        Signature("Руководитель Службы сопровождения", "head_name"),
    ),
    head=False,
)  # fmt: skip

_DONE = (
    "{% for time in row.times|rows %}{% if time %}{{ work.people[loop.index0] }}: {{ time }}\n{% endif %}{% endfor %}"
)

SUPPORT_CARD = Layout(
    "Карта сопровождения",
    (
        Value("", "organisation", optional=True),
        Title(("КАРТА", "психолого-педагогического и социального сопровождения", "обучающегося")),
        Value("№", "number"),
        Pairs(
            (
                ("Фамилия, имя, отчество", "child_name"),
                ("Дата рождения", "birth_date|day"),
                ("Класс", "school_class"),
                ("Основание сопровождения", "ground"),
                ("Кто ведёт карту", "lead"),
                ("Предложена", "proposed_on|day"),
                ("Открыта", "opened_on|day"),
                ("Пересмотреть", "review_on|day"),
                ("Трудности", "problems"),
                ("Цели и задачи сопровождения", "aims"),
            )
        ),
        Value("Программа сопровождения", "programme", optional=True, bold=True),
        Caption("Совместные решения специалистов Службы"),
        Grid(
            ("Специалист", "Слово", "Особые замечания, причина", "Дата"), (5, 3, 6.4, 2.6), "part.words",
            ("[row.name, row.post]|joined(', ')", "row.answer", "row.words", "row.day|day"), parts="decisions",
            title="[[part.title|capital, part.outcome, part.day|day]|joined(', '), part.text]|joined",
        ),
        Caption("Диагностика"),
        Grid(
            ("Методика", "Результаты по датам", "Изменение"), (5, 8, 4), "diagnostics",
            ("row.method", "row.results|joined", "row.change"),
        ),
        Caption("Проведённая работа"),
        Grid(("Месяц", "Проведённая работа", "Всего"), (3, 11, 3), "work.months", ("row.month", _DONE, "row.total")),
        Value("Посещение:", "work.attendance", optional=True),
        Caption("Динамика"),
        Grid(
            ("Сфера", "Дата", "Динамика", "Наблюдение", "Кто записал"), (2.6, 2.4, 2.2, 6.8, 3), "notes",
            ("row.sphere", "row.day|day", "row.dynamics", "row.text", "row.by"),
        ),
        Each("conditions", numbered=False),
        Caption("Окончание сопровождения"),
        Pairs(
            (("Карта закрыта", "closed_on|day"), ("Причина", "close_reason"), ("Итог сопровождения", "close_note"))
        ),
        Signature("Кто ведёт карту", "''"),
        Signature("Руководитель Службы", "head_name"),
    ),
    head=False,
)  # fmt: skip

SOCIAL_PASSPORT = Layout(
    "Социальный паспорт",
    (
        Value("", "organisation"),
        Title(("СОЦИАЛЬНЫЙ ПАСПОРТ",)),
        Value("", "{% if of_school %}образовательной организации{% else %}класса {{ school_class|ruled }}{% endif %}"),
        Value("на", "on|day_or_blank"),
        Value("", "year"),
        Value("", "{% if teacher %}Классный руководитель: {{ teacher }}{% endif %}"),
        Grid(
            ("Показатель", "семей", "детей в них", "обучающихся"), (8.6, 2.8, 2.8, 2.8), "part.lines",
            ("row.title", "row.families", "row.children", "row.pupils"), parts="parts", title="part.title",
        ),
        Value("", "withheld", optional=True),
        Value("Примечания", "comments", optional=True, bold=True),
        Signature("", "[filled_by, filled_as]|joined(', ')"),
    ),
    head=False,
)  # fmt: skip

YEAR_ANALYSIS = Layout(
    "Годовой анализ работы Службы сопровождения",
    (
        *_BY_DIRECTOR,
        Title(("АНАЛИЗ", "работы Службы сопровождения")),
        Value("", "{% if year_title %}за {{ year_title }} учебный год{% endif %}"),
        Figures("sections", "before_title"),
        Caption("Проблемы этого года"),
        Grid(
            ("№", "Проблема", "Причина", "Что сделаем", "Ответственный", "Срок"), (0.9, 4.4, 3.6, 4, 2.2, 1.9),
            "problems",
            ("loop.index", "row.problem", "row.cause", "row.measure", "row.responsible", "row.due_on|day"),
        ),
        Signature("", "[author, author_post]|joined(', ')"),
    ),
    head=False,
)  # fmt: skip
