"""Real children: TLS, secure cookies, a secret from `opora init`."""

from .base import *

SECURE_SSL_REDIRECT = env.bool("OPORA_TLS", default=True)
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if SECURE_SSL_REDIRECT:
    # A browser takes a cookie of such a name only over TLS, for the whole site and from this host alone.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
