"""From where and with what a request comes."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

BROWSERS = (
    ("YaBrowser/", "Яндекс Браузер"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def client_address(request: HttpRequest) -> str:
    """The address of the client; `X-Forwarded-For` is believed only behind our own proxy, its last entry alone.

    An empty string when there is no valid address.
    """
    given = [str(request.META.get("REMOTE_ADDR", ""))]
    if settings.BEHIND_PROXY:
        given.insert(0, request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return next((address for one in given if (address := _address(one))), "")


def _address(given: str) -> str:
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return ""


def network_of(address: str) -> str:
    """What the throttle counts as one place: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{found}/64", strict=False).network_address)
    return str(found)


def browser_of(request: HttpRequest) -> str:
    """«Firefox, Windows»: enough to recognise one's own, too little to follow anyone."""
    agent = request.headers.get("User-Agent", "")
    name = next((word for mark, word in BROWSERS if mark in agent), "другой браузер")
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    return f"{name}, {system}" if system else name
