"""The family sees the draft, proposes, agrees or refuses; then the programme is agreed (K-08, closing part of 000)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from opora.foundation.access.actions import require
from opora.foundation.access.refusals import Refusal
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.roles import Role
from opora.foundation.audit.services import record
from opora.people.children.models import Guardian, Guardianship

from .. import events
from ..flow import LETTER, Status, transition
from ..models import Activity, Agreement, Programme, ProgrammeVersion, Proposal
from ..plan import findings_of
from .steps import lead_require, programme_advance, step_require
from .versions import version_keep

FAMILY = f"{LETTER}: родители могут ознакомиться с проектом ИПС, участвовать в обсуждении, вносить предложения"
CONSENT = f"{LETTER}: с учётом желания и согласия обучающегося и его семьи"
SHORTEST_REASON = 10


@transaction.atomic
def programme_send_to_family(*, actor: Actor, programme: Programme, on: date) -> Programme:
    """Show the draft to the family; what it sees is kept as a version. Raises PermissionDenied, Refusal."""
    require(actor, "programme.send_to_family")
    fresh = lead_require(actor, programme)
    step_require(fresh, "programme.send_to_family")
    blocks = [one for one in findings_of(actor, fresh, on, final=False) if one.is_block]
    if blocks:
        raise Refusal(blocks[0].code, blocks[0].message, blocks[0].clause, field=blocks[0].place)
    version_keep(actor=actor, programme=fresh, on=on, why="Показана семье", stage=ProgrammeVersion.Stage.SHOWN)
    return programme_advance(actor=actor, programme=fresh, action="programme.send_to_family", on=on)


@transaction.atomic
def programme_take_back(*, actor: Actor, programme: Programme, on: date) -> Programme:
    """Back to the draft, to change it after the talk with the family; earlier answers stay with their version."""
    require(actor, "programme.take_back")
    return programme_advance(actor=actor, programme=programme, action="programme.take_back", on=on)


@transaction.atomic
def proposal_record(
    *, actor: Actor, programme: Programme, text: str, made_on: date, on: date, guardian: Guardian | None = None,
    activity: Activity | None = None,
) -> Proposal:  # fmt: skip
    """Write down what the family proposes, in its own words; without a guardian it is the child's own word.

    Raises Refusal for a programme that is approved: then the family is heard at the consilium.
    """
    require(actor, "programme.write")
    fresh = lead_require(actor, programme)
    if fresh.status not in (Status.DRAFT, Status.FAMILY):
        raise Refusal(
            "approved" if fresh.status == Status.RUNNING else "wrong_status",
            f"Программа в состоянии «{fresh.get_status_display()}»: предложение записывают в проект. "
            "Действующую программу меняют «изменениями и дополнениями» или на внеплановом консилиуме.",
            FAMILY,
        )
    if not text.strip():
        raise Refusal("no_text", "Запишите предложение словами семьи.", field="text")
    _day_require(made_on, on, "made_on")
    if guardian is not None:
        _guardian_require(fresh, guardian)
    if activity is not None and activity.programme_id != fresh.pk:
        raise Refusal("other_programme", "Это мероприятие из другой программы.", field="activity")
    proposal = Proposal(
        organisation=actor.at, programme=fresh, guardian=guardian, activity=activity, text=text.strip(),
        made_on=made_on, recorded_by=actor.user,
    )  # fmt: skip
    proposal.full_clean()
    proposal.save()
    record(events.PROPOSAL_RECORDED, actor=actor, subject=fresh, person_id=fresh.person_id)
    return proposal


@transaction.atomic
def proposal_answer(
    *, actor: Actor, proposal: Proposal, taken: bool, answer: str, on: date, activity: Activity | None = None
) -> Proposal:
    """Answer a proposal; one that is not taken needs a reason. `activity` is the line where it was taken into."""
    require(actor, "programme.write")
    fresh = lead_require(actor, proposal.programme)
    if fresh.is_over:
        raise Refusal("over", "Программа завершена: на предложение уже не отвечают.")
    if not taken and not answer.strip():
        raise Refusal("no_answer", "Напишите семье, почему предложение не учтено.", FAMILY, field="answer")
    if activity is not None and activity.programme_id != fresh.pk:
        raise Refusal("other_programme", "Это мероприятие из другой программы.", field="activity")
    proposal.state = Proposal.State.TAKEN if taken else Proposal.State.DECLINED
    proposal.answer, proposal.answered_on = answer.strip(), on
    if activity is not None:
        proposal.activity = activity
    proposal.full_clean(exclude=["programme", "guardian", "activity", "recorded_by"])
    proposal.save(update_fields=["state", "answer", "answered_on", "activity"])
    record(
        events.PROPOSAL_ANSWERED, actor=actor, subject=fresh, person_id=fresh.person_id,
        answer=proposal.get_state_display(),
    )  # fmt: skip
    return proposal


@transaction.atomic
def agreement_record(
    *, actor: Actor, programme: Programme, guardian: Guardian, answer: str, signed_on: date, on: date, words: str = ""
) -> Agreement:
    """Record the answer of one representative to the version that he has seen; a refusal keeps his reason.

    One answer is enough to go on: the form has two lines, and the second may stay empty. Raises Refusal.
    """
    require(actor, "programme.agree")
    fresh = lead_require(actor, programme)
    step_require(fresh, "programme.agree")
    _guardian_require(fresh, guardian)
    _day_require(signed_on, on, "signed_on")
    if answer not in Agreement.Answer.values:
        raise Refusal("no_choice", "Отметьте ответ: согласен или не согласен.", field="answer")
    if answer == Agreement.Answer.REFUSED and not words.strip():
        raise Refusal("no_words", "Запишите, почему родитель не согласен, его словами.", CONSENT, field="words")
    version = fresh.versions.order_by("-number").first()
    if version is None:
        raise Refusal("not_shown", "Сначала покажите программу семье.", FAMILY)
    if signed_on < version.kept_on:
        raise Refusal("early", "Подпись раньше, чем программу показали семье.", field="signed_on")
    agreement = Agreement(
        organisation=actor.at, programme=fresh, version=version, guardian=guardian, answer=answer,
        words=words.strip(), signed_on=signed_on, recorded_by=actor.person,
    )  # fmt: skip
    agreement.full_clean()
    agreement.save()
    record(
        events.AGREEMENT_RECORDED, actor=actor, subject=fresh, person_id=fresh.person_id,
        answer=agreement.get_answer_display(),
    )  # fmt: skip
    return agreement


@transaction.atomic
def programme_agree(*, actor: Actor, programme: Programme, on: date, reason: str = "") -> Programme:
    """Agree the programme: nothing blocks, and each warning is passed over with a reason.

    A family that refused keeps the programme from going on, unless the chair explains why it goes on. Raises Refusal.
    """
    require(actor, "programme.agree")
    fresh = lead_require(actor, programme)
    step_require(fresh, "programme.agree")
    found = findings_of(actor, fresh, on, final=True)
    blocks = [one for one in found if one.is_block]
    if blocks:
        raise Refusal(blocks[0].code, blocks[0].message, blocks[0].clause)
    warnings = [one for one in found if one.is_warning]
    if warnings and len(reason.strip()) < SHORTEST_REASON:
        raise Refusal("unexplained", "Остались замечания: напишите, почему программа согласована с ними.",
                      transition("programme.agree").clause, field="reason")  # fmt: skip
    if any(one.code == "refused" for one in warnings) and not actor.has(Role.CONSILIUM_CHAIR):
        raise Refusal(
            "chair_decides", "Семья отказалась: о программе без её согласия решает председатель ППк.", CONSENT
        )
    fresh.passed_checks = [{"code": one.code, "message": one.message, "clause": one.clause} for one in warnings]
    fresh.passing_reason = reason.strip() if warnings else ""
    fresh.save(update_fields=["passed_checks", "passing_reason"])
    if warnings:
        record(
            events.CHECKS_PASSED, actor=actor, subject=fresh, person_id=fresh.person_id,
            codes=", ".join(dict.fromkeys(one.title for one in warnings)),
            checks=sorted({one.code for one in warnings}),
        )  # fmt: skip
    moved = programme_advance(actor=actor, programme=fresh, action="programme.agree", on=on)
    version_keep(actor=actor, programme=moved, on=on, why="Согласована", stage=ProgrammeVersion.Stage.AGREED)
    return moved


def _guardian_require(programme: Programme, guardian: Guardian) -> None:
    present = Guardianship.objects.filter(child=programme.child, guardian=guardian, ended_on__isnull=True)
    if not present.exists():
        raise Refusal("stranger", "Этот человек не представляет ребёнка.", field="guardian")


def _day_require(day: date, on: date, field: str) -> None:
    if day > on:
        raise Refusal("future", "Этот день ещё не наступил.", field=field)
