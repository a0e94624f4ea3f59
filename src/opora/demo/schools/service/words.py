"""What the specialists write in the log: topics and contents that name nobody, notes about a child."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deed:
    """One piece of work as it is usually written down; `method` is a code of the bank."""

    kind: str
    audience: str
    topic: str
    minutes: int
    weight: int = 1
    content: str = ""
    outcome: str = ""
    people: tuple[int, int] = (0, 0)
    method: str = ""


DEEDS: dict[str, tuple[Deed, ...]] = {
    "specialist": (
        Deed("individual", "pupil", "Как справляться с волнением", 40, 5, "Беседа, дыхание, проба ответа у доски",
             method="fairy"),
        Deed("individual", "pupil", "Что делать, когда обидно", 40, 3, "Разбор ситуации, проба слов"),
        Deed("consultation", "pupil", "Трудно сосредоточиться на уроке", 45, 3),
        Deed("consultation", "pupil", "Ссора с друзьями", 45, 3),
        Deed("consultation", "parent", "Как готовиться к контрольным дома", 60, 3,
             outcome="Договорились о правилах подготовки"),
        Deed("consultation", "parent", "Ребёнок не хочет идти в школу", 60, 2, outcome="Встретимся через две недели"),
        Deed("consultation", "teacher", "Как опрашивать тревожного ученика", 20, 2, outcome="Опрос с места и в паре"),
        Deed("education", "teacher", "Признаки тревожности на уроке", 40, 1, people=(8, 19), method="staff"),
        Deed("education", "parent", "Собрание: адаптация первоклассника и пятиклассника", 60, 1, people=(11, 24)),
        Deed("methods", "staff", "Обработка результатов диагностики", 150, 3),
        Deed("methods", "staff", "Подготовка к заседанию консилиума", 120, 2),
    ),
    "logoped": (
        Deed("individual", "pupil", "Постановка и закрепление звука", 30, 6, "Гимнастика, слоги, слова",
             method="sounds"),
        Deed("individual", "pupil", "Звуковой разбор слова", 30, 3, method="sounds"),
        Deed("consultation", "parent", "Упражнения для языка дома", 30, 3, outcome="Показаны упражнения",
             method="sounds"),
        Deed("consultation", "teacher", "Ошибки письма, которые не от невнимания", 20, 2),
        Deed("methods", "staff", "Проверка письменных работ", 90, 2, method="reading"),
    ),
    "defektolog": (
        Deed("individual", "pupil", "Условие задачи: что известно, что надо найти", 40, 4, method="sensory"),
        Deed("individual", "pupil", "Пересказ по плану", 40, 3),
        Deed("consultation", "parent", "Как помогать с уроками и не делать за ребёнка", 30, 2,
             outcome="Режим: двадцать минут работы, десять — отдыха"),
        Deed("consultation", "teacher", "Карточки с заданиями для ребёнка с ОВЗ", 20, 3,
             outcome="Карточки на две недели переданы"),
        Deed("methods", "staff", "Разработка карточек по математике", 90, 2),
    ),
    "socped": (
        Deed("consultation", "parent", "Льготное питание и пособия: какие бумаги нужны", 45, 4,
             outcome="Список бумаг дан", method="parents"),
        Deed("consultation", "parent", "Пропуски уроков", 60, 3, outcome="Семья обещала звонить утром"),
        Deed("consultation", "pupil", "Чем занять вечера", 45, 3, method="motives"),
        Deed("consultation", "pupil", "Опоздания", 20, 2),
        Deed("consultation", "teacher", "Семья не выходит на связь", 30, 2, outcome="Посещение семьи вместе"),
        Deed("education", "pupil", "Беседа в классе: права и обязанности", 45, 2, people=(10, 13)),
        Deed("education", "parent", "Памятка «Режим дня и отдых»", 45, 1, people=(9, 21), method="parents"),
        Deed("methods", "staff", "Сверка списков на бесплатное питание", 150, 2),
        Deed("methods", "staff", "Посещение семьи, акт", 120, 2),
    ),
}  # fmt: skip
NOTES = (
    "Включается охотно, правила помнит.", "Устаёт через двадцать минут, после паузы работает снова.",
    "{Просил|Просила} помощь словами, без слёз.", "Отвечает тихо, но сам{|а}, без подсказки.",
    "Ошибок меньше, чем на прошлой неделе.", "Сегодня {отвлекался|отвлекалась}: плохо {спал|спала}.",
)  # fmt: skip
ASKED = (
    "{Пришёл сам|Пришла сама}, говорили спокойно.", "Договорились о двух шагах на эту неделю.",
    "{Хотел бы|Хотела бы} прийти ещё раз.",
)  # fmt: skip
DIAGNOSED = {
    "low": "Нужна помощь: предложены занятия.", "below": "Справляется с подсказкой.", "middle": "", "above": "",
    "high": "",
}  # fmt: skip
