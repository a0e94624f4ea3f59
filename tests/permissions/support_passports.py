"""Social passports and class lists in the house of the permission tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from opora.foundation.access.models import Position
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import Role
from opora.people.children.models import Child
from opora.school.pupils.models import ClassListImport, SchoolClass
from opora.school.support.passports.models import FamilyFact, FigureChild, PassportFigure, PassportRow, SocialPassport
from opora.school.support.passports.rows import offered

if TYPE_CHECKING:
    from .house import House


def passports(house: House, children: list[Child]) -> None:
    """Of the class: one that is filled, one handed in, an accepted one with its children; two of the institution."""
    at = {"organisation": house.place}
    PassportRow.objects.bulk_create(offered(house.place, house.today))
    rows = {one.code: one for one in PassportRow.objects.of(house.place)}
    teacher = house.school[Role.CLASS_TEACHER]
    for child in children:
        FamilyFact.objects.create(
            **at, child=child, row=rows["village"], since_on=house.today, note=f"Переехали: {child.last_name}",
            recorded_by=teacher,
        )  # fmt: skip
    room = SchoolClass.objects.filter(**at).latest("pk")
    post = Position.objects.get(**at, user=teacher)
    of_class = {**at, "school_class": room, "year": room.year, "filled_by": post}
    kept = SocialPassport.objects.create(**of_class, on=house.today - timedelta(days=3), status="approved")
    figure = PassportFigure.objects.create(
        **at, passport=kept, row=rows["all_pupils"], families=len(children), children=len(children),
        pupils=len(children),
    )  # fmt: skip
    FigureChild.objects.bulk_create(FigureChild(**at, figure=figure, child=child) for child in children)
    SocialPassport.objects.create(**of_class, on=house.today - timedelta(days=2), status="submitted")
    SocialPassport.objects.create(**of_class, on=house.today)
    of_school = {**at, "year": room.year, "filled_by": post}
    SocialPassport.objects.create(**of_school, on=house.today - timedelta(days=1), status="examined")
    SocialPassport.objects.create(**of_school, on=house.today)
    ClassListImport.objects.create(
        **at, title="Список", school_class=room, state="read", placed_on=house.today, total=1,
        run_by=house.school[Role.CONSILIUM_CHAIR], columns=["name"], cells=[["ФИО"], [house.surname]],
        lines=[{"n": 2, "last": house.surname, "first": "Имя", "middle": "", "born": "2016-01-01", "sex": "male",
                "room": room.title, "guardian": [], "kin": "", "phone": "", "address": "",
                "child": children[0].public_id, "near": [], "now": room.title, "fault": ""}],
    )  # fmt: skip


OF_A_CLASS = (
    "passport", "sheet", "tick", "children_count", "rest", "comments", "drop", "behind", "sum", "submit_class",
)  # fmt: skip
WHERE: dict[str, dict[str, Any]] = {
    **{f"passports:{one}": {"status": "draft", "school_class__isnull": False} for one in OF_A_CLASS},
    **{f"passports:{one}": {"status": "submitted"} for one in ("accept", "return_class")},
    "passports:submit_school": {"status": "draft", "school_class": None},
    **{f"passports:{one}": {"status": "examined"} for one in ("approve", "return_school")},
}
EXTRA_OF = {"passports:behind": {"row": "all_pupils"}, "passports:sum": {"code": "kinds"}}


def _ticked(house: House) -> dict[str, Any]:
    child = house.cases[next(iter(house.cases))].child
    column = PassportRow.objects.get(organisation=house.place, code="lost_parent")
    key = column.public_id
    return {"child": child.public_id, "column": key, "section": "1", f"t-{child.public_id}-{key}": key}


POSTED: dict[str, Callable[[House, User], dict[str, Any]]] = {
    "passports:tick": lambda h, user: _ticked(h),
    "passports:children_count": lambda h, user: _ticked(h),
    "passports:rest": lambda h, user: {"row": PassportRow.objects.get(organisation=h.place, code="town").public_id},
    "passports:return_class": lambda h, user: {"remarks": "Проверьте"},
    "passports:return_school": lambda h, user: {"remarks": "Проверьте"},
    "passports:class_begin": lambda h, user: {"on": f"{h.today - timedelta(days=9):%d.%m.%Y}"},
}
OWN_CLASS = "the passport of a class is for its teacher, the social pedagogue and the leads; others see none"
OF_THE_PEDAGOGUE = "of the specialists the social pedagogue alone accepts passports and makes that of the institution"
OF_FAMILIES = "which children make a sum disagree is for those who see families (access/fields.py)"
OWN_LIST = "a table with many names is for whoever brought it"
SPECIALISTS = ("own school_specialist", "own school_specialist, other case")
NARROWER = {
    **{
        (f"passports:{one}", label): OWN_CLASS
        for one in OF_A_CLASS
        for label in (*SPECIALISTS, "own class_teacher, other class")
    },
    **{
        (f"passports:{one}", label): OF_THE_PEDAGOGUE
        for one in ("accept", "return_class", "submit_school", "rows_provide", "row_add", "row_edit", "school_begin")
        for label in SPECIALISTS
    },
    **{("passports:class_begin", label): OWN_CLASS for label in (*SPECIALISTS, "own class_teacher, other class")},
    ("passports:sum", "own director"): OF_FAMILIES,
    **{
        (f"pupils:{one}", label): OWN_LIST
        for one in ("class_list", "class_list_map", "class_list_confirm", "class_list_cancel")
        for label in ("own, every role", "own service_head")
    },
}
