"""Contents of the printed papers of the consilium, as plain data: what signing freezes and a draft shows.

The keys are those of the forms «collegial_opinion», «consilium_protocol» and «commission_referral»; the content of
entries (`lines.py`) has the columns of the three journals of Р-93. The types of all of them stand in `shapes.py`.
The protocol is frozen in parts, one for each child under the child's own key, so that an erased card leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from opora.foundation.access.models import Position
from opora.foundation.organisations.models import Organisation
from opora.foundation.ui.typography import NBSP
from opora.people.children.models import Child
from opora.people.law import law_on
from opora.people.naming import NameCase, decline
from opora.regulations.consilium.reading import sections_of, title_of
from opora.school.pupils.models import Placement

from .models import AgendaItem, ConsiliumMeeting, ConsiliumOpinion, OpinionSignature, ReferralToCommission
from .shapes import Dissent, Letterhead, OpinionContent, Person, ProtocolContent, ProtocolItemContent, ReferralContent

ERASED = "сведения уничтожены вместе с картой"


def letterhead(organisation: Organisation) -> Letterhead:
    return {
        "founder": organisation.letterhead,
        "full_name": organisation.full_name,
        "address": organisation.address,
        "phone": organisation.phone,
        "email": organisation.email,
    }


def texts_of(item: AgendaItem) -> dict[str, str]:
    """Written sections of the talk by their codes. The caller has been let in to the item."""
    return {one.code: one.text.strip() for one in item.sections.all() if one.text.strip()}


def grade_of(child: Child) -> str:
    """«4 А», by the class of the school, else as the card has it."""
    placement = Placement.objects.present().filter(child=child).select_related("school_class").first()
    if placement is not None:
        return placement.school_class.title
    present = child.enrolments.filter(ended_on=None).first()
    return present.group if present else ""


def person_of(position: Position) -> Person:
    return {"position": position.inner_caption, "name": position.user.short_name}


def members_of(meeting: ConsiliumMeeting, *, present: bool) -> list[Position]:
    """Members present or absent, the chair of the meeting first. One query."""
    rows = meeting.members.filter(is_present=present).select_related("position__user")
    return sorted((one.position for one in rows), key=lambda post: (post.pk != meeting.chair_id, post.user.last_name))


def dissents_of(signatures: Iterable[OpinionSignature]) -> list[Dissent]:
    return [
        {"position": one.position.inner_caption, "name": one.position.user.short_name, "text": one.dissent}
        for one in signatures
        if one.dissent.strip()
    ]


def signatures_of(item: AgendaItem, opinion: ConsiliumOpinion | None = None) -> list[OpinionSignature]:
    """Signatures under the opinion in force or, before there is one, those collected so far."""
    return list(item.signatures.filter(opinion=opinion).select_related("position__user"))


def conclusion_of(texts: dict[str, str]) -> str:
    """What the opinion concludes: as written, else the problems and the plan of the talk."""
    if texts.get("conclusion"):
        return texts["conclusion"]
    return "\n\n".join(filter(None, (texts.get("problems", ""), texts.get("plan", ""))))


def reason_of(item: AgendaItem) -> str:
    """«подтвердившийся сигнал: …»."""
    title = title_of(law_on(item.meeting.day), "consilium_ground", item.ground)
    return ": ".join(filter(None, (title, item.ground_words.strip())))


def others_of(item: AgendaItem) -> list[str]:
    """Those invited who came: «Данилова Дарья Петровна, родитель (законный представитель)»."""
    came = item.participants.filter(is_present=True).select_related("guardian", "position__user", "body")
    return [
        one.who if one.position_id else ", ".join(filter(None, (one.who, _capacity(one.kind, one.body))))
        for one in came
    ]


def _capacity(kind: str, body: Organisation | None) -> str:
    return "родитель (законный представитель)" if kind == "guardian" else str(body or "")


def opinion_content(item: AgendaItem, *, number: str = "", on: date | None = None) -> OpinionContent:
    """The opinion of the item as it stands now; with `number` and `on` as it is signed."""
    meeting, child, texts = item.meeting, item.child, texts_of(item)
    law = law_on(meeting.day)
    present = child.enrolments.filter(ended_on=None).first()
    guardian = item.participants.filter(kind="guardian", is_present=True).select_related("guardian").first()
    chair = meeting.chair
    return {
        "letterhead": letterhead(item.organisation),
        "official_use": True,
        "footer": f"Коллегиальное заключение{f' №{NBSP}{number}' if number else ''}",
        "organisation_name": item.organisation.full_name,
        "number": number,
        "date": (on or meeting.day).isoformat(),
        "child_name": child.full_name,
        "birth_date": child.birth_date.isoformat(),
        "grade": grade_of(child),
        "programme": present.programme if present else "",
        "reason": reason_of(item),
        "outcome": title_of(law, "consilium_outcome", item.outcome),
        "recommendation": title_of(law, "consilium_recommendation", item.recommendation),
        "conclusion": conclusion_of(texts),
        "for_teachers": texts.get("for_teachers", ""),
        "for_parents": texts.get("for_parents", ""),
        "leading": f"{item.leading.user.short_name}, {item.leading.inner_caption}" if item.leading else "",
        "attachments": [],
        "chair_name": chair.user.short_name,
        "members": [person_of(one) for one in members_of(meeting, present=True) if one.pk != chair.pk],
        "opinions": dissents_of(signatures_of(item)),
        "guardian_name": guardian.guardian.full_name if guardian and guardian.guardian else "",
        "parents_answer": item.parents_answer if item.parents_answer != "absent" else "",
        "parents_words": item.parents_words,
        "acknowledged_on": item.parents_told_on.isoformat() if item.parents_told_on else "",
    }


def item_content(item: AgendaItem) -> ProtocolItemContent:
    """One child's part of the protocol: the steps as they were written, the decision in one paragraph."""
    law, texts = law_on(item.meeting.day), texts_of(item)
    talk = [f"{one.title}. {texts[one.code]}" for one in sections_of(law, "step") if one.code in texts]
    opinion = item.opinion
    leading = f"Ведущий специалист: {item.leading.user.short_name.removesuffix('.')}." if item.leading else ""
    outcome = title_of(law, "consilium_outcome", item.outcome)
    numbered = f"Коллегиальное заключение №{NBSP}{opinion.number}/{opinion.year}." if opinion else ""
    words = f"Мнение родителей: {item.parents_words}" if item.parents_words.strip() else ""
    return {
        "order": item.order,
        "title": f"{item.child.full_name}, {grade_of(item.child)}".rstrip(", ") + f": {reason_of(item)}",
        "talk": "\n".join(filter(None, (*talk, words))),
        "decision": " ".join(filter(None, (f"{outcome.capitalize()}." if outcome else "", numbered, leading))),
        "others": others_of(item),
        "opinions": dissents_of(signatures_of(item, opinion)),
    }


