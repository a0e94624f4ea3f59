"""Children and their families (C-01 to C-04). Every row belongs to one organisation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from opora.foundation.organisations.models import Organisation, Owned
from opora.foundation.organisations.querysets import OwnedQuerySet

from .querysets import ChildQuerySet, GuardianQuerySet

NBSP = "\u00a0"


class Sex(models.TextChoices):
    FEMALE = "female", "женский"
    MALE = "male", "мужской"


class Named(Owned):
    """A person with a name that papers put into grammatical cases; `declined` overrides the rules where they fail."""

    last_name = models.CharField("фамилия", max_length=80)
    first_name = models.CharField("имя", max_length=80)
    middle_name = models.CharField("отчество", max_length=80, blank=True)
    declined = models.JSONField("имя по падежам", default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """«Иванова Анна Борисовна»."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))

    @property
    def short_name(self) -> str:
        """«Иванова А. Б.», with spaces that do not break."""
        initials = [f"{name[0]}." for name in (self.first_name, self.middle_name) if name]
        return NBSP.join([self.last_name, *initials])


class Child(Named):
    """A child's file (карта ребёнка): who the child is, where he lives, by which document."""

    class Registration(models.TextChoices):
        PERMANENT = "permanent", "постоянная"
        TEMPORARY = "temporary", "временная"
        NONE = "none", "нет регистрации"

    class IdentityKind(models.TextChoices):
        BIRTH_CERTIFICATE = "birth_certificate", "свидетельство о рождении"
        PASSPORT = "passport", "паспорт"
        OTHER = "other", "другой документ"

    former_last_name = models.CharField("прежняя фамилия", max_length=80, blank=True)
    sex = models.CharField("пол", max_length=6, choices=Sex.choices)
    birth_date = models.DateField("дата рождения")
    citizenship = models.CharField("гражданство", max_length=80, default="Россия", blank=True)
    registered_address = models.CharField("адрес регистрации", max_length=300, blank=True)
    registration = models.CharField(
        "регистрация", max_length=10, choices=Registration.choices, default=Registration.PERMANENT
    )
    actual_address = models.CharField(
        "адрес проживания", max_length=300, blank=True, help_text="Если отличается от адреса регистрации"
    )
    identity_kind = models.CharField(
        "документ", max_length=20, choices=IdentityKind.choices, default=IdentityKind.BIRTH_CERTIFICATE
    )
    identity_number = models.CharField("серия и номер", max_length=40, blank=True)
    identity_issued = models.CharField("кем и когда выдан", max_length=200, blank=True)
    insurance_number = models.CharField("СНИЛС", max_length=14, blank=True)
    medical_policy = models.CharField("полис ОМС", max_length=20, blank=True)
    lives_with = models.CharField("с кем проживает", max_length=120, blank=True)
    search_name = models.CharField(max_length=330, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name = "ребёнок"
        verbose_name_plural = "дети"
        ordering = ["last_name", "first_name", "birth_date"]
        indexes = [
            models.Index(fields=["organisation", "last_name", "first_name", "id"], name="child_by_name"),
            models.Index(fields=["organisation", "birth_date"], name="child_by_birth"),
        ]

    @property
    def person_id(self) -> str:
        return self.public_id

    @property
    def home_address(self) -> str:
        return self.actual_address or self.registered_address

    @property
    def present_enrolment(self) -> Enrolment | None:
        """The present place of study; no query when `with_place` has read it."""
        return next((one for one in self.enrolments.all() if one.ended_on is None), None)

    @property
    def present_guardianships(self) -> list[Guardianship]:
        """Who represents the child now, the main one first; no query when `with_place` has read them."""
        return [one for one in self.guardianships.all() if one.ended_on is None]


class NameWord(models.Model):
    """One word of a child's names, normalised: what the search box looks up, parts in any order."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="name_words")
    word = models.CharField(max_length=80)

    objects = OwnedQuerySet["NameWord"].as_manager()

    class Meta:
        verbose_name = "слово имени"
        verbose_name_plural = "слова имён"
        constraints = [models.UniqueConstraint(fields=["child", "word"], name="name_word_once_per_child")]
        indexes = [models.Index(fields=["organisation", "word", "child"], name="name_word_lookup")]

    def __str__(self) -> str:
        return self.word


class NameTrigram(models.Model):
    """Three letters of a distinct word of one organisation: finds the words within one typo of the typed one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    trigram = models.CharField(max_length=3)
    word = models.CharField(max_length=80)

    objects = OwnedQuerySet["NameTrigram"].as_manager()

    class Meta:
        verbose_name = "три буквы имени"
        verbose_name_plural = "три буквы имени"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "trigram", "word"], name="name_trigram_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trigram} {self.word}"


