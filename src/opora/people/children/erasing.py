"""What goes with a child's card and stands in no row of the child: the words of the search box, the representatives."""

from __future__ import annotations

from opora.foundation.organisations.models import Organisation
from opora.people.clearing import also_on_erasure

from .models import Child, Guardian, Guardianship, NameTrigram, NameWord


@also_on_erasure
def words_forget(organisation: Organisation, person_id: str) -> None:
    """The card is not found by name any more; letters of a word that nobody else bears go too."""
    mine = NameWord.objects.of(organisation).filter(child__public_id=person_id)
    words = list(mine.values_list("word", flat=True))
    mine.delete()
    borne = set(NameWord.objects.of(organisation).filter(word__in=words).values_list("word", flat=True))
    NameTrigram.objects.of(organisation).filter(word__in=[word for word in words if word not in borne]).delete()


@also_on_erasure
def guardians_forget(organisation: Organisation, person_id: str) -> None:
    """A representative stays for as long as he has another child whose card is kept."""
    links = Guardianship.objects.of(organisation)
    mine = links.filter(child__public_id=person_id).values_list("guardian", flat=True)
    elsewhere = links.exclude(child__public_id=person_id).exclude(child__last_name="")
    alone = set(mine) - set(elsewhere.filter(guardian__in=list(mine)).values_list("guardian", flat=True))
    Guardian.objects.of(organisation).filter(pk__in=alone).update(**Guardian.cleared_on_erasure)


def is_erased(child: Child) -> bool:
    """Whether the card was destroyed, as the database knows it now: nobody is registered without a name."""
    return Child.objects.filter(pk=child.pk, last_name="").exists()
