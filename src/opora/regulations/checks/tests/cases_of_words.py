"""Words that a conclusion should not say, and their harmless likenesses."""

from __future__ import annotations

from opora.regulations.checks.subject import Diagnosis

from .stories import FINE, Cases, Story, answers, said, texts

CASES: Cases = {
    "named_school": (
        [
            said(text="Рекомендовано обучение в школе № 12."),
            said(text="Обучение в МБОУ СОШ №5 г. Верхнереченска."),
            said(text="Зачислить в СОШ 5."),
            said(text="Направить в школу-интернат № 4"),
            said(text="Занятия в центре «Доверие»"),
            said(text="Посещать детский сад № 7 «Ромашка»"),
            said(text="Посещать гимназию имени Пушкина"),
            said(text="Обучение в ГБОУ города «Лицей на Садовой»"),
            answers(workplace="в лицее № 2, у окна"),
        ],
        [
            FINE,
            said(text="Обучение в школе, в общеобразовательном классе, в ОО по месту жительства."),
            said(text="Занятия в ОО 2 раза в неделю; сопровождение в образовательной организации."),
            said(text="Учебники для СКОУ VIII вида; учебники для СКОШ 8 вида."),
            said(text="Пр. № 1599, вар. 1; приказ № 1015; протокол № 12."),
            said(text="Подготовка к школе и развитие школьных навыков, УМК «Школа России»."),
            said(text="По данным школы № 12 пропусков нет."),
            texts(main_features="Посещает школу № 12, второй класс; внимание истощаемо."),
            said(text="Высаживать рассаду, досадовать реже, по 3 упражнения."),
        ],
    ),
    "named_register_organisation": (
        [Story(texts={"other_conditions": "Школа Радуга надежды"}, more={"organisations": ("Радуга надежды",)})],
        [
            Story(texts={"other_conditions": "Рисование: радуга"}, more={"organisations": ("Радуга надежды",)}),
            Story(texts={"main_features": "Учится в «Радуга надежды», внимание истощаемо"},
                  more={"organisations": ("Радуга надежды",)}),
        ],
    ),
    "home_schooling": (
        [
            said(text="Рекомендовано обучение на дому."),
            said(text="Обучать на дому до конца года"),
            said(text="Перевести на надомное обучение"),
            said(text="Домашнее обучение по состоянию здоровья"),
            said(text="Обучение на дому по решению врачебной комиссии."),
            answers(reexamination_detail="после периода обучения на дому"),
        ],
        [
            FINE,
            said(text="Обучение на дому по решению врачебной комиссии № 45 от 12.09.2026."),
            said(text="По справке № 17 ВК поликлиники ребёнок обучается на дому."),
            said(text="Обучение на дому рекомендует врачебная комиссия."),
            said(text="Обучение на дому не рекомендуется."),
            said(text="Закреплять дома с родителями; домашние задания дробить, упражнения для дома."),
        ],
    ),
    "unteachable": (
        [
            said(text="Ребёнок необучаем."),
            texts(main_features="Необучаемый, контакт затруднён, взгляд не фиксирует."),
            texts(main_features="Признан не обучаемым, контакт затруднён."),
            texts(main_features="Обучению не подлежит: не поддаётся обучению в группе."),
            said(text="Неспособен к обучению"),
        ],
        [
            FINE,
            texts(main_features="Обучаемость низкая, перенос показанного способа затруднён."),
            texts(main_features="Ранее не обучаемый нигде ребёнок, навыки формируются."),
            texts(main_features="Не является необучаемым: инструкции выполняет."),
            texts(anamnesis="В 2020 году признан необучаемым другой комиссией."),
        ],
    ),
    "grade_repetition": (
        [
            said(text="Рекомендовано дублирование 1 класса."),
            said(text="Дублировать программу первого класса"),
            said(text="Дублирование класса"),
            said(text="Повторное обучение в 1-м классе"),
            said(text="Оставить на второй год"),
            said(text="Оставить на повторное обучение"),
            said(text="Повторное прохождение программы второго класса"),
            said(text="Повторить 2 класс"),
        ],
        [
            FINE,
            said(text="Дублирование звуковой информации зрительной."),
            said(text="Дублировать инструкцию письменно; повторять правило в классе."),
            said(text="Повторное обследование через год; повторное прохождение ПМПК."),
            said(text="Дублирование класса не рекомендуется."),
            said(text="Повторное обучение решает образовательная организация."),
            said(text="Пролонгированный срок, первый дополнительный класс."),
        ],
    ),
    "textbooks_with_variant_1": (
        [Story(answers={"programme_code": "7.1"}, texts={"textbooks": "Специальные учебники для ЗПР"})],
        [
            Story(texts={"textbooks": "Специальные учебники для обучающихся с ЗПР"}),
            Story(answers={"programme_code": "4.1"}, texts={"textbooks": "Учебники увеличенным шрифтом"}),
            Story(answers={"programme_code": "6.1"}, texts={"textbooks": "Учебники увеличенным шрифтом"},
                  facts={"vision": "low_vision"}),
            Story(answers={"programme_code": "1599.1"}, texts={"textbooks": "Учебники для СКОУ VIII вида"}),
            Story(answers={"programme_code": "7.1"}, texts={"textbooks": "Не требуются."}),
            Story(answers={"programme_code": "7.1"}, texts={"textbooks": "По общим учебникам класса"}),
            Story(answers={"programme_code": "7.1"}, texts={"textbooks": ""}),
        ],
    ),
    "placeholder_left": (
        [
            said(text="Преодоление трудностей [указать: каких]."),
            said(text="Развитие ________ занятия"),
            said(text="Развитие (указать)"),
            texts(main_features="Внимание ХХХ, темп неравномерный, счёт с опорой."),
        ],
        [FINE, said(text="Звуки [ш], [ж]; указать на ошибку; рассказ «Осень…»; 5 < 7.")],
    ),
    "declined_diagnosis_for_school": (
        [said(text="Коррекция расстройства экспрессивной речи")],
        [FINE, said(text="Развитие речи, эмоциональной экспрессии"), said(text="Расстройство экспрессивной речи")],
    ),
    "diagnosis_without_consent": (
        [
            Story(texts={"diagnoses": "Основной: F83 смешанное расстройство"}, more={"diagnoses": ()}),
            Story(texts={"main_features": "Внимание истощаемо, F83, темп неравномерный."}),
            Story(texts={"diagnoses": "F80.1"}, more={"diagnoses": (Diagnosis("", "F80.1", consented=False),)}),
        ],
        [
            texts(diagnoses="Основной: F80.1 Расстройство экспрессивной речи"),
            texts(diagnoses="Основной: F80"),
            Story(texts={"diagnoses": "Смешанное расстройство развития"}, more={"diagnoses": ()}),
            Story(texts={"anamnesis": "В выписке указан F83."}),
        ],
    ),
    "poor_features": (
        [
            texts(main_features="ЗПР"),
            Story(texts={"main_features": "Расстройство экспрессивной речи."}),
        ],
        [FINE, texts(main_features="Речь развёрнутая, с аграмматизмами.")],
    ),
}  # fmt: skip
