"""The characteristic (2.6) and the presentations of the specialists of a school (2.9)."""

from __future__ import annotations

from ..pieces import Caption, Layout, Parts, Signature, Title, Value, Words

_CLOSED = (
    "Передается на ПМПК по закрытому каналу информации. Выдача на руки родителям (законным представителям) недопустима "
    "(приложение 2, п. 2.9)."
)


def _presentation(title: str, author: str) -> Layout:
    return Layout(
        title,
        (
            Title(("ПРЕДСТАВЛЕНИЕ", author)),
            Value("Фамилия, имя, отчество ребенка:", "child_name"),
            Value("Дата рождения, возраст:", "[birth_date|day, age]|joined(', ')"),
            Value("Класс/группа:", "grade"),
            Value("Дата и время проведения обследования:", "examined_on|day_or_blank"),
            Value("с", "examined_from"),
            Value("до", "examined_to"),
            Value("Присутствие на обследовании третьего лица:", "third_person"),
            Value(
                "Использованные методики (с указанием их общепринятых названий или же авторов):", "methods", bold=True
            ),
            Value("Для чего составлено:", "purpose", optional=True, bold=True),
            Parts("parts"),
            Signature("{{ author_position|capital }}", "author_name"),
            Signature("Председатель консилиума", "chair_name"),
            Words("М.П."),
            Value("Дата составления:", "date|day", optional=True),
            Words(_CLOSED, small=True),
        ),
    )


PRESENTATIONS = {
    "psychologist_presentation": _presentation("Представление педагога-психолога", "педагога-психолога"),
    "speech_presentation": _presentation("Представление учителя-логопеда", "учителя-логопеда"),
    "defectologist_presentation": _presentation("Представление учителя-дефектолога", "учителя-дефектолога"),
    "social_presentation": _presentation("Представление социального педагога", "социального педагога"),
}

SCHOOL_CHARACTERISTIC = Layout(
    "Характеристика обучающегося",
    (
        Title(("ХАРАКТЕРИСТИКА ОБУЧАЮЩЕГОСЯ,", "ВЫДАННАЯ ОБРАЗОВАТЕЛЬНОЙ ОРГАНИЗАЦИЕЙ")),
        Caption("Общие сведения"),
        Value("Фамилия, имя, отчество ребенка:", "child_name"),
        Value("Дата рождения ребенка:", "birth_date|day"),
        Value("Адрес регистрации по месту жительства:", "registered_address"),
        Value("Адрес фактического проживания:", "actual_address"),
        Value("Сведения о родителях (законных представителях):", "guardians"),
        Value("С кем проживает ребенок:", "lives_with"),
        Value("Контактная информация семьи:", "contacts"),
        Caption("История обучения ребенка до обращения на ПМПК"),
        Value("", "history"),
        Caption("Детализированная информация об условиях и результатах обучения ребенка в образовательной организации"),
        Value("Класс/группа:", "grade"),
        Value("Программа обучения:", "programme"),
        Value("Форма обучения:", "study_form"),
        Parts("parts", skip="c_history"),
        Value("Цель составления документа:", "purpose", bold=True),
        Value("Дата оформления:", "date|day_or_blank"),
        Signature("{{ author_position|capital }}", "author_name"),
        Signature("{{ director_position|capital }}", "director_name"),
        Words("М.П."),
    ),
)
