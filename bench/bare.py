"""What Django itself needs for the same fifty rows: a generic list view with the smallest template.

The same middleware runs before it, so the ratio shows what the page adds: rights, audit, menu, filters, design.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.views.generic import ListView

from opora.commission.cases.models import Case
from opora.foundation.organisations.models import Organisation
from opora.foundation.organisations.scope import within
from opora.people.children.models import Child

CHILDREN = Template(
    "<table>{% for one in page_obj %}<tr><td>{{ one.last_name }} {{ one.first_name }} {{ one.middle_name }}</td>"
    "<td>{{ one.birth_date }}</td><td>{% for link in one.guardianships.all %}{{ link.guardian.last_name }} "
    "{{ link.guardian.phone }}{% endfor %}</td><td>{% for place in one.enrolments.all %}"
    "{{ place.school.short_name }} {{ place.group }}{% endfor %}</td></tr>{% endfor %}</table>{{ page_obj }}"
)
CASES = Template(
    "<table>{% for one in page_obj %}<tr><td>{{ one.number }}/{{ one.year }}</td><td>{{ one.child.last_name }} "
    "{{ one.child.first_name }}</td><td>{{ one.child.birth_date }}</td><td>{{ one.opened_on }}</td>"
    "<td>{{ one.status }}</td><td>{{ one.due_on }}</td></tr>{% endfor %}</table>{{ page_obj }}"
)


class Bare(ListView[Any]):
    """Counts, cuts a page of fifty and draws it."""

    paginate_by = 50
    drawn: Template

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        return HttpResponse(self.drawn.render(Context(context)))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert request.user.is_authenticated
        with within(_commission()):
            return super().get(request, *args, **kwargs)


class Children(Bare):
    drawn = CHILDREN

    def get_queryset(self) -> QuerySet[Child]:
        related = ("enrolments__school", "guardianships__guardian")
        return (
            Child.objects.filter(organisation=_commission())
            .order_by("last_name", "first_name", "pk")
            .prefetch_related(*related)
        )


class Cases(Bare):
    drawn = CASES

    def get_queryset(self) -> QuerySet[Case]:
        rows = Case.objects.filter(organisation=_commission())
        return rows.order_by("-opened_on", "-number").select_related("child")


@cache
def _commission() -> int:
    return Organisation.objects.get(works_here=True).pk
