"""The list of seeded faults does not fall behind the code. The run itself: `python -m tests.trust.mutants`."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from .catalogue import MUTANTS
from .mutant import REPOSITORY, Mutant

AT_LEAST = 50


@cache
def functions(file: str) -> frozenset[str]:
    return frozenset(re.findall(r"^ *def (test_\w+)\(", (REPOSITORY / file).read_text(encoding="utf-8"), re.MULTILINE))


def test_there_are_as_many_as_promised_and_each_has_its_own_name():
    names = Counter(one.name for one in MUTANTS)

    assert len(MUTANTS) >= AT_LEAST
    assert [name for name, count in names.items() if count > 1] == []
    assert len({(one.file, one.before, one.after) for one in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_it_still_applies_and_its_tests_are_there(mutant: Mutant):
    changed = mutant.applied(REPOSITORY)

    assert mutant.before != mutant.after
    if Path(mutant.file).suffix == ".py":
        ast.parse(changed)
    assert mutant.tests
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert name.rpartition("::")[2].partition("[")[0] in functions(file), test
