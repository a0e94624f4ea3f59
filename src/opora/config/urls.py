"""All addresses. Each app keeps its own list; here they are put together."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path

from . import health, views

handler400 = "opora.foundation.ui.errors.bad_request"
handler403 = "opora.foundation.ui.errors.forbidden"
handler404 = "opora.foundation.ui.errors.not_found"
handler500 = "opora.foundation.ui.errors.server_error"

# Only those pages of the sign-in library that Опора uses; the names are the library's own.
SIGN_IN = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("password/", account.password_change, name="account_change_password"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("code/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("code/settings/", mfa.index, name="mfa_index"),
    path("code/app/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("code/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("code/reserve/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("code/reserve/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("code/reserve/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("", views.desk, name="desk"),
    path("healthz", health.healthz, name="healthz"),
    path("account/", include(SIGN_IN)),
    path("", include("opora.foundation.ui.urls")),
    path("", include("opora.foundation.staff.urls")),
    path("children/", include("opora.people.children.urls")),
    path("consents/", include("opora.people.consents.urls")),
    path("cases/", include("opora.commission.cases.urls")),
    path("intake/", include("opora.commission.intake.urls")),
    path("sessions/", include("opora.commission.examinations.urls")),
    path("conclusions/", include("opora.commission.conclusions.urls")),
    path("papers/", include("opora.records.documents.urls")),
    path("journals/", include("opora.records.journals.urls")),
]
