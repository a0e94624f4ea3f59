"""One machine for every list: search, chips, sorting, pages of 50, count, print and export.

The caller gives a queryset already narrowed by `visible_to` and joined by `select_related`; the machine adds no
query per row. The same address answers a page, an htmx fragment, a file and a print view (`?format=`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from opora.foundation.access.routes import ActorRequest
from opora.foundation.access.step_up import require_proof
from opora.foundation.audit.services import read_note, record, search_kind, search_mark

from . import events
from .exports import EXPORTS

PAGE_SIZE = 50
PRINT_LIMIT = 2000
Rows = models.QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """`value` feeds cell and file; `sort` names fields for `order_by`; `template` draws a richer cell from `row`.

    `kind`: text, number, date, narrow, main (the cell that carries the link of the row).
    """

    key: str
    title: str
    value: Callable[[Any], Any]
    sort: tuple[str, ...] = ()
    template: str = ""
    kind: str = "text"
    exported: bool = True


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    condition: Q | Callable[[Rows], Rows]

    def narrow(self, rows: Rows) -> Rows:
        return self.condition(rows) if callable(self.condition) else rows.filter(self.condition)


@dataclass(frozen=True)
class Chip:
    """A filter of one choice. More than six choices are drawn as a select."""

    key: str
    title: str
    choices: Sequence[Choice]
    default: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.choices) > 6


@dataclass(frozen=True)
class Listing:
    """What a list is. `name` is the stem of the exported file; `order` is a column key, with «-» for descending."""

    title: str
    name: str
    columns: Sequence[Column]
    order: str
    row_url: Callable[[Any], str] | None = None
    search: Callable[[Rows, str], Rows] | None = None
    search_hint: str = "Поиск"
    chips: Sequence[Chip] = ()
    empty: str = "Здесь пока ничего нет."
    new_url: str = ""
    new_label: str = ""
    exportable: bool = True
    row_state: Callable[[Any], str] | None = None  # late, soon, done or an empty string
    wide: bool = False  # rows hold much text: the database sorts their keys alone, then one page is read

    @property
    def searchable(self) -> bool:
        return self.search is not None


@dataclass(frozen=True)
class Head:
    column: Column
    url_key: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Cell:
    column: Column
    value: Any

    @property
    def text(self) -> str:
        """The value as it stands in a plain cell: dates as 21.11.2026."""
        if isinstance(self.value, date):
            return f"{self.value:%d.%m.%Y}"
        return "" if self.value is None else str(self.value)


@dataclass
class Line:
    row: Any
    url: str
    state: str
    cells: list[Cell] = field(default_factory=list)


def holding(text: str, *columns: str) -> Q:
    """Rows of which a column holds the text, in small or capital letters: SQLite folds no Cyrillic ones itself."""
    found = Q()
    for typed in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        for column in columns:
            found |= Q(**{f"{column}__icontains": typed})
    return found


def list_response(
    request: ActorRequest, listing: Listing, rows: Rows, *, template: str = "ui/list.html", **context: Any
) -> HttpResponse:
    """Answer with the page, its fragment, the print view or the file that the request asks for."""
    found = ordered(listing, narrowed(listing, rows, request), request.GET.get("sort", ""))
    wanted = request.GET.get("format", "")
    if listing.exportable and wanted in EXPORTS:
        return _file(request, listing, found, wanted)
    if wanted == "print":
        return _printed(request, listing, found, context)
    page = page_of(listing, found, request.GET.get("page"))
    _note_search(request, listing, page.paginator.count)
    context |= {
        "listing": listing,
        "heads": heads(listing, request.GET.get("sort", "")),
        "lines": [line(listing, row) for row in page.object_list],
        "page": page,
        "count": page.paginator.count,
        "chips": chosen(listing, request),
        "q": request.GET.get("q", ""),
        "is_narrowed": _is_narrowed(listing, request),
    }
    response = render(request, "ui/list_body.html" if request.htmx else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _searched(listing: Listing, request: ActorRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:200] if listing.search else ""


def _note_search(request: ActorRequest, listing: Listing, count: int) -> None:
    """A search is an event of its own: what kind of words and how many rows, never the words."""
    if text := _searched(listing, request):
        read_note(
            events.LIST_SEARCHED, actor=request.actor, title=listing.title, kind=search_kind(text),
            length=len(text), count=count, mark=search_mark(request.actor, text),
        )  # fmt: skip


def page_of(listing: Listing, found: Rows, number: str | None) -> Page[Any]:
    """Fifty rows; for a `wide` list one query more, and no sorting of whole rows."""
    if not listing.wide:
        return Paginator(found, PAGE_SIZE).get_page(number)
    page: Page[Any] = Paginator(found.values_list("pk", flat=True), PAGE_SIZE).get_page(number)
    keys = list(page.object_list)
    rows = {row.pk: row for row in found.order_by().filter(pk__in=keys)}
    page.object_list = [rows[key] for key in keys if key in rows]
    return page


def narrowed(listing: Listing, rows: Rows, request: ActorRequest) -> Rows:
    """Apply the search and the chips; an unknown choice narrows nothing."""
    for chip in listing.chips:
        value = request.GET.get(chip.key, chip.default)
        choice = next((one for one in chip.choices if one.value == value), None)
        rows = choice.narrow(rows) if choice else rows
    text = _searched(listing, request)
    return listing.search(rows, text) if text and listing.search else rows


def ordered(listing: Listing, rows: Rows, wanted: str) -> Rows:
    """Sort by a column of the list and by nothing else; empty values stand last, ties by the row number."""
    column, descending = _sorting(listing, wanted)
    if column is None:
        return rows
    terms = [F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True) for name in column.sort]
    return rows.order_by(*terms, "-pk" if descending else "pk")


def _sorting(listing: Listing, wanted: str) -> tuple[Column | None, bool]:
    sortable = {column.key: column for column in listing.columns if column.sort}
    asked = wanted if wanted.removeprefix("-") in sortable else listing.order
    return sortable.get(asked.removeprefix("-")), asked.startswith("-")


def heads(listing: Listing, wanted: str) -> list[Head]:
    """The head of the table; `url_key` is what a click on the column asks for."""
    current, descending = _sorting(listing, wanted)
    answer = []
    for column in listing.columns:
        if not column.sort:
            answer.append(Head(column))
        elif column is current:
            turned = column.key if descending else f"-{column.key}"
            answer.append(Head(column, turned, "descending" if descending else "ascending"))
        else:
            answer.append(Head(column, column.key))
    return answer


def line(listing: Listing, row: Any) -> Line:
    """One row ready to be drawn."""
    url = listing.row_url(row) if listing.row_url else ""
    state = listing.row_state(row) if listing.row_state else ""
    return Line(row, url, state, [Cell(column, column.value(row)) for column in listing.columns])


def chosen(listing: Listing, request: ActorRequest) -> list[dict[str, Any]]:
    """Chips with the choice that is on."""
    return [{"chip": chip, "value": request.GET.get(chip.key, chip.default)} for chip in listing.chips]


def _is_narrowed(listing: Listing, request: ActorRequest) -> bool:
    return any(request.GET.get(key) for key in ("q", *(chip.key for chip in listing.chips)))


def _printed(request: ActorRequest, listing: Listing, rows: Rows, context: dict[str, Any]) -> HttpResponse:
    found = list(rows[: PRINT_LIMIT + 1])
    record(events.LIST_PRINTED, actor=request.actor, title=listing.title, count=min(len(found), PRINT_LIMIT))
    context |= {
        "listing": listing,
        "lines": [line(listing, row) for row in found[:PRINT_LIMIT]],
        "cut_at": PRINT_LIMIT if len(found) > PRINT_LIMIT else 0,
        "filters": _filters(listing, request),
    }
    return render(request, "ui/list_print.html", context)


def _filters(listing: Listing, request: ActorRequest) -> list[str]:
    words = [f"«{request.GET['q']}»"] if request.GET.get("q") else []
    for chip in listing.chips:
        value = request.GET.get(chip.key, chip.default)
        words += [f"{chip.title}: {choice.label}" for choice in chip.choices if choice.value == value]
    return words


def _file(request: ActorRequest, listing: Listing, rows: Rows, wanted: str) -> HttpResponse:
    require_proof(request)
    columns = [column for column in listing.columns if column.exported]
    body: Iterable[list[Any]] = ([column.value(row) for column in columns] for row in rows.iterator(chunk_size=2000))
    written = EXPORTS[wanted](listing.title, [column.title for column in columns], body)
    record(events.LIST_EXPORTED, actor=request.actor, title=listing.title, format=wanted, count=written.count)
    response = HttpResponse(written.content, content_type=written.content_type)
    response["Content-Disposition"] = f'attachment; filename="{listing.name}.{wanted}"'
    return response
