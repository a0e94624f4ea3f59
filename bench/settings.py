"""Settings of the benchmark: those of an installation (fsync on, sessions in the database), on a database of its own.

The home folder comes from `OPORA_HOME`, which `bench.__main__` points to a temporary folder.
"""

from opora.config.settings.base import *  # noqa: F403
from opora.config.settings.base import REPOSITORY

SECRET_KEY = "only-for-the-benchmark"
ASSETS = REPOSITORY / ".assets"
ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["localhost"]
STORAGES = {
    "default": STORAGES["default"],  # noqa: F405
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MASTER_KEYS_ARE_MADE = True
