"""Settings shared by every way of running Опора; what differs between places comes from the environment.

`opora init` writes the secrets into `<home>/secrets.env`, readable by its owner alone; they are read here.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from opora import __version__

REPOSITORY = Path(__file__).resolve().parents[4]

env = environ.Env()
HOME = Path(env("OPORA_HOME", default=str(REPOSITORY / "var")))
if (HOME / "secrets.env").exists():
    env.read_env(HOME / "secrets.env")

VERSION = __version__
SECRET_KEY = env("OPORA_SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("OPORA_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("OPORA_TRUSTED_ORIGINS", default=[])
ASSETS = Path(env("OPORA_ASSETS", default=str(REPOSITORY / ".assets")))
FILES_ROOT = Path(env("OPORA_FILES", default=str(HOME / "files")))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "opora.foundation.organisations",
    "opora.foundation.accounts",  # before allauth: its templates replace the library's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "opora.foundation.audit",
    "opora.foundation.access",
    "opora.foundation.registers",
    "opora.foundation.files",
    "opora.foundation.worksheets",
    "opora.foundation.ui",
    "opora.foundation.staff",
    "opora.people.children",
    "opora.people.consents",
    "opora.commission.cases",
    "opora.commission.intake",
    "opora.commission.examinations",
    "opora.commission.conclusions",
    "opora.records.documents",
    "opora.records.journals",
    "opora.config",
]

MIDDLEWARE = [
    "opora.config.middleware.PersonalPagesAreNotStored",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opora.foundation.access.middleware.ActorMiddleware",
]

ROOT_URLCONF = "opora.config.urls"
WSGI_APPLICATION = "opora.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "opora.foundation.ui.context.workplace",
            ],
            "builtins": ["opora.foundation.ui.templatetags.opora", "opora.foundation.ui.templatetags.panels"],
        },
    }
]
FORM_RENDERER = "opora.foundation.ui.rendering.PlainForms"

DATABASES = {"default": env.db("OPORA_DATABASE_URL", default=f"sqlite:///{HOME / 'opora.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A commission on one PC: writers queue, a power cut loses nothing that was acknowledged.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "opora.foundation.accounts.adapters.NoSignUp"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Опора"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 30 * 60  # idle: security.md, item 7
SESSION_RENEWED_AFTER = 60  # seconds: a page read does not write the session each time
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "opora.foundation.ui.errors.form_expired"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "ru"
TIME_ZONE = env("OPORA_TIME_ZONE", default="Europe/Moscow")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "opora.foundation.ui.formats"  # dates typed as 210526
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d%m%y", "%d%m%Y"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [("vendor", str(ASSETS / "static"))] if (ASSETS / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
UPLOAD_LIMIT = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "opora.foundation.files.uploads.CappedUploadHandler",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