def protocol_frame(meeting: ConsiliumMeeting, *, number: str, quorum: str) -> dict[str, Any]:
    """The protocol without its children."""
    present = members_of(meeting, present=True)
    return {
        "letterhead": letterhead(meeting.organisation),
        "official_use": True,
        "footer": f"Протокол{f' №{NBSP}{number}' if number else ''} от {meeting.day:%d.%m.%Y}",
        "organisation_name": meeting.organisation.full_name,
        "number": number,
        "date": meeting.day.isoformat(),
        "kind": meeting.get_kind_display(),
        "topic": meeting.purpose,
        "present": [person_of(one) for one in present],
        "absent": [person_of(one) for one in members_of(meeting, present=False)],
        "quorum": quorum,
        "attachments": [],
        "chair_name": meeting.chair.user.short_name,
        "members": [one.user.short_name for one in present if one.pk != meeting.chair_id],
        "secretary_name": meeting.secretary.user.short_name if meeting.secretary else "",
    }


def protocol_joined(frame: dict[str, Any], parts: Iterable[dict[str, Any]]) -> ProtocolContent:
    """The whole protocol from its frame and its parts; the part of an erased card says so."""
    gone = {"order": 0, "title": ERASED, "talk": "", "decision": "", "others": [], "opinions": []}
    rows: list[Any] = [one or gone for one in parts]
    joined: Any = frame | {
        "items": rows,
        "others": list(dict.fromkeys(name for one in rows for name in one["others"])),
        "opinions": [one for row in rows for one in row["opinions"]],
    }
    return joined  # type: ignore[no-any-return]


def referral_content(referral: ReferralToCommission, *, director: str) -> ReferralContent:
    """The referral as it stands."""
    item, child = referral.item, referral.item.child
    opinion = item.opinion
    named = f"коллегиальное заключение {opinion} от {opinion.signed_on:%d.%m.%Y}" if opinion else ""
    return {
        "letterhead": letterhead(referral.organisation),
        "official_use": True,
        "footer": f"Направление на ПМПК №{NBSP}{referral.number}/{referral.year}",
        "number": f"{referral.number}/{referral.year}",
        "date": referral.day.isoformat(),
        "commission_name": referral.commission.full_name,
        "commission_address": referral.commission.address,
        "child_name": accusative(child),
        "birth_date": child.birth_date.isoformat(),
        "grade": grade_of(child),
        "purpose": referral.purpose,
        "reasons": referral.reasons,
        "opinion": named,
        "papers": [line.strip() for line in referral.papers.splitlines() if line.strip()],
        "chair_name": item.meeting.chair.user.short_name,
        "director_name": director,
        "guardian_name": referral.guardian.full_name if referral.guardian else "",
        "handed_on": referral.handed_on.isoformat() if referral.handed_on else "",
    }


def accusative(child: Child) -> str:
    """«Данилову Веру Игоревну»: as the card says, else by the rules."""
    known = child.declined.get(NameCase.ACCUSATIVE, "") if isinstance(child.declined, dict) else ""
    return known or decline(
        child.last_name, child.first_name, child.middle_name, sex=child.sex, case=NameCase.ACCUSATIVE
    )
