"""Names and addresses of people who do not exist: a library's surnames and streets, usual given names."""

from __future__ import annotations

import random

from mimesis import Gender, Generic, Locale

BOYS = (
    "Артём", "Матвей", "Михаил", "Иван", "Лев", "Тимофей", "Кирилл", "Егор", "Семён", "Роман", "Фёдор", "Платон",
    "Глеб", "Савелий", "Захар", "Никита", "Павел", "Ярослав", "Степан", "Денис",
)  # fmt: skip
GIRLS = (
    "Алиса", "Мария", "Варвара", "Ева", "Полина", "Ксения", "Вероника", "Таисия", "Дарья", "Арина", "Милана", "Злата",
    "София", "Ульяна", "Валерия", "Стефания", "Есения", "Юлия", "Кира", "Анастасия",
)  # fmt: skip
FATHERS = (
    ("Андрей", "Андреевич", "Андреевна"), ("Сергей", "Сергеевич", "Сергеевна"), ("Алексей", "Алексеевич", "Алексеевна"),
    ("Дмитрий", "Дмитриевич", "Дмитриевна"), ("Илья", "Ильич", "Ильинична"), ("Максим", "Максимович", "Максимовна"),
    ("Пётр", "Петрович", "Петровна"), ("Юрий", "Юрьевич", "Юрьевна"), ("Олег", "Олегович", "Олеговна"),
    ("Николай", "Николаевич", "Николаевна"), ("Игорь", "Игоревич", "Игоревна"), ("Виктор", "Викторович", "Викторовна"),
    ("Евгений", "Евгеньевич", "Евгеньевна"), ("Павел", "Павлович", "Павловна"), ("Антон", "Антонович", "Антоновна"),
)  # fmt: skip
MOTHERS = (
    "Ольга", "Елена", "Наталья", "Ирина", "Светлана", "Екатерина", "Марина", "Юлия", "Татьяна", "Виктория", "Оксана",
    "Людмила", "Галина", "Любовь", "Надежда",
)  # fmt: skip
MEN = tuple(name for name, _, _ in FATHERS)


class Names:
    """A stream of names; the same seed gives the same people."""

    def __init__(self, chance: random.Random, seed: int) -> None:
        self.chance = chance
        self.source = Generic(Locale.RU, seed=seed)

    def surname(self, *, woman: bool) -> str:
        return str(self.source.person.last_name(Gender.FEMALE if woman else Gender.MALE))

    def surname_pair(self) -> tuple[str, str]:
        """One surname for him and for her; those of one form stay as they are."""
        his = self.surname(woman=False)
        if his.endswith(("ов", "ев", "ёв", "ин", "ын")):
            return his, f"{his}а"
        if his.endswith(("ский", "цкий")):
            return his, f"{his[:-2]}ая"
        if his.endswith(("ый", "ой")):
            return his, f"{his[:-2]}ая"
        return his, his

    def patronymic(self, *, woman: bool) -> str:
        _, his, hers = self.chance.choice(FATHERS)
        return hers if woman else his

    def adult(self, *, woman: bool) -> tuple[str, str, str]:
        his, hers = self.surname_pair()
        first = self.chance.choice(MOTHERS if woman else MEN)
        return hers if woman else his, first, self.patronymic(woman=woman)

    def address(self, town: str) -> str:
        street = self.source.address.street_name()
        return f"{town}, ул. {street}, д. {self.chance.randint(1, 90)}, кв. {self.chance.randint(1, 160)}"

    def phone(self) -> str:
        """Code 000 is given to nobody."""
        digits = self.chance.randint(1_000_000, 9_999_999)
        return f"+7 (000) {digits // 10000:03d}-{digits // 100 % 100:02d}-{digits % 100:02d}"
