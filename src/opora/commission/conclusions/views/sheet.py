"""The work sheet of a conclusion, and the same page to be read once it is signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import trigger_client_event

from opora.commission.cases.flow import Status
from opora.commission.cases.models import Case
from opora.commission.examinations.models import ExaminationSection
from opora.commission.findings.gathering import Gathered, gathered
from opora.commission.findings.panels import advice_context
from opora.foundation.access.actions import may
from opora.foundation.access.fields import sees
from opora.foundation.access.refusals import Refusal
from opora.foundation.access.routes import ActorRequest, route
from opora.foundation.ui.forms import attempt
from opora.foundation.worksheets.views import respond

from .. import events, services
from ..answers import values_of
from ..catalogue import block_of
from ..checks import problems_of
from ..content import conclusion_content
from ..forms import AnswersForm, OpinionForm
from ..listing import programme_in_short
from ..merging import FillResult
from ..models import Conclusion, ConclusionSection, DissentingOpinion
from ..reading import parts_to_read
from ..sheet import answer_words, blocks_of, parts_of
from ..shelves import Shelves
from ..sources import earlier_conclusions, edition_of, findings_of, present_positions


def in_force(request: ActorRequest, case: Case) -> Conclusion | None:
    """The draft or signed conclusion of the case."""
    rows = Conclusion.objects.visible_to(request.actor).filter(case=case)
    return rows.exclude(state=Conclusion.State.ANNULLED).select_related("case__child", "organisation").first()


@route("conclusion.view", Case)
def of_case(request: ActorRequest, case: Case) -> HttpResponse:
    """The conclusion of a case; a member of the commission begins it by opening this page."""
    found = in_force(request, case)
    if found is None and may(request.actor, "conclusion.edit"):
        try:
            found = services.conclusion_draft(actor=request.actor, case=case)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
    elif found is None:
        messages.info(request, "Заключение ещё не начато: его открывают члены комиссии на обсуждении.")
    if found is None:
        return HttpResponseRedirect(reverse("cases:case", args=[case.public_id]))
    return HttpResponseRedirect(reverse("conclusions:sheet", args=[found.public_id]))


@route("conclusion.view", Conclusion, opens=events.CONCLUSION_OPENED)
def sheet(request: ActorRequest, conclusion: Conclusion) -> HttpResponse:
    """A draft to be filled by members; a signed one, or a draft for the secretary, to be read."""
    is_written = conclusion.state == Conclusion.State.DRAFT and conclusion.case.status == Status.DISCUSSION
    if is_written and may(request.actor, "conclusion.edit"):
        return _sheet(request, conclusion)
    return render(request, "conclusions/reading.html", _reading(request, conclusion))


def _sheet(request: ActorRequest, conclusion: Conclusion, status: int = 200, **changed: Any) -> HttpResponse:
    law, values = edition_of(conclusion.case), values_of(conclusion)
    form = changed.pop("form", None) or AnswersForm.showing(law, values, conclusion.form_version)
    findings = findings_of(conclusion.case, law)
    shelves = _shelves(request, conclusion, request.GET.get("open", ""))
    context = _state(conclusion, form, shelves.known) | {
        "case": conclusion.case,
        "child": conclusion.case.child,
        "blocks": blocks_of(law, form, findings, shelves),
        "shelves": shelves,
        **advice_context(conclusion.case, request.actor, shelves.known),
        "parts": parts_of(findings),
        "earlier": [(one, programme_in_short(one)) for one in earlier_conclusions(conclusion.case)],
        "application": getattr(conclusion.case, "application", None),
        "present": present_positions(conclusion.visit),
        "opinions": conclusion.opinions.select_related("position"),
        "opinion_form": OpinionForm(),
        "may_sign": may(request.actor, "case.sign"),
        "edition_title": law.title,
    }
    return render(request, "conclusions/sheet.html", context | changed, status=status)


def _state(conclusion: Conclusion, form: AnswersForm, known: Gathered | None) -> dict[str, Any]:
    """What the fragment beside the answers shows; `known` spares gathering the case twice."""
    return {
        "conclusion": conclusion,
        "form": form,
        "problems": problems_of(conclusion, timezone.localdate(), known),
    }


def _shelves(request: ActorRequest, conclusion: Conclusion, opened: str = "") -> Shelves:
    """The catalogue for the sheet, unless the person has switched advice off; `opened` is the shelf in use."""
    is_on = request.actor.person.shows_advice and sees(request.actor, "special_texts")
    known = gathered(conclusion.case, timezone.localdate()) if is_on else None
    return Shelves(conclusion, known, opened)


def _reading(request: ActorRequest, conclusion: Conclusion) -> dict[str, Any]:
    frozen = conclusion.snapshot
    content = frozen.content if frozen else conclusion_content(conclusion)
    return {
        "conclusion": conclusion,
        "case": conclusion.case,
        "child": conclusion.case.child,
        "lines": parts_to_read(edition_of(conclusion.case), content),
        "content": content,
        "is_draft": conclusion.state == Conclusion.State.DRAFT,
        "origins": Shelves(conclusion, None).summary,
        "is_annulled": conclusion.state == Conclusion.State.ANNULLED,
        "may_annul": conclusion.state == Conclusion.State.SIGNED and may(request.actor, "case.annul"),
        "may_hand_over": may(request.actor, "case.hand_over"),
        "handover": getattr(conclusion, "handover", None),
    }


@route("conclusion.edit", Conclusion, methods=("POST",))
def answers(request: ActorRequest, conclusion: Conclusion) -> HttpResponse:
    """Save the chosen answers; a background save gets the fragment that the next save starts from."""
    form = AnswersForm(request.POST, edition=edition_of(conclusion.case))
    wanted = request.POST.get("take", "")[:200]
    result = attempt(form, lambda: _fill(request, conclusion, form, wanted)) if form.is_valid() else None
    conflicts = [
        (one, answer_words(form, one.code, one.mine), answer_words(form, one.code, one.theirs))
        for one in (result.conflicts if result else ())
    ]
    fresh = Conclusion.objects.select_related("case__child", "organisation").get(pk=conclusion.pk)
    if request.htmx:
        return _saved(request, fresh, form, conflicts, wanted, is_saved=result is not None and not conflicts)
    if result is None or conflicts:
        status = 409 if conflicts else 422
        return _sheet(request, fresh, status=status, form=form, conflicts=conflicts, wanted=wanted)
    messages.success(request, "Ответы сохранены.")
    block = block_of(wanted)
    return HttpResponseRedirect(f"{_address(fresh)}?open=block-{block}#{block}" if block else _address(fresh))


def _fill(request: ActorRequest, conclusion: Conclusion, form: AnswersForm, wanted: str) -> FillResult[Conclusion]:
    settled = request.POST.get("settled", "")
    sent: dict[str, Any] = {
        "actor": request.actor,
        "conclusion": conclusion,
        "values": form.values(),
        "base": form.cleaned_data["base"],
        "settled_version": int(settled) if settled.isdecimal() and len(settled) < 10 else None,
    }
    return services.answers_take(wanted=wanted, **sent) if wanted else services.conclusion_fill(**sent)


def _saved(
    request: ActorRequest, fresh: Conclusion, form: AnswersForm, conflicts: list[Any], wanted: str, *, is_saved: bool
) -> HttpResponse:
    """The fragment; answers of other people and of an offer come with it, so that the page shows what is kept.

    The shelves come anew when the programme changed or an offer was taken.
    """
    refreshed: list[BoundField] = []
    shown, is_new = form, False
    if is_saved:
        kept, sent = values_of(fresh), form.values()
        shown = AnswersForm.showing(edition_of(fresh.case), kept, fresh.form_version)
        refreshed = [shown[code] for code, value in kept.items() if value != sent[code]]
        is_new = bool(wanted) or kept["programme_code"] != form.cleaned_data["base"].get("programme_code")
    shelves = _shelves(request, fresh, f"block-{block_of(wanted)}")
    context = _state(fresh, shown, shelves.known) | {
        "conflicts": conflicts,
        "saved": is_saved,
        "refreshed": refreshed,
        "wanted": wanted,
        "shelves": shelves,
        "is_new": is_new,
    }
    if is_new:
        context |= advice_context(fresh.case, request.actor, shelves.known)
    return render(request, "conclusions/answers_saved.html", context)


@route("conclusion.edit", ConclusionSection, methods=("POST",))
def section(request: ActorRequest, section: ConclusionSection) -> HttpResponse:
    """Save a text as it is typed."""
    return respond(request, section, services.text_save)


@route("conclusion.edit", ConclusionSection, methods=("POST",))
def offer(request: ActorRequest, section: ConclusionSection) -> HttpResponse:
    """Put an entry of the catalogue into a section; in the background the shelf comes back as it is now."""
    refusal = None
    try:
        section = services.offer_take(actor=request.actor, section=section, code=request.POST.get("offer", "")[:120])
    except Refusal as found:
        refusal = found
    if not request.htmx:
        if refusal is not None:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(f"{_address(section.conclusion)}?open={section.code}#section-{section.code}")
    conclusion = Conclusion.objects.select_related("case__child", "organisation").get(pk=section.conclusion_id)
    shelves = _shelves(request, conclusion, section.code)
    context = {"shelf": shelves.of_text(section.code), "traces": shelves.traces(section.code), "refusal": refusal}
    response = render(request, "conclusions/offer_taken.html", context | {"conclusion": conclusion, "shelves": shelves})
    if refusal is None:
        trigger_client_event(response, "worksheet:saved")
        trigger_client_event(response, "conclusion:taken", {"section": section.public_id})
    return response


@route("conclusion.edit", ConclusionSection, methods=("POST",))
def take(request: ActorRequest, section: ConclusionSection) -> HttpResponse:
    """Put a specialist's text into a section."""
    rows = ExaminationSection.objects.visible_to(request.actor).select_related("examination")
    source = rows.filter(public_id=request.POST.get("source", "")).first()
    if source is None:
        raise Http404
    try:
        services.text_take(actor=request.actor, section=section, source=source)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(f"{_address(section.conclusion)}#section-{section.code}")


