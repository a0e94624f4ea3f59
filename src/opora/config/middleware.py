"""Headers of every answer: of pages, of errors, of redirects, of static files."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FEATURES = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in FEATURES)
NOTHING = "default-src 'none'; frame-ancestors 'none'"
DOWNLOAD = "sandbox; default-src 'none'; frame-ancestors 'none'"


class HeadersOfEveryAnswer:
    """The outermost layer, so that no answer passes by it; a view may only be stricter.

    No page is kept by a browser or a proxy; static files have their own term. What is downloaded is shut into a
    sandbox, should a browser show it all the same. The name of the server's program is nobody's business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        if not (request.path_info.startswith("/static/") and response.status_code in (200, 206, 304)):
            headers["Cache-Control"] = "no-store, private"
        if headers.get("Content-Disposition", "").startswith("attachment"):
            headers["Content-Security-Policy"] = DOWNLOAD
        headers.setdefault("Content-Security-Policy", NOTHING)
        headers.setdefault("X-Frame-Options", "DENY")
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Server"] = "opora"
        return response
