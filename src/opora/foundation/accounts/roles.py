"""Who people are at work: roles of the system and specialities of the commission's members."""

from django.db import models


class Role(models.TextChoices):
    """What a position lets a person do; one person may hold several."""

    REGISTRAR = "registrar", "Секретарь комиссии"
    COMMISSION_HEAD = "commission_head", "Руководитель комиссии"
    COMMISSION_SPECIALIST = "commission_specialist", "Специалист комиссии"
    EXTERNAL_EXPERT = "external_expert", "Независимый эксперт"
    CONSILIUM_CHAIR = "consilium_chair", "Председатель ППк"
    CURATOR = "curator", "Куратор ИПС"
    SERVICE_HEAD = "service_head", "Руководитель Службы сопровождения"
    SCHOOL_SPECIALIST = "school_specialist", "Специалист Службы сопровождения"
    CLASS_TEACHER = "class_teacher", "Классный руководитель"
    DIRECTOR = "director", "Директор"
    PARENT = "parent", "Родитель (законный представитель)"
    AUTHORITY = "authority", "Орган управления образованием"
    OPERATOR = "operator", "Администратор системы"


COMMISSION_ROLES = frozenset({Role.REGISTRAR, Role.COMMISSION_HEAD, Role.COMMISSION_SPECIALIST})
# Who leads the support of children at a school or kindergarten: they keep its register as a secretary keeps his.
SCHOOL_LEADS = frozenset({Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD})
SCHOOL_ROLES = SCHOOL_LEADS | {Role.DIRECTOR, Role.CURATOR, Role.SCHOOL_SPECIALIST, Role.CLASS_TEACHER}
# They keep the register of the whole organisation; everyone else knows the children of his own work.
WHOLE_REGISTER = frozenset(
    {Role.REGISTRAR, Role.COMMISSION_HEAD, Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.DIRECTOR}
)
# They answer for the processing at their organisation and review emergencies.
ANSWERABLE = frozenset({Role.COMMISSION_HEAD, Role.CONSILIUM_CHAIR, Role.SERVICE_HEAD, Role.DIRECTOR})
# The operator keeps the machine and the authority reads figures: neither reads about a child.
IMPERSONAL_ROLES = frozenset({Role.OPERATOR, Role.AUTHORITY})


class Speciality(models.TextChoices):
    """Specialists of a commission (letter, annexes 2.15 and 3)."""

    DEFECTOLOGIST = "defectologist", "учитель-дефектолог"
    HEARING_TEACHER = "hearing_teacher", "сурдопедагог"
    VISION_TEACHER = "vision_teacher", "тифлопедагог"
    SPEECH_THERAPIST = "speech_therapist", "учитель-логопед"
    PSYCHOLOGIST = "psychologist", "педагог-психолог"
    SOCIAL_PEDAGOGUE = "social_pedagogue", "социальный педагог"
    DOCTOR = "doctor", "врач"
    OTHER = "other", "специалист"
