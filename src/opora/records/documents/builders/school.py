"""Papers of the school by the row that they are printed from: who prints each, what stands on it, what is signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.models import Snapshot
from opora.people.children.models import Child
from opora.school.consilium.models import AgendaItem, ConsiliumMeeting, ConsiliumOpinion, ReferralToCommission
from opora.school.presentations.content import presentation_content
from opora.school.presentations.models import Presentation
from opora.school.presentations.sheet import paper_of
from opora.school.programmes.models import Programme

from . import consilium, examination, programmes
from .school_form import NOT_HIS, SchoolForm
from .service_forms import SERVICE_FORMS

_OF_AN_ITEM = (ConsiliumOpinion, ReferralToCommission)

_TEXTS = frozenset({"support_texts"})


def _presentation(code: str, title: str, clause: str, holds: frozenset[str]) -> SchoolForm:
    return SchoolForm(
        model=Presentation, code=code, title=title, hint=clause, holds=holds,
        build=lambda row, actor, on: _written(row, on), offered=lambda row: paper_of(row).form == code,
        reads=lambda actor, row: paper_of(row).form == code and _sees(actor, row),
        signed=lambda row: row.snapshot if paper_of(row).form == code else None,
    )  # fmt: skip


def _written(row: Presentation, on: date) -> dict[str, Any]:
    content = presentation_content(row, on)
    return {**content, "official_use": True, "draft": content["is_draft"]}


def _sees(actor: Actor, row: Presentation) -> bool:
    return Presentation.objects.visible_to(actor).filter(pk=row.pk).exists()


_ALL: tuple[SchoolForm, ...] = (
    SchoolForm(
        model=Programme, code="support_programme", title="Программа по форме приложения", hint="на подпись",
        build=programmes.whole, holds=_TEXTS, reads=programmes.read_whole, signed=lambda row: row.snapshot,
    ),
    SchoolForm(
        model=Programme, code="programme_progress", form="support_programme", title="Программа с отметками",
        hint="состояние на сегодня", build=programmes.with_marks, holds=_TEXTS, reads=programmes.read_whole,
        offered=programmes.has_marks,
    ),
    SchoolForm(
        model=Programme, code="teachers_extract", title="Выписка для педагогов",
        hint="задачи и мероприятия, без диагностики", build=programmes.for_teachers,
    ),
    SchoolForm(
        model=Programme, code="family_programme", title="Памятка для семьи", hint="простыми словами",
        build=programmes.for_family, holds=_TEXTS, reads=programmes.read_whole, editable=False,
    ),
    SchoolForm(
        model=ConsiliumMeeting, code="consilium_protocol", title="Протокол заседания", hint="Р-93, прил. 2",
        build=consilium.protocol, holds=_TEXTS, reads=consilium.reads_meeting,
    ),
    SchoolForm(
        model=AgendaItem, code="collegial_opinion", title="Коллегиальное заключение", hint="Р-93, прил. 3",
        build=consilium.opinion, holds=_TEXTS, reads=consilium.reads_item, signed=consilium.signed_opinion,
    ),
    SchoolForm(
        model=AgendaItem, code="commission_referral", title="Направление на ПМПК", hint="родителю под подпись",
        build=consilium.referral, holds=_TEXTS, reads=consilium.reads_item, signed=consilium.signed_referral,
        offered=lambda item: item.referral is not None,
    ),
    _presentation(
        "school_characteristic", "Характеристика", "прил. 2.6", _TEXTS | {"contacts", "family"},
    ),
    _presentation("psychologist_presentation", "Представление педагога-психолога", "прил. 2.9", _TEXTS),
    _presentation("speech_presentation", "Представление учителя-логопеда", "прил. 2.9", _TEXTS),
    _presentation("defectologist_presentation", "Представление учителя-дефектолога", "прил. 2.9", _TEXTS),
    _presentation("social_presentation", "Представление социального педагога", "прил. 2.9", _TEXTS),
    SchoolForm(
        model=Child, code="examination_consent", title="Согласие на обследование", hint="Р-93, прил. 5, на подпись",
        build=examination.build, editable=False,
    ),
    SchoolForm(
        model=Child, code="examination_refusal", title="Отказ от обследования", hint="на подпись",
        build=examination.build, editable=False,
    ),
    *SERVICE_FORMS,
)  # fmt: skip

__all__ = ["NOT_HIS", "SCHOOL_FORMS", "SchoolForm", "forms_of", "school_form", "subject_of"]
SCHOOL_FORMS: dict[str, SchoolForm] = {form.code: form for form in _ALL}


def forms_of(model: type[Model]) -> Iterable[SchoolForm]:
    """The papers that are printed from a row of a model."""
    return [form for form in _ALL if form.model is model]


def school_form(subject: Model, code: str) -> SchoolForm | None:
    """The paper of this row, or None: a code of another row is no paper of it."""
    form = SCHOOL_FORMS.get(code)
    return form if form is not None and isinstance(subject, form.model) else None


def subject_of(snapshot: Snapshot) -> Model | None:
    """The row that a frozen paper of the school is printed from: an opinion and a referral belong to their item."""
    model = apps.get_model(snapshot.subject_type)
    rows: Any = model._default_manager.filter(organisation=snapshot.organisation_id)
    found: Model | None = rows.filter(public_id=snapshot.subject_id).first()
    return getattr(found, "item", found) if isinstance(found, _OF_AN_ITEM) else found
