"""Tests: real database, real files in a temporary folder, cheap passwords."""

import tempfile

from .base import *

SECRET_KEY = "only-for-tests-never-for-people"
HOME = Path(tempfile.mkdtemp(prefix="opora-test-"))
FILES_ROOT = HOME / "files"
MASTER_KEYS_FILE, MASTER_KEYS, MASTER_KEYS_ARE_MADE = HOME / "master.keys", "", True
STORAGES["default"]["OPTIONS"] = {"location": FILES_ROOT}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3" and not env("OPORA_DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = HOME / "opora.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    )
