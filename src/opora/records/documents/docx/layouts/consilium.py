"""Protocol, collegial opinion and referral of the consilium."""

from __future__ import annotations

from ..pieces import Caption, Each, Layout, Signature, Signatures, Title, Value, Words

_PERSON = "{{ row.name }}{% if row.position %} ({{ row.position }}){% endif %}"
_DISSENT = "{{ [row.position, row.name]|joined(', ') }}: {{ row.text }}"

CONSILIUM_PROTOCOL = Layout(
    "Протокол заседания консилиума",
    (
        Title(("ПРОТОКОЛ", "заседания психолого-педагогического консилиума")),
        Value("№", "number"),
        Value("от", "date|day_or_blank"),
        Value("Заседание:", "kind", optional=True),
        Value("Тема:", "topic", optional=True),
        Caption("Присутствовали:"),
        Each("present", _PERSON),
        Each("absent", "Отсутствует: " + _PERSON, numbered=False),
        Value("", "quorum", optional=True),
        Caption("Повестка дня:"),
        Each("items", "row.title"),
        Caption("Ход заседания ППк:"),
        Each("items", "{{ row.title }}\n{{ row.talk }}"),
        Caption("Решение ППк:"),
        Each("items", "{{ row.title }}\n{{ row.decision }}"),
        Each("opinions", "Особое мнение. " + _DISSENT, numbered=False),
        Caption(
            "Приложения (характеристики, представления на обучающегося, результаты продуктивной деятельности "
            "обучающегося, копии рабочих тетрадей, контрольных и проверочных работ и другие необходимые материалы):"
        ),
        Each("attachments"),
        Signature("Председатель ППк", "chair_name"),
        Words("Члены ППк"),
        Signatures("members", "", "row"),
        Words("Другие присутствующие на заседании"),
        Signatures("others", "", "row"),
    ),
)

_ANSWERS = (
    ("С решением ознакомлен(а)", "guardian_name"),
    ("С решением согласен (на)", "guardian_name if parents_answer == 'agree' else ''"),
    (
        "С решением согласен(на) частично, не согласен(на) с пунктами:",
        "guardian_name if parents_answer == 'partly' else ''",
    ),
    ("С решением не согласен(на)", "guardian_name if parents_answer == 'disagree' else ''"),
)

COLLEGIAL_OPINION = Layout(
    "Коллегиальное заключение консилиума",
    (
        Title(("КОЛЛЕГИАЛЬНОЕ ЗАКЛЮЧЕНИЕ", "психолого-педагогического консилиума")),
        Value("№", "number"),
        Value("Дата", "date|day_or_blank"),
        Caption("Общие сведения"),
        Value("ФИО обучающегося:", "child_name"),
        Value("Дата рождения обучающегося:", "birth_date|day"),
        Value("Класс/группа:", "grade"),
        Value("Образовательная программа:", "programme"),
        Value("Причина направления на ППк:", "reason"),
        Caption("Коллегиальное заключение ППк"),
        Words(
            "(выводы об имеющихся у ребенка трудностях (без указания диагноза) в развитии, обучении, адаптации (исходя "
            "из актуального запроса) и о мерах, необходимых для разрешения этих трудностей, включая определение видов, "
            "сроков оказания психолого-медико-педагогической помощи)",
            small=True,
        ),
        Value("", "outcome|capital", optional=True),
        Value("", "conclusion"),
        Value("Рекомендации педагогам:", "for_teachers", bold=True),
        Value("Рекомендации родителям:", "for_parents", bold=True),
        Value("Ведущий специалист:", "leading", optional=True, bold=True),
        Caption(
            "Приложение: (планы коррекционно-развивающей работы, индивидуальный образовательный маршрут и другие "
            "необходимые материалы):"
        ),
        Each("attachments"),
        Each("opinions", "Особое мнение. " + _DISSENT, numbered=False),
        Signature("Председатель ППк", "chair_name"),
        Words("Члены ППк:"),
        Signatures("members", "row.position|capital", "row.name"),
        *(Signature(caption, name) for caption, name in _ANSWERS),
        Value("Мнение родителей (законных представителей):", "parents_words", optional=True, bold=True),
    ),
)

COMMISSION_REFERRAL = Layout(
    "Направление на ПМПК",
    (
        Value("№", "number"),
        Value("от", "date|day_or_blank"),
        Value("", "commission_name", right=True),
        Value("", "commission_address", optional=True, right=True),
        Title(("НАПРАВЛЕНИЕ", "на психолого-медико-педагогическую комиссию")),
        Value("Психолого-педагогический консилиум направляет на обследование", "child_name"),
        Value("Дата рождения:", "birth_date|day"),
        Value("Класс/группа:", "grade"),
        Value("Основание:", "opinion", optional=True),
        Value("Цель направления:", "purpose", bold=True),
        Value("Причина направления:", "reasons", bold=True),
        Caption("Родителю (законному представителю) выданы документы:"),
        Each("papers"),
        Words(
            "Представления специалистов консилиума передаются на комиссию только по закрытому каналу и на руки не "
            "выдаются (приложение 2, п. 2.9). Обследование на ПМПК проводится по заявлению родителей (законных "
            "представителей).",
            small=True,
        ),
        Signature("Председатель ППк", "chair_name"),
        Signature("Руководитель организации", "director_name"),
        Words("М.П."),
        Value("Я,", "guardian_name"),
        Words("пакет документов получил(а)."),
        Signature("", "''", "handed_on"),
    ),
)