@route("conclusion.dissent", Conclusion, methods=("POST",))
def add_opinion(request: ActorRequest, conclusion: Conclusion) -> HttpResponse:
    """Record a special opinion."""
    form = OpinionForm(request.POST)
    if form.is_valid():
        text, expert = form.cleaned_data["text"], form.cleaned_data["expert"]
        deed = attempt(
            form,
            lambda: services.opinion_add(actor=request.actor, conclusion=conclusion, text=text, expert=expert),
        )
        if deed is not None:
            return HttpResponseRedirect(f"{_address(conclusion)}#dissent")
    if conclusion.state != Conclusion.State.DRAFT:
        messages.warning(request, "; ".join(str(error) for error in form.non_field_errors()))
        return HttpResponseRedirect(_address(conclusion))
    return _sheet(request, conclusion, status=422, opinion_form=form)


@route("conclusion.dissent", DissentingOpinion, methods=("POST",))
def withdraw_opinion(request: ActorRequest, opinion: DissentingOpinion) -> HttpResponse:
    """Take back one's own special opinion."""
    address = f"{_address(opinion.conclusion)}#dissent"
    try:
        services.opinion_withdraw(actor=request.actor, opinion=opinion)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(address)


def _address(conclusion: Conclusion) -> str:
    return reverse("conclusions:sheet", args=[conclusion.public_id])
