"""Headers of every answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PersonalPagesAreNotStored:
    """No page is kept by a browser or a proxy, except static files (they pass by this with their own headers)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store, private"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response
