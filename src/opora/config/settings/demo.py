"""A demonstration on one machine: made-up people, plain HTTP on loopback."""

from .base import *

SESSION_COOKIE_AGE = 8 * 60 * 60
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}
DEMO = True
MASTER_KEYS_ARE_MADE = True
