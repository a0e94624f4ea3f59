"""What a package for ПМПК holds, what it lacks, and whether its seal is whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opora.foundation.accounts.actors import Actor
from opora.foundation.registers.services import sha256
from opora.foundation.vault.cipher import SealBroken
from opora.people.children.models import Child
from opora.regulations.reasons import Reason

from .models import CharacteristicHandover, CommissionPackage, Presentation
from .querysets import CHARACTERISTIC
from .sheet import SUPPOSITION, paper_of

LETTER = "письмо ВК-1074/07"
EXPECTED = (
    (CHARACTERISTIC, "Нет готовой характеристики.", f"{LETTER}, прил. 2.1, 2.6"),
    ("psychologist", "Нет готового представления педагога-психолога.", f"{LETTER}, прил. 2.9"),
    ("speech_therapist", "Нет готового представления учителя-логопеда.", f"{LETTER}, прил. 2.9"),
    (SUPPOSITION, "Нет общего вывода консилиума.", f"{LETTER}, прил. 2.9: формулируется общий вывод"),
)


@dataclass(frozen=True)
class Candidate:
    """A finished paper that can go into the package; the newest of its kind is offered ticked."""

    presentation: Presentation
    title: str
    is_newest: bool
    to_parent: bool


def candidates(actor: Actor, child: Child) -> list[Candidate]:
    """Finished papers about the child, the newest of each kind first."""
    rows = Presentation.objects.visible_to(actor).finished().filter(child=child).with_people()
    found: list[Candidate] = []
    seen: set[str] = set()
    for one in rows.select_related("snapshot").order_by("-finished_on", "-pk"):
        paper = paper_of(one)
        found.append(Candidate(one, paper.title, one.kind not in seen, paper.to_parent))
        seen.add(one.kind)
    return sorted(found, key=lambda each: (not each.is_newest, paper_of(each.presentation).order))


def package_lacks(
    child: Child, presentations: Iterable[Presentation], package: CommissionPackage | None = None
) -> list[Reason]:
    """What is missing, each with its clause; nothing of it stops the preparation."""
    kinds = {one.kind for one in presentations}
    found = [Reason(f"no_{code}", text, clause) for code, text, clause in EXPECTED if code not in kinds]
    if CHARACTERISTIC in kinds and not _is_handed(child):
        said = "Выдача характеристики родителю под подпись не отмечена: её оригинал он предоставляет на ПМПК."
        found.append(Reason("not_handed", said, f"{LETTER}, прил. 2.6"))
    if package is not None and package.informed_on is None:
        said = "Не отмечено, что родители предупреждены: заключения будут представлены в ПМПК лично специалистами."
        found.append(Reason("not_informed", said, f"{LETTER}, прил. 2.9"))
    return found


def _is_handed(child: Child) -> bool:
    return CharacteristicHandover.objects.filter(presentation__child=child).exists()


def package_is_whole(package: CommissionPackage) -> bool:
    """Whether the archive still has the hash it was sealed with."""
    try:
        return sha256(package.archive) == package.sha256
    except SealBroken:
        return False


def contents_of(package: CommissionPackage) -> Sequence[Presentation]:
    """The presentations of a package in their order."""
    rows = package.contents.select_related("presentation__author__user", "presentation__child")
    return [one.presentation for one in rows]
