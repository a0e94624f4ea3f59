"""Lines of the three journals of Р-93, as the registers keep them."""

from __future__ import annotations

from datetime import date

from opora.foundation.ui.typography import NBSP, plural
from opora.people.children.models import Child

from .models import AgendaItem, ConsiliumMeeting
from .shapes import MeetingLine, OpinionContent, OpinionLine, ReferralContent, ReferralLine


def meeting_line(meeting: ConsiliumMeeting, *, number: int, sha256: str, children: int) -> MeetingLine:
    day = f"{meeting.protocol_on or meeting.day:%d.%m.%Y}"
    return {
        "number": str(number),
        "date": meeting.day.isoformat(),
        "topic": meeting.purpose,
        "kind": meeting.get_kind_display(),
        "protocol": f"№{NBSP}{number}/{meeting.day.year} от {day}",
        "children": plural(children, "обучающийся,обучающихся,обучающихся"),
        "snapshot": sha256,
    }


def opinion_line(item: AgendaItem, *, number: int, content: OpinionContent, sha256: str) -> OpinionLine:
    child = item.child
    return {
        "number": str(number),
        "child_name": ", ".join(filter(None, (child.full_name, content["grade"]))),
        "birth_date": child.birth_date.isoformat(),
        "initiator": initiator_of(item),
        "reason": content["reason"],
        "opinion": content["outcome"],
        "result": result_of(item, content),
        "snapshot": sha256,
    }


INITIATORS = {
    "concern": "педагоги", "screening": "педагог-психолог", "parents": "родители (законные представители)",
    "conclusion": "родители (законные представители)", "control": "консилиум", "final": "куратор программы",
    "other": "образовательная организация",
}  # fmt: skip


def initiator_of(item: AgendaItem) -> str:
    return INITIATORS[item.ground]


def result_of(item: AgendaItem, content: OpinionContent) -> str:
    parts = [content["recommendation"] and f"рекомендации {content['recommendation']}"]
    if content["leading"]:
        parts.append(f"ведущий специалист: {content['leading']}")
    return "; ".join(filter(None, parts))


def referral_line(content: ReferralContent, *, number: int, child: Child, sha256: str) -> ReferralLine:
    """The name stands in the nominative here: the paper has it in the accusative."""
    received = ""
    if content["guardian_name"] and content["handed_on"]:
        received = f"{content['guardian_name']}, {date.fromisoformat(content['handed_on']):%d.%m.%Y}"
    return {
        "number": str(number),
        "date": content["date"],
        "child_name": ", ".join(filter(None, (child.full_name, content["grade"]))),
        "birth_date": content["birth_date"],
        "purpose": content["purpose"],
        "reason": content["reasons"],
        "papers": "; ".join(content["papers"]),
        "guardian": received,
        "snapshot": sha256,
    }
