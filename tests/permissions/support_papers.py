"""Papers of the support service in the matrix: from which row each is printed, and for whom it is narrower."""

from __future__ import annotations

from typing import Any

CODES = {
    "plan": "work_plan", "schedule": "work_schedule", "group": "group_journal", "card": "support_card",
    "passport": "social_passport", "analysis": "year_analysis",
}  # fmt: skip
WAYS = ("paper", "copy")
EXTRA_OF = {f"documents:{row}_{way}": {"code": code} for row, code in CODES.items() for way in WAYS}
WHERE: dict[str, dict[str, Any]] = {
    **{f"documents:passport_{way}": {"status": "draft", "school_class__isnull": False} for way in WAYS},
    **{f"documents:plan_{way}": {"status": "approved", "owner": None} for way in WAYS},
}
WHOLE_PASSPORT = "a passport of a class is printed whole by those who see what each of its rows tells"
OWN_GROUP = "the journal of a group is printed by its leader and by those who know the whole register"
OTHER = "own school_specialist, other case"
NARROWER = {
    ("documents:group_paper", OTHER): OWN_GROUP,
    **{
        (f"documents:passport_{way}", label): WHOLE_PASSPORT
        for way in WAYS
        for label in (
            "own class_teacher", "own class_teacher, other class", "own director",
            "own school_specialist", OTHER,
        )
    },
}  # fmt: skip