class Family(Owned):
    """What the commission asks about the family; codes are those of the edition's `family` lists."""

    loaded_with = ("child",)

    child = models.OneToOneField(Child, on_delete=models.CASCADE, related_name="family")
    kinds = models.JSONField("семья", default=list, blank=True)
    children_count = models.PositiveSmallIntegerField("детей в семье", null=True, blank=True)
    home_language = models.CharField("язык семьи", max_length=80, blank=True)
    notes = models.TextField("сведения о семье", blank=True, max_length=5000)

    objects = OwnedQuerySet["Family"].as_manager()

    class Meta:
        verbose_name = "семья"
        verbose_name_plural = "семьи"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.child_id}"

    @property
    def person_id(self) -> str:
        return self.child.public_id


class Guardian(Named):
    """A legal representative (C-02). One person may stand for several children, which finds siblings."""

    sex = models.CharField("пол", max_length=6, choices=Sex.choices)
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    identity_kind = models.CharField("документ", max_length=60, default="паспорт", blank=True)
    identity_series = models.CharField("серия", max_length=20, blank=True)
    identity_number = models.CharField("номер", max_length=20, blank=True)
    identity_issued = models.CharField("кем и когда выдан", max_length=200, blank=True)
    registered_address = models.CharField("адрес регистрации", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    education = models.CharField("образование", max_length=120, blank=True)
    occupation = models.CharField("место работы, должность", max_length=200, blank=True)
    notes = models.CharField("важное о здоровье и привычках", max_length=300, blank=True)

    objects = GuardianQuerySet.as_manager()

    class Meta:
        verbose_name = "законный представитель"
        verbose_name_plural = "законные представители"
        ordering = ["last_name", "first_name"]
        indexes = [models.Index(fields=["organisation", "last_name", "first_name"], name="guardian_by_name")]

    @property
    def contacts(self) -> str:
        return ", ".join(filter(None, (self.phone, self.email)))


class Guardianship(Owned):
    """Who a guardian is to a child, and by which document (birth certificate, act of guardianship)."""

    loaded_with = ("child", "guardian")

    class Kinship(models.TextChoices):
        MOTHER = "mother", "мать"
        FATHER = "father", "отец"
        ADOPTER = "adopter", "усыновитель"
        GUARDIAN = "guardian", "опекун"
        TRUSTEE = "trustee", "попечитель"
        FOSTER = "foster", "приёмный родитель"
        INSTITUTION = "institution", "представитель организации для детей-сирот"
        OTHER = "other", "иной законный представитель"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="guardianships")
    kinship = models.CharField("кем приходится", max_length=12, choices=Kinship.choices)
    authority_document = models.CharField("документ о полномочиях", max_length=200, default="свидетельство о рождении")
    authority_number = models.CharField("номер", max_length=60, blank=True)
    authority_issued_on = models.DateField("от", null=True, blank=True)
    is_main = models.BooleanField("основной представитель", default=False)
    ended_on = models.DateField("полномочия прекращены", null=True, blank=True)

    objects = OwnedQuerySet["Guardianship"].as_manager()

    class Meta:
        verbose_name = "законное представительство"
        verbose_name_plural = "законное представительство"
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child", "guardian"], name="guardian_once_per_child"),
            models.UniqueConstraint(
                fields=["child"], condition=Q(is_main=True, ended_on__isnull=True), name="one_main_guardian"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} ({self.get_kinship_display()})"

    @property
    def person_id(self) -> str:
        return self.child.public_id

    @property
    def is_parent(self) -> bool:
        return self.kinship in (self.Kinship.MOTHER, self.Kinship.FATHER)


