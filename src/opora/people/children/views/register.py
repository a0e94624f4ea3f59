"""The list «Дети» and a new child on one page, after a look at likely duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Value
from django.forms import BaseForm, BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from opora.foundation.access.routes import FORM_KEY, ActorRequest, route
from opora.foundation.audit.services import read_note, record
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import list_response
from opora.regulations.calendar import add_years

from .. import events, services
from ..duplicates import duplicates_of
from ..forms import (
    SCHOOLS,
    ChildForm,
    DiagnosisForm,
    DisabilityForm,
    EnrolmentForm,
    FamilyForm,
    FirstGuardianForm,
)
from ..listing import children_listing
from ..models import Child
from ..suggestions import CHILD_LISTS, GUARDIAN_LISTS, suggestions
from ..validation import USUAL_OLDEST_LEARNER

LOOKED_AT = "looked_at"
NOT_REPEATED = ("csrfmiddlewaretoken", FORM_KEY, LOOKED_AT, "again")


@route("child.view")
def children(request: ActorRequest) -> HttpResponse:
    """The register: search first."""
    read_note(events.CHILDREN_LISTED, actor=request.actor)
    listing = children_listing(request.actor, request.GET.get("q", "").strip()[:200])
    rows = Child.objects.visible_to(request.actor).with_place().annotate(search_rank=Value(0))
    return list_response(request, listing, rows)


@dataclass
class NewChild:
    """The forms of one page. The optional ones count when something is written in them."""

    child: ChildForm
    guardian: FirstGuardianForm
    enrolment: EnrolmentForm
    disability: DisabilityForm
    diagnosis: DiagnosisForm
    family: FamilyForm

    @classmethod
    def read(cls, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> NewChild:
        return cls(
            child=ChildForm(data, initial=initial),
            guardian=FirstGuardianForm(data, prefix="guardian"),
            enrolment=EnrolmentForm(data, prefix="study"),
            disability=DisabilityForm(data, prefix="disability", empty_permitted=True, use_required_attribute=False),
            diagnosis=DiagnosisForm(data, prefix="diagnosis", empty_permitted=True, use_required_attribute=False),
            family=FamilyForm(data, prefix="family", empty_permitted=True, use_required_attribute=False),
        )

    @property
    def every(self) -> tuple[BaseForm, ...]:
        return (self.child, self.guardian, self.enrolment, self.disability, self.diagnosis, self.family)

    @property
    def is_bound(self) -> bool:
        return self.child.is_bound

    def is_valid(self) -> bool:
        return not [form for form in self.every if not form.is_valid()]  # each one says what is wrong with it

    # One summary of errors stands over all forms: it reads these as those of a single form.

    @property
    def fields(self) -> dict[str, BoundField]:
        return {bound.html_name: bound for form in self.every for bound in form}

    @property
    def errors(self) -> dict[str, Any]:
        return {
            form[name].html_name: form.errors[name]
            for form in self.every
            for name in form.errors
            if name in form.fields
        }

    def non_field_errors(self) -> list[Any]:
        return [error for form in self.every for error in form.non_field_errors()]

    def __getitem__(self, html_name: str) -> BoundField:
        return self.fields[html_name]


@route("child.register", methods=("GET", "POST"))
def new(request: ActorRequest) -> HttpResponse:
    """A new child with the first representative and the place of study."""
    if request.method == "GET":
        return _page(request, NewChild.read(initial=_from_search(request)))
    forms = NewChild.read(request.POST)
    if not forms.is_valid() or "again" in request.POST:
        return _page(request, forms)
    likely = _likely(request, forms.child)
    looked_at = set(request.POST.getlist(LOOKED_AT))
    if any(one.public_id not in looked_at for one in likely):
        return _compare(request, forms, likely)
    child = _register(request, forms, looked_at)
    if child is None:
        return _page(request, forms)
    _warn_about_age(request, child)
    messages.success(request, "Карта заведена. Теперь можно принять заявление.")
    return redirect("children:child", public_id=child.public_id)


def _likely(request: ActorRequest, form: ChildForm) -> list[Child]:
    typed = form.cleaned_data
    return duplicates_of(
        request.actor, typed["last_name"], typed["first_name"], typed["middle_name"], typed["birth_date"]
    )


def _register(request: ActorRequest, forms: NewChild, looked_at: set[str]) -> Child | None:
    """Everything or nothing; the form whose part was refused carries the message."""
    actor = request.actor
    with transaction.atomic():
        child = attempt(
            forms.child,
            lambda: services.child_register(actor=actor, not_duplicates_of=looked_at, **forms.child.cleaned_data),
        )
        if child is not None and _surround(actor, child, forms):
            return child
        transaction.set_rollback(True)
    return None


def _surround(actor: Any, child: Child, forms: NewChild) -> bool:
    guardian, study = forms.guardian, forms.enrolment
    person = guardian.person
    if guardian.cleaned_data["same_address"]:
        person["registered_address"] = person["registered_address"] or child.registered_address
    deeds: list[tuple[BaseForm, Any]] = [
        (
            guardian,
            lambda: services.guardian_add(
                actor=actor, child=child, kinship=guardian.cleaned_data["kinship"], **guardian.authority,
                **person,
            ),
        ),
        (
            study,
            lambda: services.enrolment_set(
                actor=actor, child=child, **study.details,
                school=services.school_by_name(
                    actor=actor, name=study.cleaned_data["school"], level=study.cleaned_data["level"]
                ),
            ),
        ),
    ]  # fmt: skip
    for form, service in (
        (forms.disability, services.disability_add),
        (forms.diagnosis, services.diagnosis_add),
        (forms.family, services.family_save),
    ):
        if form.has_changed():
            deeds.append(
                (form, lambda form=form, service=service: service(actor=actor, child=child, **form.cleaned_data))
            )
    return not [form for form, deed in deeds if attempt(form, deed) is None]


def _page(request: ActorRequest, forms: NewChild) -> HttpResponse:
    context = {"form": forms, **suggestions(request.actor, *CHILD_LISTS, *GUARDIAN_LISTS, SCHOOLS, "known-icd10")}
    status = 422 if forms.is_bound and not forms.is_valid() else 200
    return render(request, "children/new.html", context, status=status)


def _compare(request: ActorRequest, forms: NewChild, likely: list[Child]) -> HttpResponse:
    """The new record beside those that it may repeat; each of them is shown, and that is an event."""
    for one in likely:
        record(events.CHILD_COMPARED, actor=request.actor, subject=one, person_id=one.public_id)
    typed = [(key, value) for key, values in request.POST.lists() if key not in NOT_REPEATED for value in values]
    context = {
        "typed_child": forms.child.cleaned_data,
        "forms": forms,
        "likely": likely,
        "typed": typed,
        "looked_at": LOOKED_AT,
    }
    return render(request, "children/duplicates.html", context)


def _from_search(request: ActorRequest) -> dict[str, Any]:
    """What was typed into the search box before «Внести ребёнка» was pressed."""
    words = request.GET.get("q", "").split()
    names = [word for word in words if word.isalpha()][:3]
    return dict(zip(("last_name", "first_name", "middle_name"), (name.capitalize() for name in names), strict=False))


def _warn_about_age(request: ActorRequest, child: Child) -> None:
    if add_years(child.birth_date, USUAL_OLDEST_LEARNER) < timezone.localdate():
        messages.warning(request, f"Проверьте дату рождения: по ней больше {USUAL_OLDEST_LEARNER} лет.")
