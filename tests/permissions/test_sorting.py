"""Every column that a list offers to sort by does sort: what is sealed or counted cannot be asked of the database."""

from __future__ import annotations

import html
import re

import pytest

from .savepoints import cell
from .test_matrix import ROUTES, address
from .world import World

SORT = re.compile(r'href="(\?[^"]*sort=[^"]+)"')


@pytest.mark.django_db
def test_every_list_sorts_by_every_column_it_offers(world: World):
    heads = [one for one in world.persons if one.own and one.sworn and "commission_head" in one.roles]
    tried, broken = 0, []
    for name in sorted(ROUTES):
        declared = ROUTES[name].callback.route
        if declared.model is not None or "GET" not in declared.methods or not declared.signed_in:
            continue
        with cell():
            target = address(world, name, declared)
            page = heads[0].client.get(target).content.decode(errors="replace")
        for query in sorted({html.unescape(one) for one in SORT.findall(page)}):
            for order in (query, query.replace("sort=", "sort=-")):
                with cell():
                    tried += 1
                    if heads[0].client.get(target + order).status_code != 200:
                        broken.append(target + order)
    assert broken == []
    assert tried > 40, tried
