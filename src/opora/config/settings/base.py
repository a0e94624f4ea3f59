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
BACKUP_DIR = env("OPORA_BACKUP_DIR", default="")  # empty: the worker makes no backups
BACKUP_KEEP = env.int("OPORA_BACKUP_KEEP", default=14)
ASSETS = Path(env("OPORA_ASSETS", default=str(REPOSITORY / ".assets")))
FILES_ROOT = Path(env("OPORA_FILES", default=str(HOME / "files")))
MASTER_KEYS_FILE = Path(env("OPORA_MASTER_KEYS_FILE", default=str(HOME / "master.keys")))
MASTER_KEYS = env("OPORA_MASTER_KEYS", default="")
MASTER_KEYS_ARE_MADE = False  # at the first use; where people are real only by `opora init`

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
    "opora.foundation.accounts",
    "opora.foundation.entrance",  # before allauth: its templates replace the library's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "opora.foundation.audit",
    "opora.foundation.access",
    "opora.foundation.vault",
    "opora.foundation.registers",
    "opora.foundation.files",
    "opora.foundation.worksheets",
    "opora.foundation.ui",
    "opora.foundation.evidence",
    "opora.foundation.staff",
    "opora.people.children",
    "opora.people.emergencies",
    "opora.people.consents",
    "opora.people.disclosures",
    "opora.people.retention",
    "opora.commission.editions",
    "opora.commission.cases",
    "opora.commission.intake",
    "opora.commission.examinations",
    "opora.commission.findings",
    "opora.commission.methods",
    "opora.commission.instruments",
    "opora.commission.conclusions",
    "opora.commission.attestation",
    "opora.school.pupils",
    "opora.school.signals",
    "opora.school.presentations",
    "opora.school.duties",
    "opora.school.consilium",
    "opora.school.programmes",
    "opora.school.support.schoolyear",
    "opora.school.support.materials",
    "opora.school.support.plans",
    "opora.school.support.groups",
    "opora.school.support.schedules",
    "opora.school.support.worklog",
    "opora.school.support.contacts",
    "opora.school.support.cards",
    "opora.school.support.passports",
    "opora.school.support.leading",
    "opora.school.support.analysis",
    "opora.records.documents",
    "opora.records.journals",
    "opora.config",
]

MIDDLEWARE = [
    "opora.config.middleware.HeadersOfEveryAnswer",
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
    "opora.foundation.entrance.middleware.Gate",
    "opora.foundation.access.middleware.ActorMiddleware",
    "opora.commission.editions.middleware.OneReading",
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
            "builtins": [f"opora.foundation.ui.templatetags.{name}" for name in ("opora", "panels", "fields")],
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
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # after an outage the first request finds a fresh connection
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# The role that requests are lowered to, where the login could do more (PostgreSQL; docs/deployment.md).
DATABASE_ROLE = env("OPORA_DATABASE_ROLE", default="")
# The role that migrations give the rights of the application to; `opora init` sets it where two logins are named.
APPLICATION_ROLE = DATABASE_ROLE
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
ACCOUNT_ADAPTER = "opora.foundation.entrance.adapters.Entrance"
ACCOUNT_FORMS = {"change_password": "opora.foundation.entrance.forms.OwnPasswordForm"}
ACCOUNT_RATE_LIMITS = False  # they live in the memory of one worker and lock out; ours: entrance/throttle.py
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = STEP_UP_AGE = 5 * 60
MFA_ADAPTER = "opora.foundation.entrance.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "opora.foundation.entrance.forms.CodeForm",
    "reauthenticate": "opora.foundation.entrance.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Опора"
MFA_TOTP_TOLERANCE = 1  # the clock of a telephone may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
BEHIND_PROXY = env.bool("OPORA_BEHIND_PROXY", default=False)  # then, and only then, its headers are believed
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Not in a cookie of its own: a message may name a person or a paper.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
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
WHITENOISE_ALLOW_ALL_ORIGINS = False
UPLOAD_LIMIT = 20 * 1024 * 1024
CHECKPOINTS = Path(env("OPORA_CHECKPOINTS", default=str(HOME / "checkpoints")))  # better: a folder kept elsewhere
CLAMD = env("OPORA_CLAMD", default="")  # the antivirus: unix:/… or tcp:127.0.0.1:3310
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT + 1024 * 1024  # a scan never lies in the temporary folder in the clear
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "opora.foundation.files.uploads.CappedUploadHandler",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"addresses": {"()": "opora.config.logs.WithoutAddresses"}},
    "formatters": {
        "words": {
            "()": "opora.config.logs.WithoutWords",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "words", "filters": ["addresses"]},
    },
    # Django has handlers of its own, one of which mails whole requests.
    "loggers": {"django": {"handlers": []}, "django.server": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
