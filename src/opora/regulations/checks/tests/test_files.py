"""A typo in checks.toml is refused with file, line and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opora.regulations import assembling
from opora.regulations.edition import EDITIONS_DIR
from opora.regulations.loading import RegulationError

GOOD = """
[[check]]
code = "extra"
title = "Проверка"
clause = "письмо ВК-1074/07, разд. 2"
order = 1
severity = "note"
kind = "words"
where = ["all"]
words = ['слово']
message = "«{title}»: {found}."
"""


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    shutil.copytree(EDITIONS_DIR, tmp_path / "editions")
    return tmp_path / "editions"


def load(editions: Path, text: str) -> None:
    path = editions / "2016" / "checks.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    assembling._raw.cache_clear()
    assembling.assemble(editions, "2016", assembling.stage_of(editions, "2016", None))


def test_a_right_entry_is_taken(editions: Path):
    load(editions, GOOD)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('severity = "note"', 'severity = "warn"', "unknown value 'warn'"),
        ('kind = "words"', 'kind = "rule"', "there is no rule 'extra'"),
        ("words = ['слово']", "words = ['слово(']", "is no regular expression"),
        ("{found}", "{fond}", "unknown placeholder {fond}"),
        ('where = ["all"]\n', "", "a check of words says where"),
        ("order = 1", 'order = 1\nwhen = ["hearring = deaf"]', "did you mean 'hearing'"),
        ("order = 1", 'order = 1\nanswers = ["unknown tutor"]', "there is no field 'tutor'"),
        ("order = 1", 'order = 1\nexept = ["x"]', "unknown key, did you mean 'except'"),
        ('clause = "письмо ВК-1074/07, разд. 2"\n', "", "an entry without a clause is refused"),
    ],
)
def test_a_typo_is_refused_with_its_place(editions: Path, right: str, wrong: str, said: str):
    with pytest.raises(RegulationError) as refused:
        load(editions, GOOD.replace(right, wrong))
    assert said in str(refused.value)
    assert "2016/checks.toml:" in str(refused.value)
