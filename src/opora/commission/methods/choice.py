"""What the panel of a sheet shows: methods that suit the child on the day, used ones, the rest on request."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from opora.commission.editions.laws import law_of
from opora.commission.examinations.models import Examination
from opora.commission.findings.gathering import case_facts
from opora.foundation.accounts.actors import Actor
from opora.regulations.calendar import age_on
from opora.regulations.facts.case import CaseFacts
from opora.regulations.methods.choosing import Offer, Offered, OfferedList, methods_for
from opora.regulations.predicates import Value

from .models import MethodUse, OwnMethod, PreliminaryMark

TEXT_LIMIT = 100


@dataclass(frozen=True)
class Row:
    """A method on the page; `code` is sent back, `use` is there when it is ticked."""

    code: str
    title: str
    group: str = ""
    hint: str = ""
    warning: str = ""
    preliminary: bool = False
    use: MethodUse | None = None

    @property
    def anchor(self) -> str:
        return f"method-{self.code.replace('.', '-')}"


@dataclass(frozen=True)
class Part:
    """A list on the page: why it is here, by which clause."""

    title: str
    why: str
    clause: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """Everything of the panel. `parts` suit, `others` are asked for by «Показать все»."""

    used: list[MethodUse]
    parts: list[Part]
    others: list[Part]
    empty: str
    nearest: str
    text: str
    everything: bool
    rest: int = field(default=0)

    def row(self, code: str) -> Row | None:
        """The line of a method on the page, when it is shown."""
        return next((row for part in (*self.parts, *self.others) for row in part.rows if row.code == code), None)


class _FactsWhenAsked:
    """The findings of the case, read only when a rule asks for one."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination

    @cached_property
    def _facts(self) -> CaseFacts:
        return case_facts(self.examination.case, self.examination.visit.session.day)

    def get(self, code: str) -> Value | None:
        return self._facts.get(code)


def age_in_months(examination: Examination) -> int:
    """Full months of the child on the day of the session; a birth date after that day counts as none."""
    born, on = examination.case.child.birth_date, examination.visit.session.day
    return age_on(born, on).total_months if born <= on else 0


def used_in(actor: Actor, examination: Examination) -> list[MethodUse]:
    """The methods of a sheet in the order of ticking."""
    return list(MethodUse.objects.visible_to(actor).of_sheet(examination.pk).select_related("examination__case__child"))


def choice_of(actor: Actor, examination: Examination, text: str = "", everything: bool = False) -> Choice:
    """The panel for a sheet; `text` narrows by words. Three queries, and those of the findings where a rule asks."""
    text = " ".join(text.replace("\x00", "").split())[:TEXT_LIMIT]
    months = age_in_months(examination)
    law = law_of(examination.case)
    offer = methods_for(law, examination.speciality, months, text, _FactsWhenAsked(examination))
    used = used_in(actor, examination)
    ticked = {one.code: one for one in used if one.code} | {one.own_id: one for one in used if one.own_id}
    marked = set(PreliminaryMark.objects.visible_to(actor).values_list("code", flat=True))
    own = [one for one in _own(actor, examination) if _has(one, text)]
    suit = [one for one in own if one.from_months <= months < one.to_months]
    apart = [one for one in own if one not in suit]
    parts = _own_parts(suit, ticked, "Внесены комиссией, по возрасту подходят.")
    parts += [_part(one, ticked, marked) for one in offer.lists]
    others = [_part(one, ticked, marked) for one in offer.others]
    others += _own_parts(apart, ticked, "Внесены комиссией на другой возраст.")
    return Choice(
        used=used, parts=parts, others=others if everything else [], text=text, everything=everything,
        empty=str(offer.empty.text) if offer.empty and not parts else "", nearest=_nearest(offer),
        rest=sum(len(one.rows) for one in others),
    )  # fmt: skip


def _own(actor: Actor, examination: Examination) -> list[OwnMethod]:
    return list(OwnMethod.objects.visible_to(actor).active().for_speciality(examination.speciality))


def _has(own: OwnMethod, text: str) -> bool:
    title = own.title.casefold().replace("ё", "е")
    return all(word in title for word in text.casefold().replace("ё", "е").split())


def _own_parts(methods: list[OwnMethod], ticked: dict[str | int, MethodUse], why: str) -> list[Part]:
    rows = tuple(
        Row(
            code=one.public_id, title=one.title, hint=". ".join(filter(None, (one.ages, one.note))),
            preliminary=one.is_preliminary, use=ticked.get(one.pk),
        )
        for one in methods
    )  # fmt: skip
    return [Part("Свои методики комиссии", why, "", rows)] if rows else []


def _part(offered: OfferedList, ticked: dict[str | int, MethodUse], marked: set[str]) -> Part:
    of = offered.of
    rows = tuple(_row(one, ticked, marked) for one in offered.methods)
    return Part(of.short, offered.reason.text, offered.reason.clause, rows, of.note)


def _row(one: Offered, ticked: dict[str | int, MethodUse], marked: set[str]) -> Row:
    method = one.method
    age = (one.reason.text if one.reason else method.age_note).rstrip(".")
    note = "" if method.preliminary else method.note  # the mark says it already
    return Row(
        code=method.code, title=method.title, group=method.group, hint=". ".join(filter(None, (age, note))),
        warning=method.warning, preliminary=method.preliminary or method.code in marked, use=ticked.get(method.code),
    )  # fmt: skip


def _nearest(offer: Offer) -> str:
    return "; ".join(one.short for one in offer.nearest)
