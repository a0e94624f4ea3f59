"""Legal representatives: added, changed, ended, named in the right cases."""

from __future__ import annotations

from typing import Any

from django.forms import model_to_dict
from django.http import HttpResponse

from opora.foundation.access.routes import ActorRequest, route

from .. import services
from ..forms import EndForm, GuardianForm, NamesForm
from ..models import Child, Guardianship
from ..suggestions import GUARDIAN_LISTS, suggestions
from .sections import BOTH, section

PAGE = "children/guardian_edit.html"


@route("child.change", Child, methods=BOTH)
def guardian_new(request: ActorRequest, child: Child) -> HttpResponse:
    """One more representative; the address of the child is offered."""
    form = GuardianForm(request.POST or None, initial={"registered_address": child.registered_address})
    return section(
        request, child, form,
        lambda: services.guardian_add(
            actor=request.actor, child=child, kinship=form.cleaned_data["kinship"], **form.authority, **form.person
        ),
        title="Новый представитель", anchor="guardians", template=PAGE,
        **suggestions(request.actor, *GUARDIAN_LISTS),
    )  # fmt: skip


@route("child.change", Guardianship, methods=BOTH)
def guardian_edit(request: ActorRequest, guardianship: Guardianship) -> HttpResponse:
    """Change a representative; `main` makes him the main one."""
    initial = model_to_dict(guardianship) | model_to_dict(guardianship.guardian)
    form = GuardianForm(request.POST or None, initial=initial)

    def deed() -> Any:
        return services.guardian_change(
            actor=request.actor, guardianship=guardianship, kinship=form.cleaned_data["kinship"],
            is_main="main" in request.POST or None, authority=form.authority, **form.person,
        )  # fmt: skip

    return section(
        request, guardianship.child, form, deed, title="Представитель", anchor="guardians", template=PAGE,
        guardianship=guardianship, **suggestions(request.actor, *GUARDIAN_LISTS),
    )  # fmt: skip


@route("child.change", Guardianship, methods=BOTH)
def guardian_end(request: ActorRequest, guardianship: Guardianship) -> HttpResponse:
    """End the powers of a representative."""
    form = EndForm(request.POST or None)
    return section(
        request, guardianship.child, form,
        lambda: services.guardianship_end(actor=request.actor, guardianship=guardianship, **form.cleaned_data),
        title=f"Прекратить полномочия: {guardianship.guardian.short_name}", anchor="guardians",
    )  # fmt: skip


@route("child.change", Guardianship, methods=BOTH)
def guardian_names(request: ActorRequest, guardianship: Guardianship) -> HttpResponse:
    """The representative's name in its cases."""
    person = guardianship.guardian
    form = NamesForm(person, person.sex, request.POST or None)
    return section(
        request, guardianship.child, form,
        lambda: services.names_decline(
            actor=request.actor, person=person, forms=form.corrections, child=guardianship.child
        ),
        title=f"Имя по падежам: {person.short_name}", anchor="guardians", lead_template="children/names_lead.html",
    )  # fmt: skip
