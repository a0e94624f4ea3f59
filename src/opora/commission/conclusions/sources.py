"""What a conclusion is made of: findings of the specialists, members present, facts of the child's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.commission.cases.models import Case
from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Examination, SessionMember, Visit
from opora.foundation.access.models import Position
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child, Guardian
from opora.people.consents.models import Consent
from opora.regulations.edition import Edition
from opora.regulations.entries import SheetSection

from .models import Conclusion

ROLE_ORDER = {Role.COMMISSION_HEAD: 0, Role.COMMISSION_SPECIALIST: 1}


def edition_of(case: Case, on: date | None = None) -> Edition:
    """The law under which the case was opened, with the parameters of the day."""
    return law_of(case, on)


@dataclass(frozen=True)
class Finding:
    """One filled section of a specialist's sheet."""

    examination: Examination
    public_id: str
    section: SheetSection
    text: str

    @property
    def speciality(self) -> str:
        return self.examination.speciality


def examinations_of(case: Case) -> list[Examination]:
    """Examinations of the case with their sections, in the order of the printed form."""
    found = case.examinations.select_related("position", "specialist").prefetch_related("sections")
    return sorted(found.order_by("pk"), key=lambda one: _speciality_order(one.speciality))


def findings_of(case: Case, law: Edition) -> list[Finding]:
    """Filled sections of all sheets, sheet by sheet."""
    return [finding for one in examinations_of(case) for finding in findings_in(one, law)]


def findings_in(examination: Examination, law: Edition) -> list[Finding]:
    """Filled sections of one sheet in the order of the edition."""
    known = law.tables.get("sheet_section", {})
    found = [
        Finding(examination, section.public_id, entry, section.text.strip())
        for section in examination.sections.all()
        if isinstance(entry := known.get(section.code), SheetSection) and section.text.strip()
    ]
    return sorted(found, key=lambda finding: finding.section.order)


def _speciality_order(code: str) -> int:
    order = [value for value, _ in Position._meta.get_field("speciality").choices or ()]
    return order.index(code) if code in order else len(order)


def present_positions(visit: Visit | None) -> list[Position]:
    """Posts of those present at the session: the head first, then specialists in the order of 2.15; nobody twice."""
    if visit is None:
        return []
    members = SessionMember.objects.filter(session=visit.session_id, is_present=True)
    posts = [member.position for member in members.select_related("position__user")]
    posts.sort(key=lambda post: (ROLE_ORDER.get(Role(post.role), 2), _speciality_order(post.speciality), post.pk))
    seen: set[int] = set()
    return [post for post in posts if not (post.user_id in seen or seen.add(post.user_id))]  # type: ignore[func-returns-value]


def visit_of(case: Case) -> Visit | None:
    """The visit at which the child was examined: the last one that took place."""
    came = case.visits.exclude(state=Visit.State.MISSED).select_related("session__place")
    return came.order_by("-session__day", "-pk").first()


def applicant_of(case: Case) -> Guardian | None:
    """Who applied for this case."""
    application = getattr(case, "application", None)
    return application.applicant if application else None


def guardians_of(child: Child) -> list[Guardian]:
    """Who may receive the child's papers: representatives whose authority has not ended, the main one first."""
    return [one.guardian for one in child.guardianships.filter(ended_on=None).select_related("guardian")]


def missing_consents(case: Case, on: date) -> list[str]:
    """Captions of the consents that are not in force on the day (annexes 2.17, 2.18)."""
    applicant = applicant_of(case)
    given = Consent.objects.filter(child=case.child_id, signed_on__lte=on).exclude(withdrawn_on__lte=on)
    if applicant is not None:
        given = given.filter(guardian=applicant)
    kinds = set(given.values_list("kind", flat=True))
    return [str(label) for kind, label in Consent.Kind.choices if kind not in kinds]


def earlier_conclusions(case: Case) -> list[Conclusion]:
    """Signed conclusions of the same child from other cases, the latest first."""
    signed = Conclusion.objects.of(case.organisation).filter(case__child=case.child_id, state=Conclusion.State.SIGNED)
    return list(signed.exclude(case=case).select_related("case").order_by("-signed_on", "-pk"))
