"""The sheet of a conclusion on ГИА, and the same page to be read once it is signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.conclusions.merging import FillResult
from opora.commission.conclusions.sources import edition_of, present_positions
from opora.foundation.access.actions import may
from opora.foundation.access.fields import sees
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.regulations.facts.case import CaseFacts

from .. import events, services
from ..answers import questions_of, values_of
from ..content import conclusion_content
from ..forms import AnswersForm
from ..models import AttestationConclusion
from ..reading import parts_to_read
from ..services.drafting import WRITTEN_IN
from ..sheet import Shelf, answer_words, ask_of, blocks_of, shelves_of
from ..sources import facts_of, offers_of, problems_of


@route("attestation.edit", Case, methods=("POST",))
def begin(request: ActorRequest, case: Case) -> HttpResponse:
    """Begin the conclusion on ГИА of a case, or open the one that there is."""
    try:
        found = services.attestation_draft(actor=request.actor, case=case, on=timezone.localdate())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("cases:case", args=[case.public_id]))
    return HttpResponseRedirect(address(found))


@route("attestation.view", AttestationConclusion, opens=events.ATTESTATION_OPENED)
def sheet(request: ActorRequest, conclusion: AttestationConclusion) -> HttpResponse:
    """A draft to be filled by members; a signed one, or a draft for the secretary, to be read."""
    is_written = conclusion.state == AttestationConclusion.State.DRAFT and conclusion.case.status in WRITTEN_IN
    if is_written and may(request.actor, "attestation.edit"):
        return _sheet(request, conclusion)
    frozen = conclusion.snapshot
    content = frozen.content if frozen else conclusion_content(conclusion)
    is_signed = conclusion.state == AttestationConclusion.State.SIGNED
    context = _about(conclusion) | {
        "content": content,
        "lines": parts_to_read(content),
        "may_annul": is_signed and may(request.actor, "attestation.annul"),
        "may_hand_over": is_signed and conclusion.handed_on is None and may(request.actor, "attestation.hand_over"),
        "signed_over": conclusion.basis.get("signed_over", []) if sees(request.actor, "special_texts") else [],
    }
    return render(request, "attestation/reading.html", context)


def _about(conclusion: AttestationConclusion) -> dict[str, Any]:
    return {"conclusion": conclusion, "case": conclusion.case, "child": conclusion.case.child}


def _sheet(request: ActorRequest, conclusion: AttestationConclusion, status: int = 200, **changed: Any) -> HttpResponse:
    law = edition_of(conclusion.case)
    values = values_of(law, conclusion)
    form = changed.pop("form", None) or AnswersForm.showing(law, values, conclusion.form_version)
    today = timezone.localdate()
    known = facts_of(conclusion.case, today)
    shelves = _shelves(request, conclusion, values, known, request.GET.get("open", ""))
    context = _about(conclusion) | {
        "form": form,
        "blocks": blocks_of(law, conclusion, form, shelves),
        "problems": problems_of(conclusion, today, known),
        "may_sign": may(request.actor, "attestation.sign"),
        "present": present_positions(conclusion.visit),
    }
    return render(request, "attestation/sheet.html", context | changed, status=status)


def _shelves(
    request: ActorRequest, conclusion: AttestationConclusion, values: dict[str, Any], known: CaseFacts,
    opened: str = "",
) -> dict[str, Shelf]:  # fmt: skip
    """The catalogue for the two lists, unless the person has switched advice off."""
    if not (request.actor.person.shows_advice and sees(request.actor, "special_texts")):
        return {}
    return shelves_of(offers_of(conclusion, timezone.localdate(), known), values, opened)


@route("attestation.edit", AttestationConclusion, methods=("POST",))
def answers(request: ActorRequest, conclusion: AttestationConclusion) -> HttpResponse:
    """Save the answers, and a condition of the catalogue with them; a background save gets the fragment."""
    form = AnswersForm(request.POST, edition=edition_of(conclusion.case), level=conclusion.level)
    wanted = request.POST.get("take", "")[:120]
    result = attempt(form, lambda: _fill(request, conclusion, form, wanted)) if form.is_valid() else None
    conflicts = [
        (one, answer_words(form, one.code, one.mine), answer_words(form, one.code, one.theirs))
        for one in (result.conflicts if result else ())
    ]
    fresh = AttestationConclusion.objects.select_related("case__child", "organisation", "visit").get(pk=conclusion.pk)
    if request.htmx:
        return _saved(request, fresh, form, conflicts, wanted, is_saved=result is not None and not conflicts)
    if result is None or conflicts:
        return _sheet(request, fresh, status=409 if conflicts else 422, form=form, conflicts=conflicts, wanted=wanted)
    messages.success(request, "Ответы сохранены.")
    place = fresh.taken.get(wanted, {}).get("place", "")
    return HttpResponseRedirect(f"{address(fresh)}?open={place}#{place}" if place else address(fresh))


def _fill(
    request: ActorRequest, conclusion: AttestationConclusion, form: AnswersForm, wanted: str
) -> FillResult[AttestationConclusion]:
    settled = request.POST.get("settled", "")
    sent: dict[str, Any] = {
        "actor": request.actor,
        "conclusion": conclusion,
        "values": form.values(),
        "base": form.cleaned_data["base"],
        "settled_version": int(settled) if settled.isdecimal() and len(settled) < 10 else None,
    }
    if wanted:
        return services.attestation_take(wanted=wanted, on=timezone.localdate(), **sent)
    return services.attestation_fill(**sent)


def _saved(
    request: ActorRequest, fresh: AttestationConclusion, form: AnswersForm, conflicts: list[Any], wanted: str, *,
    is_saved: bool,
) -> HttpResponse:  # fmt: skip
    """The fragment; answers that are not what was sent come with it. Another level asks other questions: a new page."""
    law, shown, refreshed, today = edition_of(fresh.case), form, [], timezone.localdate()
    known = facts_of(fresh.case, today)
    if is_saved:
        kept, sent = values_of(law, fresh), form.values()
        if kept["level"] != form.cleaned_data["base"].get("level", kept["level"]):
            return HttpResponse(headers={"HX-Refresh": "true"})
        shown = AnswersForm.showing(law, kept, fresh.form_version)
        changed = [one for one in questions_of(law) if kept[one.code] != sent[one.code] and one.asked_at(fresh.level)]
        place = fresh.taken.get(wanted, {}).get("place", "")
        shelves = _shelves(request, fresh, kept, known, place) if wanted else {}
        refreshed = [ask_of(law, fresh, shown, one, shelves) for one in changed]
    context = _about(fresh) | {
        "form": shown,
        "problems": problems_of(fresh, today, known),
        "conflicts": conflicts,
        "saved": is_saved,
        "refreshed": refreshed,
        "wanted": wanted,
    }
    return render(request, "attestation/answers_saved.html", context)


def address(conclusion: AttestationConclusion) -> str:
    """Where the conclusion is written and read."""
    return reverse("attestation:sheet", args=[conclusion.public_id])
