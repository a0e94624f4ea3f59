"""The search box of the register (C-01): one algorithm for both database engines, without scans.

A query is taken apart into words and birth dates (`querying`). Each word is looked up among the distinct words of the
organisation: by a few trigrams that outlive one typo, then by the true distance. The words found become constants of
an index lookup in `NameWord`, and the children who bear one of each become constants in turn: no join whose plan could
go wrong. Only one or two letters, which stand for hundreds of words, are joined. Whatever is typed costs one query for
the words, one for their bearers and one for the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import BaseExpression, Combinable
from django.db.models.functions import Length

from opora.foundation.accounts.actors import Actor
from opora.foundation.organisations.models import Organisation

from .models import Child, NameTrigram, NameWord
from .querying import Span, read
from .querysets import ChildQuerySet
from .spelling import beginning, closest, probes, search_form, trigrams, words_of

NEAREST = 12  # words within one typo that are looked up for one typed word
BEGUN = 400  # words that a beginning may stand for
BROAD = 60  # a word that may stand for more words than this is left to the database
INITIAL = 2  # a typed word of so many letters is taken for the beginning of a name wherever it stands
BATCH = 2000


@dataclass(frozen=True)
class Meant:
    """What one typed word may stand for: words of the register exactly as typed or begun, and those with a typo."""

    sure: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        return self.sure + self.near


def children_matching(rows: ChildQuerySet, text: str, *, organisation: Organisation, today: date) -> ChildQuerySet:
    """Narrow rows of one organisation to those that a query means, with `search_rank` (0 is the best).

    A query of signs alone narrows nothing; one in which no date or name can be understood finds nobody.
    """
    typed = read(text, today)
    nothing_understood = bool(typed.rest) and not typed.words and not typed.spans
    meant = meanings(organisation, typed.words)
    narrow = [one for one in meant if len(one.every) <= BROAD]
    ranks = _bearers(organisation, narrow)
    rows = rows.annotate(search_rank=_rank(ranks))
    if nothing_understood or (narrow and not ranks):
        return rows.none()
    for span in typed.spans:
        rows = rows.filter(_born(span))
    for one in meant:
        if one not in narrow:
            bearers = NameWord.objects.of(organisation).filter(word__in=one.every)
            rows = rows.filter(pk__in=bearers.values("child"))
    return rows.filter(pk__in=list(ranks)) if narrow else rows


def children_find(actor: Actor, text: str, *, today: date, limit: int = 20) -> list[Child]:
    """The first children that a query means, best first: for suggestions on the pages of upper rooms."""
    if actor.organisation is None or not text.strip():
        return []
    rows = children_matching(Child.objects.visible_to(actor), text, organisation=actor.organisation, today=today)
    return list(rows.order_by(F("search_rank"), "last_name", "first_name", "pk")[:limit])


def meanings(organisation: Organisation, words: Sequence[str], *, complete: bool = False) -> list[Meant]:
    """What typed words may stand for in the register of an organisation; one query for all of them.

    The last word is taken for a beginning too, since it may still be typed, unless the words are `complete`.
    """
    if not words:
        return []
    begun = [not complete and (at == len(words) - 1 or len(word) <= INITIAL) for at, word in enumerate(words)]
    asked = set().union(*(probes(word) for word in words if len(word) > 1))
    asked |= {beginning(word) for word, open_end in zip(words, begun, strict=True) if open_end}
    asked |= {f"  {word}"[:3] for word in words if len(word) == 1}
    rows = NameTrigram.objects.of(organisation).filter(trigram__in=asked)
    if not any(begun):
        lengths = [len(word) for word in words]
        rows = rows.annotate(letters=Length("word")).filter(
            letters__gte=min(lengths) - 1, letters__lte=max(lengths) + 1
        )
    known = set(rows.values_list("word", flat=True))
    return [_meant(word, known, open_end) for word, open_end in zip(words, begun, strict=True)]


def _meant(word: str, known: set[str], open_end: bool) -> Meant:
    sure = [word] if word in known else []
    if open_end:
        longer = sorted((one for one in known if one != word and one.startswith(word)), key=lambda one: (len(one), one))
        sure += longer[:BEGUN]
    near = [one for one in closest(word, known, NEAREST) if one not in sure]
    return Meant(tuple(sure), tuple(near))


def _bearers(organisation: Organisation, meant: Sequence[Meant]) -> dict[int, int]:
    """Children who bear a word of each meaning -> how many of their words were typed with a typo; one query."""
    if not meant or any(not one.every for one in meant):
        return {}
    asked = {word for one in meant for word in one.every}
    words: defaultdict[str, set[int]] = defaultdict(set)
    for word, child in NameWord.objects.of(organisation).filter(word__in=asked).values_list("word", "child"):
        words[word].add(child)
    sure = [set[int]().union(*(words[word] for word in one.sure)) for one in meant]
    every = [found.union(*(words[word] for word in one.near)) for found, one in zip(sure, meant, strict=True)]
    return {child: sum(child not in found for found in sure) for child in set.intersection(*every)}


def _rank(ranks: Mapping[int, int]) -> BaseExpression | Combinable:
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for child, rank in ranks.items():
        alike[rank].append(child)
    worse = [When(pk__in=children, then=rank) for rank, children in sorted(alike.items()) if rank]
    return Case(*worse, default=0, output_field=IntegerField()) if worse else Value(0)


def _born(span: Span) -> Q:
    if span.first and span.last:
        return Q(birth_date=span.first) if span.first == span.last else Q(birth_date__range=(span.first, span.last))
    return Q(birth_date__day=span.day, birth_date__month=span.month)


def name_index(child: Child) -> None:
    """Keep the words of a child in step with his names; called by the services that change a name.

    The distinct words of the organisation only grow: a word that nobody bears any more finds nobody.
    """
    words = _words(child)
    child.search_name = search_form(child.last_name, child.first_name, child.middle_name)
    Child.objects.filter(pk=child.pk).update(search_name=child.search_name)
    kept = NameWord.objects.of(child.organisation).filter(child=child)
    kept.exclude(word__in=words).delete()
    NameWord.objects.bulk_create(
        [NameWord(organisation_id=child.organisation_id, child=child, word=word) for word in words],
        ignore_conflicts=True,
    )
    _trigrams_add(child.organisation_id, words)


@transaction.atomic
def index_rebuild(organisation: Organisation) -> int:
    """Write the whole index of an organisation anew and return the number of children (imports, demo, benchmark)."""
    NameWord.objects.of(organisation).delete()
    NameTrigram.objects.of(organisation).delete()
    rows, changed, every, count = [], [], set[str](), 0
    for child in Child.objects.of(organisation).order_by("pk").iterator(chunk_size=BATCH):
        words = _words(child)
        every.update(words)
        rows += [NameWord(organisation_id=organisation.pk, child_id=child.pk, word=word) for word in words]
        normal = search_form(child.last_name, child.first_name, child.middle_name)
        if child.search_name != normal:
            child.search_name = normal
            changed.append(child)
        count += 1
    NameWord.objects.bulk_create(rows, batch_size=BATCH)
    Child.objects.bulk_update(changed, ["search_name"], batch_size=200)
    _trigrams_add(organisation.pk, every)
    if connection.vendor == "postgresql":  # after a bulk load its planner knows nothing of the rows
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE children_child, children_nameword, children_nametrigram")
    return count


def _words(child: Child) -> list[str]:
    return words_of(child.last_name, child.former_last_name, child.first_name, child.middle_name)


def _trigrams_add(organisation_id: int, words: Iterable[str]) -> None:
    NameTrigram.objects.bulk_create(
        [
            NameTrigram(organisation_id=organisation_id, trigram=trigram, word=word)
            for word in words
            for trigram in sorted(trigrams(word))
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
