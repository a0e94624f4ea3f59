"""The bank of the organisation: its list, its items, what it offers beside a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from opora.foundation.access.actions import may
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.audit.services import read_note
from opora.foundation.ui.errors import refused
from opora.foundation.ui.forms import attempt
from opora.foundation.ui.lists import Chip, Choice, Column, Listing, list_response

from .. import events
from ..bank import Wanted, offered, searched, starter_items
from ..deidentifying import without_names
from ..models import Activity, Audience, BankItem, Direction, Programme
from ..outline import sheet_context
from ..plan import Line, anchor
from ..services import bank
from ..services.planning import TITLES

BOTH = ("GET", "POST")
WANTED = ("kind", "text", "problem", "direction", "audience")


class BankItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """An item; fields that are not of its kind stay empty and harm nobody."""

    class Meta:
        model = BankItem
        fields = (
            "kind", "title", "problem", "direction", "audience", "age_from", "age_to", "form", "frequency",
            "planned_result", "measure", "scale",
        )  # fmt: skip
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "planned_result": forms.Textarea(attrs={"rows": 2}),
            "measure": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, problems: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems = problems
        self.fields["problem"].widget.attrs["list"] = "problems"

    def validate_unique(self) -> None:
        """The service says it in a sentence."""


def _listing(keeps: bool) -> Listing:
    def choices(source: Any, field: str) -> list[Choice]:
        return [Choice(value, str(label), _is(field, value)) for value, label in source.choices]

    return Listing(
        title="Банк заготовок",
        name="bank",
        order="problem",
        row_url=(lambda one: reverse("programmes:bank_item", args=[one.public_id])) if keeps else None,
        row_state=lambda one: "",
        search=searched,
        search_hint="Слова, проблема",
        empty="Здесь будут цели, задачи, мероприятия и критерии, которые берут в программы. "
        "Начните с готовых формулировок.",
        new_url=reverse("programmes:bank_new") if keeps else "",
        new_label="Добавить заготовку",
        columns=(
            Column("title", "Формулировка", lambda one: one.title, kind="main"),
            Column("kind", "Что это", lambda one: one.get_kind_display(), sort=("kind", "problem", "title")),
            Column("problem", "Проблема", lambda one: one.problem, sort=("problem", "kind", "title")),
            Column("direction", "Направление", lambda one: one.get_direction_display(), sort=("direction", "title")),
            Column("audience", "Для кого", lambda one: one.get_audience_display(), sort=("audience", "title")),
            Column("ages", "Возраст", ages_words, sort=("age_from", "title"), kind="narrow"),
        ),
        chips=(
            Chip("kind", "Что это", choices(BankItem.Kind, "kind")),
            Chip("direction", "Направление", choices(Direction, "direction")),
            Chip("audience", "Для кого", choices(Audience, "audience")),
            Chip(
                "shown", "Предлагаются",
                [
                    Choice("yes", "предлагаются", _is("is_retired", False)),
                    Choice("no", "убраны", _is("is_retired", True)),
                ],
                default="yes",
            ),
        ),
    )  # fmt: skip


def _is(field: str, value: Any) -> Any:
    return lambda rows: rows.filter(**{field: value})


def ages_words(item: BankItem) -> str:
    """«10—14», «с 11», «до 9», or nothing."""
    if item.age_from is not None and item.age_to is not None:
        return f"{item.age_from}—{item.age_to}"
    if item.age_from is not None:
        return f"с {item.age_from}"
    return f"до {item.age_to}" if item.age_to is not None else ""


@route("bank.view")
def bank_list(request: ActorRequest) -> HttpResponse:
    """All items with filters; a button fills an empty bank."""
    read_note(events.BANK_LISTED, actor=request.actor)
    keeps = may(request.actor, "bank.keep")
    rows = BankItem.objects.visible_to(request.actor)
    missing = len(starter_items()) - _known_starters(rows) if keeps else 0
    return list_response(request, _listing(keeps), rows, template="programmes/bank.html", missing=missing)


def _known_starters(rows: Any) -> int:
    known = set(rows.values_list("kind", "title"))
    return sum((one["kind"], one["title"]) in known for one in starter_items())


@route("bank.keep", methods=BOTH)
def bank_new(request: ActorRequest) -> HttpResponse:
    """A new item, written by hand."""
    form = BankItemForm(_problems(request), request.POST or None, initial={"kind": request.GET.get("kind", "activity")})
    return _edited(request, form, None)


@route("bank.keep", BankItem, methods=BOTH)
def bank_item(request: ActorRequest, item: BankItem) -> HttpResponse:
    """An item is changed; programmes that took it keep their texts."""
    return _edited(request, BankItemForm(_problems(request), request.POST or None, instance=item), item)


def _edited(request: ActorRequest, form: BankItemForm, item: BankItem | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        kept = BankItem.objects.get(pk=item.pk) if item else None  # the form has written into its own copy
        given = form.cleaned_data
        attempt(form, lambda: bank.bank_item_save(actor=request.actor, item=kept, **given))
        if form.is_valid():
            messages.success(request, "Сохранено в банк.")
            return redirect("programmes:bank")
    context = {"form": form, "item": item, "problems": form.problems, "back": reverse("programmes:bank")}
    return render(request, "programmes/bank_item.html", context, status=422 if form.is_bound else 200)


@route("bank.keep", BankItem, methods=("POST",))
def bank_retire(request: ActorRequest, item: BankItem) -> HttpResponse:
    """The item is offered no more, or again."""
    if item.is_retired:
        bank.bank_item_restore(actor=request.actor, item=item)
        messages.success(request, "Заготовка снова предлагается.")
    else:
        bank.bank_item_retire(actor=request.actor, item=item)
        messages.success(request, "Заготовка больше не предлагается. Программы, где она стоит, не изменились.")
    return redirect("programmes:bank")


@route("bank.keep", methods=("POST",))
def bank_fill(request: ActorRequest) -> HttpResponse:
    """The starter set; back to where the person was."""
    count = bank.bank_fill(actor=request.actor)
    messages.success(request, f"Добавлено готовых формулировок: {count}." if count else "Все готовые уже в банке.")
    wanted = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(wanted if known else reverse("programmes:bank"))


@route("programme.write", Activity, methods=BOTH)
def bank_keep(request: ActorRequest, activity: Activity) -> HttpResponse:
    """«Сохранить в банк»: an activity without the child's name, shown before it is kept."""
    child = activity.programme.child
    texts = {name: without_names(child, getattr(activity, name)) for name in ("title", "planned_result")}
    stripped = any(texts[name] != getattr(activity, name) for name in texts)
    initial = texts | {
        "kind": BankItem.Kind.ACTIVITY, "direction": activity.task.direction, "audience": activity.audience,
        "form": activity.form, "frequency": activity.frequency,
    }  # fmt: skip
    form = BankItemForm(_problems(request), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        attempt(form, lambda: bank.bank_item_save(actor=request.actor, **given))
        if form.is_valid():
            messages.success(request, "Мероприятие сохранено в банк.")
            return redirect("programmes:marks", public_id=activity.programme.public_id)
    context = {
        "form": form, "item": None, "problems": form.problems, "activity": activity, "stripped": stripped,
        "back": reverse("programmes:marks", args=[activity.programme.public_id]),
    }  # fmt: skip
    return render(request, "programmes/bank_item.html", context, status=422 if form.is_bound else 200)


def _problems(request: ActorRequest) -> list[str]:
    rows = BankItem.objects.visible_to(request.actor).exclude(problem="")
    return sorted(set(rows.values_list("problem", flat=True)))


@route("programme.write", Programme)
def bank_side(request: ActorRequest, programme: Programme) -> HttpResponse:
    """The bank beside the sheet of a programme: a fragment for a script, a page of its own without one."""
    context = side_context(request, programme)
    template = "programmes/bank_found.html" if request.htmx else "programmes/bank_page.html"
    return render(request, template, context)


def side_context(request: ActorRequest, programme: Programme) -> dict[str, Any]:
    """What `programmes/bank_side.html` needs; the sheet gives it on its first drawing."""
    asked = {name: request.GET.get(name, "")[:120] for name in WANTED}
    wanted = Wanted(**asked, any_age=request.GET.get("any_age") == "1")
    return {
        "programme": programme,
        "wanted": wanted,
        "offers": offered(request.actor, programme, wanted),
        "bank_kinds": BankItem.Kind.choices,
        "bank_directions": Direction.choices,
        "bank_audiences": Audience.choices,
        "keeps": may(request.actor, "bank.keep"),
    }


@route("programme.write", Programme, methods=("POST",))
def bank_take(request: ActorRequest, programme: Programme) -> HttpResponse:
    """«Взять»: the item, or the usual set of a problem, becomes rows of the plan.

    A script gets the plan anew, else the sheet opens at the row.
    """
    today = timezone.localdate()
    try:
        line, done = _taken(request, programme, today)
    except Refusal as refusal:
        if request.htmx:
            return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")
        return refused(request, refusal)
    if request.htmx:
        context = sheet_context(request.actor, programme, today, fresh=line)
        response = render(request, "programmes/plan_fragment.html", context)
        response["HX-Push-Url"] = "false"  # the sheet stays where it is
        return response
    messages.success(request, f"В план добавлено из банка: {done}. Поправьте под ребёнка.")
    return redirect(f"{reverse('programmes:draft', args=[programme.public_id])}#{anchor(line)}")


def _taken(request: ActorRequest, programme: Programme, today: date) -> tuple[Line, str]:
    actor, problem = request.actor, request.POST.get("problem")
    if problem is not None:
        return bank.bank_set_take(actor=actor, programme=programme, problem=problem, on=today), "набор заготовок"
    item = BankItem.objects.visible_to(actor).filter(public_id=request.POST.get("item", "")).first()
    if item is None:
        raise Http404
    line = bank.bank_take(
        actor=actor, programme=programme, item=item, on=today, parent=_parent(request, programme),
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return line, str(TITLES[item.kind])


def _parent(request: ActorRequest, programme: Programme) -> Any:
    """The goal or task that the person has chosen, if it is of this programme."""
    wanted = request.POST.get("parent", "")
    if not wanted:
        return None
    return programme.goals.filter(public_id=wanted).first() or programme.tasks.filter(public_id=wanted).first()
