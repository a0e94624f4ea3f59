"""The look-up «one of many texts», `…__among`: one parameter, however many there are."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import CharField, Lookup

Statement = tuple[str, tuple[Any, ...]]


@CharField.register_lookup
class Among(Lookup[bool]):
    """Like `__in` with a set of texts, whose statement neither grows with it nor meets a limit of parameters."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Statement:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, list(self.rhs))

    def as_sqlite(self, compiler: Any, connection: Any) -> Statement:
        column, parameters = self.process_lhs(compiler, connection)
        of_many = "IN (SELECT value FROM json_each(%s))"
        return f"{column} {of_many}", (*parameters, json.dumps(list(self.rhs)))
