"""The programme of support (the form of the annex, line by line) and the extract for teachers."""

from __future__ import annotations

from ..pieces import Caption, Each, Grid, Layout, Pairs, Signature, Signatures, Title, Value, Words

_PLAN = (
    "№", "Мероприятие, форма проведения", "Участники", "Ответственный специалист", "Дата, период реализации",
    "Планируемый результат", "Результат, отметка об исполнении, рекомендации по дальнейшему сопровождению",
)  # fmt: skip
_PLAN_CELLS = (
    "row.number", "[row.activity, row.form]|joined", "row.participants", "row.responsible", "row.period",
    "row.planned_result", "row.result",
)  # fmt: skip
_GOALS = (
    "{% for goal in goals|rows %}{{ goal.title }}{% for task in goal.tasks|rows %}\n{{ loop.index }}) {{ task }}"
    "{% endfor %}{% if not loop.last %}\n{% endif %}{% endfor %}"
)
_CRITERIA = (
    "{% for one in criteria|rows %}{{ [one.title, one.how, one.change]|joined('; ') }}"
    "{% if not loop.last %}\n{% endif %}{% endfor %}"
)
_RESOURCES = (
    "{% if resources_inner %}Внутренние: {{ resources_inner }}{% endif %}"
    "{% if resources_inner and resources_outer %}\n{% endif %}"
    "{% if resources_outer %}Внешние: {{ resources_outer }}{% endif %}"
)

_PARENT = (
    "{{ row.name|ruled }}{% if row.answer == 'refused' %} (ознакомлен(а), не согласен (не согласна)"
    "{% if row.words %}: {{ row.words }}{% endif %}){% endif %}"
)

SUPPORT_PROGRAMME = Layout(
    "Индивидуальная программа сопровождения",
    (
        Words("УТВЕРЖДАЮ", right=True, bold=True),
        Words("Директор ________________", right=True),
        Value("", "approval.organisation", right=True),
        Words("(наименование ОУ)", small=True, right=True),
        Value("", "approval.director", right=True),
        Words("(ФИО)", small=True, right=True),
        Value("", "approval.day|day_or_blank", right=True),
        Words("Для служебного пользования", bold=True),
        Title(
            (
                "Индивидуальная программа сопровождения обучающегося,",
                "нуждающегося в психолого-педагогической помощи",
            )
        ),
        Pairs(
            (
                ("ФИО обучающегося", "child_name"),
                ("Дата рождения", "birth_date|day"),
                ("Класс", "school_class"),
                ("Классный руководитель", "class_teacher"),
                ("ФИО родителей (законных представителей)", "parents|joined"),
                ("Протокол консилиума\n(номер, дата)", "protocol"),
                (
                    "Основания разработки программы (проблемы обучающегося, его семьи, факторы риска развития "
                    "кризисных состояний)",
                    "grounds|joined",
                ),
                ("Результаты диагностики", "diagnostics|joined"),
                ("Цель, задачи сопровождения", _GOALS),
                ("Участники программы", "participants|joined"),
                ("Ресурсы несовершеннолетнего, семьи", _RESOURCES),
                ("Ожидаемые результаты", "expected_results|joined"),
                ("Критерии оценки эффективности программы", _CRITERIA),
                ("Срок реализации программы", "term"),
                ("Ответственный за реализацию программы", "[curator.name, curator.post]|joined(', ')"),
            )
        ),
        Title(("План сопровождения",)),
        Grid(
            _PLAN, (0.9, 3.3, 2.1, 2.4, 2.3, 2.6, 3.4), "part.lines", _PLAN_CELLS, parts="plan", title="part.title"
        ),
        Words("С программой ознакомлен(ы), согласны принимать участие в ее реализации:"),
        Words("Родители (законные представители)"),
        Signatures("(agreements or [none, none])", "", _PARENT, "row.day"),
        Words("Куратор ИПС, ответственный за реализацию программы"),
        Signature("", "curator.name", "curator.day"),
        Words("Председатель психолого-педагогического консилиума"),
        Signature("", "chair.name", "chair.day"),
    ),
    head=False,
)  # fmt: skip

TEACHERS_EXTRACT = Layout(
    "Выписка из программы сопровождения для педагогов",
    (
        Title(("ВЫПИСКА ДЛЯ ПЕДАГОГОВ", "из индивидуальной программы сопровождения")),
        Value("Обучающийся:", "child_name"),
        Value("Класс:", "grade"),
        Value("Срок программы:", "term"),
        Value("Куратор:", "[curator, curator_phone]|joined(', ')"),
        Caption("Задачи"),
        Each("tasks"),
        Caption("Что делают педагоги"),
        Grid(
            ("Мероприятие", "Когда", "Ответственный", "Планируемый результат"), (5.6, 3.4, 3.8, 4.2), "activities",
            ("row.title", "row.period", "row.responsible", "row.planned"),
        ),
        Value("Рекомендации консилиума педагогам:", "advice", optional=True, bold=True),
        Words(
            "Сведения о ребёнке конфиденциальны: их не обсуждают с другими обучающимися, родителями и коллегами, "
            "которые ребёнка не сопровождают. О том, что тревожит, сразу сообщите куратору.",
            small=True,
        ),
        Signature("Куратор ИПС", "curator_name"),
        Words("С выпиской ознакомлены:"),
        Signatures("(acquainted or [none, none, none])", "", "row"),
    ),
    head=False,
)  # fmt: skip
