"""All addresses. Each app keeps its own list; here they are put together."""

from django.urls import include, path

urlpatterns = [
    path("children/", include("opora.people.children.urls")),
    path("consents/", include("opora.people.consents.urls")),
    path("cases/", include("opora.commission.cases.urls")),
    path("intake/", include("opora.commission.intake.urls")),
    path("sessions/", include("opora.commission.examinations.urls")),
    path("conclusions/", include("opora.commission.conclusions.urls")),
    path("papers/", include("opora.records.documents.urls")),
    path("journals/", include("opora.records.journals.urls")),
]
