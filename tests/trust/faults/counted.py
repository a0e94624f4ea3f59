"""Counts what stands in a place after its faults and prints it as JSON: rows that must agree with each other."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext

import django


def main() -> int:
    django.setup()
    from opora.commission.cases.models import Case
    from opora.commission.examinations.models import ExaminationSection
    from opora.commission.intake.models import Application
    from opora.foundation.access.models import AcceptedForm
    from opora.foundation.audit.models import Event
    from opora.foundation.organisations import scope
    from opora.foundation.registers.models import Entry
    from opora.foundation.registers.services import faults
    from opora.records.journals.models import JournalPrint
    from opora.school.signals.models import ScreeningImport

    with getattr(scope, "beyond_walls", nullcontext)():
        cases = dict(Case.objects.values_list("public_id", "child__public_id"))
        about_cases = Event.objects.filter(subject_type="cases.case")
        told = {
            "cases": cases,
            "entries": list(Entry.objects.filter(subject_type="cases.case").values_list("subject_id", flat=True)),
            "events": list(about_cases.filter(code="case.registered").values_list("subject_id", flat=True)),
            "applications": list(Application.objects.values_list("case__public_id", flat=True)),
            "without_papers": Application.objects.filter(case__papers=None).count(),
            "forms": dict(AcceptedForm.objects.filter(key__startswith="key-").values_list("key", "location")),
            "prints": dict(JournalPrint.objects.values_list("public_id", "state")),
            "unwritten": list(
                ScreeningImport.objects.exclude(state__in=("done", "failed", "cancelled")).values_list(
                    "file__content", flat=True
                )
            ),
            "faults": [f"{one.series}: {one.line} {one.reason}" for one in faults()],
            "sections": {
                one.public_id: [one.version, one.text] for one in ExaminationSection.objects.exclude(version=0)
            },
        }
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