class Enrolment(Owned):
    """Where the child studies; the row without an end is the present one."""

    loaded_with = ("child",)

    class Level(models.TextChoices):
        EARLY = "early", "ранняя помощь"
        PRESCHOOL = "preschool", "дошкольное образование"
        PRIMARY = "primary", "начальное общее образование"
        BASIC = "basic", "основное общее образование"
        SECONDARY = "secondary", "среднее общее образование"
        VOCATIONAL = "vocational", "среднее профессиональное образование"
        NONE = "none", "не посещает организацию"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="образовательная организация",
    )  # fmt: skip
    level = models.CharField("уровень", max_length=12, choices=Level.choices)
    group = models.CharField("класс, группа", max_length=40, blank=True)
    class_teacher = models.CharField("классный руководитель, воспитатель", max_length=160, blank=True)
    programme = models.CharField("программа обучения", max_length=200, blank=True)
    study_form = models.CharField("форма обучения", max_length=80, blank=True)
    history = models.TextField("повторное обучение, переводы и их причины", blank=True, max_length=2000)
    started_on = models.DateField("с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)

    objects = OwnedQuerySet["Enrolment"].as_manager()

    class Meta:
        verbose_name = "место обучения"
        verbose_name_plural = "места обучения"
        ordering = [F("ended_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_on__isnull=True), name="one_present_enrolment"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.school.short_name if self.school else "", self.group))) or str(
            self.get_level_display()
        )

    @property
    def person_id(self) -> str:
        return self.child.public_id


class Disability(Owned):
    """Инвалидность (C-03): number of the document, who issued it, its term, and the rehabilitation programme."""

    loaded_with = ("child",)

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="disabilities")
    document_number = models.CharField("№ документа", max_length=60, blank=True)
    issued_by = models.CharField("кем выдан", max_length=200, blank=True)
    valid_from = models.DateField("с", null=True, blank=True)
    valid_to = models.DateField("по", null=True, blank=True)
    rehabilitation_number = models.CharField("№ ИПРА", max_length=60, blank=True)
    rehabilitation_to = models.DateField("ИПРА действует до", null=True, blank=True)

    objects = OwnedQuerySet["Disability"].as_manager()

    class Meta:
        verbose_name = "инвалидность"
        verbose_name_plural = "инвалидность"
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        until = f"до {self.valid_to:%d.%m.%Y}" if self.valid_to else "бессрочно"
        number = self.document_number
        if number and "№" not in number:
            number = f"№{NBSP}{number}"
        return ", ".join(filter(None, (number, self.issued_by, until)))

    @property
    def person_id(self) -> str:
        return self.child.public_id

    def is_valid_on(self, day: date) -> bool:
        return self.valid_to is None or self.valid_to >= day


class Diagnosis(Owned):
    """A diagnosis as a medical paper gives it (C-03). The ICD-10 code needs the parent's consent (annex 2.5)."""

    loaded_with = ("child",)

    class Kind(models.TextChoices):
        MAIN = "main", "основной"
        CONCOMITANT = "concomitant", "сопутствующий"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="diagnoses")
    kind = models.CharField("вид", max_length=12, choices=Kind.choices, default=Kind.MAIN)
    text = models.CharField("диагноз", max_length=500)
    icd10 = models.CharField("код МКБ-10", max_length=8, blank=True)
    consented = models.BooleanField("есть письменное согласие родителя на указание кода", default=False)
    source = models.CharField("кем и когда установлен", max_length=200, blank=True)

    objects = OwnedQuerySet["Diagnosis"].as_manager()

    class Meta:
        verbose_name = "диагноз"
        verbose_name_plural = "диагнозы"
        ordering = ["-kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(icd10="") | Q(consented=True), name="icd10_needs_written_consent"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.icd10, self.text)))

    @property
    def person_id(self) -> str:
        return self.child.public_id


class PreventionRecord(Owned):
    """Registration with prevention bodies (C-04)."""

    loaded_with = ("child",)

    class Body(models.TextChoices):
        SCHOOL = "school", "внутришкольный учёт"
        JUVENILE_COMMISSION = "juvenile_commission", "КДНиЗП"
        POLICE = "police", "ПДН"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="prevention_records")
    body = models.CharField("учёт", max_length=20, choices=Body.choices)
    started_on = models.DateField("с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)

    objects = OwnedQuerySet["PreventionRecord"].as_manager()

    class Meta:
        verbose_name = "профилактический учёт"
        verbose_name_plural = "профилактический учёт"

    def __str__(self) -> str:
        return str(self.get_body_display())

    @property
    def person_id(self) -> str:
        return self.child.public_id
