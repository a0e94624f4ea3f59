"""Which papers are printed from rows of the support service, who prints each, what of it is frozen (001, 5.1)."""

from __future__ import annotations

from opora.school.support.analysis.models import YearAnalysis
from opora.school.support.cards.models import SupportCard
from opora.school.support.groups.models import Group
from opora.school.support.passports.models import SocialPassport
from opora.school.support.plans.models import WorkPlan
from opora.school.support.schedules.models import WorkSchedule

from . import group_journals, service
from .school_form import SchoolForm

_TEXTS = frozenset({"support_texts"})
_PASSPORTS = (
    "Паспорт печатают те, кто его читает: классный руководитель, социальный педагог, руководитель Службы, директор."
)
_PASSPORT_PART = (
    "Паспорт класса целиком печатают те, кто видит все его строки; остальные печатают его без закрытых строк."
)
_SERVICE = "Этот документ печатают те, кто его читает: его составитель, руководитель Службы и директор."

SERVICE_FORMS: tuple[SchoolForm, ...] = (
    SchoolForm(
        model=WorkPlan, action="plan.view", code="work_plan", title="План работы", hint="Положение, п. 5.1",
        build=service.plan, reads=service.reader("plan.view", WorkPlan), signed=service.plan_signed, refused=_SERVICE,
        frozen_word="утверждено",
    ),
    SchoolForm(
        model=WorkPlan, action="plan.view", code="plan_progress", form="work_plan", title="План с отметками",
        hint="состояние на сегодня", build=service.plan_progress, reads=service.reader("plan.view", WorkPlan),
        offered=service.was_approved, refused=_SERVICE,
    ),
    SchoolForm(
        model=WorkSchedule, action="schedule.view", code="work_schedule", title="График работы",
        hint="Положение, п. 5.1", build=service.schedule, reads=service.reader("schedule.view", WorkSchedule),
        signed=service.schedule_signed, refused=_SERVICE, frozen_word="утверждено",
    ),
    SchoolForm(
        model=Group, action="group.list", code="group_journal", title="Журнал группы", hint="посещение и темы",
        build=group_journals.of_group, holds=_TEXTS, reads=group_journals.reads_journal, editable=False,
        refused=_SERVICE,
    ),
    SchoolForm(
        model=SupportCard, action="card.view", code="support_card", title="Карта сопровождения",
        hint="Положение, п. 5.1", build=service.card, holds=_TEXTS, reads=service.reader("card.view", SupportCard),
        refused=_SERVICE,
    ),
    SchoolForm(
        model=SocialPassport, action="passport.view", code="social_passport", title="Социальный паспорт",
        hint="Положение, п. 5.1", build=service.passport, reads=service.reads_whole_passport,
        signed=service.passport_signed, refused=_PASSPORT_PART, frozen_word="показатели закреплены",
    ),
    SchoolForm(
        model=SocialPassport, action="passport.view", code="class_passport", form="social_passport",
        title="Социальный паспорт класса", hint="без строк, которые видят другие", build=service.passport,
        reads=service.reads_part_of_passport, refused=_PASSPORTS,
    ),
    SchoolForm(
        model=SocialPassport, action="passport.view", code="passport_years", form="social_passport",
        title="Паспорт, два года рядом", hint="с прошлым годом", build=service.passport_years,
        reads=service.reader("passport.view", SocialPassport), offered=service.has_earlier, refused=_PASSPORTS,
    ),
    SchoolForm(
        model=YearAnalysis, action="analysis.view", code="year_analysis", title="Анализ работы за год",
        hint="Положение, п. 5.1", build=service.analysis, reads=service.reader("analysis.view", YearAnalysis),
        signed=service.analysis_signed, refused=_SERVICE, frozen_word="утверждено",
    ),
)  # fmt: skip
