"""The figures of what is not counted by inputs: refused forms, pages and papers, exported tables."""

from __future__ import annotations

from .exporting import exported
from .keeping import check
from .showing import shown
from .stage import Stage, renew

FIELDS_OF_A_FORM = 12


def standing(stage: Stage) -> bool:
    """Print the figures; whether all is well."""
    for person in stage.persons:
        renew(person)
    kept, seen, tables = check(stage, FIELDS_OF_A_FORM), shown(stage), exported(stage)
    print(
        f"forms refused               {kept.refusals:>7} times, {len(kept.forms)} forms, {kept.beside} beside the field"
    )
    print(
        f"fields with a hostile text  {seen.planted:>7} shown on {len(seen.pages)} pages, in {len(seen.papers)} papers"
    )
    print(f"cells exported              {tables.cells:>7} of {len(tables.tables)} tables, {tables.guarded} guarded")
    faults = [*kept.faults, *seen.faults, *tables.faults]
    print(f"faults                      {len(faults):>7}", *faults[:40], sep="\n", flush=True)
    return not faults and min(len(kept.forms), len(seen.pages), len(seen.papers), len(tables.tables)) > 0
