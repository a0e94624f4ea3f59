"""Writes all lines of the registers out as text, up to given lines, and prints the hash of it as JSON."""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import nullcontext

import django


def main() -> int:
    django.setup()
    from django.core.serializers import serialize

    from opora.foundation.organisations import scope
    from opora.foundation.registers.models import Entry

    until = json.loads(sys.argv[1])
    with getattr(scope, "beyond_walls", nullcontext)():
        entries = [
            entry
            for entry in Entry.objects.select_related("series").order_by("pk")
            if entry.line <= until.get(f"{entry.organisation_id}/{entry.series.code}/{entry.series.year}", 0)
        ]
        text = serialize("json", entries)
    print(json.dumps({"lines": len(entries), "sha256": hashlib.sha256(text.encode()).hexdigest()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
