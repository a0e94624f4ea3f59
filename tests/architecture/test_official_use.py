"""«Для служебного пользования» stands on every page of a school that names a child (000: strictly confidential)."""

from __future__ import annotations

import re

import pytest

from .order import REPOSITORY

SCHOOL = REPOSITORY / "src" / "opora" / "school"
MARK = "{% block official_use %}Для служебного пользования{% endblock %}"
EXTENDS = re.compile(r'\{% extends "([^"]+)" %\}')
# Pages without a child: classes, terms, banks, plans, schedules, the dates of meetings, a table that is not read yet.
ABOUT_NOBODY = {
    "analysis/compared_page.html", "analysis/list.html", "consilium/meeting_change.html",
    "consilium/meeting_list.html", "consilium/meeting_plan.html", "consilium/settings.html", "groups/edit.html",
    "groups/new.html", "materials/edit.html", "materials/material.html", "passports/begin.html",
    "passports/return.html", "passports/row.html", "passports/rows.html", "plans/list.html", "plans/new.html",
    "plans/plan.html", "plans/versions.html", "programmes/bank.html", "programmes/bank_item.html",
    "programmes/bank_page.html", "pupils/class_add.html", "pupils/class_edit.html", "pupils/classes.html",
    "pupils/year.html", "schedules/list.html", "schedules/month.html", "schedules/new.html", "schedules/term.html",
    "schedules/timetable.html", "schedules/timetables.html", "schoolyear/cabinet.html", "schoolyear/settings.html",
    "signals/screening_new.html", "signals/screenings.html", "signals/table_new.html", "signals/terms.html",
}  # fmt: skip
PAGES = {
    f"{path.parent.name}/{path.name}": text
    for path in sorted(SCHOOL.glob("**/templates/*/*.html"))
    if EXTENDS.search(text := path.read_text(encoding="utf-8"))
}


def is_marked(name: str) -> bool:
    """By itself or by the page that it extends."""
    if MARK in PAGES[name]:
        return True
    found = EXTENDS.search(PAGES[name])
    return found is not None and found[1] in PAGES and is_marked(found[1])


def test_the_list_of_pages_without_a_child_is_not_out_of_date():
    assert set(PAGES) >= ABOUT_NOBODY
    assert len(PAGES) > 40


@pytest.mark.parametrize("page", sorted(set(PAGES) - ABOUT_NOBODY))
def test_a_page_about_a_child_bears_the_mark(page: str):
    assert is_marked(page)
