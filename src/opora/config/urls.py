"""All addresses. Each app keeps its own list; here they are put together."""

from django.urls import include, path

from . import health, views

handler400 = "opora.foundation.ui.errors.bad_request"
handler403 = "opora.foundation.ui.errors.forbidden"
handler404 = "opora.foundation.ui.errors.not_found"
handler500 = "opora.foundation.ui.errors.server_error"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("healthz", health.healthz, name="healthz"),
    path("account/", include("opora.foundation.entrance.allauth_urls")),
    path("account/", include("opora.foundation.entrance.urls")),
    path("", include("opora.foundation.ui.urls")),
    path("", include("opora.foundation.staff.urls")),
    path("log/", include("opora.foundation.evidence.urls")),
    path("children/", include("opora.people.children.urls")),
    path("emergencies/", include("opora.people.emergencies.urls")),
    path("consents/", include("opora.people.consents.urls")),
    path("disclosures/", include("opora.people.disclosures.urls")),
    path("retention/", include("opora.people.retention.urls")),
    path("law/", include("opora.commission.editions.urls")),
    path("cases/", include("opora.commission.cases.urls")),
    path("intake/", include("opora.commission.intake.urls")),
    path("sessions/", include("opora.commission.examinations.urls")),
    path("methods/", include("opora.commission.methods.urls")),
    path("instruments/", include("opora.commission.instruments.urls")),
    path("findings/", include("opora.commission.findings.urls")),
    path("conclusions/", include("opora.commission.conclusions.urls")),
    path("attestation/", include("opora.commission.attestation.urls")),
    path("classes/", include("opora.school.pupils.urls")),
    path("signals/", include("opora.school.signals.urls")),
    path("presentations/", include("opora.school.presentations.urls")),
    path("duties/", include("opora.school.duties.urls")),
    path("consilium/", include("opora.school.consilium.urls")),
    path("programmes/", include("opora.school.programmes.urls")),
    path("support/year/", include("opora.school.support.schoolyear.urls")),
    path("materials/", include("opora.school.support.materials.urls")),
    path("plans/", include("opora.school.support.plans.urls")),
    path("groups/", include("opora.school.support.groups.urls")),
    path("schedules/", include("opora.school.support.schedules.urls")),
    path("work/", include("opora.school.support.worklog.urls")),
    path("contacts/", include("opora.school.support.contacts.urls")),
    path("cards/", include("opora.school.support.cards.urls")),
    path("passports/", include("opora.school.support.passports.urls")),
    path("service/", include("opora.school.support.leading.urls")),
    path("analysis/", include("opora.school.support.analysis.urls")),
    path("papers/", include("opora.records.documents.urls")),
    path("journals/", include("opora.records.journals.urls")),
]
