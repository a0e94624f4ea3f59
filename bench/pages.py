"""What is measured: the pages and deeds of a working day, each with an object chosen at random."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opora.commission.cases.models import Case
from opora.commission.conclusions.checks import problems_of
from opora.commission.conclusions.models import Conclusion
from opora.commission.conclusions.services import conclusion_sign
from opora.commission.examinations.models import Examination, ExaminationSection, Session
from opora.foundation.access.actors import actor_of
from opora.foundation.accounts.models import User
from opora.foundation.registers.models import Snapshot
from opora.people.children.models import Child
from opora.people.children.search import children_find
from opora.records.documents.rendering import render_pdf

from .data import SEED, BenchError
from .measure import Deed
from .staff import Staff

PAGE, SEARCH, PDF = 60, 20, 40  # goals: p95 in milliseconds
BARE_CHILDREN, BARE_CASES = "bare Django list: children", "bare Django list: cases"
SAMPLE = 400
Run = Callable[[], object]


def _is_in_order(draft: Conclusion) -> bool:
    """Whether nothing blocks the signature and no reason is asked for."""
    return not any(one.blocks or one.warns for one in problems_of(draft, timezone.localdate()))


class Day:
    """Signed-in people and samples of what they open."""

    def __init__(self, staff: Staff) -> None:
        self.staff, self.chance = staff, random.Random(SEED)
        self.registrar, self.head = self._signed_in(staff.registrar), self._signed_in(staff.head)
        self.therapist_user = staff.members["speech_therapist"]
        self.therapist = self._signed_in(self.therapist_user)
        self.children = self._some(Child.objects.all())
        self.cases = self._some(Case.objects.all())
        drafts = Conclusion.objects.filter(state="draft").select_related("case__child", "organisation")
        self.drafts: Iterator[Conclusion] = iter([*islice(filter(_is_in_order, drafts), SAMPLE)])

    def deeds(self) -> list[Deed]:
        return [*self._lists(), *self._searches(), *self._files(), *self._writes(), *self._papers()]

    def _signed_in(self, user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def _some(self, rows: Any) -> list[Any]:
        """A random sample of rows."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        chosen = self.chance.sample(keys, min(SAMPLE, len(keys)))
        return list(rows.filter(pk__in=chosen))

    def _page(self, client: Client, address: Callable[[], str], **query: str) -> Run:
        return lambda: answered(client.get(address(), query))

    def _of(self, client: Client, name: str, rows: list[Any]) -> Run:
        """The page of a random object of a sample."""
        return self._page(client, lambda: reverse(name, args=[self.chance.choice(rows).public_id]))

    def _lists(self) -> list[Deed]:
        def bare(name: str, **query: str) -> Run:
            return self._page(self.registrar, lambda: reverse(name), **query)

        def lists(name: str, client: Client | None = None, **query: str) -> Run:
            return self._page(client or self.registrar, lambda: reverse(name), **query)

        last = str(max(1, min(100, Child.objects.count() // 50)))
        return [
            Deed(BARE_CHILDREN, bare("bare_children")),
            Deed(BARE_CASES, bare("bare_cases")),
            Deed("register of children, first page", lists("children:list"), PAGE, BARE_CHILDREN),
            Deed(f"register of children, page {last}", lists("children:list", page=last), PAGE, BARE_CHILDREN),
            Deed("register of children, by birth date", lists("children:list", sort="birth"), PAGE, BARE_CHILDREN),
            Deed("list of cases, first page", lists("cases:list"), PAGE, BARE_CASES),
            Deed("list of cases, late ones", lists("cases:list", open="late"), PAGE, BARE_CASES),
            Deed("journal of examined children", lists("journals:examined"), PAGE, BARE_CHILDREN),
            Deed("journal of booking", lists("journals:booking"), PAGE, BARE_CHILDREN),
            Deed("sessions", lists("examinations:sessions"), PAGE, BARE_CHILDREN),
            Deed("reception, the week", lists("intake:board"), PAGE, BARE_CHILDREN),
            Deed("desk of the secretary", lists("desk"), PAGE, BARE_CHILDREN),
            Deed("desk of the head", lists("desk", self.head), PAGE, BARE_CHILDREN),
            Deed("desk of a specialist", lists("desk", self.therapist), PAGE, BARE_CHILDREN),
        ]

    def _searches(self) -> list[Deed]:
        kinds = (("name", exactly), ("one typo", self._with_typo), ("birth date", born))
        deeds = [Deed(f"search alone: {title}", self._found(typed), SEARCH) for title, typed in kinds]
        for title, typed in kinds:
            deeds.append(Deed(f"search page: {title}", self._search_page(typed), PAGE, BARE_CHILDREN))
        return deeds

    def _found(self, typed: Callable[[Child], str]) -> Run:
        actor, today = actor_of(self.staff.registrar, on=timezone.localdate()), timezone.localdate()

        def run() -> None:
            child = self.chance.choice(self.children)
            found = children_find(actor, typed(child), today=today, limit=50)
            if child not in found:
                raise BenchError(f"«{typed(child)}» did not find {child.public_id}")

        return run

    def _search_page(self, typed: Callable[[Child], str]) -> Run:
        return lambda: answered(
            self.registrar.get(reverse("children:list"), {"q": typed(self.chance.choice(self.children))})
        )

    def _with_typo(self, child: Child) -> str:
        """The surname with two neighbouring letters swapped or one left out, and the first name."""
        name = child.last_name
        at = self.chance.randrange(1, len(name) - 1)
        wrong = name[:at] + name[at + 1 :] if at % 2 else f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
        return f"{wrong} {child.first_name}"

    def _files(self) -> list[Deed]:
        sheets = list(Examination.objects.filter(specialist=self.therapist_user, state="draft"))
        discussed = list(Conclusion.objects.filter(state="draft")[:60])
        today = list(Session.objects.filter(day=timezone.localdate()))
        return [
            Deed("child's file", self._of(self.registrar, "children:child", self.children), PAGE, BARE_CHILDREN),
            Deed("case page", self._of(self.registrar, "cases:case", self.cases), PAGE, BARE_CHILDREN),
            Deed("case page, the head", self._of(self.head, "cases:case", self.cases), PAGE, BARE_CHILDREN),
            Deed("board of the day", self._of(self.registrar, "examinations:session", today), PAGE, BARE_CHILDREN),
            Deed("specialist's sheet", self._of(self.therapist, "examinations:sheet", sheets), PAGE, BARE_CHILDREN),
            Deed("sheet of a conclusion", self._of(self.head, "conclusions:sheet", discussed), PAGE, BARE_CHILDREN),
        ]

    def _writes(self) -> list[Deed]:
        return [
            Deed("save of a section", self._save_of_section(), PAGE, BARE_CHILDREN),
            Deed("sign: service alone", self._sign_by_service, PAGE, BARE_CHILDREN),
            Deed("sign: whole request", self._sign_by_page, PAGE, BARE_CHILDREN),
        ]

    def _save_of_section(self) -> Run:
        mine = ExaminationSection.objects.filter(
            examination__specialist=self.therapist_user, examination__state="draft"
        )
        versions = {section.public_id: section.version for section in mine}
        sections, turns = list(mine), count(1)

        def run() -> None:
            section = self.chance.choice(sections)
            text = f"{section.text}\nНаблюдение {next(turns)}: инструкцию удерживает, помощь принимает."
            response = self.therapist.post(
                reverse("examinations:section", args=[section.public_id]),
                {"text": text, "version": str(versions[section.public_id])},
                headers={"X-Requested-With": "fetch"},
            )
            versions[section.public_id] = answered(response).json()["version"]

        return run

    def _next_draft(self) -> Conclusion:
        draft = next(self.drafts, None)
        if draft is None:
            raise BenchError("no draft is left to be signed: ask for fewer runs")
        return draft

    def _sign_by_service(self) -> None:
        head, today = actor_of(self.staff.head, on=timezone.localdate()), timezone.localdate()
        conclusion_sign(actor=head, conclusion=self._next_draft(), on=today)

    def _sign_by_page(self) -> None:
        draft = self._next_draft()
        address = reverse("conclusions:sign", args=[draft.case.public_id])
        answered(self.head.post(address, {"on": timezone.localdate().isoformat()}), 302)
        draft.refresh_from_db()
        if draft.number is None:
            raise BenchError("the page did not sign")

    def _papers(self) -> list[Deed]:
        frozen = {
            form: self._some(Snapshot.objects.filter(form=form))
            for form in ("conclusion", "conclusion_school", "protocol")
        }
        fresh = iter(frozen["conclusion"])
        first: list[Snapshot] = []

        def rendered(form: str) -> Run:
            return lambda: render_pdf(form, self.chance.choice(frozen[form]).content, timestamp=0)

        def issued_first() -> object:
            first.append(next(fresh))
            return answered(self.registrar.get(reverse("documents:issued", args=[first[-1].public_id])))

        def issued_again() -> object:
            chosen = self.chance.choice(first)
            return answered(self.registrar.get(reverse("documents:issued", args=[chosen.public_id])))

        return [
            Deed("PDF of a conclusion, warm", rendered("conclusion"), PDF),
            Deed("PDF of the school's extract, warm", rendered("conclusion_school"), PDF),
            Deed("PDF of a protocol, warm", rendered("protocol")),
            Deed("issued paper, made at its first opening", issued_first, 2 * PAGE),
            Deed("issued paper, opened again", issued_again, PAGE),
        ]


def exactly(child: Child) -> str:
    return f"{child.last_name} {child.first_name}"


def born(child: Child) -> str:
    return f"{child.birth_date:%d.%m.%Y}"


def answered(response: Any, status: int = 200) -> Any:
    """Return the response; anything but the expected status is no measurement."""
    if response.status_code != status:
        raise BenchError(f"answered {response.status_code} instead of {status}")
    return response
