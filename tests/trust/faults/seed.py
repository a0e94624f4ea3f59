"""Fills a place for a proof and prints what its clients need, as JSON: sessions, sections, children to register."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from typing import Any

import django

CHILDREN_NAMES = ("Аня", "Боря", "Вася", "Галя", "Дима", "Егор")


def main() -> int:
    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from opora.commission.cases.flow import Status
    from opora.commission.examinations.models import ExaminationSection
    from opora.foundation.organisations import scope
    from tests import cast
    from tests.permissions.house import found

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    with getattr(scope, "beyond_walls", nullcontext)():
        school = cast.organisation("school", "Школа № 7", works_here=False)
        house = found(cast.organisation("territorial_commission", "ПМПК Заречного района"), "own-", "Данилов", school)
        children = [_child(cast, house.place, index) for index in range(int(sys.argv[1]))]
        sections = ExaminationSection.objects.filter(
            examination__case=house.cases[Status.EXAMINATION], examination__specialist=house.vera
        )
        told = {
            "specialist": _session(house.vera),
            "registrar": _session(house.anna),
            "sections": [section.public_id for section in sections],
            "children": children,
            "application": {
                "initiator": "parent", "source": "visit", "filing": "in_person", "is_repeat": "",
                "on": f"{timezone.localdate():%d.%m.%Y}",
            },
        }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False))
    return 0


def _child(cast: Any, place: Any, index: int) -> dict[str, str]:
    child = cast.child_of(place, f"Сотый{index}", CHILDREN_NAMES[index % len(CHILDREN_NAMES)])
    return {"child": child.public_id, "guardian": child.guardianships.get().guardian.public_id}


def _session(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


if __name__ == "__main__":
    sys.exit(main())
