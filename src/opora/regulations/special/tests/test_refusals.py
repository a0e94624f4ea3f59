"""A typo in the files of conditions, directions or terms: the edition is refused with file, line and key."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from opora.regulations import assembling
from opora.regulations.edition import EDITIONS_DIR
from opora.regulations.loading import RegulationError

PLANTED = [
    (
        "special",
        'audience = ["blind", "low_vision"]',
        'audience = ["blnd"]',
        "key audience: there is no audience 'blnd'",
    ),
    ("special", 'field = "equipment"', 'field = "equipmnt"', "key field: there is no field 'equipmnt'"),
    ("special", "follows_from = [", "folows_from = [", "unknown key, did you mean 'follows_from'"),
    ("special", '"vision = blind"', '"vision = blnd"', "the fact has no value 'blnd'"),
    ("special", "{term:autism_diagnostic_period_minimum}", "{term:nowhere}", "there is no term 'nowhere'"),
    ("special", 'study_form = "full_time"', 'studyform = "full_time"', "there is no field 'studyform'"),
    ("directions", 'specialist = "psychologist"', 'specialist = "psychologis"', "key specialist"),
    ("directions", "note = ", "nota = ", "unknown key"),
    ("directions", 'clause = "', 'clause = "" # "', "an entry without a clause is refused"),
    ("reexamination", 'wording = "one_year"', 'wording = "one_yeer"', "key wording"),
    ("reexamination", 'counts = "before_school"', 'counts = "before_shcool"', "did you mean 'before_school'"),
    ("reexamination", 'term = "reexamination_autism"\n', "", "needs a term"),
    ("reexamination", 'unit = "calendar_days"', 'unit = "days"', "unknown value 'days'"),
]


@pytest.mark.parametrize(("name", "right", "wrong", "said"), PLANTED)
def test_planted_typo_is_refused_with_its_place(name: str, right: str, wrong: str, said: str, tmp_path: Path) -> None:
    directory = tmp_path / "editions"
    shutil.copytree(EDITIONS_DIR, directory)
    path = directory / "2016" / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    day = assembling.read_head(directory / "2025" / "edition.toml").valid_from
    with pytest.raises(RegulationError, match=re.escape(said)) as refused:
        assembling.assemble(directory, "2025", day)
    assert re.match(rf"2016/{name}\.toml:\d+: ", str(refused.value))
